"""Filtered chunks that ranks encode themselves, and elements that they write past MPI-IO.

A serial h5py reads every byte again.
"""

import h5py
import hyperslab
import numpy as np
import pytest

FILTERS = {
    "gzip": {"compression": "gzip"},
    "shuffled": {"compression": "gzip", "compression_opts": 1, "shuffle": True},
    "lzf": {"compression": "lzf"},
    "checked": {"fletcher32": True, "compression": "gzip"},
    "filled": {"compression": "gzip", "fillvalue": 7},
}
CHUNK = (4, 8)
COLUMNS = 20  # the chunks at the edge are cut


@pytest.fixture
def stats():
    hyperslab.io_stats(reset=True)
    return lambda: hyperslab.io_stats()


def numbers(shape, dtype="i4", seed=1):
    return np.random.default_rng(seed).integers(0, 200, shape).astype(dtype)


def same(comm, path, expected, name="x"):
    comm.barrier()
    if comm.rank == 0:
        with h5py.File(path) as f:
            assert np.array_equal(f[name][...], expected)
            assert f[name].dtype == expected.dtype
    comm.barrier()


def rows_of(rank, size, chunks_each=3):
    """Whole rows of chunks: rank 0 has one fewer than the others, and the last one is cut."""
    first = chunks_each * rank - (rank > 0)
    count = chunks_each - (rank == 0)
    return slice(first * CHUNK[0], (first + count) * CHUNK[0] - (rank == size - 1))


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("source, target", [("i4", "i4"), ("f8", "f4"), ("i2", ">i4")])
def test_whole_chunks_are_encoded_by_their_ranks(comm, shared_path, stats, filters, source, target):
    rows = rows_of(comm.size - 1, comm.size).stop
    data = numbers((rows, COLUMNS), source)
    path = shared_path / "f.h5"
    mine = rows_of(comm.rank, comm.size)
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset(
            "x", data.shape, target, chunks=CHUNK, maxshape=(None, COLUMNS), **FILTERS[filters]
        )
        with dset.collective:
            dset[mine] = data[mine]
        found = stats()
        assert found["encoded_chunks"] > 0
        assert found["collective_transfers"] == 1
        assert found["independent_instead"] == 0
        f.flush()
        with dset.collective:
            assert np.array_equal(dset[...], data.astype(target))
    same(comm, path, data.astype(target))


def test_chunks_are_written_again(comm, shared_path, stats):
    """They become shorter and longer; what a rank has read before is not what it reads after."""
    rows = rows_of(comm.size - 1, comm.size).stop
    mine = rows_of(comm.rank, comm.size)
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", (rows, COLUMNS), "i4", chunks=CHUNK, compression="gzip")
        for seed in range(4):
            data = numbers((rows, COLUMNS), seed=seed) * (seed % 2)
            with dset.collective:
                dset[mine] = data[mine]
            f.flush()
            assert np.array_equal(dset[...], data)
    same(comm, path, data)


def test_chunks_of_several_ranks_are_made_by_one(comm, shared_path, stats):
    data = numbers((3 * comm.size + 1, COLUMNS))
    mine = slice(3 * comm.rank, 3 * comm.rank + (4 if comm.rank == comm.size - 1 else 3))
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", data.shape, "i4", chunks=CHUNK, compression="gzip")
        with dset.collective:
            dset[mine] = data[mine]
    assert comm.allreduce(stats()["encoded_chunks"]) == -(-len(data) // CHUNK[0]) * 3
    same(comm, path, data)


@pytest.mark.parametrize("engine", ["automatic", "library"])
@pytest.mark.parametrize("filters", FILTERS)
def test_chunks_that_were_read_are_written_in_part(comm, shared_path, filters, engine):
    """What a rank has read of a chunk is not what it reads after others have written it."""
    rows = 3 * comm.size + 2
    path = shared_path / "f.h5"
    expected = np.full((rows, COLUMNS), FILTERS[filters].get("fillvalue", 0), "i4")
    hyperslab.set_engine(engine)
    try:
        with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
            dset = f.create_dataset("x", expected.shape, "i4", chunks=CHUNK, **FILTERS[filters])
            for step in range(4):
                data = numbers(expected.shape, seed=step)
                first = (comm.rank + step) % comm.size
                for rank in range(comm.size):
                    part = np.s_[3 * rank + 1 : 3 * rank + 4, step : 15 - step]
                    expected[part] = data[part]
                mine = np.s_[3 * first + 1 : 3 * first + 4, step : 15 - step]
                with dset.collective:
                    dset[mine] = data[mine]
                f.flush()
                assert np.array_equal(dset[...], expected)
                comm.barrier()
    finally:
        hyperslab.set_engine("automatic")
    same(comm, path, expected)


def test_chunks_are_written_whole_and_in_part(comm, shared_path):
    path = shared_path / "f.h5"
    mine = slice(4 * comm.rank, 4 * (comm.rank + 1))
    expected = numbers((4 * comm.size, COLUMNS))
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", expected.shape, "i4", chunks=CHUNK, compression="gzip")
        for step in range(4):
            expected = numbers(expected.shape, seed=step) if step % 2 == 0 else expected
            columns = slice(None) if step % 2 == 0 else slice(3, 11)
            if step % 2:
                expected[:, columns] = step
            with dset.collective:
                dset[mine, columns] = expected[mine, columns]
            f.flush()
            with dset.collective:
                assert np.array_equal(dset[...], expected)
    same(comm, path, expected)


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("maxshape", [(None, 43), (30, 43), (None, None)])
def test_grids_smaller_than_that_of_the_maximum_shape(comm, shared_path, libver, maxshape):
    """libhdf5 1.14.6 mistakes one chunk for another there."""
    path = shared_path / "f.h5"
    shape = (2 * comm.size, 20)
    data = numbers(shape)
    mine = slice(2 * comm.rank, 2 * comm.rank + 2)
    with hyperslab.File(path, "w", driver="mpio", comm=comm, libver=libver) as f:
        dset = f.create_dataset(
            "x", shape, "i4", maxshape=maxshape, chunks=(1, 8), compression="gzip"
        )
        with dset.collective:
            dset[mine, :13] = data[mine, :13]
        with dset.collective:
            dset[mine, 13:] = data[mine, 13:]
    same(comm, path, data)


def test_ranks_write_while_others_still_cut_chunks(comm, shared_path):
    """Cutting a chunk reads it and writes it back, on each rank."""
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dsets = [
            f.create_dataset(f"{i}", (9000,), "i4", chunks=(8192,), maxshape=(None,))
            for i in range(30)
        ]
        mine = slice(500 * comm.rank, 500 * (comm.rank + 1))
        for dset in dsets:
            dset.resize((6000,))
            with dset.collective:
                dset[mine] = comm.rank + 1
    expected = np.zeros(6000, "i4")
    expected[: 500 * comm.size] = np.repeat(np.arange(comm.size) + 1, 500)
    for i in range(30):
        same(comm, path, expected, str(i))


def test_more_chunks_than_one_round_has(comm, shared_path):
    data = numbers((2500 * comm.size, 3), "u1")
    mine = slice(2500 * comm.rank, 2500 * (comm.rank + 1) if comm.rank else 1)
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", data.shape, "u1", chunks=(1, 3), compression="gzip")
        with dset.collective:
            dset[mine] = data[mine]
    expected = data.copy()
    expected[1:2500] = 0
    same(comm, path, expected)


def test_ranks_grow_a_compressed_dataset(comm, shared_path):
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm, libver="latest") as f:
        dset = f.create_dataset(
            "x", (0, COLUMNS), "i4", maxshape=(None, None), chunks=CHUNK, compression="gzip"
        )
        for step in range(3):
            first = dset.shape[0]
            dset.resize(first + CHUNK[0] * comm.size, axis=0)
            with dset.collective:
                own = first + CHUNK[0] * comm.rank
                dset[own : own + CHUNK[0]] = 10 * step + comm.rank
    rows = [10 * s + rank for s in range(3) for rank in range(comm.size) for _ in range(CHUNK[0])]
    same(comm, path, np.repeat(np.array(rows, "i4")[:, None], COLUMNS, axis=1))


@pytest.mark.parametrize("collective", [True, False])
@pytest.mark.parametrize("chunks", [None, (5, 7)])
def test_elements_are_written_past_mpi(comm, shared_path, stats, chunks, collective):
    data = numbers((8 * comm.size, 64), "f8")
    mine = slice(8 * comm.rank, 8 * (comm.rank + 1))
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm, userblock_size=1024) as f:
        dset = f.create_dataset("x", data.shape, "f4", chunks=chunks)
        if collective:
            with dset.collective:
                dset[mine] = data[mine]
        else:
            dset[mine] = data[mine]
        if chunks is None:
            assert stats()["direct_writes"] == 1
            assert stats()["library_writes"] == 0
        f.flush()
        assert np.array_equal(dset[...], data)
    same(comm, path, data.astype("f4"))


def test_the_library_engine_goes_through_mpi(comm, shared_path, stats):
    path = shared_path / "f.h5"
    hyperslab.set_engine("library")
    try:
        with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
            dset = f.create_dataset("x", (comm.size, 100), "i4")
            with dset.collective:
                dset[comm.rank] = comm.rank
    finally:
        hyperslab.set_engine("automatic")
    assert stats()["direct_writes"] == 0
    same(comm, path, np.repeat(np.arange(comm.size, dtype="i4")[:, None], 100, axis=1))


def test_ranks_that_need_different_ways_agree(comm, shared_path, stats):
    """One rank asks for libhdf5, one writes by the low level, as some programs take part."""
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", (comm.size, 100), "i4")
        row = np.full((1, 100), comm.rank, "i4")
        hyperslab.set_engine("library" if comm.rank == 1 else "automatic")
        with dset.collective:
            if comm.rank == comm.size - 1:
                space = dset.id.get_space()
                space.select_hyperslab((comm.rank, 0), (1, 100))
                memory = hyperslab.h5s.create_simple((1, 100))
                dset.id.write(memory, space, row, dxpl=dset._dxpl)
            else:
                dset[comm.rank : comm.rank + 1] = row
        hyperslab.set_engine("automatic")
    assert stats()["direct_writes"] == 0
    same(comm, path, np.repeat(np.arange(comm.size, dtype="i4")[:, None], 100, axis=1))


def test_atomic_files_are_written_through_mpi(comm, shared_path, stats):
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        f.atomic = True
        dset = f.create_dataset("x", (comm.size, 100), "i4")
        dset[comm.rank] = comm.rank
        assert stats()["direct_writes"] == 0
        f.atomic = False
        dset[comm.rank] = comm.rank
        assert stats()["direct_writes"] == 1
    same(comm, path, np.repeat(np.arange(comm.size, dtype="i4")[:, None], 100, axis=1))


def test_the_working_folder_may_change(comm, shared_path, monkeypatch):
    monkeypatch.chdir(shared_path)
    with hyperslab.File("f.h5", "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", (comm.size, 100), "i4")
        monkeypatch.chdir("/")
        dset[comm.rank] = comm.rank
    same(
        comm,
        shared_path / "f.h5",
        np.repeat(np.arange(comm.size, dtype="i4")[:, None], 100, axis=1),
    )


def test_another_file_with_the_name_is_not_touched(comm, shared_path):
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        dset = f.create_dataset("x", (comm.size, 100), "i4")
        comm.barrier()
        if comm.rank == 0:
            path.rename(shared_path / "g.h5")
            path.write_bytes(b"mine")
        comm.barrier()
        dset[comm.rank] = comm.rank
    same(
        comm,
        shared_path / "g.h5",
        np.repeat(np.arange(comm.size, dtype="i4")[:, None], 100, axis=1),
    )
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("collective", [True, False])
@pytest.mark.parametrize("kind", ["plain", "chunked", "gzip", "strings"])
def test_files_open_for_reading_are_read_past_hdf5(comm, shared_path, stats, kind, collective):
    path = shared_path / "f.h5"
    data = numbers((640, 500), "f4")
    options = {
        "plain": {},
        "chunked": {"chunks": (5, 50)},
        "gzip": {"chunks": (5, 50), "compression": "gzip", "shuffle": True},
    }
    if comm.rank == 0:
        with h5py.File(path, "w") as f:
            if kind == "strings":
                f["x"] = [f"{i} of many" for i in range(5000)]
            else:
                f.create_dataset("x", data=data, **options[kind])
    comm.barrier()
    expected = [b"%d of many" % i for i in range(5000)] if kind == "strings" else data
    with hyperslab.File(path, "r", driver="mpio", comm=comm) as f:
        dset = f["x"]
        if collective:
            with dset.collective:
                found = dset[...]
        else:
            found = dset[...]
        assert "direct" in str(dset.explain())
    assert np.array_equal(found, np.array(expected))
    assert stats()["direct_reads"] >= 1
    assert stats()["failed_reads"] == 0
    assert stats()["library_reads"] == 0
