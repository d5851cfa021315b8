#!/usr/bin/env bash
# ./dev test --engines [ARGS...]: the tests in tests/engines, on Spark and Dask as they are installed
# from PyPI. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh

tools/setup.sh
tools/engines/setup.sh
heading "tests/engines"
export PYTHONPATH=$PWD/build/dev/python
exec .venv/engines/bin/python -m pytest -q tests/engines "$@"
