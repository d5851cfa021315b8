"""The constants of the model in docs/parallel.md, measured in this process: constants.py [FOLDER]

Runs under mpirun; rank 0 prints one line for each.
"""

import os
import sys
import tempfile
import time

import hyperslab
import numpy as np
from mpi4py import MPI

COMM = MPI.COMM_WORLD
FOLDER = COMM.bcast(tempfile.mkdtemp(dir=sys.argv[1] if sys.argv[1:] else None))
PATH = os.path.join(FOLDER, "f.h5")


def open_file():
    return hyperslab.File(PATH, "w", driver="mpio", comm=COMM, libver="latest")


def seconds(action):
    """The shortest of three times of the slowest rank."""
    best = float("inf")
    for _ in range(3):
        COMM.barrier()
        begin = time.perf_counter()
        action()
        best = min(best, COMM.allreduce(time.perf_counter() - begin, MPI.MAX))
    return best


def tell(what, value, unit):
    if COMM.rank == 0:
        print(f"{what:44} {value:10.3f} {unit}", flush=True)


with open_file() as f:
    dset = f.create_dataset("x", (COMM.size, 1 << 24), "f4")
    row = np.ones(1 << 24, "f4")
    with dset.collective:
        took = seconds(lambda: dset.__setitem__(COMM.rank, row))
        tell("all ranks write one file", COMM.size * row.nbytes / took / 1e9, "GB/s")
        nothing = np.empty((0, 1 << 24), "f4")
        took = seconds(lambda: [dset.__setitem__(slice(0, 0), nothing) for _ in range(200)])
        tell("agreement before a collective write", took / 200 * 1e6, "us")
CHUNKS = 4096
with open_file() as f:
    small = f.create_dataset("s", (COMM.size * CHUNKS, 64), "u1", chunks=(1, 64), compression=1)
    mine = slice(COMM.rank * CHUNKS, (COMM.rank + 1) * CHUNKS)
    block = np.random.default_rng(COMM.rank).integers(0, 50, (CHUNKS, 64)).astype("u1")
    with small.collective:
        took = seconds(lambda: small.__setitem__(mine, block))
    tell("place of a chunk, on every rank", took / (COMM.size * CHUNKS) * 1e6, "us")
with open_file() as f:
    shape = (COMM.size * 1024, 16384)
    large = f.create_dataset("l", shape, "f4", chunks=(16, 16384), compression=4, shuffle=True)
    mine = slice(COMM.rank * 1024, (COMM.rank + 1) * 1024)
    block = np.random.default_rng(COMM.rank).integers(0, 1000, (1024, 16384)).astype("f4")
    with large.collective:
        took = seconds(lambda: large.__setitem__(mine, block))
    tell("gzip of all ranks together", COMM.size * block.nbytes / took / 1e6, "MB/s")


def create():
    with open_file() as f:
        f.create_many({f"d{i}": {"shape": (10,), "dtype": "f4"} for i in range(8000)})


tell("creating an object, on every rank", seconds(create) / 8000 * 1e6, "us")
COMM.barrier()
if COMM.rank == 0:
    os.unlink(PATH)
    os.rmdir(FOLDER)
