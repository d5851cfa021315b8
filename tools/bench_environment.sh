#!/usr/bin/env bash
# For ./dev bench --peers: an environment in the cache with the packages that it compares with, and
# .venv/bench to name it. A package that cannot be installed here is left out, and tried again.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh

key=$({ cat bench/requirements.txt tools/requirements.txt && readlink -f .venv/environment; } |
    sha256sum | cut -c1-12)
environment=$cache/bench/$key

install() { # REQUIREMENT
    "$environment/bin/python" -m pip install --disable-pip-version-check --quiet \
        --only-binary :all: --constraint tools/requirements.txt "$1"
}

if [ ! -e "$environment/complete" ]; then
    heading "Packages to compare with: $environment"
    [ -x "$environment/bin/python" ] || .venv/environment/bin/python -m venv "$environment"
    complete=yes
    while read -r requirement; do
        install "$requirement" || {
            complete=no
            echo "left out: $requirement"
        }
    done < <(sed 's/#.*//; /^ *$/d' bench/requirements.txt)
    [ $complete = no ] || touch "$environment/complete"
fi
ln -sfn "$environment" .venv/bench
