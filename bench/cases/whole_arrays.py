"""Whole arrays of some tens of megabytes: what the data's own path costs."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from measure import Case

SHAPE = (2_000, 2_500)
MEGABYTES = {"unit": "ms", "scale": 1e3}


def stored(module, folder, cleanup, data, layout):
    """A dataset in a file that is open for reading."""
    path = folder / "whole.h5"
    with module.File(path, "w") as file:
        file.create_dataset("d", data=data(), **layout)
    return cleanup.enter_context(module.File(path, "r"))["d"]


def read(data, index=(), **layout):
    def prepare(module, folder, cleanup):
        dataset = stored(module, folder, cleanup, data, layout)
        return lambda: dataset[index]

    return prepare


def write(data, **layout):
    def prepare(module, folder, cleanup):
        array = data()
        dtype = module.string_dtype() if array.dtype == object else array.dtype
        file = cleanup.enter_context(module.File(folder / "written.h5", "w"))
        dataset = file.create_dataset("d", array.shape, dtype, **layout)

        def work():
            dataset[()] = array

        return work

    return prepare


def numbers():
    """40 MB of doubles that compress, but not to nothing."""
    values = np.random.default_rng(7).integers(0, 1 << 12, SHAPE)
    return values.astype("f8")


def records():
    table = np.zeros(1_000_000, [("a", "f8"), ("b", "i4"), ("c", "u2"), ("name", "S10")])
    table["a"] = np.arange(table.size)
    return table


def words():
    return np.array([f"word number {i}" for i in range(200_000)], object)


def field():
    """128 MB of smooth singles on a grid of values, as instruments give them."""
    steps = np.random.default_rng(7).normal(scale=0.01, size=(8_192, 4_096)).astype("f4")
    return np.cumsum(steps, axis=1, dtype="f4").round(2)


def counts():
    """64 MB of what a detector counts."""
    return np.random.default_rng(7).integers(0, 1 << 12, (8_192, 4_096), dtype="i2")


def wide():
    """1,000,000 records of eight singles."""
    return np.zeros(1_000_000, [(name, "f4") for name in "abcdefgh"])


def two_fields():
    return np.concatenate([field(), field()])


def by_two_threads(data, **layout):
    """Each of two threads reads one half."""

    def prepare(module, folder, cleanup):
        dataset = stored(module, folder, cleanup, data, layout)
        half = dataset.shape[0] // 2
        pool = cleanup.enter_context(ThreadPoolExecutor(2))
        halves = [slice(None, half), slice(half, None)]
        return lambda: list(pool.map(dataset.__getitem__, halves))

    return prepare


def as_type(data, dtype, **layout):
    def prepare(module, folder, cleanup):
        dataset = stored(module, folder, cleanup, data, layout)
        return lambda: dataset.astype(dtype)[()]

    return prepare


def row_by_row(data, rows, **layout):
    def prepare(module, folder, cleanup):
        dataset = stored(module, folder, cleanup, data, layout)

        def work():
            for i in range(rows):
                dataset[i]

        return work

    return prepare


def some(count, of):
    return np.sort(np.random.default_rng(5).choice(of, count, replace=False))


CHUNKS = (250, 250)
ROWS = (64, 4_096)
GZIP = {"chunks": ROWS, "compression": "gzip", "shuffle": True}

CASES = [
    Case("read 40 MB, contiguous", read(numbers), target=1, **MEGABYTES),
    Case("read 40 MB, chunked", read(numbers, chunks=CHUNKS), target=1, **MEGABYTES),
    Case(
        "read 40 MB, gzip and shuffle",
        read(numbers, chunks=CHUNKS, compression="gzip", shuffle=True),
        target=1,
        **MEGABYTES,
    ),
    Case("read 40 MB, lzf", read(numbers, chunks=CHUNKS, compression="lzf"), target=1, **MEGABYTES),
    Case(
        "read 20 MB of big-endian floats",
        read(lambda: numbers().astype(">f4")),
        target=1,
        **MEGABYTES,
    ),
    Case("read 24 MB of records", read(records), target=1, **MEGABYTES),
    Case("read 200,000 strings", read(words), target=1, **MEGABYTES),
    Case(
        "read every second column of 40 MB",
        read(numbers, (slice(None), slice(None, None, 2))),
        target=1,
        **MEGABYTES,
    ),
    Case("read 128 MB, gzip and shuffle", read(field, **GZIP), target=7, **MEGABYTES),
    Case(
        "read 128 MB, gzip and shuffle, two threads",
        by_two_threads(field, **GZIP),
        target=7,
        **MEGABYTES,
    ),
    Case(
        "read 128 MB, lzf and shuffle",
        read(field, chunks=ROWS, compression="lzf", shuffle=True),
        target=5,
        **MEGABYTES,
    ),
    Case("read 128 MB, chunked", read(field, chunks=ROWS), target=1.5, **MEGABYTES),
    Case("read 256 MB, contiguous", read(two_fields), target=1.2, **MEGABYTES),
    Case(
        "read 256 MB of doubles as singles",
        as_type(lambda: field().astype("f8"), "f4"),
        target=1.3,
        **MEGABYTES,
    ),
    Case(
        "read 128 MB of singles as doubles",
        as_type(field, "f8"),
        target=1,
        **MEGABYTES,
    ),
    Case(
        "read 128 MB of big-endian singles as singles",
        as_type(lambda: field().astype(">f4"), "f4"),
        target=1,
        **MEGABYTES,
    ),
    Case(
        "read 64 MB of 16-bit integers as singles",
        as_type(counts, "f4"),
        target=1,
        **MEGABYTES,
    ),
    Case(
        "read 32 MB of bytes as singles",
        as_type(lambda: counts().astype("u1"), "f4"),
        target=1,
        **MEGABYTES,
    ),
    Case("read 32 MB of booleans", read(lambda: counts() % 3 == 0), target=1, **MEGABYTES),
    Case("read 2 of 8 fields of 1,000,000 records", read(wide, ("b", "g")), target=1, **MEGABYTES),
    Case("read [::3, ::2] of 256 MB", read(two_fields, np.s_[::3, ::2]), target=5, **MEGABYTES),
    Case(
        "read 1,000 rows of a gzip table by list",
        read(field, some(1_000, 8_192), **GZIP),
        target=6,
        **MEGABYTES,
    ),
    Case(
        "read 30,000 of 1,000,000 numbers by list",
        read(lambda: np.arange(1e6), some(30_000, 1_000_000)),
        target=10,
        **MEGABYTES,
    ),
    Case(
        "read 1 % of 10,000,000 numbers by mask",
        read(
            lambda: np.arange(1e7),
            np.random.default_rng(5).random(10_000_000) < 0.01,
            chunks=(100_000,),
        ),
        target=4,
        **MEGABYTES,
    ),
    Case(
        "read [:, 100:110] of 128 MB, gzip",
        read(field, np.s_[:, 100:110], **GZIP),
        target=6,
        **MEGABYTES,
    ),
    Case("read 1,024 rows one by one, gzip", row_by_row(field, 1_024, **GZIP), **MEGABYTES),
    Case("write 40 MB, contiguous", write(numbers), target=1, **MEGABYTES),
    Case("write 40 MB, chunked", write(numbers, chunks=CHUNKS), target=1, **MEGABYTES),
    Case(
        "write 40 MB, gzip",
        write(numbers, chunks=CHUNKS, compression="gzip"),
        target=1,
        **MEGABYTES,
    ),
    Case("write 200,000 strings", write(words, chunks=(10_000,)), target=1, **MEGABYTES),
]
