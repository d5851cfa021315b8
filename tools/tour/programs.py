"""Finds and runs programs: the CLI and the examples of this build, and other Pythons."""

import shutil
import subprocess
import sys
from pathlib import Path

import hyperslab

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]


def built(name):
    """A program of the build that hyperslab is imported from; else of build/dev, or on PATH."""
    for build in (Path(hyperslab.__file__).parents[2], ROOT / "build" / "dev"):
        for place in (build, build / "tests"):
            if (place / name).is_file():
                return place / name
    return shutil.which(name)


def output_of(*command, folder=None):
    """Run a command; returns whether it succeeded and all that it printed."""
    done = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
    )
    return done.returncode == 0, done.stdout.strip()


def writer(program, what, path, *rows):
    """A step of writers.py in another process."""
    return output_of(
        sys.executable, "-W", "ignore", FOLDER / "writers.py", program, what, path, *rows
    )
