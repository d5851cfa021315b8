"""Data that come in blocks of rows, from iterators and generators."""

import h5py
import hyperslab
import numpy as np
import pytest
from describe import call

TEXT = h5py.string_dtype()
ROWS = np.arange(3000.0).reshape(1000, 3)


def blocks(rows, *cuts):
    return (part for part in np.split(rows, cuts))


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        yield file


@pytest.mark.parametrize("cuts", [(), (1, 2, 3), (500,), (0, 64, 64, 999), range(1000)])
@pytest.mark.parametrize(
    "keywords",
    [
        {},
        {"compression": "gzip", "chunks": (64, 3)},
        {"maxshape": (None, None), "shuffle": True},
        {"shape": (1000, 3)},
        {"shape": (1000, 3), "compression": "gzip"},
        {"dtype": "f4", "maxshape": (2000, 3)},
    ],
)
def test_a_dataset_has_the_rows_of_all_blocks(file, cuts, keywords):
    dataset = file.create_dataset("x", data=blocks(ROWS, *cuts), **keywords)
    assert dataset.shape == (1000, 3) and dataset.dtype == keywords.get("dtype", "f8")
    assert dataset.maxshape == keywords.get("maxshape", keywords.get("shape", (None, 3)))
    assert (dataset.chunks is None) == (keywords == {"shape": (1000, 3)})
    file.flush()
    with h5py.File(file.filename, locking=False) as stock:
        assert (stock["x"][...] == ROWS).all()


def test_blocks_may_be_lists_texts_and_records(file):
    assert file.create_dataset("n", data=iter([[1, 2], [3]]))[...].tolist() == [1, 2, 3]
    texts = file.create_dataset("t", data=(block for block in [["a"], ["bc", "d"]]))
    assert texts.dtype.metadata == TEXT.metadata and list(texts.asstr()) == ["a", "bc", "d"]
    record = np.dtype([("n", "i4"), ("s", TEXT)])
    table = np.array([(1, "one"), (2, "two"), (3, "three")], record)
    made = file.create_dataset("r", data=blocks(table, 2))
    assert [tuple(row) for row in made[...]] == [(1, b"one"), (2, b"two"), (3, b"three")]
    fixed = file.create_dataset("f", data=iter([["a"], ["bcd"]]), dtype="S2", maxshape=(None,))
    assert fixed[...].tolist() == [b"a", b"bc"]
    flags = file.create_dataset("b", data=map(np.array, [[True], [False]]))
    assert flags.dtype == "?" and flags[...].tolist() == [True, False]


def test_what_is_written_can_be_read_while_more_comes(file):
    def growing():
        for i in range(5):
            if i:
                assert file["x"].shape == (2 * i,)
            yield [i, i]

    file.create_dataset("x", data=growing())
    assert file["x"].shape == (10,)


def test_without_a_block_shape_and_type_must_be_said(file):
    with pytest.raises(ValueError, match="no block"):
        file.create_dataset("x", data=iter([]))
    assert file.create_dataset("y", data=iter([]), dtype="i2").shape == (0,)
    assert file.create_dataset("z", data=iter([]), dtype="i2", shape=(0, 3)).shape == (0, 3)
    assert sorted(file) == ["y", "z"]


@pytest.mark.parametrize(
    ("given", "keywords", "error", "match"),
    [
        ([ROWS, ROWS[:, :2]], {}, TypeError, "Block 1 .* axis 1 has 2"),
        ([ROWS, [[[1.0]]]], {}, TypeError, "Block 1 "),
        ([5, 6], {}, TypeError, "has no axis"),
        ([np.array([1, 2]), np.array([1.5])], {}, TypeError, "Block 1 .*float64.*int64"),
        ([ROWS, ROWS], {"shape": (1500, 3)}, ValueError, "Block 1 .*at row 1000"),
        ([ROWS], {"shape": (1500, 3)}, ValueError, "1000 rows"),
        ([ROWS, np.zeros((500, 1))], {"shape": (1500, 3)}, ValueError, "Block 1 "),
        ([ROWS], {"shape": ()}, ValueError, "scalar"),
        ([ROWS, ROWS], {"maxshape": (1500, 3)}, Exception, "Block 1 "),
        ([ROWS, [["a", "b", "c"]]], {}, Exception, "Block 1 "),
        ([ROWS], {"maxshape": (None,)}, ValueError, "rank"),
        ([[object()]], {}, TypeError, "No conversion|no native|Object"),
    ],
)
def test_blocks_that_do_not_fit_leave_no_dataset(file, given, keywords, error, match):
    with pytest.raises(error, match=match):
        file.create_dataset("g/x", data=iter(given), **keywords)
    assert "g/x" not in file


def test_an_iterator_that_raises_leaves_no_dataset(file):
    def failing():
        yield [1, 2]
        raise KeyError("no more")

    with pytest.raises(KeyError, match="no more"):
        file.create_dataset("x", data=failing())
    assert "x" not in file
    with pytest.raises(ValueError):
        file.create_dataset("y", data=[1]) and file.create_dataset("y", data=iter([[1]]))
    assert file["y"][...].tolist() == [1]


def test_appending_blocks(file):
    dataset = file.create_dataset("x", (0, 3), "f8", maxshape=(None, None), chunks=(64, 3))
    dataset.append(blocks(ROWS, 10, 500))
    dataset.append(iter(ROWS[:2]))  # rows
    dataset.append(iter([]))
    assert (dataset[...] == np.concatenate([ROWS, ROWS[:2]])).all()
    dataset.append(iter([np.ones((1002, 1)), np.zeros(1002)]), axis=1)
    assert dataset.shape == (1002, 5) and dataset[7, 3:].tolist() == [1, 0]
    with pytest.raises(TypeError, match="Block 1 "):
        dataset.append(iter([np.zeros(5), np.zeros(4)]))
    assert dataset.shape == (1003, 5)


class HasArray:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration

    def __array__(self, dtype=None, copy=None):
        return np.arange(3)


class HasLength(list):
    __next__ = None


ITERATORS = {
    "range": lambda: range(4),
    "flat": lambda: np.arange(6).reshape(2, 3).flat,
    "nditer": lambda: np.nditer(np.arange(3)),
    "an iterator that is an array": HasArray,
    "memoryview": lambda: memoryview(b"abc"),
    "set": lambda: {1, 2},
    "keys": lambda: {1: 2}.keys(),
}


@pytest.mark.parametrize("name", ITERATORS)
def test_what_h5py_makes_of_an_iterable_stays(same, name):
    def scenario(package, file):
        return call(lambda p, f: f.create_dataset("x", data=ITERATORS[name]()), package, file)

    same(scenario)


def test_nonsense_that_h5py_stores_stays(same):
    def scenario(package, file):
        file.create_dataset("flag", data=(i for i in "abc"), dtype="?")
        file.create_dataset("bytes", data=(i for i in "abc"), dtype="S10")

    same(scenario)
