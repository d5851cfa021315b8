"""The real spectra, the program h5boss on them, and lists of their fibres.

A test module says `pytestmark = NEEDS`.
"""

import os
import subprocess
from pathlib import Path

import h5py
import pytest
from run_cli import program

SHARED = Path(os.environ.get("HYPERSLAB_SHARED", Path(__file__).parents[4] / "shared"))
SPECTRA = sorted((SHARED / "boss/spec").glob("*/spec-*.fits"))
H5BOSS = Path(program()).with_name("h5boss")
NEEDS = [
    pytest.mark.skipif(not H5BOSS.exists(), reason="h5boss needs CFITSIO, which is not there"),
    pytest.mark.skipif(not SPECTRA, reason="the real spectra lie beside the checkout"),
]


def h5boss(*arguments, status=0):
    done = subprocess.run([H5BOSS, *map(str, arguments)], capture_output=True, text=True)
    assert status is None or done.returncode == status, done.stderr
    return done


def ids(path):
    return tuple(int(part) for part in path.stem.split("-")[1:])


def pmf(path, fibers, head="plates mjds fibers\n"):
    path.write_text(head + "".join(f"{p} {m} {f}\n" for p, m, f in fibers))
    return path


def fibers_of(path):
    with h5py.File(path) as file:
        return {
            (int(plate), int(mjd), int(name))
            for plate in filter(str.isdigit, file)
            for mjd in file[plate]
            for name in file[plate][mjd]
            if name.isdigit()
        }
