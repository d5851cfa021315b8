"""Random datasets, written and read by ranks in random ways, beside NumPy and a serial h5py.

All ranks draw the same numbers, so each knows what all of them do.
"""

import contextlib
import os
import random

import h5py
import hyperslab
import numpy as np
import pytest

CASES = int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "40"))
TYPES = [
    *map(np.dtype, ("i1", "u2", "<i4", ">i4", "f2", "f4", ">f8", "?", "c8", ">c16", "S3", "V5")),
    hyperslab.enum_dtype({"A": 0, "B": 3, "C": 9}, "i2"),
    np.dtype([("a", "<i4"), ("b", ">f8"), ("c", "S3")]),
    np.dtype([("x", "f4", (2, 3)), ("flag", "?"), ("n", [("p", "u1"), ("q", ">i2")])]),
]
LENGTHS = (0, 1, 2, 5, 7, 12, 23, 40)


def elements(dtype, shape, numbers):
    if dtype.subdtype:
        base, inner = dtype.subdtype
        return elements(base, (*shape, *inner), numbers)
    if dtype.names:
        made = np.zeros(shape, dtype)
        for name in dtype.names:
            made[name] = elements(dtype[name], shape, numbers)
        return made
    if dtype.kind == "V":
        drawn = numbers.integers(0, 256, (*shape, dtype.itemsize), "u1")
        return drawn.view(dtype).reshape(shape)
    if h5py.check_enum_dtype(dtype):
        return numbers.choice([0, 3, 9], shape).astype(dtype)
    return numbers.integers(0, 2 if dtype.kind == "b" else 100, shape).astype(dtype)


def creation(dtype, shape, draw):
    options = {}
    if draw.random() < 0.8:
        options["chunks"] = tuple(draw.randint(1, max(n, 1)) for n in shape)
        if 0 in shape:
            options["maxshape"] = (None,) * len(shape)
        elif draw.random() < 0.4:
            options["maxshape"] = tuple(draw.choice([None, n, n + 3]) for n in shape)
        if draw.random() < 0.6:
            options["compression"] = draw.choice(["gzip", "lzf", None])
            options["shuffle"] = draw.random() < 0.5
            options["fletcher32"] = draw.random() < 0.3
            if dtype.str in ("|i1", "<u2", "<i4") and draw.random() < 0.2:
                options["scaleoffset"] = 0
                options["fletcher32"] = False
    if dtype.kind in "iuf" and draw.random() < 0.4:
        options["fillvalue"] = 5
    return options


def along_axis(first, end, draw, before):
    """No single position beside a list: NumPy orders such results' axes otherwise than h5py."""
    kind = draw.choice(["all", "all", "slice", "steps", "one", "list"])
    if end <= first:
        return slice(first, first)
    if kind == "slice":
        first = draw.randint(first, end)
        return slice(first, draw.randint(first, end))
    if kind == "steps":
        return slice(draw.randint(first, end - 1), end, draw.randint(1, 3))
    if kind == "one" and not any(isinstance(part, list) for part in before):
        return draw.randint(first, end - 1)
    if kind == "list" and all(isinstance(part, slice) for part in before):
        return sorted(draw.sample(range(first, end), draw.randint(1, end - first)))
    return slice(first, end)


def parts_of_ranks(shape, size, draw):
    """For each rank an index: parts of one axis that do not overlap, anything along the others."""
    axis = draw.randrange(len(shape))
    cuts = [0, *sorted(draw.randint(0, shape[axis]) for _ in range(size - 1)), shape[axis]]
    indexes = []
    for rank in range(size):
        index = []
        for i, n in enumerate(shape):
            first, end = (cuts[rank], cuts[rank + 1]) if i == axis else (0, n)
            index.append(along_axis(first, end, draw, index))
        indexes.append(tuple(index))
    return indexes


def resized(data, shape, fill):
    made = np.full(shape, fill, data.dtype) if fill else np.zeros(shape, data.dtype)
    common = tuple(slice(min(pair)) for pair in zip(data.shape, shape, strict=True))
    made[common] = data[common]
    return made


def mode_of(dset, is_collective):
    return dset.collective if is_collective else contextlib.nullcontext()


@pytest.fixture(autouse=True)
def automatic_again():
    yield
    hyperslab.set_engine("automatic")


@pytest.mark.parametrize(
    "engine, seed",
    [("automatic", seed) for seed in range(CASES)]
    + [("library", seed) for seed in range(CASES // 2)],
)
def test_what_ranks_write_is_read(comm, shared_path, engine, seed):
    hyperslab.set_engine(engine)
    draw, numbers = random.Random(seed), np.random.default_rng(seed)
    dtype = draw.choice(TYPES)
    shape = tuple(draw.choice(LENGTHS) for _ in range(draw.randint(1, 3)))
    options = creation(dtype, shape, draw)
    filtered = any(options.get(name) for name in ("compression", "shuffle", "fletcher32"))
    filtered = filtered or "scaleoffset" in options
    fill = options.get("fillvalue", 0)
    path = shared_path / "f.h5"
    libver = draw.choice(["earliest", "latest"])
    with hyperslab.File(path, "w", driver="mpio", comm=comm, libver=libver) as f:
        dset = f.create_dataset("x", shape, dtype, **options)
        expected = resized(np.zeros([0] * len(shape), dtype), shape, fill)
        for _ in range(draw.randint(2, 5)):
            if "maxshape" in options and draw.random() < 0.3:
                shape = tuple(
                    draw.randint(0, n + 4 if limit is None else limit)
                    for n, limit in zip(shape, options["maxshape"], strict=True)
                )
                comm.barrier()
                dset.resize(shape)
                expected = resized(expected, shape, fill)
            indexes = parts_of_ranks(shape, comm.size, draw)
            data = elements(dtype, shape, numbers)
            for index in indexes:
                expected[index] = data[index]
            is_collective = filtered or draw.random() < 0.6
            mine = indexes[comm.rank]
            comm.barrier()
            with mode_of(dset, is_collective):
                dset[mine] = data[mine]
            if draw.random() < 0.6:
                f.flush()
                comm.barrier()
                with mode_of(dset, draw.random() < 0.5):
                    assert np.array_equal(dset[mine], expected[mine])
                    assert np.array_equal(dset[...], expected)
    comm.barrier()
    with h5py.File(path) as f:
        assert np.array_equal(f["x"][...], expected)
