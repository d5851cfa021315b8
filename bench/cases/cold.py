"""Reads in a process that did nothing before, each round in a new one: programs are short.

What is read is in the page cache. cold_work.py has the work.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import scale
from measure import Case, Work
from shelf import shelf_beside

from . import arrays
from .whole_arrays import GZIP

PROGRAM = Path(__file__).parents[1] / "cold_work.py"


class InNewProcess:
    """Prepares work that starts a process for each round and believes its clock."""

    def __init__(self, work, data, names="d", **layout):
        self.work = work
        self.data = data
        self.names = names
        self.layout = layout

    def __call__(self, module, folder, _cleanup):
        path = shelf_beside(folder).file(
            (self.data, self.names, *sorted(self.layout.items())), self.fill
        )
        last = {}

        def run():
            last.update(in_new_process(module, self.work, path))
            return last["seconds"]

        return Work(run, lambda: last["digest"])

    def fill(self, file):
        if hasattr(self.data, "fill"):
            self.data.fill(file)
            return
        array = self.data()
        layout = dict(self.layout)
        if "chunks" in layout:
            layout["chunks"] = tuple(map(min, layout["chunks"], array.shape))
        for name in self.names:
            file.create_dataset(name, data=array, **layout)


def in_new_process(module, work, path):
    package_root = str(Path(module.__file__).parents[1])
    command = [sys.executable, PROGRAM, module.__name__, work, path]
    if scale.is_tiny():
        command.append("tiny")
    answer = subprocess.run(
        list(map(str, command)),
        env={**os.environ, "PYTHONPATH": package_root},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(answer.stdout)


class Sparse:
    """400 MB of singles in 10,000 chunks, one in a hundred of them written."""

    @staticmethod
    def fill(file):
        side = scale.scaled(10_000, least=400)
        dataset = file.create_dataset("d", (side, side), "f4", chunks=(100, 100))
        for i in range(0, side, 1_000):
            for k in range(0, side, 1_000):
                dataset[i : i + 100, k : k + 100] = i + k


def narrow_table():
    """A million rows of ten doubles, 80 MB."""
    return np.arange(scale.scaled(1_000_000) * 10.0).reshape(-1, 10)


def images():
    """2,000 images of 64 × 64 bytes."""
    frames = np.random.default_rng(7).normal(100, 3, (scale.scaled(2_000), 64, 64))
    return frames.astype("u1")


def ragged_rows():
    """50,000 sequences of 0 to 99 doubles."""
    values = np.empty(scale.scaled(50_000), h5py.vlen_dtype(np.dtype("f8")))
    for i in range(values.size):
        values[i] = np.arange(i * 7 % 100, dtype="f8")
    return values


def cube():
    """64 MB of singles on three axes."""
    return np.arange(scale.scaled(16_000_000, least=250_000), dtype="f4").reshape(-1, 500, 250)


def quarter_field():
    """32 MB of singles."""
    return arrays.smooth(scale.scaled(2_048), 4_096)


def small_array():
    return np.arange(100.0)


MICROSECONDS = {"own_clock": True}
MILLISECONDS = {"own_clock": True, "unit": "ms", "scale": 1e3}
CASES = [
    Case(
        "single elements at random, contiguous",
        InNewProcess("elements", arrays.doubles),
        target=4,
        **MICROSECONDS,
    ),
    Case(
        "rows of 10 at random, contiguous",
        InNewProcess("rows", narrow_table),
        target=4,
        **MICROSECONDS,
    ),
    Case(
        "10 values of a row at random, contiguous",
        InNewProcess("parts of rows", arrays.doubles),
        target=4,
        **MICROSECONDS,
    ),
    Case(
        "images of 64 × 64 at random, a gzip chunk each",
        InNewProcess("images", images, chunks=(1, 64, 64), compression="gzip"),
        target=4,
        **MICROSECONDS,
    ),
    Case(
        "images at random, a third of them again",
        InNewProcess("images again", images, chunks=(1, 64, 64), compression="gzip"),
        target=4,
        **MICROSECONDS,
    ),
    Case(
        "ragged rows, all of 50,000", InNewProcess("whole", ragged_rows), target=3, **MILLISECONDS
    ),
    Case("ragged rows, one by one", InNewProcess("ragged rows", ragged_rows), **MICROSECONDS),
    Case(
        "open a file, read a small dataset, close",
        InNewProcess("open, read, close", small_array),
        target=4,
        **MICROSECONDS,
    ),
    Case(
        "4 threads on 4 gzip datasets of a file",
        InNewProcess("four threads", quarter_field, "abcd", **GZIP),
        target=4,
        **MILLISECONDS,
    ),
    Case(
        "mixed index on three axes, contiguous",
        InNewProcess("mixed", cube),
        target=4,
        **MILLISECONDS,
    ),
    Case(
        "mixed index on three axes, gzip",
        InNewProcess("mixed", cube, chunks=(16, 100, 125), compression="gzip"),
        target=4,
        **MILLISECONDS,
    ),
    Case(
        "sparse, 1 % of 400 MB is stored", InNewProcess("whole", Sparse), target=4, **MILLISECONDS
    ),
    Case("f8 → f4, 256 MB", InNewProcess("as singles", arrays.doubles), target=4, **MILLISECONDS),
    Case(
        "column [:, 100:110] of gzip 4096 × 8192",
        InNewProcess("columns", arrays.wide_field, compression="gzip"),
        target=4,
        **MILLISECONDS,
    ),
    Case(
        "128 MB gzip, the first read", InNewProcess("whole", arrays.field, **GZIP), **MILLISECONDS
    ),
    Case(
        "128 MB gzip, the second read",
        InNewProcess("second whole", arrays.field, **GZIP),
        **MILLISECONDS,
    ),
]
