#!/usr/bin/env python3
"""Reads a corpus of files with hyperslab and compares with stock h5py's results: corpus.py FOLDER

FOLDER holds the files and their checker (check.py). Every file must read the same, but for those
that tests/corpus/better_than_h5py.txt names, with the reason.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

BETTER = Path(__file__).parents[1] / "tests" / "corpus" / "better_than_h5py.txt"


def main() -> int:
    folder = Path(sys.argv[1]).resolve()
    better = {line for line in BETTER.read_text().splitlines() if line and not line.startswith("#")}
    files = (folder / "shown.txt").read_text().splitlines()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as compared:
        compared.write("".join(f"{file}\n" for file in files if file not in better))
        compared.flush()
        failed = subprocess.call(
            [sys.executable, folder / "check.py", "--module", "hyperslab", "--list", compared.name]
        )
    for file in sorted(better.intersection(files)):
        print(f"read better than by h5py, so not compared ({BETTER.name}): {file}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
