"""What ranks have written is there for the others once all have flushed or closed the file."""

import time

import h5py
import hyperslab
import numpy as np
import pytest


@pytest.mark.parametrize("kwargs", [{}, {"chunks": (1,)}], ids=["contiguous", "chunked"])
def test_elements_of_a_slow_rank_are_there_after_a_flush(comm, shared_path, kwargs):
    last = comm.size - 1
    found = []
    with hyperslab.File(shared_path / "f.h5", "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", (comm.size,), "i4", **kwargs)
        for step in range(1, 4):
            if comm.rank == last:
                time.sleep(0.05)
            dset[comm.rank] = step
            f.flush()
            found.append(dset[...])
            comm.barrier()
    assert np.array_equal(found, [[step] * comm.size for step in range(1, 4)])


def test_a_closed_file_is_whole(comm, shared_path):
    path = shared_path / "f.h5"
    last = comm.size - 1
    found = []
    for step in range(1, 4):
        with hyperslab.File(path, "a", driver="mpio", comm=comm) as f:
            dset = f.require_dataset(f"x{step}", (comm.size,), "i4")
            if comm.rank == last:
                time.sleep(0.05)
            dset[comm.rank] = step
        with h5py.File(path) as f:
            found.append([f[f"x{i}"][...].tolist() for i in range(1, step + 1)])
        comm.barrier()
    assert found == [[[i] * comm.size for i in range(1, step + 1)] for step in range(1, 4)]
