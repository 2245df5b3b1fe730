# A PostgreSQL server of its own for the tests, from Debian's packages.  Sourced by ./test.
#
#   start_postgres   sets MARSAD_TEST_POSTGRES to the address of an empty server that ends with the calling script.
#                    Root installs the package where it is missing; anybody else is told how, and the tests of that
#                    store are skipped.  An address that is set already is left alone.

postgres_programs() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) ${1:-}; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
      printf '%s' "$folder"
      return 0
    fi
  done
  return 1
}

start_postgres() {
  [ -n "${MARSAD_TEST_POSTGRES-}" ] && return 0
  local programs as=()
  if ! programs=$(postgres_programs); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      printf 'marsad: installing PostgreSQL for the tests (once)\n' >&2
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } \
        >/dev/null 2>&1
    fi
    if ! programs=$(postgres_programs); then
      printf 'marsad: no PostgreSQL, so its store is not tested.  On Debian or Ubuntu: apt-get install postgresql\n' >&2
      return 1
    fi
  fi
  marsad_postgres_folder=$(mktemp -d /tmp/marsad-postgres.XXXXXX)
  if [ "$(id -u)" = 0 ]; then  # the server refuses to run as root
    as=(setpriv "--reuid=$(id -u postgres)" "--regid=$(id -g postgres)" --clear-groups)
    chown postgres "$marsad_postgres_folder"
  fi
  local folder=$marsad_postgres_folder
  if ! (cd / && "${as[@]}" "$programs/initdb" -D "$folder/data" -U marsad -A trust -E UTF8 --locale=C.UTF-8 --no-sync) \
      >"$folder/initdb.log" 2>&1; then
    cat "$folder/initdb.log" >&2
    return 1
  fi
  # No port is opened: the socket lies in the folder.
  (cd / && exec "${as[@]}" "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off \
    -c full_page_writes=off >"$folder/server.log" 2>&1) &
  marsad_postgres_process=$!
  trap stop_postgres EXIT
  local try
  for try in $(seq 100); do
    if "$programs/pg_isready" -q -h "$folder" -U marsad 2>/dev/null; then
      export MARSAD_TEST_POSTGRES="postgresql://marsad@/postgres?host=$folder"
      return 0
    fi
    sleep 0.1
  done
  cat "$folder/server.log" >&2
  return 1
}

stop_postgres() {
  kill -INT "$marsad_postgres_process" 2>/dev/null && wait "$marsad_postgres_process" 2>/dev/null
  rm -rf "$marsad_postgres_folder"
}
