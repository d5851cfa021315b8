#!/usr/bin/env bash
# bench/mpi/scaling.sh [MB [CASE...]]: hyperslab on 1, 2 and 4 ranks. Strong scaling writes MB in all,
# weak scaling MB on each rank; prints seconds, the shortest of three rounds.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/mpi/lib.sh

megabytes=${1:-128}
shift $(($# < 1 ? $# : 1))
[ $# -gt 0 ] || set -- "float32 collective" "float64 into float32 collective" "gzip collective" \
    "read gzip"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for ranks in 1 2 4; do
    tools/mpi/run.sh $ranks bench/mpi/cases.py hyperslab "$megabytes" 3 "$@" >"$results/strong-$ranks"
    tools/mpi/run.sh $ranks bench/mpi/cases.py hyperslab $((megabytes * ranks)) 3 "$@" \
        >"$results/weak-$ranks"
done
"$mpi_python" - "$results" "$@" <<'PYTHON'
import json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
for case in sys.argv[2:]:
    for kind in ("strong", "weak"):
        times = [json.loads((folder / f"{kind}-{n}").read_text())[case] for n in (1, 2, 4)]
        print(f"{case:34} {kind:7}", *(f"{seconds:8.3f} s" for seconds in times))
PYTHON
