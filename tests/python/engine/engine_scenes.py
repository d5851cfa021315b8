"""Random datasets, what may happen to them, and a model in NumPy of what they hold then.

A `Story` is a file with one dataset "d", and steps: writes, chunks put there ready-made, resizes,
flushes, closing and opening, another dataset of the same name. After each step `data` is what the
dataset has to hold, or `exact` is False where a filter loses digits.
"""

import dataclasses
import os
import sys

import hdf5plugin
import hyperslab
import numpy as np
from hyperslab import h5p, h5z
from hypothesis import strategies as st
from selections import expressions, of_package
from selections import resolve as positions_of

numbers = st.sampled_from([f"{o}{t}" for o in "<>" for t in "i1 u1 i2 u2 i4 u4 i8 u8".split()])
floats = st.sampled_from([f"{o}{t}" for o in "<>" for t in ("f2", "f4", "f8", "c8", "c16")])
records = st.sampled_from(
    [
        [("a", "<f4"), ("b", ">i2"), ("c", "S3"), ("d", "u1", (2,))],
        [("x", ">f8"), ("inner", [("i", "<i4"), ("flag", "?")]), ("y", "<u2")],
        {"names": ["p", "q"], "formats": ["<i2", "<f8"], "offsets": [1, 8], "itemsize": 20},
    ]
).map(np.dtype)
others = st.sampled_from(["S1", "S5", "?", "V3"]).map(np.dtype)
enums = st.just(hyperslab.enum_dtype({"a": 0, "b": 1, "c": 7}, "i2"))
objects = st.sampled_from(
    [
        hyperslab.string_dtype(),
        hyperslab.string_dtype("ascii"),
        hyperslab.vlen_dtype(np.dtype(">i4")),
        np.dtype([("n", "<i4"), ("name", hyperslab.string_dtype())]),
    ]
)
dtypes = st.one_of(
    numbers.map(np.dtype), numbers.map(np.dtype), floats.map(np.dtype), records, others, enums
)
dtypes_and_objects = st.one_of(dtypes, dtypes, dtypes, objects)


def n_bit():
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_filter(h5z.FILTER_NBIT, 0, ())
    return {"dcpl": plist}


PLAIN_FILTERS = [
    dict,
    dict,
    lambda: {"compression": "gzip"},
    lambda: {"compression": "gzip", "shuffle": True},
    lambda: {"compression": "gzip", "shuffle": True, "fletcher32": True},
    lambda: {"compression": "lzf", "shuffle": True},
    lambda: {"compression": "lzf", "fletcher32": True},
    lambda: {"shuffle": True},
    lambda: {"fletcher32": True},
    lambda: {"compression": "szip"},
    lambda: {"compression": "szip", "compression_opts": ("ec", 4)},
    lambda: {"scaleoffset": 0},
    n_bit,
]
PLUG_INS = [
    lambda: dict(hdf5plugin.Zstd()),
    lambda: dict(hdf5plugin.LZ4()),
    lambda: dict(hdf5plugin.Bitshuffle(cname="none")),
    lambda: dict(hdf5plugin.Bitshuffle(cname="lz4")),
    lambda: dict(hdf5plugin.Bitshuffle(cname="zstd")),
    lambda: dict(hdf5plugin.Blosc(cname="lz4")),
    lambda: dict(hdf5plugin.Blosc(cname="blosclz", shuffle=hdf5plugin.Blosc.BITSHUFFLE)),
    lambda: dict(hdf5plugin.Blosc2(cname="zstd")),
    lambda: dict(hdf5plugin.BZip2()),
]
# Under a sanitizer plug-ins cannot be loaded as they have to be (tools/test_sanitized.sh).
CAN_LOAD = hasattr(os, "RTLD_DEEPBIND") or sys.platform != "linux"
filters = st.one_of(
    st.sampled_from(PLAIN_FILTERS),
    st.sampled_from(PLAIN_FILTERS),
    st.sampled_from(PLUG_INS if CAN_LOAD else PLAIN_FILTERS),
)


def fits(keywords, dtype, chunks):
    """Whether libhdf5 applies these filters to such elements."""
    if keywords.get("compression") == "szip" and np.prod(chunks) < 64:
        return False
    if hyperslab.check_enum_dtype(dtype):
        return not {"scaleoffset", "dcpl"}.intersection(keywords)
    if "scaleoffset" in keywords:
        return dtype.kind in "iu" or (dtype.kind == "f" and dtype.itemsize > 2)
    if keywords.get("compression") == "szip":
        return dtype.kind in "iuf"
    if "dcpl" in keywords:
        return dtype.kind in "iuf"
    return dtype.kind != "O" and (not dtype.hasobject or "shuffle" not in keywords)


def random_values(dtype, shape, seed):
    """Any bits where any are values; small and repetitive half of the time."""
    rng = np.random.default_rng(seed)
    size = int(np.prod(shape, dtype=int))
    if dtype.hasobject:
        return random_objects(dtype, size, rng).reshape(shape)
    if dtype.names:
        values = np.zeros(size, dtype)
        for name in dtype.names:
            field = dtype[name]
            values[name] = random_values(field.base, (size, *field.shape), seed + 1)
        return values.reshape(shape)
    if dtype.kind == "b" or hyperslab.check_enum_dtype(dtype):
        return rng.integers(0, 2, shape).astype(dtype)
    most = 50 if seed % 2 else 256
    raw = rng.integers(0, most, size * dtype.itemsize, dtype=np.uint8)
    return raw.view(dtype).reshape(shape)


def random_objects(dtype, size, rng):
    values = np.empty(size, dtype)
    lengths = rng.integers(0, 6, size)
    for i, n in enumerate(lengths):
        if dtype.names:
            values[i] = (n, "é" * n)
        elif hyperslab.check_string_dtype(dtype):
            values[i] = (
                "é" if hyperslab.check_string_dtype(dtype).encoding == "utf-8" else "e"
            ) * n
        else:
            values[i] = rng.integers(-9, 9, n).astype(hyperslab.check_vlen_dtype(dtype))
    return values


@st.composite
def shapes(draw):
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return (draw(st.integers(200, 3000)),)  # many chunks, or large ones
    if kind == 1:
        return (draw(st.integers(20, 60)), draw(st.integers(20, 60)))
    return tuple(draw(st.lists(st.integers(1, 9), min_size=1, max_size=4)))


@st.composite
def creations(draw, dtypes=dtypes):
    """(dtype, shape, keywords for create_dataset)"""
    dtype, shape = draw(dtypes), draw(shapes())
    keywords = {}
    if dtype.kind in "iuf" and draw(st.booleans()) and not hyperslab.check_enum_dtype(dtype):
        keywords["fillvalue"] = draw(st.sampled_from([1, 77]))
    layout = draw(st.integers(0, 5))
    if layout == 0:
        return dtype, shape, keywords
    if layout == 1 and np.prod(shape) * dtype.itemsize < 60_000:
        keywords["dcpl"] = h5p.create(h5p.DATASET_CREATE)
        keywords["dcpl"].set_layout(hyperslab.h5d.COMPACT)
        return dtype, shape, keywords
    rows = max(shape[0] // 40, 1)  # not thousands of chunks
    chunks = tuple(draw(st.integers(1 if i else rows, n + 2)) for i, n in enumerate(shape))
    maxshape = tuple(draw(st.sampled_from([None, n, n + 5])) for n in shape)
    # libhdf5 wants no chunk larger than a dimension that cannot grow.
    chunks = tuple(c if m is None else min(c, m) for c, m in zip(chunks, maxshape, strict=True))
    keywords |= {"chunks": chunks, "maxshape": maxshape}
    chosen = draw(filters)()
    if fits(chosen, dtype, chunks):
        keywords |= chosen
    return dtype, shape, keywords


files = st.fixed_dictionaries(
    {
        "libver": st.sampled_from(["earliest", "v108", "v110", "v112", "latest"]),
        "userblock_size": st.sampled_from([None, None, 512, 2048]),
        "rdcc_nbytes": st.sampled_from([None, None, 0, 100]),
    },
    optional={
        "fs_strategy": st.sampled_from(["fsm", "page", "aggregate", "none"]),
        "track_order": st.just(True),
        "alignment_threshold": st.just(1),
    },
)


def file_keywords(drawn):
    """Those for creating the file; what goes together is completed."""
    keywords = {name: value for name, value in drawn.items() if value is not None}
    if keywords.get("fs_strategy") == "page":
        keywords |= {"fs_page_size": 512, "fs_persist": True}
    if "alignment_threshold" in keywords:
        keywords["alignment_interval"] = 64
    return keywords


steps = st.sampled_from(
    "write write write chunk chunk resize resize flush refresh reopen reopen recreate move".split()
)


@dataclasses.dataclass
class Story:
    path: object
    draw: object  # of the strategy that tells it
    keywords: dict  # of the file
    file: object = None
    dataset: object = None
    data: object = None
    exact: bool = True
    seed: int = 0

    def begin(self, creation):
        self.file = hyperslab.File(self.path, "w", **self.keywords)
        self.create(creation)

    def create(self, creation):
        dtype, shape, keywords = creation
        self.dataset = self.file.create_dataset("d", shape, dtype, **keywords)
        self.filtered = self.dataset.id.get_create_plist().get_nfilters() > 0
        self.exact = not ("scaleoffset" in keywords and dtype.kind == "f")
        self.fill = keywords.get("fillvalue", self.dataset.fillvalue)
        self.data = np.empty(shape, dtype)
        self.blank(self.data)
        # A scale-offset chunk takes the fill value for what was never written.
        written = self.draw(st.sampled_from(["all", "all", "part", "nothing"]))
        if written != "nothing":
            start = 0 if written == "all" else 1
            self.write(tuple(slice(n // 2 * start, None) for n in shape))

    def blank(self, values):
        """What elements hold that were never written."""
        dtype = values.dtype
        if not dtype.hasobject:
            values[...] = np.zeros((), dtype) if dtype.kind not in "iuf" else self.fill
        elif dtype.names:
            values[...] = np.array((0, b""), dtype)
        else:
            text = hyperslab.check_string_dtype(dtype)
            for i in np.ndindex(values.shape):
                values[i] = b"" if text else np.array([], hyperslab.check_vlen_dtype(dtype))

    def close(self):
        if self.file:
            self.file.close()

    def values(self, shape):
        self.seed += 1
        seed = self.draw(st.integers(0, 99)) + 100 * self.seed
        return random_values(self.data.dtype, shape, seed)

    def selection(self):
        return self.draw(expressions(self.data.shape))

    def expected(self, args):
        """What reading a selection has to give; an array, also of one element."""
        axes, shape = positions_of(args, self.data.shape)
        return self.data[np.ix_(*axes)].reshape(shape)

    @property
    def writable(self):
        return self.file.mode == "r+"

    def step(self):
        getattr(self, self.draw(steps))()

    def write(self, args=None):
        if not self.writable:
            return
        args = self.selection() if args is None else args
        axes, shape = positions_of(args, self.data.shape)
        if 0 in shape:
            return
        values = self.values(shape)
        self.dataset[of_hyperslab(args)] = values
        full = values.reshape([len(a) for a in axes])
        for at in np.ndindex(full.shape) if values.dtype.hasobject else ():
            self.data[tuple(a[i] for a, i in zip(axes, at, strict=True))] = as_read(full[at])
        if not values.dtype.hasobject:
            self.data[np.ix_(*axes)] = full

    def chunk(self):
        """Puts a chunk there as it is, past the filters."""
        # With filters libhdf5 keeps the old mask of a chunk of the same size, and cannot read it.
        if (
            not (self.writable and self.dataset.chunks)
            or self.data.dtype.hasobject
            or self.filtered
        ):
            return
        chunk = self.dataset.chunks
        at = tuple(
            self.draw(st.integers(0, (n - 1) // c)) * c
            for n, c in zip(self.data.shape, chunk, strict=True)
            if n
        )
        if len(at) < len(chunk):
            return
        values = self.values(chunk)
        self.dataset.id.write_direct_chunk(at, values.tobytes())
        inside = tuple(slice(a, a + c) for a, c in zip(at, chunk, strict=True))
        self.data[inside] = values[tuple(slice(n) for n in self.data[inside].shape)]

    def resize(self):
        if not (self.writable and self.dataset.chunks):
            return
        before = self.data
        shape = tuple(
            self.draw(st.integers(0, min(n + 6, n + 6 if m is None else m)))
            for n, m in zip(before.shape, self.dataset.maxshape, strict=True)
        )
        self.dataset.resize(shape)
        self.data = np.empty(shape, before.dtype)
        self.blank(self.data)
        kept = tuple(slice(min(a, b)) for a, b in zip(before.shape, shape, strict=True))
        self.data[kept] = before[kept]

    def flush(self):
        self.file.flush()

    def refresh(self):
        if self.writable:
            self.file.flush()
        self.dataset.refresh()

    def reopen(self):
        self.file.close()
        keywords = {"rdcc_nbytes": self.keywords.get("rdcc_nbytes")}
        mode = self.draw(st.sampled_from(["r", "r+", "r+"]))
        self.file = hyperslab.File(self.path, mode, **keywords)
        self.dataset = self.file["d"]

    def recreate(self):
        if self.writable:
            del self.file["d"]
            creation = self.draw(creations(dtypes_and_objects))
            self.create(creation)
            # Space that was freed is used again as it is, unless a fill value was asked for.
            self.exact &= self.dataset.chunks is not None or "fillvalue" in creation[2]

    def move(self):
        if self.writable:
            self.file.move("d", "e")
            self.file["d"] = self.file["e"]
            del self.file["e"]


def of_hyperslab(args):
    return of_package(hyperslab, args)


def as_read(value):
    """An element that holds objects, as reading gives it."""
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, np.void):
        return (value[0], value[1].encode())
    return value
