#!/usr/bin/env python3
"""./dev demo [FILE.h5]: a tour of hyperslab, or of a file.

Every step prints what it does and what came back, and checks it: the exit code is 1 when something
was not as it should be. A file given is opened read-only; there the exit code is 1 only when it
cannot be opened.
"""

import sys
import tempfile
from time import perf_counter

import hyperslab
import numpy
from tour import command_line, others, spectra, user_file, uses
from tour.report import Report, duration


def tour_of_hyperslab(report):
    started = perf_counter()
    with tempfile.TemporaryDirectory(prefix="hyperslab-tour-") as folder:
        for part in (uses, others, command_line, spectra):
            part.tour(report, folder)
    seconds = duration(perf_counter() - started)
    if report.wrong:
        report.heading(f"{len(report.wrong)} of {report.steps} steps were not as they should be:")
        for what in report.wrong:
            report.note(f"- {what.splitlines()[0]}")
        return 1
    report.heading(f"{report.steps} steps, all as they should be, in {seconds}")
    report.note("With a file of yours: ./dev demo FILE.h5")
    return 0


def main(arguments):
    report = Report()
    version = hyperslab.version
    report.note(
        f"hyperslab {version.hyperslab_version}, HDF5 {version.hdf5_version}, "
        f"NumPy {numpy.__version__}, Python {sys.version.split()[0]}"
    )
    if len(arguments) > 1:
        print(__doc__.splitlines()[0], file=sys.stderr)
        return 2
    if arguments:
        return 0 if user_file.tour(report, arguments[0]) else 1
    return tour_of_hyperslab(report)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
