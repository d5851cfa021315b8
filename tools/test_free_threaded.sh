#!/usr/bin/env bash
# ./dev test --free-threaded [PYTEST ARGUMENT...]: threads in a Python without the GIL.
#
# Such a Python (configured with --disable-gil) is HYPERSLAB_PYTHON, or python3.14t or python3.13t
# on PATH. It gets an environment in the cache with what has wheels for it, NumPy above all, and
# the binding a build in build/free-threaded, with the same HDF5 as every other. Stock h5py and the
# others that the tests compare with need not have wheels for it, so these tests need none of them.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh

probe='import sys, sysconfig; sys.exit(not sysconfig.get_config_var("Py_GIL_DISABLED"))'
find_free_threaded() {
    local candidate
    for candidate in ${HYPERSLAB_PYTHON:-python3.14t python3.13t}; do
        if "$candidate" -c "$probe" 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

python=$(find_free_threaded) ||
    die "No free-threaded Python: ${HYPERSLAB_PYTHON:-there is none on PATH}. Name one in
HYPERSLAB_PYTHON, or have python3.14t or python3.13t on PATH. Python's source makes one:
./configure --disable-gil."

# The other tools are those of the usual environment.
HYPERSLAB_PYTHON='' tools/setup.sh
PATH=$PWD/.venv/bin:$PWD/.venv/environment/bin:$PATH

version=$("$python" -c 'import platform; print(platform.python_version())')
key=$({ cat tools/requirements.txt && readlink -f "$python"; } | sha256sum | cut -c1-12)
environment=$cache/venv/$version-free-threaded-$key
if [ ! -e "$environment/complete" ]; then
    heading "Python environment: $environment"
    rm -rf "$environment"
    "$python" -m venv "$environment"
    "$environment/bin/python" -m pip install --disable-pip-version-check --only-binary :all: \
        --constraint tools/requirements.txt nanobind numpy pytest
    touch "$environment/complete"
fi

heading "Build (free-threaded)"
cmake --preset free-threaded -D Python_EXECUTABLE="$environment/bin/python"
cmake --build build/free-threaded --target _core

heading "Tests in Python $version without the interpreter's lock"
# conftest.py is for tests that compare with h5py.
PYTHONPATH=$PWD/build/free-threaded/python exec "$environment/bin/python" -m pytest --noconftest \
    tests/python/faults/test_many_threads.py "$@"
