# A browser for the browser tests, from Debian's packages.  Sourced by ./test.
#
#   find_chromium    sets MARSAD_TEST_CHROMIUM to the program.  Root installs the package where it is missing; anybody
#                    else is told how, and the browser tests are skipped.  A program that is named already is left alone.

find_chromium() {
  local name
  [ -n "${MARSAD_TEST_CHROMIUM-}" ] && return 0
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then
      export MARSAD_TEST_CHROMIUM=$(command -v "$name")
      return 0
    fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'marsad: installing Chromium for the browser tests (once)\n' >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
      >/dev/null 2>&1
  fi
  if ! command -v chromium >/dev/null; then
    printf 'marsad: no Chromium, so the pages are not walked.  On Debian or Ubuntu: apt-get install chromium\n' >&2
    return 1
  fi
  export MARSAD_TEST_CHROMIUM=$(command -v chromium)
}
