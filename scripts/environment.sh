# Makes the project's environment.  Sourced by ./run and ./test; prints only what a person has to know.
#
#   make_environment LOCKFILE   leaves a ready .venv; does nothing when it already matches LOCKFILE and the package

say() { printf '%s\n' "$*" >&2; }

# The first Python from 3.11 to 3.13 that can make environments.  MARSAD_PYTHON overrides the search.
find_python() {
  local candidate broken=""
  for candidate in ${MARSAD_PYTHON:+"$MARSAD_PYTHON"} python3.13 python3.12 python3.11 python3 python; do
    "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1 || continue
    if "$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; then
      command -v "$candidate"
      return 0
    fi
    broken=$candidate
  done
  if [ -n "$broken" ]; then
    say "marsad: $broken cannot make environments (its module ensurepip is missing)."
    say "        On Debian or Ubuntu: apt-get install python3-venv"
  else
    say "marsad: needs Python 3.11, 3.12 or 3.13, and found none of them."
    say "        Install one, or name it: MARSAD_PYTHON=/path/to/python3.12 ./run"
  fi
  return 1
}

# What .venv/marsad-stamp must hold for an environment that matches a lock file.
fingerprint() {
  printf '%s %s %s' "$(cat "$1" pyproject.toml scripts/environment.sh | cksum)" "$1" "$PWD"
}

make_environment() {
  local lock=$1 python stamp wanted
  wanted=$(fingerprint "$lock")
  stamp=.venv/marsad-stamp
  # A development environment serves ./run as well: keep it while its own lock is unchanged.
  if [ -x .venv/bin/marsad ] && [ -f "$stamp" ] && grep -qxF "$wanted" "$stamp" && .venv/bin/python -c '' 2>/dev/null; then
    return 0
  fi
  python=$(find_python) || return 1
  say "marsad: setting up .venv with $("$python" --version) (once; about half a minute)"
  local log=.venv/install.log
  if ! .venv/bin/python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null ||
     ! .venv/bin/python -m pip --version >/dev/null 2>&1 || ! grep -qF " $PWD" "$stamp" 2>/dev/null; then
    rm -rf .venv
    "$python" -m venv .venv || { say "marsad: $python could not make .venv"; return 1; }
  fi
  if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock" >"$log" 2>&1 ||
     ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >>"$log" 2>&1
  then
    tail -n 15 "$log" >&2
    say "marsad: the packages could not be installed (whole log: $log). Is there a network? Then run this again."
    return 1
  fi
  printf '%s\n' "$wanted" >"$stamp"
  case $lock in
    # The development lock holds everything of the other, at the same versions, so ./run need not install again.
    *-dev.lock) printf '%s\n' "$(fingerprint requirements.lock)" >>"$stamp" ;;
  esac
}
