#!/usr/bin/env bash
# ./dev mpirun N PROGRAM ARGS...: runs a program on N ranks, in the folder it was called from.
#
# A name that ends in .py, and -c or -m, is given to Python, in which hyperslab is the parallel build
# and mpi4py is there. hyperslab and h5boss are those of the parallel build. Anything else is a program.
# HYPERSLAB_MPIRUN_OPTIONS has more options for mpirun.
set -euo pipefail
root=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
cd "$root"
. tools/dev_lib.sh
. tools/mpi/lib.sh

[ $# -ge 2 ] || die "./dev mpirun N PROGRAM ARGS..."
ranks=$1
shift
[[ $ranks =~ ^[1-9][0-9]*$ ]] || die "'$ranks' is no number of ranks."
command -v "${mpi_launcher[0]}" >/dev/null || die "${mpi_launcher[0]} is not there: install $mpi_packages."
program=("$@")
case $1 in
    *.py | -c | -m) program=("$mpi_python" "$@") ;;
    hyperslab | h5boss) program=("$root/build/$mpi_preset/$1" "${@:2}") ;;
esac
cd "${HYPERSLAB_CALLED_FROM:-$PWD}"
export PYTHONPATH="$root/build/$mpi_preset/python${PYTHONPATH:+:$PYTHONPATH}"
export MPI4PY_MPIABI=$mpi_flavor
# shellcheck disable=SC2086 # a list
exec "${mpi_launcher[@]}" ${HYPERSLAB_MPIRUN_OPTIONS:-} -n "$ranks" "${program[@]}"
