"""Whole files that are copied by `hyperslab repack`, and by h5repack where that is installed.

Each round starts the program anew. Stock h5py reads both copies.
"""

import shutil
import subprocess

import hyperslab
from measure import Case, Work
from programs import ROOT
from shelf import shelf_beside

from . import arrays
from .writing import every_value

ROWS = (64, 4_096)


def spectra(file):
    """128 MB of singles, 40 MB in the file."""
    data = arrays.field()
    chunks = tuple(map(min, ROWS, data.shape))
    file.create_dataset("d", data=data, chunks=chunks, compression="gzip", shuffle=True)


def copied(ours, theirs):
    """The arguments of the two programs."""

    def prepare(module, folder, _cleanup):
        old = shelf_beside(folder).file(("repacked", spectra), spectra)
        new = folder / "repacked.h5"
        if module is hyperslab:
            command = [ROOT / "build/dev/hyperslab", "repack", old, new, *ours]
        else:
            command = [shutil.which("h5repack"), *theirs, old, new]

        def work():
            new.unlink(missing_ok=True)  # where there was one, hyperslab waits for the disk
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

        return Work(work, lambda: every_value(new))

    return prepare


GOALS = [
    Case(
        "repack 128 MB, gzip-4 to gzip-6",
        copied(["--filter", "shuffle,gzip=6"], ["-f", "SHUF", "-f", "GZIP=6"]),
        target=6,
        unit="s",
        scale=1,
    ),
    Case("repack 128 MB as it is", copied([], []), target=1, unit="s", scale=1),
]

CASES = GOALS if shutil.which("h5repack") else []
