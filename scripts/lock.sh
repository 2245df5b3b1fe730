#!/usr/bin/env bash
# Writes requirements.lock (what ./run installs), requirements-dev.lock (what ./test installs) and
# requirements-interchange.lock (what ./test installs besides, where the machine can build it) from pyproject.toml:
# exact versions with hashes, for Python 3.11 to 3.13 and every platform.  Needs uv.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
compile() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links "$@"
}
compile pyproject.toml --group build -o requirements.lock
compile pyproject.toml --all-extras --group build --group dev --constraint requirements.lock -o requirements-dev.lock
compile --group interchange --constraint requirements-dev.lock -o requirements-interchange.lock
