"""Cases of parallel I/O, measured in this process: cases.py PACKAGE MB REPEATS [CASE...]

Runs under mpirun, on any h5py with MPI. Rank 0 prints one line of JSON: by case the shortest of the
times in seconds. A time is that of the slowest rank, from a barrier to the end of flush and close.
"""

import contextlib
import functools
import importlib
import json
import os
import sys
import tempfile
import time

from mpi4py import MPI

h5py = importlib.import_module(sys.argv[1])
import numpy as np  # noqa: E402

COMM = MPI.COMM_WORLD
MB, REPEATS = int(sys.argv[2]), int(sys.argv[3])
COLUMNS = 1024
ROWS = MB * 2**20 // (4 * COLUMNS) // COMM.size * COMM.size
MINE = slice(ROWS // COMM.size * COMM.rank, ROWS // COMM.size * (COMM.rank + 1))
FILTERS = {"chunks": (64, COLUMNS), "compression": "gzip", "compression_opts": 4, "shuffle": True}


@functools.cache
def block(dtype):
    """Numbers that gzip makes half as long; made once, and not measured."""
    random = np.random.default_rng(COMM.rank)
    return random.integers(0, 1000, (ROWS // COMM.size, COLUMNS)).astype(dtype)


def write(path, data, index=MINE, collective=True, parts=1, **options):
    with h5py.File(path, "w", driver="mpio", comm=COMM) as f:
        dset = f.create_dataset("x", (ROWS, COLUMNS), "f4", **options)
        for part in range(parts):
            rows, values = (index, data) if parts == 1 else (index[part], data[part])
            if collective:
                with dset.collective:
                    dset[rows] = values
            else:
                dset[rows] = values


def interleaved(path, data, collective):
    """Each rank has every size-th group of 16 rows."""
    groups = range(COMM.rank * 16, ROWS, COMM.size * 16)
    parts = [data[i * 16 : (i + 1) * 16] for i in range(len(groups))]
    rows = [slice(first, first + 16) for first in groups]
    write(path, parts, rows, collective, parts=len(parts))


def read(path, collective):
    with h5py.File(path, "r", driver="mpio", comm=COMM) as f:
        dset = f["x"]
        if collective:
            with dset.collective:
                return dset[MINE]
        return dset[MINE]


def create(path, at_once):
    with h5py.File(path, "w", driver="mpio", comm=COMM) as f:
        names = [f"object {i}" for i in range(8000)]
        if at_once and hasattr(f, "create_many"):
            f.create_many({name: {"shape": (10,), "dtype": "f4"} for name in names})
        else:
            for name in names:
                f.create_dataset(name, (10,), "f4")


CASES = {
    "float32 collective": lambda path: write(path, block("f4")),
    "float32 independent": lambda path: write(path, block("f4"), collective=False),
    "float64 into float32 collective": lambda path: write(path, block("f8")),
    "interleaved rows collective": lambda path: interleaved(path, block("f4"), True),
    "interleaved rows independent": lambda path: interleaved(path, block("f4"), False),
    "gzip collective": lambda path: write(path, block("f4"), **FILTERS),
    "read float32 collective": lambda path: read(path + ".plain", True),
    "read float32 independent": lambda path: read(path + ".plain", False),
    "read gzip": lambda path: read(path + ".gzip", False),
    "8000 objects": lambda path: create(path, False),
    "8000 objects at once": lambda path: create(path, True),
}


def measured(case, path):
    times = []
    for dtype in ("f4", "f8"):
        block(dtype)
    for _ in range(REPEATS):
        COMM.barrier()
        if COMM.rank == 0:  # a new file each time, and nothing on its way to the disk
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)
            os.sync()
        COMM.barrier()
        begin = time.perf_counter()
        case(path)
        times.append(COMM.allreduce(time.perf_counter() - begin, MPI.MAX))
    return min(times)


def main():
    wanted = sys.argv[4:] or CASES
    folder = tempfile.mkdtemp(prefix="bench-mpi") if COMM.rank == 0 else None
    path = os.path.join(COMM.bcast(folder), "f.h5")
    if any(name.startswith("read") for name in wanted):
        write(path + ".plain", block("f4"))
        write(path + ".gzip", block("f4"), **FILTERS)
    figures = {name: measured(CASES[name], path) for name in wanted}
    COMM.barrier()
    if COMM.rank == 0:
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
        print(json.dumps(figures))


main()
