"""Times hyperslab and stock h5py side by side and prints one table.

Both run in this process, taking turns, each case at least seven rounds; what counts is the quickest
round of each, because a shared machine only ever adds time. `python bench/run.py --help` for the
options.
"""

import argparse
import json
import re
import sys
import tempfile
from pathlib import Path

import h5py
import hyperslab
from cases import import_time, small_calls, whole_arrays
from measure import Measured, measure

# Two equal sides differ by as much on a quiet machine.
NOISE = 0.03
ROOMS = {"small calls": small_calls, "whole arrays": whole_arrays, "import": import_time}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pattern", nargs="?", default="", help="only cases whose name matches")
    parser.add_argument("--rounds", type=int, default=7, help="at least so many rounds (default 7)")
    parser.add_argument("--list", action="store_true", help="print the cases' names and stop")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where the files are made (default: a temporary one)",
    )
    return parser.parse_args()


def heading():
    ours = hyperslab.version
    return (
        f"hyperslab {ours.hyperslab_version} on HDF5 {ours.hdf5_version}, "
        f"h5py {h5py.__version__} on HDF5 {h5py.version.hdf5_version}, "
        f"Python {sys.version.split()[0]}; the quickest round of each\n"
    )


def row(case, measured: Measured):
    verdict = "" if case.target is None else f"≥ {case.target:g}"
    if case.target is not None and measured.ratio < case.target * (1 - NOISE):
        verdict += "  below"
    return (
        f"  {case.name:<52}{measured.ours * case.scale:>9.4g}{measured.stock * case.scale:>10.4g} "
        f"{case.unit:<12}{measured.ratio:>7.2f}×  {verdict}"
    )


def main():
    options = arguments()
    wanted = re.compile(options.pattern)
    figures = []
    if not options.list:
        print(heading())
        print(f"  {'':<52}{'hyperslab':>9}{'h5py':>10} {'':<12}{'gain':>8}  wanted")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for room, module in ROOMS.items():
            cases = [case for case in module.CASES if wanted.search(case.name)]
            if cases:
                print(room)
            for case in cases:
                if options.list:
                    print(f"  {case.name}")
                    continue
                measured = measure(case, Path(folder), options.rounds)
                print(row(case, measured), flush=True)
                figures.append(
                    {
                        "case": case.name,
                        "seconds": measured.ours,
                        "h5py_seconds": measured.stock,
                        "gain": measured.ratio,
                        "wanted": case.target,
                    }
                )
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
