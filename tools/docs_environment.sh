#!/usr/bin/env bash
# For ./dev docs: Debian's packages, an environment in the cache with Sphinx and what it needs, and
# .venv/docs to name it. ./dev test needs none of this.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh
. tools/install_lib.sh

# shellcheck disable=SC2046 # a list
install_system_packages $(sed 's/#.*//' tools/docs/debian-packages.txt)
python=$(readlink -f .venv/environment/bin/python)
key=$({ cat tools/docs/requirements.txt && echo "$python"; } | sha256sum | cut -c1-12)
environment=$cache/docs/$key
[ -e "$environment/complete" ] ||
    make_environment "$python" "$environment" tools/docs/requirements.txt
ln -sfn "$environment" .venv/docs
