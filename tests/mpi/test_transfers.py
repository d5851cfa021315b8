"""What ranks write together is in the file, byte for byte: a serial h5py reads it."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import h5py
import hyperslab
import numpy as np
import pytest

LAYOUTS = {
    "contiguous": {},
    "chunked": {"chunks": (3, 4)},
    "early": {"chunks": (5, 5), "fillvalue": 7},
    "gzip": {"chunks": (4, 8), "compression": "gzip", "shuffle": True},
    "checked": {"chunks": (4, 8), "fletcher32": True},
}
TYPES = {
    "float32": np.dtype("f4"),
    "big-endian int64": np.dtype(">i8"),
    "bool": np.dtype("?"),
    "records": np.dtype([("a", "<i4"), ("b", "<f8"), ("c", "S3")]),
    "fixed strings": np.dtype("S5"),
}
ROWS, COLUMNS = 23, 11


def elements(dtype, shape=(ROWS, COLUMNS), seed=0):
    random = np.random.default_rng(seed)
    numbers = random.integers(0, 2 if dtype == "?" else 1000, shape)
    if dtype.names:
        made = np.zeros(shape, dtype)
        for name in dtype.names:
            made[name] = numbers.astype("S3") if dtype[name].kind == "S" else numbers
        return made
    return numbers.astype(dtype)


def mine(comm, count=ROWS):
    """This rank's rows, as a slice: unequal parts, and none for some ranks of many."""
    cuts = [count * i * i // (comm.size * comm.size) for i in range(comm.size + 1)]
    return slice(cuts[comm.rank], cuts[comm.rank + 1])


@contextlib.contextmanager
def parallel(path, mode, comm, **keywords):
    with hyperslab.File(path, mode, driver="mpio", comm=comm, **keywords) as f:
        yield f


def stored(path, name="x"):
    with h5py.File(path) as f:
        return f[name][...]


def same(comm, path, expected, name="x"):
    """What the file holds; rank 0 reads it with stock h5py, alone."""
    comm.barrier()
    if comm.rank == 0:
        found = stored(path, name)
        assert found.dtype == expected.dtype
        assert np.array_equal(found, expected)
    comm.barrier()


def mode_of(dset, collective):
    return dset.collective if collective else contextlib.nullcontext()


@pytest.mark.parametrize("collective", [True, False])
@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_blocks(comm, shared_path, layout, kind, collective):
    filtered = "compression" in LAYOUTS[layout] or "fletcher32" in LAYOUTS[layout]
    if filtered and not collective and comm.size > 1:
        pytest.skip("libhdf5 writes filtered chunks collectively only")
    data = elements(TYPES[kind])
    if data.dtype.kind in "SV":
        options = {key: value for key, value in LAYOUTS[layout].items() if key != "fillvalue"}
    else:
        options = LAYOUTS[layout]
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", data.shape, data.dtype, **options)
        with mode_of(dset, collective):
            dset[mine(comm)] = data[mine(comm)]
        comm.barrier()
    same(comm, path, data)
    with parallel(path, "r", comm) as f, mode_of(f["x"], collective):
        assert np.array_equal(f["x"][mine(comm)], data[mine(comm)])
        assert np.array_equal(f["x"][...], data)


SELECTIONS = {
    "strided": lambda rank, size: (slice(rank, None, size), slice(None)),
    "columns": lambda rank, size: (slice(None), slice(rank, None, size)),
    "list": lambda rank, size: (list(range(rank, ROWS, size)), slice(1, 9)),
    "one row": lambda rank, size: (min(rank, ROWS - 1), slice(None)),
    "mask": lambda rank, size: np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS) % size == rank,
    "nothing": lambda rank, size: (slice(5, 5), slice(None)),
    "only the last": lambda rank, size: (slice(0, ROWS if rank == size - 1 else 0), slice(None)),
}


@pytest.mark.parametrize("kind", ["big-endian int64", "records", "fixed strings", "bool"])
@pytest.mark.parametrize("layout", ["contiguous", "chunked", "gzip"])
@pytest.mark.parametrize("selection", SELECTIONS)
def test_selections(comm, shared_path, selection, layout, kind):
    data = elements(TYPES[kind])
    expected = np.zeros_like(data)
    for rank in range(comm.size):
        index = SELECTIONS[selection](rank, comm.size)
        expected[index] = data[index]
    index = SELECTIONS[selection](comm.rank, comm.size)
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", data.shape, data.dtype, **LAYOUTS[layout])
        with dset.collective:
            dset[index] = data[index]
        f.flush()  # MPI-IO promises to show what other ranks wrote only then
        with dset.collective:
            assert np.array_equal(dset[index], data[index])
    same(comm, path, expected)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("selection", SELECTIONS)
def test_selections_of_virtual_datasets(comm, shared_path, selection, kind):
    data = elements(TYPES[kind], (2 * ROWS, COLUMNS))
    path = shared_path / "f.h5"
    if comm.rank == 0:
        with h5py.File(path, "w") as f:
            layout = h5py.VirtualLayout(data.shape, data.dtype)
            for i, name in enumerate("ab"):
                rows = slice(ROWS * i, ROWS * (i + 1))
                f[name] = data[rows]
                layout[rows] = h5py.VirtualSource(f[name])
            f.create_virtual_dataset("x", layout)
    comm.barrier()
    index = SELECTIONS[selection](comm.rank, comm.size)
    if isinstance(index, np.ndarray):
        index = np.concatenate([index, index])
    with parallel(path, "r", comm) as f:
        assert np.array_equal(f["x"][index], data[index])
        with f["x"].collective:
            assert np.array_equal(f["x"][...], data)


@pytest.mark.parametrize("layout", ["contiguous", "chunked", "gzip"])
def test_points(comm, shared_path, layout):
    """Elements one by one, by the low level: as HDF5 has them, in any order."""
    data = elements(np.dtype("i4"))
    path = shared_path / "f.h5"
    mine = np.arange(ROWS * COLUMNS)[comm.rank :: comm.size][::-1]
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", data.shape, data.dtype, **LAYOUTS[layout])
        space = dset.id.get_space()
        space.select_elements(np.stack(np.unravel_index(mine, data.shape), axis=1))
        dxpl = hyperslab.h5p.create(hyperslab.h5p.DATASET_XFER)
        dxpl.set_dxpl_mpio(hyperslab.h5fd.MPIO_COLLECTIVE)
        memory = hyperslab.h5s.create_simple((len(mine),))
        dset.id.write(memory, space, data.flat[mine], dxpl=dxpl)
        f.flush()
        found = np.zeros(len(mine), "i4")
        dset.id.read(memory, space, found, dxpl=dxpl)
        assert np.array_equal(found, data.flat[mine])
    same(comm, path, data)


def test_broadcast_values_into_unequal_blocks(comm, shared_path):
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", (ROWS, COLUMNS), "f8")
        with dset.collective:
            dset[mine(comm)] = comm.rank + 1
        with dset.collective:
            dset[mine(comm), 2:5] = np.arange(3)
    expected = np.zeros((ROWS, COLUMNS))
    for rank in range(comm.size):
        part = [ROWS * i * i // (comm.size * comm.size) for i in (rank, rank + 1)]
        expected[slice(*part)] = rank + 1
    expected[:, 2:5] = np.arange(3)
    same(comm, path, expected)


@pytest.mark.parametrize(
    "source, target", [("f8", "f4"), ("i4", ">i8"), ("f4", "f8"), ("i8", "u1")]
)
def test_conversion_stays_collective(comm, shared_path, source, target):
    data = elements(np.dtype(source)) % 200
    path = shared_path / "f.h5"
    hyperslab.io_stats(reset=True)
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", data.shape, target)
        with dset.collective:
            dset[mine(comm)] = data[mine(comm)]
        assert dset._dxpl.get_mpio_no_collective_cause() == (0, 0)
        f.flush()
        with dset.collective:
            assert np.array_equal(dset.astype(source)[...], data)
    assert hyperslab.io_stats()["collective_transfers"] == 2
    assert hyperslab.io_stats()["independent_instead"] == 0
    same(comm, path, data.astype(target))


@pytest.mark.parametrize("engine", ["automatic", "library"])
@pytest.mark.parametrize("options", [{}, {"chunks": (1, 8), "compression": "lzf"}])
def test_enumerations_are_transferred_collectively(comm, shared_path, options, engine):
    """libhdf5 sees a conversion between enumerations that are the same."""
    dtype = hyperslab.enum_dtype({"A": 0, "B": 3, "C": 9}, ">i2")
    row = np.array([0, 3, 9, 3, 0, 9, 9, 3], dtype)
    path = shared_path / "f.h5"
    hyperslab.io_stats(reset=True)
    hyperslab.set_engine(engine)
    try:
        with parallel(path, "w", comm) as f:
            dset = f.create_dataset("x", (comm.size, 8), dtype, **options)
            with dset.collective:
                dset[comm.rank] = row
            f.flush()
            with dset.collective:
                assert np.array_equal(dset[...], np.tile(row, (comm.size, 1)))
    finally:
        hyperslab.set_engine("automatic")
    assert hyperslab.io_stats()["independent_causes"] == {}
    same(comm, path, np.tile(row, (comm.size, 1)))


def test_collective_blocks_nest(comm, shared_path):
    independent, collective = hyperslab.h5fd.MPIO_INDEPENDENT, hyperslab.h5fd.MPIO_COLLECTIVE
    with parallel(shared_path / "f.h5", "w", comm) as f:
        dset = f.create_dataset("x", (4,), "i4")
        with dset.collective:
            with dset.collective:
                assert dset._dxpl.get_dxpl_mpio() == collective
            assert dset._dxpl.get_dxpl_mpio() == collective
        assert dset._dxpl.get_dxpl_mpio() == independent
        with contextlib.suppress(ZeroDivisionError), dset.collective:
            raise ZeroDivisionError
        assert dset._dxpl.get_dxpl_mpio() == independent


@pytest.mark.parametrize("failing", ["shape", "type", "index"])
def test_a_rank_that_fails_leaves_nobody_waiting(comm, shared_path, failing):
    """It takes part with nothing; the others write what they have."""
    value, index, error = {
        "shape": (np.zeros(99), mine(comm), TypeError),
        "type": ("text", mine(comm), (TypeError, ValueError)),
        "index": (1, slice(0, 5, -1), ValueError),
    }[failing]
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", (ROWS, COLUMNS), "i4")
        with dset.collective:
            if comm.rank == comm.size - 1:
                with pytest.raises(error):
                    dset[index] = value
            else:
                dset[mine(comm)] = comm.rank + 1
        f.flush()
        with dset.collective:
            if comm.rank == comm.size - 1:
                with pytest.raises((ValueError, TypeError, IndexError)):
                    dset[1:2:-1]
            else:
                assert (dset[mine(comm)] == comm.rank + 1).all()


def test_appending_and_resizing(comm, shared_path):
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        dset = f.create_dataset("x", (0, 4), "i4", maxshape=(None, 4), chunks=(2, 4))
        for step in range(3):
            first = dset.shape[0]
            dset.resize(first + comm.size, axis=0)
            with dset.collective:
                dset[first + comm.rank] = 10 * step + comm.rank
    rows = [10 * step + rank for step in range(3) for rank in range(comm.size)]
    same(comm, path, np.repeat(np.array(rows, "i4")[:, None], 4, axis=1))


def test_virtual_datasets_are_read(comm, shared_path):
    path = shared_path / "f.h5"
    if comm.rank == 0:
        with h5py.File(path, "w") as f:
            f["a"], f["b"] = np.arange(6), np.arange(6) * 2
            layout = h5py.VirtualLayout((12,), "i8")
            layout[:6], layout[6:] = h5py.VirtualSource(f["a"]), h5py.VirtualSource(f["b"])
            f.create_virtual_dataset("x", layout)
    comm.barrier()
    with parallel(path, "r", comm) as f:
        assert f["x"][...].tolist() == [*range(6), *range(0, 12, 2)]


def test_groups_and_attributes(comm, shared_path):
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        group = f.create_group("g/h")
        group.attrs["a"] = np.arange(comm.size)
        group.create_dataset("d", data=np.arange(5.0))
        f["soft"] = hyperslab.SoftLink("/g")
        del group.attrs["a"]
        group.attrs["b"] = "text"
        f.move("g/h/d", "g/e")
    comm.barrier()
    if comm.rank == 0:
        with h5py.File(path) as f:
            assert f["soft/e"][...].tolist() == [0, 1, 2, 3, 4]
            assert dict(f["g/h"].attrs) == {"b": "text"}


def test_writing_more_datasets_at_once(comm, shared_path):
    path = shared_path / "f.h5"
    with parallel(path, "w", comm) as f:
        dsets = [f.create_dataset(name, (comm.size, 3), "i4") for name in "ab"]
        row = np.full(3, comm.rank, "i4")
        spaces = []
        for dset in dsets:
            space = dset.id.get_space()
            space.select_hyperslab((comm.rank, 0), (1, 3))
            spaces.append(space)
        memory = [hyperslab.h5s.create_simple((3,)) for _ in dsets]
        types = [hyperslab.h5t.NATIVE_INT32] * 2
        dxpl = hyperslab.h5p.create(hyperslab.h5p.DATASET_XFER)
        dxpl.set_dxpl_mpio(hyperslab.h5fd.MPIO_COLLECTIVE)
        hyperslab.h5d.write_multi(
            [d.id for d in dsets], memory, spaces, [row, row + 10], types, dxpl
        )
    expected = np.repeat(np.arange(comm.size, dtype="i4")[:, None], 3, axis=1)
    same(comm, path, expected, "a")
    same(comm, path, expected + 10, "b")


def test_ranks_have_files_of_their_own_beside(comm, shared_path):
    """Serial files go on as ever, also from threads."""

    def work(i):
        own = shared_path / f"{comm.rank}-{i}.h5"
        with hyperslab.File(own, "w") as f:
            f.create_dataset("x", data=np.arange(1000) + i, chunks=(100,), compression="gzip")
        with hyperslab.File(own) as f:
            return np.array_equal(f["x"][...], np.arange(1000) + i)

    with parallel(shared_path / "shared.h5", "w", comm) as f:
        with ThreadPoolExecutor(3) as pool:
            assert all(pool.map(work, range(6)))
        f.create_dataset("x", (comm.size,), "i4")[comm.rank] = 1
    same(comm, shared_path / "shared.h5", np.ones(comm.size, "i4"))
