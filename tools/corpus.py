#!/usr/bin/env python3
"""Reads a corpus of files and compares with stock h5py: corpus.py FOLDER [--hostile]

FOLDER holds the files and their checker (check.py). Every file must read the same, but for those
that tests/corpus/better_than_h5py.txt names, with the reason. With --hostile the damaged ones,
where nothing may crash or hang; on HDF5 2.x but for tests/corpus/crashes_of_hdf5_2.txt.

All is read twice: by the direct engine, whatever it can take, and by the library engine.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import hyperslab

ENGINES = ("direct", "library")
LISTS = Path(__file__).parents[1] / "tests" / "corpus"


def left_out(hostile):
    """The list of files that are not compared, or None."""
    if not hostile:
        return LISTS / "better_than_h5py.txt"
    if hyperslab.version.hdf5_version_tuple >= (2,):
        return LISTS / "crashes_of_hdf5_2.txt"
    return None


def names_in(path):
    lines = path.read_text().splitlines() if path else []
    return {line for line in lines if line and not line.startswith("#")}


def call(command, engine):
    """Whether the command fails with that engine."""
    print(f"With HYPERSLAB_ENGINE={engine}:", flush=True)
    return subprocess.call(command, env={**os.environ, "HYPERSLAB_ENGINE": engine}) != 0


def main() -> int:
    folder = Path(sys.argv[1]).resolve()
    hostile = sys.argv[2:] == ["--hostile"]
    without = names_in(left_out(hostile))
    files = (folder / ("hostile.txt" if hostile else "shown.txt")).read_text().splitlines()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as compared:
        compared.write("".join(f"{file}\n" for file in files if file not in without))
        compared.flush()
        check = [sys.executable, folder / "check.py", "--module", "hyperslab"]
        command = [*check, *sys.argv[2:], "--list", compared.name]
        failed = sum(call(command, engine) for engine in ENGINES)
    for file in sorted(without.intersection(files)):
        print(f"not compared, see {left_out(hostile).name}: {file}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
