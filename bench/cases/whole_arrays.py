"""Whole arrays and selections of some tens of megabytes: what the data's own path costs."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from measure import Case, Work
from scale import scaled
from shelf import shelf_beside

from . import arrays

MEGABYTES = {"unit": "ms", "scale": 1e3}


class Reading:
    """Reads of one dataset, with whatever package opened it.

    `make_work(dataset, cleanup)` gives the work, which may use `[]` and `astype(dtype)[]`; it
    reads within `slices`, where there are any.
    """

    def __init__(self, data, layout, make_work, slices=()):
        self.data = data
        self.layout = layout
        self.make_work = make_work
        self.slices = slices

    def stored(self, folder):
        return shelf_beside(folder).stored(self.data, self.layout)

    def __call__(self, module, folder, cleanup):
        return self.by_module(module, self.stored(folder), cleanup)

    def by_module(self, module, stored, cleanup):
        """With h5py or what stands in for it."""
        file = cleanup.enter_context(module.File(stored.path, "r"))
        return self.make_work(file["d"], cleanup)

    def by_peer(self, peer, stored, cleanup):
        get = peer.open_dataset(stored, cleanup)
        return self.make_work(PeersDataset(get), cleanup)


class PeersDataset:
    def __init__(self, get, dtype=None):
        self.get = get
        self.dtype = dtype

    def __getitem__(self, index):
        array = self.get(index)
        return array if self.dtype is None else array.astype(self.dtype)

    def astype(self, dtype):
        return PeersDataset(self.get, dtype)


def read(data, index=(), **layout):
    """One selection; what it takes to make its index is given as a function."""

    def make_work(dataset, _cleanup):
        selection = index() if callable(index) else index
        return lambda: dataset[selection]

    return Reading(data, layout, make_work)


class ReadingAnew(Reading):
    """Opens the dataset for each read, so that no chunk is decoded already."""

    def by_module(self, module, stored, cleanup):
        file = cleanup.enter_context(module.File(stored.path, "r"))
        return self.make_work(PeersDataset(lambda index: file["d"][index]), cleanup)


def read_anew(data, index, **layout):
    slices = () if callable(index) else index
    return ReadingAnew(data, layout, read(data, index).make_work, slices)


def as_type(data, dtype, **layout):
    return Reading(data, layout, lambda dataset, _cleanup: lambda: dataset.astype(dtype)[()])


def by_two_threads(data, rows, **layout):
    """Each of two threads reads one half."""

    def make_work(dataset, cleanup):
        pool = cleanup.enter_context(ThreadPoolExecutor(2))
        half = scaled(rows) // 2
        halves = [(slice(0, half), slice(None)), (slice(half, 2 * half), slice(None))]
        return lambda: list(pool.map(dataset.__getitem__, halves))

    return Reading(data, layout, make_work)


def viewed(data, view=lambda dataset: dataset, **layout):
    """Everything, through a view that only h5py has."""

    def prepare(module, folder, cleanup):
        stored = shelf_beside(folder).stored(data, layout)
        seen = view(cleanup.enter_context(module.File(stored.path, "r"))["d"])
        return lambda: seen[()]

    return prepare


def row_by_row(data, rows, **layout):
    def make_work(dataset, _cleanup):
        return lambda: [dataset[i] for i in range(scaled(rows))]

    return Reading(data, layout, make_work)


def write(data, **layout):
    def prepare(module, folder, cleanup):
        array = data()
        dtype = module.string_dtype() if array.dtype == object else array.dtype
        file = cleanup.enter_context(module.File(folder / "written.h5", "w"))
        shape = array.shape
        chunks = {"chunks": tuple(map(min, layout["chunks"], shape))} if layout else {}
        dataset = file.create_dataset("d", shape, dtype, **{**layout, **chunks})

        def work():
            dataset[()] = array

        return Work(work, lambda: dataset[()])

    return prepare


CHUNKS = (250, 250)
ROWS = (64, 4_096)
GZIP = {"chunks": ROWS, "compression": "gzip", "shuffle": True}

GOALS = [
    Case(
        "gzip-4 + shuffle, float32 128 MB, whole",
        read(arrays.field, **GZIP),
        target=7,
        limit="inflate",
    ),
    Case(
        "gzip-4 + shuffle, the same by two Python threads",
        by_two_threads(arrays.field, 8_192, **GZIP),
        target=7,
        limit="inflate",
    ),
    Case(
        "lzf + shuffle, 128 MB, whole",
        read(arrays.field, chunks=ROWS, compression="lzf", shuffle=True),
        target=5,
        limit="memcpy",
    ),
    Case(
        "chunked without filter, 128 MB, whole",
        read(arrays.field, chunks=ROWS),
        target=1.5,
        limit="pread",
    ),
    Case("contiguous, 256 MB, whole", read(arrays.two_fields), target=1.2, limit="pread"),
    Case("f8 → f4, 256 MB on read", as_type(arrays.doubles, "f4"), target=1.3, limit="pread"),
    Case("strided [::3, ::2] of 256 MB", read(arrays.two_fields, np.s_[::3, ::2]), target=5),
    Case(
        "1,000 rows of a gzip table by list",
        read_anew(arrays.long_table, lambda: arrays.some(1_000, 400_000), compression="gzip"),
        target=6,
    ),
    Case(
        "30,000 of 1e6 indices by list",
        read(arrays.million, lambda: arrays.some(30_000, 1_000_000)),
        target=10,
    ),
    Case(
        "boolean mask on 10M chunked, 1 % true",
        read(arrays.ten_million, lambda: arrays.mask(0.01, 10_000_000), chunks=(100_000,)),
        target=4,
        limit="pread",
    ),
    Case(
        "column slice [:, 100:110] of gzip 4096 × 8192",
        read_anew(arrays.wide_field, np.s_[:, 100:110], compression="gzip"),
        target=6,
        limit="inflate",
    ),
    Case("500k vlen UTF-8 strings", read(arrays.names), target=3),
    Case("fixed strings S16, 1M", read(arrays.fixed_strings), target=1, limit="pread"),
]

MORE = [
    Case("read 40 MB, contiguous", read(arrays.numbers), target=1),
    Case("read 40 MB, chunked", read(arrays.numbers, chunks=CHUNKS), target=1),
    Case(
        "read 40 MB, gzip and shuffle",
        read(arrays.numbers, chunks=CHUNKS, compression="gzip", shuffle=True),
        target=1,
    ),
    Case("read 40 MB, lzf", read(arrays.numbers, chunks=CHUNKS, compression="lzf"), target=1),
    Case("read 20 MB of big-endian floats", read(arrays.big_endian), target=1),
    Case("read 24 MB of records", read(arrays.records), target=1),
    Case("read 500,000 strings, chunked", viewed(arrays.names, chunks=(10_000,)), target=3),
    Case("read 500,000 strings as str", viewed(arrays.names, lambda d: d.asstr()), target=3),
    Case("read 500,000 strings as StringDType", viewed(arrays.names, lambda d: d.astype("T"))),
    Case("read 500,000 sequences of singles", viewed(arrays.sequences), target=3),
    Case("read 128 MB of singles as doubles", as_type(arrays.field, "f8"), target=1),
    Case(
        "read 128 MB of big-endian singles as singles",
        as_type(arrays.big_endian_field, "f4"),
        target=1,
    ),
    Case("read 64 MB of 16-bit integers as singles", as_type(arrays.counts, "f4"), target=1),
    Case("read 32 MB of bytes as singles", as_type(arrays.small_counts, "f4"), target=1),
    Case("read 32 MB of booleans", read(arrays.flags), target=1),
    Case("read 2 of 8 fields of 1,000,000 records", read(arrays.wide, ("b", "g")), target=1),
    Case(
        "read every second column of 40 MB",
        read(arrays.numbers, (slice(None), slice(None, None, 2))),
        target=1,
    ),
    Case(
        "read 1,000 rows of 128 MB, gzip, by list",
        read(arrays.field, lambda: arrays.some(1_000, 8_192), **GZIP),
        target=6,
    ),
    Case(
        "read [:, 100:110] of 128 MB, gzip in rows",
        read(arrays.field, np.s_[:, 100:110], **GZIP),
        target=6,
    ),
    Case("read 1,024 rows one by one, gzip", row_by_row(arrays.field, 1_024, **GZIP)),
    Case("write 40 MB, contiguous", write(arrays.numbers), target=1),
    Case("write 40 MB, chunked", write(arrays.numbers, chunks=CHUNKS), target=1),
    Case("write 40 MB, gzip", write(arrays.numbers, chunks=CHUNKS, compression="gzip"), target=1),
    Case("write 200,000 strings", write(arrays.words, chunks=(10_000,)), target=1),
]

CASES = [replace(case, goal=True, **MEGABYTES) for case in GOALS] + [
    replace(case, **MEGABYTES) for case in MORE
]
