"""hyperslab's benchmark: the same reads, writes and small calls by hyperslab and by stock h5py.

Both run in this process, taking turns, each case at least seven rounds; what counts is the quickest
round of each, because a shared machine only ever adds time. Answers are compared once. A whole run
also writes results.json and results.svg beside this file.
"""

import argparse
import re
import sys
import tempfile
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import cpp_writes
import limits
import peers
import picture
import record
import report
import scale
from cases import ROOMS
from measure import Rounds, measure
from peers.process import PeerProcess
from programs import ROOT
from shelf import shelf_beside


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    parser.add_argument("pattern", nargs="?", default="", help="only cases whose name matches")
    parser.add_argument("--peers", action="store_true", help="cases: with other packages too")
    parser.add_argument("--growth", action="store_true", help="how costs grow, instead of cases")
    parser.add_argument(
        "--cpp", action="store_true", help="C++ against the C API, instead of cases"
    )
    parser.add_argument("--all", action="store_true", help="cases, growth and C++")
    parser.add_argument("--goals", action="store_true", help="only what has a place in the picture")
    parser.add_argument("--quick", action="store_true", help="tiny data, to see that all runs")
    parser.add_argument("--rounds", type=int, default=7, help="at least so many (default 7)")
    parser.add_argument("--list", action="store_true", help="print the cases' names and stop")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there instead")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where files are made, some 3 GB (default: a temporary one)",
    )
    return parser.parse_args()


def groups(options):
    """The cases asked for: the goals first, in the order in which they are told, then the rest."""
    wanted = re.compile(options.pattern)
    cases = [
        (room, case)
        for room, module in ROOMS.items()
        for case in module.CASES
        if wanted.search(case.name)
    ]
    found = {"goals": [case for _, case in cases if case.goal]}
    if not options.goals:
        for room in ROOMS:
            found[room] = [case for its, case in cases if its == room and not case.goal]
    return {title: cases for title, cases in found.items() if cases}


def start_peers(options, cleanup):
    """The other packages, each in a process; what is not installed is said and left out."""
    if not options.peers:
        return []
    sys.path.extend(map(str, (ROOT / ".venv/bench").glob("lib/python*/site-packages")))
    present = []
    for module in peers.MODULES:
        try:
            peer = cleanup.enter_context(PeerProcess(module, options.quick))
        except ImportError as error:
            print(f"{module.removeprefix('with_')} is absent: {error}")
            continue
        print(f"{peer.name}: {peer.note}" if peer.note else peer.name)
        present.append(peer)
    return present


def run_cases(options, folder, rounds):
    speeds = limits.limits_of_memory(1 << 22 if options.quick else 1 << 28)
    print("\n".join(["limits of this machine, all cores", *report.memory(speeds)]))
    with ExitStack() as cleanup:
        others = start_peers(options, cleanup)
        print(report.columns())
        rows = [
            record.row(case, run_case(case, folder, rounds, others))
            for title, cases in groups(options).items()
            for case in titled(title, cases)
        ]
    mean = record.geometric_mean(rows)
    if mean is not None:
        print(f"geometric mean of the goals: {mean:.2f}×, wanted 5")
    return {"geometric_mean": mean, "memory_bytes_per_second": speeds, "figures": rows}


def titled(title, things):
    print(title)
    yield from things


def run_case(case, folder, rounds, others):
    measured = measure(case, folder, rounds, others)
    measured.limits = limits_of(case, folder)
    print(report.row(case, measured), *report.beside(case, measured), sep="\n", flush=True)
    return measured


def limits_of(case, folder):
    """What no work of this kind can undercut, in seconds by name."""
    found = {}
    if case.limit and hasattr(case.prepare, "stored"):
        stored = case.prepare.stored(folder / "h5py")
        found = limits.limits_of(case.limit, stored, case.prepare.slices)
    elif case.limit:
        found = limits.limits_of_written(case.limit, folder / "h5py" / "h5py.h5")
    if case.in_c:
        found |= cpp_writes.seconds_in_c(case.in_c, shelf_beside(folder / "h5py"), folder)
    return found


def run_growth(options, folder, rounds):
    import growth

    study, figures = None, []
    for figure in growth.measure(shelf_beside(folder / "h5py"), rounds):
        if figure["study"] != study:
            study = figure["study"]
            print(study)
        print(report.growth(figure), flush=True)
        figures.append(figure)
    return {"figures": figures}


def run_cpp(options, folder, rounds):
    import cpp_calls
    import cpp_reads

    print(f"  {'C++':<50}{'hyperslab':>12}{'C API':>12}")
    figures = []
    for figure in chain(
        cpp_reads.measure(shelf_beside(folder / "h5py")),
        cpp_writes.measure(shelf_beside(folder / "h5py"), folder),
        cpp_calls.measure(folder),
    ):
        print(report.cpp(figure), flush=True)
        figures.append(figure)
    return {"figures": figures}


def parts(options):
    """What this run measures."""
    wanted = {"growth": run_growth, "cpp": run_cpp}
    chosen = {name: part for name, part in wanted.items() if getattr(options, name) or options.all}
    return {"cases": run_cases, **chosen} if options.all or not chosen else chosen


def keep(options, sections):
    """A whole run is the record; a part of one only goes where it is told to."""
    if options.json:
        record.write(sections, options.json)
    elif not (options.quick or options.pattern or options.goals):
        written = record.write(sections)
        picture.FILE.write_text(picture.draw(written["cases"]))


def main():
    options = arguments()
    if options.list:
        for title, cases in groups(options).items():
            print(title, *(f"  {case.name}" for case in cases), sep="\n")
        return 0
    rounds = Rounds(options.rounds)
    if options.quick:
        scale.make_tiny()
        rounds = Rounds(1, 1)
    print(report.heading())
    sections = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for name, part in parts(options).items():
            figures = part(options, Path(folder), rounds)
            sections[name] = {"measured": record.stamp(), **figures}
    keep(options, sections)
    answers = [
        figure.get("equal", True) for part in sections.values() for figure in part["figures"]
    ]
    return 0 if all(answers) else 1


if __name__ == "__main__":
    sys.exit(main())
