#!/usr/bin/env bash
# ./dev bench --engines [ARGS...]: bench/engines, on the engines that tests/engines run on.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh

tools/setup.sh
tools/engines/setup.sh
export PYTHONPATH=$PWD/build/dev/python
exec .venv/engines/bin/python bench/engines/run.py "$@"
