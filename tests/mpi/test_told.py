"""What is told of transfers: explanations, counters, and why HDF5 wrote independently."""

import h5py
import hyperslab
import numpy as np
import pytest


@pytest.fixture
def file(comm, shared_path):
    hyperslab.io_stats(reset=True)
    with hyperslab.File(shared_path / "f.h5", "w", driver="mpio", comm=comm) as f:
        yield f


ROWS = 8


def told(dset, value, collective):
    index = slice(0, value.shape[0])
    if collective:
        with dset.collective:
            return dset.explain_write(index, value.dtype)
    return dset.explain_write(index, value.dtype)


def test_ways_are_explained(file):
    plain = file.create_dataset("plain", (ROWS, 8), "f4")
    packed = file.create_dataset("packed", (ROWS, 8), "f4", chunks=(4, 8), compression="gzip")
    whole, part = np.zeros((ROWS, 8), "f8"), np.zeros((ROWS - 1, 8), "f8")
    for collective in (False, True):
        found = told(plain, whole, collective)
        assert (found.engine, found.refusal) == ("direct", "")
        assert "past MPI-IO" in found.reason
        assert found.conversion == "direct"
    assert told(packed, whole, True).engine == "direct"
    found = told(packed, part, True)
    assert (found.engine, found.refusal) == ("direct", "")
    assert "gets the elements of the others" in found.reason
    assert told(packed, whole, False).refusal == "independent"
    assert "with dset.collective" in told(packed, whole, False).reason
    hyperslab.set_engine("library")
    assert told(plain, whole, True).refusal == "forced"
    hyperslab.set_engine("automatic")
    file.atomic = True
    assert told(plain, whole, True).refusal == "atomic"
    file.atomic = False
    assert hyperslab.io_stats()["direct_writes"] == 0


def test_causes_of_independent_transfers_are_counted(comm, file, capfd, monkeypatch):
    """The low level leaves converting to libhdf5."""
    monkeypatch.setenv("HYPERSLAB_VERBOSE", "1")
    dset = file.create_dataset("x", (comm.size,), "f4")
    space = dset.id.get_space()
    space.select_hyperslab((comm.rank,), (1,))
    memory = hyperslab.h5s.create_simple((1,))
    dxpl = hyperslab.h5p.create(hyperslab.h5p.DATASET_XFER)
    dxpl.set_dxpl_mpio(hyperslab.h5fd.MPIO_COLLECTIVE)
    hyperslab.set_engine("library")
    dset.id.write(memory, space, np.array([comm.rank], "f8"), dxpl=dxpl)
    hyperslab.set_engine("automatic")
    stats = hyperslab.io_stats()
    cause = "libhdf5 has to convert the elements"
    assert stats["collective_transfers"] == 1
    if dxpl.get_mpio_no_collective_cause() != (0, 0):
        assert stats["independent_causes"] == {cause: 1}
        assert stats["independent_instead"] == 1
        assert cause in capfd.readouterr().err


def test_no_cause_where_all_was_collective(comm, file):
    dset = file.create_dataset("x", (comm.size, 100), "f4")
    with dset.collective:
        dset[comm.rank] = np.arange(100.0)
    stats = hyperslab.io_stats()
    assert stats["collective_transfers"] == 1
    assert stats["independent_causes"] == {}


@pytest.mark.parametrize(
    "options, mode", [({}, 4), ({"chunks": (1, 1000)}, 2), ({"compression": "lzf"}, 2)]
)
def test_the_mode_of_writes_past_mpi(comm, file, options, mode):
    """What libhdf5 calls H5D_MPIO_CONTIGUOUS_COLLECTIVE and H5D_MPIO_CHUNK_COLLECTIVE."""
    dset = file.create_dataset("x", (comm.size, 1000), "f4", **options)
    with dset.collective:
        dset[comm.rank] = np.arange(1000.0)
    assert hyperslab.io_stats()["direct_writes"] == 1
    assert dset._dxpl.get_mpio_actual_io_mode() == mode
    assert dset._dxpl.get_mpio_no_collective_cause() == (0, 0)
    if "compression" not in options:
        dset[comm.rank] = 1
        assert dset._dxpl.get_mpio_actual_io_mode() == 0


@pytest.mark.parametrize("alloc", ["early", "incr", "late", "default"])
def test_allocation_time(comm, shared_path, alloc):
    path = shared_path / "g.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset(
            "x", (comm.size, 10), "i4", chunks=(1, 10), alloc_time=alloc, fill_time="never"
        )
        with dset.collective:
            dset[comm.rank] = comm.rank
    comm.barrier()
    if comm.rank == 0:
        with h5py.File(path) as f:
            assert (f["x"][...] == np.arange(comm.size)[:, None]).all()
            assert f["x"].id.get_create_plist().get_fill_time() == h5py.h5d.FILL_TIME_NEVER


def test_many_objects_in_one_call(comm, shared_path):
    path = shared_path / "g.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        members = {f"g{i % 7}/x{i}": {"shape": (3,), "dtype": "f4"} for i in range(500)}
        f.create_many(members, fillvalue=2)
        f.create_many({"a": np.arange(4), "b": [1.5]})
    comm.barrier()
    if comm.rank == 0:
        with h5py.File(path) as f:
            assert sum(len(f[f"g{i}"]) for i in range(7)) == 500
            assert f["g3/x10"][...].tolist() == [2, 2, 2]
            assert f["a"][...].tolist() == [0, 1, 2, 3]
            assert f["b"][...].tolist() == [1.5]
