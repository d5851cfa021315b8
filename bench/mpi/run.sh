#!/usr/bin/env bash
# bench/mpi/run.sh [RANKS [MB [ROUNDS [CASE...]]]]: hyperslab beside a parallel h5py, by turns.
#
# The peer is Debian's python3-h5py-mpi, where it is installed (apt-get install python3-h5py-mpi
# python3-mpi4py); it runs in Debian's own Python. Prints a table of the shortest times.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/mpi/lib.sh

ranks=${1:-4} megabytes=${2:-1024} rounds=${3:-3}
shift $(($# < 3 ? $# : 3))
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
peer=/usr/bin/python3
# Under mpirun only does Debian's h5py show its parallel side.
env -u PYTHONPATH "${mpi_launcher[@]}" -n 1 "$peer" -c \
    'import h5py; assert h5py.get_config().mpi' >/dev/null 2>&1 || peer=
hyperslab() {
    tools/mpi/run.sh "$ranks" bench/mpi/cases.py hyperslab "$megabytes" 1 "$@" >>"$results/hyperslab"
}
h5py() {
    [ -n "$peer" ] || return 0
    env -u PYTHONPATH "${mpi_launcher[@]}" -n "$ranks" "$peer" bench/mpi/cases.py h5py \
        "$megabytes" 1 "$@" >>"$results/h5py"
}
# Who goes first changes each round: memory that the host has taken back in the meantime costs the
# first one.
for ((round = 0; round < rounds; ++round)); do
    if ((round % 2)); then
        h5py "$@" && hyperslab "$@"
    else
        hyperslab "$@" && h5py "$@"
    fi
done
"$mpi_python" - "$results" <<'PYTHON'
import json, pathlib, sys

found = {}
for file in pathlib.Path(sys.argv[1]).iterdir():
    rounds = [json.loads(line) for line in file.read_text().splitlines() if line.startswith("{")]
    found[file.name] = {case: min(r[case] for r in rounds) for case in rounds[0]}
ours, peer = found["hyperslab"], found.get("h5py", {})
for case, seconds in ours.items():
    beside = f"{peer[case]:8.3f} s h5py  {peer[case] / seconds:5.2f}x" if case in peer else ""
    print(f"{case:34} {seconds:8.3f} s  {beside}")
PYTHON
