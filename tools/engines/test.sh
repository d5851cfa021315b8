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
.venv/engines/bin/python -m pytest -q tests/engines "$@"
if (tools/engines/torch.sh); then
    heading "tests/engines, with PyTorch"
    # Where arguments choose other tests, there is none to run (5).
    .venv/torch/bin/python -m pytest -q tests/engines/test_torch.py \
        tests/engines/test_torch_tensors.py "$@" || [ $? = 5 ]
else
    echo "PyTorch cannot be installed here: its tensors are not tested"
fi
