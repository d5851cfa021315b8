#!/usr/bin/env bash
# ./dev test --mpi [RANKS...]: the suite in tests/mpi on 1, 2, 4 and 5 ranks, and tests of whole
# programs that mpirun starts. HYPERSLAB_MPI_FLAVOR chooses the MPI.
#
# A test that hangs ends with its timeout: every run has one.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.." || exit
. tools/dev_lib.sh
. tools/mpi/lib.sh

tools/setup.sh && tools/mpi/setup.sh || exit
failed=0
[ $# -gt 0 ] || set -- 1 2 4 5
for ranks in "$@"; do
    heading "tests/mpi on $ranks ranks ($mpi_flavor)"
    timeout 600 tools/mpi/run.sh "$ranks" -m pytest -q --with-mpi \
        tests/mpi || failed=1
done
heading "tests/mpi_programs ($mpi_flavor)"
PYTHONPATH=$PWD/build/$mpi_preset/python "$mpi_python" -m pytest -q tests/mpi_programs || failed=1
exit $failed
