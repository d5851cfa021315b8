"""Chunks written past libhdf5 are what libhdf5 would have written, for every reader."""

import threading
import zlib

import h5py
import hdf5plugin
import hyperslab
import numpy as np
import pytest

SHAPE = (300, 200)
CHUNKS = (64, 64)
FILTERS = {
    "gzip": {"compression": "gzip"},
    "gzip 0": {"compression": "gzip", "compression_opts": 0},
    "gzip 9, shuffle": {"compression": "gzip", "compression_opts": 9, "shuffle": True},
    "gzip, shuffle, fletcher32": {"compression": "gzip", "shuffle": True, "fletcher32": True},
    "shuffle": {"shuffle": True},
    "fletcher32": {"fletcher32": True},
    "lzf": {"compression": "lzf", "shuffle": True},
    "szip": {"compression": "szip"},
    "zstd": dict(hdf5plugin.Zstd()),
    "lz4": dict(hdf5plugin.LZ4()),
    "bitshuffle": dict(hdf5plugin.Bitshuffle(cname="none")),
    "bitshuffle lz4": dict(hdf5plugin.Bitshuffle()),
    "bitshuffle zstd": dict(hdf5plugin.Bitshuffle(cname="zstd")),
    "blosc lz4": dict(hdf5plugin.Blosc(cname="lz4")),
    "blosc lz4hc": dict(hdf5plugin.Blosc(cname="lz4hc", shuffle=hdf5plugin.Blosc.BITSHUFFLE)),
    "blosc zlib": dict(hdf5plugin.Blosc(cname="zlib", shuffle=hdf5plugin.Blosc.NOSHUFFLE)),
    "blosc zstd": dict(hdf5plugin.Blosc(cname="zstd")),
}
# These may leave a chunk as it is, which only the HDF5 that is built along then reads rightly.
MAY_SKIP = ("lzf", "szip", "blosc")


@pytest.fixture
def direct():
    hyperslab.set_engine("direct")
    yield
    hyperslab.set_engine("automatic")


def field(seed=0):
    """Singles that compress, but not to nothing."""
    steps = np.random.default_rng(seed).normal(scale=0.1, size=SHAPE)
    return np.cumsum(steps, axis=1).round(1).astype("f4")


def stats():
    return hyperslab.io_stats(reset=True)


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("name", FILTERS)
def test_stock_h5py_reads_what_was_written(tmp_path, direct, name, libver):
    data = field()
    noise = np.random.default_rng(1).integers(0, 1 << 32, SHAPE, dtype="u4")
    path = tmp_path / "a.h5"
    with hyperslab.File(path, "w", libver=libver) as file:
        stats()
        file.create_dataset("x", data=data, chunks=CHUNKS, **FILTERS[name])
        file.create_dataset("noise", data=noise, chunks=CHUNKS, **FILTERS[name])
        after = stats()
        if not name.startswith(MAY_SKIP):
            assert after["direct_writes"] == 2 and after["encoded_chunks"] == 2 * 20
        part = file.create_dataset("part", SHAPE, "f4", chunks=CHUNKS, fillvalue=7, **FILTERS[name])
        part[10:100, 3:150:2] = data[10:100, 3:150:2]
        part[[0, 5, 64, 299], 100:] = data[[0, 5, 64, 299], 100:]
    expected = np.full(SHAPE, 7, "f4")
    expected[10:100, 3:150:2] = data[10:100, 3:150:2]
    expected[[0, 5, 64, 299], 100:] = data[[0, 5, 64, 299], 100:]
    with h5py.File(path) as file:
        assert np.array_equal(file["x"][()], data)
        assert np.array_equal(file["noise"][()], noise)
        assert np.array_equal(file["part"][()], expected)


@pytest.mark.parametrize("name", ["gzip", "lzf", "zstd", "blosc lz4"])
def test_chunks_that_skip_a_filter_and_others_take_turns(tmp_path, direct, name):
    """Of the same size too: libhdf5 forgets the filter mask of such a chunk."""
    noise = np.random.default_rng(1).integers(0, 256, (1_000,), dtype="u1")
    zeros = np.zeros(1_000, "u1")
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        dataset = file.create_dataset("x", (1_000,), "u1", chunks=(100,), **FILTERS[name])
        for values in (noise, zeros, noise, noise[::-1], zeros):
            dataset[()] = values
            assert np.array_equal(dataset[()], values)
            hyperslab.set_engine("library")
            assert np.array_equal(dataset[()], values)
            hyperslab.set_engine("direct")
            file.flush()
            with h5py.File(tmp_path / "a.h5", locking=False) as stock:
                assert np.array_equal(stock["x"][()], values)


@pytest.mark.parametrize("level", range(1, 10))
def test_gzip_makes_no_larger_files_than_zlib(tmp_path, level):
    data = np.concatenate([field(seed) for seed in range(20)])
    sizes = {}
    for module in (h5py, hyperslab):
        with module.File(tmp_path / f"{module.__name__}.h5", "w") as file:
            dataset = file.create_dataset(
                "x", data=data, chunks=data.shape, compression="gzip", compression_opts=level
            )
            sizes[module.__name__] = dataset.id.get_storage_size()
    assert sizes["hyperslab"] <= 1.01 * sizes["h5py"]


@pytest.mark.parametrize("shuffle", [True, False])
def test_lzf_makes_no_larger_files_than_h5py(tmp_path, shuffle):
    data = np.concatenate([field(seed) for seed in range(20)])
    sizes = {}
    for module in (h5py, hyperslab):
        with module.File(tmp_path / f"{module.__name__}.h5", "w") as file:
            dataset = file.create_dataset(
                "x", data=data, chunks=data.shape, compression="lzf", shuffle=shuffle
            )
            sizes[module.__name__] = dataset.id.get_storage_size()
    assert sizes["hyperslab"] <= 1.01 * sizes["h5py"]


def test_types_are_converted_on_the_way(tmp_path, direct):
    data = field().astype("f8")
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        for dtype in ("<f4", ">f8", "<i2", ">u4", "f2"):
            dataset = file.create_dataset(dtype, SHAPE, dtype, chunks=CHUNKS, compression="gzip")
            dataset[()] = np.abs(data)
            with h5py.File(tmp_path / "b.h5", "w") as stock:
                other = stock.create_dataset("x", SHAPE, dtype, chunks=CHUNKS)
                other[()] = np.abs(data)
                assert np.array_equal(dataset[()], other[()])


def test_fields_that_are_not_written_stay(tmp_path, direct):
    table = np.zeros(1_000, [("a", "i4"), ("b", "f8"), ("c", "S5")])
    table["a"], table["b"], table["c"] = np.arange(1_000), 0.5, b"text"
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        dataset = file.create_dataset("x", data=table, chunks=(100,), compression="gzip")
        dataset["b"] = np.arange(1_000.0)
        table["b"] = np.arange(1_000.0)
        assert np.array_equal(dataset[()], table)
    with h5py.File(tmp_path / "a.h5") as file:
        assert np.array_equal(file["x"][()], table)


def test_what_the_chunk_cache_serves_better_is_left_to_it(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        dataset = file.create_dataset("x", SHAPE, "f4", chunks=CHUNKS, compression="gzip")
        stats()
        for i in range(64):  # rows of chunks that are filled one after the other
            dataset[i] = i
        assert stats()["direct_writes"] == 0
        dataset[64:128] = 1
        assert stats()["direct_writes"] == 1
        for i in range(5):  # the same chunks again and again
            dataset[64:128] = i
        assert stats()["direct_writes"] == 0
        assert np.array_equal(dataset[60:66, 0], [60, 61, 62, 63, 4, 4])


def test_parts_of_more_chunks_than_the_cache_holds_are_written_past_it(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w", rdcc_nbytes=CHUNKS[0] * CHUNKS[1] * 4 * 3) as file:
        dataset = file.create_dataset("x", SHAPE, "f4", chunks=CHUNKS, compression="gzip")
        stats()
        for i in range(0, 64, 8):
            dataset[i : i + 8] = i
        after = stats()
        assert after["direct_writes"] == 8 and after["rewritten_chunks"] == 4 * 7
    with h5py.File(tmp_path / "a.h5") as file:
        assert np.array_equal(file["x"][:64:8, 3], np.arange(0, 64, 8))


def test_what_libhdf5_holds_of_a_chunk_is_not_lost(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        dataset = file.create_dataset("x", SHAPE, "f4", chunks=CHUNKS, compression="gzip")
        expected = np.zeros(SHAPE, "f4")
        for seed in range(30):
            rng = np.random.default_rng(seed)
            hyperslab.set_engine(["library", "direct"][seed % 2])
            row, column = rng.integers(0, 250), rng.integers(0, 150)
            where = np.s_[row : row + rng.integers(1, 90), column : column + rng.integers(1, 90)]
            dataset[where] = seed
            expected[where] = seed
            if seed % 5 == 0:
                assert np.array_equal(dataset[()], expected)
        hyperslab.set_engine("automatic")
    with h5py.File(tmp_path / "a.h5") as file:
        assert np.array_equal(file["x"][()], expected)


def test_threads_that_read_see_whole_writes(tmp_path):
    done = threading.Event()
    torn = []
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        dataset = file.create_dataset(
            "x", data=np.zeros((512, 512), "i4"), chunks=(64, 64), compression="gzip"
        )

        def look():
            while not done.is_set():
                values = dataset[::7]
                if (values != values.flat[0]).any():
                    torn.append(np.unique(values))

        readers = [threading.Thread(target=look) for _ in range(2)]
        for reader in readers:
            reader.start()
        hyperslab.set_engine("direct")
        for i in range(1, 40):
            dataset[()] = np.full((512, 512), i, "i4")
        hyperslab.set_engine("automatic")
        done.set()
        for reader in readers:
            reader.join()
    assert not torn


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("maxshape", [(20,), (None,)])
def test_a_chunk_written_raw_keeps_its_size_and_changes_its_mask(tmp_path, libver, maxshape):
    """libhdf5 itself would keep the old mask, so the chunk could not be decoded."""
    noise = np.random.default_rng(1).integers(0, 256, 1000, dtype="u1")
    packed = zlib.compress(bytes(1000)).ljust(1000, b"\0")
    with hyperslab.File(tmp_path / "a.h5", "w", libver=libver) as file:
        options = {"chunks": (1000,), "maxshape": tuple(n and 1000 * n for n in maxshape)}
        dataset = file.create_dataset("x", (20_000,), "u1", compression="gzip", **options)
        for _ in range(2):
            for place in (0, 19_000):
                dataset.id.write_direct_chunk((place,), noise.tobytes(), 1)
                assert np.array_equal(dataset[place : place + 1000], noise)
                assert dataset.id.read_direct_chunk((place,)) == (1, noise.tobytes())
                dataset.id.write_direct_chunk((place,), packed, 0)
                assert not dataset[place : place + 1000].any()
                assert dataset.id.read_direct_chunk((place,)) == (0, packed)
        dataset.id.write_direct_chunk((1000,), noise.tobytes(), 1)
        dataset.id.write_direct_chunk((1000,), packed)
    with h5py.File(tmp_path / "a.h5") as file:
        assert not file["x"][()].any()
