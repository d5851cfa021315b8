"""Filtered chunks that libhdf5 itself writes collectively, cuts and reads.

Programs meet it with `set_engine("library")`, with the low level, with `atomic`, and wherever our
engine leaves a write to libhdf5. The one that is built along is mended by
cmake/hdf5-1.14/mpi/04-collective-filtered-chunks.patch. A serial h5py reads every byte again.
"""

import random
import zlib

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import h5d, h5p, h5s, h5t, h5z

DONT_FILTER_PARTIAL_CHUNKS = 2


@pytest.fixture(autouse=True)
def library():
    hyperslab.set_engine("library")
    yield
    hyperslab.set_engine("automatic")


def numbers(shape, seed=1, high=200):
    return np.random.default_rng(seed).integers(0, high, shape).astype("i4")


def opened(path, comm, mode="w", **options):
    return hyperslab.File(path, mode, driver="mpio", comm=comm, **options)


def rows_of(comm, count):
    """The rows of a rank: those between the rows of other ranks, so that all share each chunk."""
    return slice(comm.rank, count, comm.size) if comm.rank < count else slice(0, 0)


def write(comm, dset, data):
    rows = rows_of(comm, len(data))
    with dset.collective:
        dset[rows] = data[rows]


def stored(comm, path, expected, name="x"):
    comm.barrier()
    if comm.rank == 0:
        with h5py.File(path) as f:
            assert np.array_equal(f[name][...], expected)
    comm.barrier()


@pytest.mark.parametrize("atomic", [False, True])
@pytest.mark.parametrize(
    "maxshape", [(7, 50), (None, 50), (7, None), (None, None)], ids=lambda s: f"{s[0]}, {s[1]}"
)
@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_chunks_are_those_of_the_largest_shape(comm, shared_path, libver, maxshape, atomic):
    path = shared_path / "f.h5"
    data = numbers((5, 20))
    with opened(path, comm, libver=libver) as f:
        f.atomic = atomic
        dset = f.create_dataset(
            "x", (1, 11), "i4", chunks=(1, 3), maxshape=maxshape, compression="gzip"
        )
        write(comm, dset, data[:1, :11])
        dset.resize(data.shape)
        write(comm, dset, data)
        assert dset.id.get_num_chunks() == 5 * 7
    stored(comm, path, data)


@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_two_datasets_at_once(comm, shared_path, libver):
    path = shared_path / "f.h5"
    data = numbers((6, 10)), numbers((9, 4), 2)
    rows = [rows_of(comm, len(part)) for part in data]
    together = h5p.create(h5p.DATASET_XFER)
    together.set_dxpl_mpio(1)
    with opened(path, comm, libver=libver) as f:
        dsets = [
            f.create_dataset(n, d.shape, "i4", chunks=(2, 3), maxshape=(20, 20), compression="lzf")
            for n, d in zip("xy", data, strict=True)
        ]
        here, there, mine = [], [], []
        for part, own in zip(data, rows, strict=True):
            mine.append(np.ascontiguousarray(part[own]))
            here.append(h5s.create_simple(mine[-1].shape if mine[-1].size else (1,)))
            there.append(h5s.create_simple(part.shape))
            if mine[-1].size:
                there[-1].select_hyperslab((own.start, 0), mine[-1].shape, (comm.size, 1))
            else:
                here[-1].select_none()
                there[-1].select_none()
                mine[-1] = np.zeros(1, "i4")
        h5d.write_multi([d.id for d in dsets], here, there, mine, dxpl=together)
    stored(comm, path, data[0], "x")
    stored(comm, path, data[1], "y")


def test_the_place_of_a_chunk_before_is_forgotten(comm, shared_path):
    path = shared_path / "f.h5"
    data = numbers((8, 8))
    with opened(path, comm) as f:
        dset = f.create_dataset("x", (8, 8), "i4", chunks=(8, 8), compression="gzip")
        dset.id.write_direct_chunk((0, 0), zlib.compress(bytes(256)))
        write(comm, dset, data)  # it takes more bytes now, elsewhere
        f.flush()
        comm.barrier()
        assert np.array_equal(dset[...], data)
        comm.barrier()
        write(comm, dset, data + 1)
    stored(comm, path, data + 1)


def test_no_chunk_is_kept_that_others_may_change(comm, shared_path):
    path = shared_path / "f.h5"
    data = numbers((8, 8))
    access = h5p.create(h5p.DATASET_ACCESS)
    access.set_chunk_cache(521, 2**20, 0.75)
    with opened(path, comm) as f:
        f.create_dataset("x", (8, 8), "i4", chunks=(4, 8), compression="gzip")
        dset = hyperslab.Dataset(h5d.open(f.id, b"x", access))
        for step in range(3):
            write(comm, dset, data + step)
            f.flush()
            comm.barrier()
            assert np.array_equal(dset[...], data + step)
            comm.barrier()
    stored(comm, path, data + 2)


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("filters", ["gzip", "lzf", None])
def test_chunks_are_cut(comm, shared_path, filters, libver):
    path = shared_path / "f.h5"
    with opened(path, comm, libver=libver) as f:
        dset = f.create_dataset(
            "x",
            (40, 60),
            "i4",
            chunks=(6, 7),
            maxshape=(None, 60),
            compression=filters,
            fillvalue=3,
            shuffle=filters is not None,
        )
        expected = numbers((40, 60))
        write(comm, dset, expected)
        for shape in [(38, 50), (38, 60), (20, 45), (40, 60), (1, 1), (40, 60)]:
            dset.resize(shape)
            cut = np.full(shape, 3, "i4")
            common = tuple(slice(min(pair)) for pair in zip(shape, expected.shape, strict=True))
            cut[common] = expected[common]
            expected = cut
            if shape == (20, 45):
                # Who comes first may write, though others are not yet done with cutting.
                expected = numbers(shape, 4)
                write(comm, dset, expected)
    stored(comm, path, expected)


def low_level(f, shape, maxshape, chunks, options=0, fill=None, *filters):
    creation = h5p.create(h5p.DATASET_CREATE)
    creation.set_chunk(chunks)
    for one in filters:
        creation.set_filter(one, h5z.FLAG_OPTIONAL, (4,) if one == h5z.FILTER_DEFLATE else ())
    if options:
        creation.set_chunk_opts(options)
    if fill is not None:
        creation.set_fill_time(fill)
    space = h5s.create_simple(shape, maxshape)
    return hyperslab.Dataset(h5d.create(f.id, b"x", h5t.NATIVE_INT32, space, dcpl=creation))


def test_cut_chunks_without_filters(comm, shared_path):
    path = shared_path / "f.h5"
    expected = numbers((10, 11))
    with opened(path, comm, libver="latest") as f:
        dset = low_level(
            f, (10, 11), (20, 20), (4, 5), DONT_FILTER_PARTIAL_CHUNKS, None, h5z.FILTER_DEFLATE
        )
        dset.resize((10, 13))  # before anything is there
        dset.resize((10, 11))
        write(comm, dset, expected)
        for shape in [(12, 15), (9, 9), (12, 10), (20, 20)]:
            dset.resize(shape)
            larger = np.zeros(shape, "i4")
            common = tuple(slice(min(pair)) for pair in zip(shape, expected.shape, strict=True))
            larger[common] = expected[common]
            expected = larger
    stored(comm, path, expected)


def test_a_chunk_is_longer_than_the_dataspace(comm, shared_path):
    path = shared_path / "f.h5"
    data = numbers(17)
    together = h5p.create(h5p.DATASET_XFER)
    together.set_dxpl_mpio(1)
    with opened(path, comm) as f:
        dset = f.create_dataset("x", 17, "i4", chunks=(25,), maxshape=(40,), compression="gzip")
        rows = rows_of(comm, 17)
        mine = np.ascontiguousarray(data[rows])
        there = h5s.create_simple((17,))
        there.select_hyperslab((comm.rank,), mine.shape, (comm.size,))
        dset.id.write(h5s.create_simple(mine.shape), there, mine, dxpl=together)
    stored(comm, path, data)


def test_another_filter_is_skipped_in_as_many_bytes(comm, shared_path):
    path = shared_path / "f.h5"
    data = numbers((4, 4))
    with opened(path, comm) as f:
        dset = low_level(f, (4, 4), (4, 4), (4, 4), 0, None, h5z.FILTER_SHUFFLE)
        dset.id.write_direct_chunk((0, 0), data.tobytes(), 1)
        write(comm, dset, data + 7)
        assert dset.id.get_chunk_info(0).filter_mask == 0
    stored(comm, path, data + 7)


def test_chunks_that_are_not_there_are_zeros(comm, shared_path):
    path = shared_path / "f.h5"
    with opened(path, comm) as f:
        dset = low_level(
            f, (64, 64), (64, 64), (16, 16), 0, h5d.FILL_TIME_NEVER, h5z.FILTER_DEFLATE
        )
        with dset.collective:
            rows = slice(0, 16) if comm.rank == 0 else slice(0, 0)
            dset[rows, :16] = np.ones((rows.stop, 16))
            dust = [b"x" * (990 + i % 40) for i in range(1000)]  # malloc() gives it out again
            del dust
            found = dset[...]
        assert found[:16, :16].all()
        assert found.sum() == 16 * 16


FILTERS = [(), ("shuffle",), ("gzip",), ("lzf",), ("shuffle", "lzf"), ("gzip", "fletcher32")]


@pytest.mark.parametrize("seed", range(15))
def test_random_calls(comm, shared_path, seed):
    """All ranks draw the same numbers, so each knows what all of them do."""
    draw = random.Random(seed)
    path = shared_path / "f.h5"
    options = {
        "rdcc_nbytes": draw.choice([0, 2**20]),
        "libver": draw.choice([("earliest", "v108"), "latest"]),
    }
    shape = tuple(draw.choice([1, 3, 10, 23]) for _ in range(draw.randint(1, 3)))
    maxshape = tuple(draw.choice([None, n, n + 4]) for n in shape)
    filters = draw.choice(FILTERS)
    f = opened(path, comm, **options)
    f.atomic = draw.random() < 0.2
    dset = f.create_dataset(
        "x",
        shape,
        "i4",
        chunks=tuple(draw.randint(1, n) for n in shape),
        maxshape=maxshape,
        shuffle="shuffle" in filters,
        fletcher32="fletcher32" in filters,
        compression=next((name for name in filters if name in ("gzip", "lzf")), None),
        fillvalue=5,
        alloc_time=draw.choice(["early", "incr", "late"]),
    )
    expected = np.full(shape, 5, "i4")
    for step in range(8):
        call = draw.choice(["write", "write", "resize", "direct", "read", "reopen"])
        if call == "write" and len(expected):
            expected = numbers(expected.shape, seed + step, draw.choice([3, 2**30]))
            write(comm, dset, expected)
        elif call == "resize":
            shape = tuple(
                draw.randint(0, n + 4 if limit is None else limit)
                for n, limit in zip(expected.shape, maxshape, strict=True)
            )
            dset.resize(shape)
            cut = np.full(shape, 5, "i4")
            common = tuple(slice(min(pair)) for pair in zip(shape, expected.shape, strict=True))
            cut[common] = expected[common]
            expected = cut
        elif call == "direct" and expected.size:
            chunk = np.full(dset.chunks, step, "i4")
            inside = tuple(slice(n) for n in expected.shape)
            cut = np.full(dset.chunks, 5, "i4")
            cut[inside] = chunk[inside]
            comm.barrier()
            dset.id.write_direct_chunk((0,) * cut.ndim, cut.tobytes(), 2 ** len(filters) - 1)
            comm.barrier()
            first = tuple(slice(n) for n in cut.shape)
            expected[first] = cut[tuple(slice(n) for n in expected[first].shape)]
        elif call == "read":
            f.flush()
            comm.barrier()
            assert np.array_equal(dset[...], expected)
            with dset.collective:
                assert np.array_equal(dset[...], expected)
            comm.barrier()
        elif call == "reopen":
            f.close()
            f = opened(path, comm, "r+", **options)
            dset = f["x"]
    f.close()
    stored(comm, path, expected)
