"""Whole arrays of some tens of megabytes: what the data's own path costs."""

import numpy as np
from measure import Case

SHAPE = (2_000, 2_500)
MEGABYTES = {"unit": "ms", "scale": 1e3}


def read(data, index=(), **layout):
    def prepare(module, folder, cleanup):
        path = folder / "whole.h5"
        with module.File(path, "w") as file:
            file.create_dataset("d", data=data(), **layout)
        dataset = cleanup.enter_context(module.File(path, "r"))["d"]
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


CHUNKS = (250, 250)

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
