#!/usr/bin/env bash
# For ./dev mpirun and ./dev test --mpi: Debian's MPI, an environment in the cache with mpi4py beside
# everything that the usual one has, .venv/mpi (or mpi-mpich) to name it, and the build of that preset.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/install_lib.sh
. tools/mpi/lib.sh

tools/mpi/packages.sh
usual=$(readlink -f .venv/environment)
key=$({ cat tools/mpi/requirements.txt tools/requirements.txt && echo "$usual $mpi_flavor"; } |
    sha256sum | cut -c1-12)
environment=$cache/mpi/$key
if [ ! -e "$environment/complete" ]; then
    # mpi4py's wheels know the names of MPICH's library, but not that of Debian's.
    own=(--only-binary :all:)
    [ "$mpi_flavor" = openmpi ] || own=(--no-binary mpi4py)
    MPICC=$(command -v "mpicc.$mpi_flavor") \
        make_environment "$usual/bin/python" "$environment" tools/mpi/requirements.txt "${own[@]}"
    packages='import sysconfig; print(sysconfig.get_path("purelib"))'
    "$usual/bin/python" -c "$packages" \
        >"$("$environment/bin/python" -c "$packages")/hyperslab-environment.pth"
fi
ln -sfn "$environment" ".venv/$mpi_preset"

heading "Configure ($mpi_preset)"
cmake --preset "$mpi_preset"
heading "Build ($mpi_preset)"
# The C++ tests are those of the serial build: `cmake --build build/mpi` builds them.
targets=(_core hyperslab_app_hyperslab example_collective_write)
# h5boss is there where CFITSIO is.
! grep -q hyperslab_app_h5boss "build/$mpi_preset/build.ninja" || targets+=(hyperslab_app_h5boss)
cmake --build "build/$mpi_preset" --target "${targets[@]}"
