"""Filters that fail while a chunk is encoded: what is left is what the library engine leaves."""

import ctypes

import h5py
import hyperslab
import numpy as np
import pytest
from filter_class import FILTER, FilterClass

ROWS, COLUMNS = 40, 500
OPTIONAL, MANDATORY = 1, 0
LZF, SZIP = 32000, 4

# A chunk of noise, which LZF cannot shrink, among others.
DATA = np.tile(np.arange(COLUMNS, dtype="u4") // 9, (ROWS, 1))
DATA[16:20] = np.random.default_rng(1).integers(0, 1 << 32, (4, COLUMNS), dtype="u4")


def creation_list(package, flag, filter_number=LZF, values=()):
    plist = package.h5p.create(package.h5p.DATASET_CREATE)
    plist.set_filter(filter_number, flag, values)
    return plist


def chunks_of(values):
    return values.reshape(ROWS // 4, -1)


def told(write):
    try:
        write()
    except Exception as error:
        return type(error).__name__
    return None


def written(package, path, plist, **keywords):
    """(the error of a write, which chunks are new, whether closing failed)"""
    file = package.File(path, "w", **keywords)
    x = file.create_dataset("x", (ROWS, COLUMNS), "u4", chunks=(4, COLUMNS), dcpl=plist)
    x[...] = 7
    file.flush()
    error = told(lambda: x.__setitem__(..., DATA))
    found = chunks_of(x[...])
    new = (found == chunks_of(DATA)).all(axis=1)
    assert (new | (found == 7).all(axis=1)).all()
    for i in range(0, ROWS, 4):  # it goes on
        if i != 16:
            x[i : i + 4] = DATA[i : i + 4]
    x[16:20] = 5
    closing = told(file.close)
    expected = DATA.copy()
    expected[16:20] = 5
    with h5py.File(path) as stock:
        assert (stock["x"][...] == expected).all()
    return error, new.tolist(), closing


@pytest.fixture(params=["automatic", "direct", "library"])
def engine(request):
    hyperslab.set_engine(request.param)
    yield request.param
    hyperslab.set_engine("automatic")


@pytest.mark.parametrize("cache", [0, 1 << 20])
@pytest.mark.parametrize("flag", [OPTIONAL, MANDATORY])
def test_a_filter_that_cannot_shrink_a_chunk(tmp_path, engine, flag, cache):
    ours, stock = (
        written(package, tmp_path / "a.h5", creation_list(package, flag), rdcc_nbytes=cache)
        for package in (hyperslab, h5py)
    )
    if flag == OPTIONAL:
        assert ours == stock == (None, [True] * 10, None)
    elif cache == 0:  # else libhdf5 encodes when a chunk leaves its cache
        assert ours == stock == ("OSError", [True] * 4 + [False] * 6, None)
    hyperslab.set_engine("library")
    alone = written(hyperslab, tmp_path / "b.h5", creation_list(hyperslab, flag), rdcc_nbytes=cache)
    if engine != "library":
        assert ours == alone


class Failing:
    """A filter that changes nothing, and fails from the n-th chunk on that it encodes."""

    number = 333

    def __init__(self, package, n):
        self.package, self.left = package, n
        self.callback = FILTER(self.encode)
        self.described = FilterClass(1, self.number, 1, 1, b"failing", None, None, self.callback)

    def encode(self, flags, _count, _values, size, _buffer_size, _buffer):
        reverse = flags & 0x100
        if not reverse:
            self.left -= 1
        return size if reverse or self.left >= 0 else 0

    def __enter__(self):
        self.package.h5z.register_filter(ctypes.addressof(self.described))
        return self

    def __exit__(self, *_):
        self.package.h5z.unregister_filter(self.number)


@pytest.mark.parametrize("flag", [OPTIONAL, MANDATORY])
@pytest.mark.parametrize("before", [{}, {"shuffle": True, "compression": "gzip"}])
def test_a_filter_of_the_program_that_fails(tmp_path, engine, flag, before):
    results = []
    for package in (hyperslab, h5py):
        with Failing(package, 13) as failing:
            plist = creation_list(package, flag, failing.number)
            file = package.File(tmp_path / "a.h5", "w", rdcc_nbytes=0)
            keywords = {"chunks": (4, COLUMNS), "dcpl": plist, **before}
            x = file.create_dataset("x", (ROWS, COLUMNS), "u4", **keywords)
            x[...] = np.full((ROWS, COLUMNS), 7)  # ten chunks
            error = told(lambda x=x: x.__setitem__(..., DATA))
            found = chunks_of(x[...])
            new = (found == chunks_of(DATA)).all(axis=1)
            assert (new | (found == 7).all(axis=1)).all()
            failing.left = 1 << 30
            x[:20] = DATA[:20]
            results.append((error, new.tolist(), told(file.close)))
            with package.File(tmp_path / "a.h5") as again:
                assert (again["x"][:20] == DATA[:20]).all()
    assert results[0] == results[1]
    expected = ("OSError", [True] * 3 + [False] * 7, None)
    assert results[0] == (expected if flag == MANDATORY else (None, [True] * 10, None))
