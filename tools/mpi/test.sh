#!/usr/bin/env bash
# ./dev test --mpi [--whole] [RANKS...]: the suite in tests/mpi on 1, 2, 4 and 5 ranks, tests of whole
# programs that mpirun starts, and h5py's own MPI tests on 1 and 4 ranks. --whole adds the serial
# suites, ours and h5py's, on the parallel build. HYPERSLAB_MPI_FLAVOR chooses the MPI.
#
# A test that hangs ends with its timeout: every run has one. HYPERSLAB_MPI_BUILD=OFF leaves the build
# as it is.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.." || exit
. tools/dev_lib.sh
. tools/mpi/lib.sh
shared=${HYPERSLAB_SHARED:-../shared}
suite=$shared/h5py_suite/run.py

whole=
if [ "${1:-}" = --whole ]; then
    whole=1
    shift
fi
if [ "${HYPERSLAB_MPI_BUILD:-}" != OFF ]; then
    tools/setup.sh && tools/mpi/setup.sh || exit
fi
failed=0
# Ranks whose pytests tidy up one folder meet files there that another one has just removed.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# shellcheck disable=SC2016 # each rank expands it
on_ranks=(bash -c 'export PYTEST_DEBUG_TEMPROOT=$(mktemp -d -p "$0") && exec "$@"' "$scratch" "$mpi_python")
# MPICH's ranks keep the cores busy while they wait, so that 5 of them take 15 minutes on 2 cores.
patience=600
[ "$mpi_flavor" != mpich ] || patience=1800
[ $# -gt 0 ] || set -- 1 2 4 5
for ranks in "$@"; do
    heading "tests/mpi on $ranks ranks ($mpi_flavor)"
    timeout "$patience" tools/mpi/run.sh "$ranks" "${on_ranks[@]}" -m pytest -q --with-mpi \
        tests/mpi || failed=1
done
package=$PWD/build/$mpi_preset/python
heading "tests/mpi_programs ($mpi_flavor)"
PYTHONPATH=$package "$mpi_python" -m pytest -q tests/mpi_programs || failed=1
if [ -e "$suite" ]; then
    # The suite runs pytest as a child of the rank. With MPICH children reach mpiexec by a port only.
    more=
    [ "$mpi_flavor" != mpich ] || more=-pmi-port
    for ranks in 1 4; do
        heading "h5py's MPI tests on $ranks ranks ($mpi_flavor)"
        HYPERSLAB_MPIRUN_OPTIONS=$more timeout 300 tools/mpi/run.sh "$ranks" "${on_ranks[@]}" "$suite" \
            --package hyperslab --path "$package" -q --with-mpi -k TestMPI test_file.py || failed=1
    done
fi
if [ -n "$whole" ]; then
    heading "tests/python on the parallel build ($mpi_flavor)"
    # The stubs are those of both builds; the type checkers find them where the serial one is.
    PYTHONPATH=$package "$mpi_python" -m pytest -q tests/python \
        --ignore tests/python/project/test_typing.py || failed=1
    if [ -e "$suite" ]; then
        heading "h5py's suite on the parallel build ($mpi_flavor)"
        PYTHONPATH=$package "$mpi_python" tools/h5py_suite.py "$shared/h5py_suite" || failed=1
    fi
fi
exit $failed
