#!/usr/bin/env python3
"""Runs h5py's own test suite against hyperslab: h5py_suite.py FOLDER

FOLDER holds the runner (run.py) and what stock h5py passes on the same HDF5: on 1.14, and on 2.x,
which can do more. Fails when a test crashed or fewer pass than tests/h5py_suite/minimum.txt (on 2.x
minimum-hdf5-2.txt) says: these numbers only ever go up.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import hyperslab

MINIMUM = Path(__file__).parents[1] / "tests" / "h5py_suite"


def writes_szip():
    h5z = hyperslab.h5z
    return h5z.filter_avail(h5z.FILTER_SZIP) and bool(
        h5z.get_filter_info(h5z.FILTER_SZIP) & h5z.FILTER_CONFIG_ENCODE_ENABLED
    )


def expected_tests(baseline):
    """What stock h5py passes, and the tests of szip, which that of the baseline need not have."""
    return [
        test
        for test, outcome in baseline.items()
        if outcome == "passed" or ("szip" in test and writes_szip())
    ]


def main() -> int:
    folder = Path(sys.argv[1]).resolve()
    if hyperslab.version.hdf5_version_tuple >= (2,):
        baseline, minimum_file = (
            folder / "baseline-h5py-3.16.0.json",
            MINIMUM / "minimum-hdf5-2.txt",
        )
    else:
        baseline = folder / "baseline-h5py-3.16.0-hdf5-1.14.6.json"
        minimum_file = MINIMUM / "minimum.txt"
    with tempfile.NamedTemporaryFile(suffix=".json") as saved:
        # One process per test file: a crash costs the rest of one file only.
        suite = [sys.executable, folder / "run.py", "--package", "hyperslab", "--isolate", "file"]
        files = ["--baseline", baseline, "--save", saved.name]
        subprocess.call([*suite, *files, "-q", "--tb=no", "-rN"])
        outcomes = json.loads(Path(saved.name).read_text() or "{}")

    expected = expected_tests(json.loads(baseline.read_text()))
    passed = sum(outcomes.get(test) == "passed" for test in expected)
    crashed = [test for test, outcome in outcomes.items() if outcome == "crashed"]
    minimum = min(int(minimum_file.read_text()), len(expected))  # fewer where there is no szip
    print(f"h5py's suite: {passed} of {len(expected)} pass, at least {minimum} must; ", end="")
    print(f"{len(crashed)} crashed")
    if passed > minimum:
        print(f"(raise {minimum_file.name} to {passed} to keep them)")
    return 0 if outcomes and passed >= minimum and not crashed else 1


if __name__ == "__main__":
    sys.exit(main())
