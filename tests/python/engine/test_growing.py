"""Datasets that grow, whatever comes: ragged blocks, single rows, strings, sequences, records.

HYPERSLAB_TEST_EXAMPLES=1000 makes a thousand runs.
"""

import os

import engine_scenes as scenes
import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run_python import run, start

EXAMPLES = int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "60"))

dtypes = st.sampled_from(
    [
        np.dtype("<f8"),
        np.dtype(">i2"),
        np.dtype("S3"),
        np.dtype("?"),
        np.dtype([("x", "<f8"), ("n", ">i2"), ("s", "S3")]),
        hyperslab.string_dtype(),
        hyperslab.vlen_dtype(np.dtype("<i4")),
        np.dtype([("n", "<i4"), ("name", hyperslab.string_dtype())]),
    ]
)
ways = st.sampled_from(["append", "append", "iterator", "rows", "resize"])


@st.composite
def growths(draw):
    """(dtype, shape of a row, axis, chunk shape, keywords, what is added in which way)"""
    dtype = draw(dtypes)
    row = () if dtype.hasobject or draw(st.booleans()) else (draw(st.integers(1, 70)),)
    axis = draw(st.integers(0, len(row)))
    chunks = draw(st.tuples(*(st.integers(1, 90) for _ in range(1 + len(row)))))
    keywords = {"rdcc_nbytes": draw(st.sampled_from([0, 3_000, 1 << 20]))}
    if not dtype.hasobject:
        keywords |= draw(
            st.sampled_from([{}, {"compression": "gzip"}, {"compression": "lzf", "shuffle": True}])
        )
    added = draw(st.lists(st.tuples(ways, st.lists(st.integers(0, 150), max_size=4)), max_size=6))
    return dtype, row, axis, chunks, keywords, added


def with_axis(row, axis, count):
    return (*row[:axis], count, *row[axis:])


def add(dataset, way, blocks, axis):
    if way == "iterator":
        dataset.append(iter(blocks), axis=axis)
        return
    for block in blocks:
        if way == "rows":
            for i in range(block.shape[axis]):
                dataset.append(np.take(block, i, axis), axis=axis)
        elif way == "append":
            dataset.append(block, axis=axis)
        else:
            n = dataset.shape[axis]
            dataset.resize(n + block.shape[axis], axis=axis)
            if block.size:
                dataset[(slice(None),) * axis + (slice(n, None),)] = block


def listed(values):
    """Comparable: sequences as lists, texts as bytes."""
    if isinstance(values, np.ndarray | list | tuple):
        return [listed(each) for each in values]
    if isinstance(values, np.void):
        return [listed(values[name]) for name in values.dtype.names]
    return values.encode() if isinstance(values, str) else values


@pytest.mark.parametrize("engine", ["automatic", "direct", "library"])
def test_what_is_added_comes_after_what_was_there(tmp_path, engine):
    path = tmp_path / "a.h5"

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(growth=growths(), libver=st.sampled_from(["earliest", "latest"]))
    def grows(growth, libver):
        dtype, row, axis, chunks, keywords, added = growth
        hyperslab.set_engine(engine)
        model = np.empty(with_axis(row, axis, 0), dtype)
        with hyperslab.File(path, "w", libver=libver) as file:
            limits = with_axis(row, axis, None)
            dataset = file.create_dataset(
                "x", model.shape, dtype, chunks=chunks, maxshape=(None,) * len(limits), **keywords
            )
            for number, (way, counts) in enumerate(added):
                blocks = [
                    scenes.random_values(dtype, with_axis(row, axis, count), 7 * number + count)
                    for count in counts
                ]
                add(dataset, way, blocks, axis)
                model = np.concatenate([model, *blocks], axis=axis)
                assert dataset.shape == model.shape
            assert listed(dataset[...]) == listed(model)
        with h5py.File(path) as file:
            assert listed(file["x"][...]) == listed(model)

    try:
        grows()
    finally:
        hyperslab.set_engine("automatic")


@pytest.fixture
def series(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        yield file.create_dataset("x", data=[1, 2, 3], maxshape=(None,), chunks=(2,))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (4, [4]),
        (4.7, [4]),
        ([], []),
        (np.float32(5), [5]),
        (np.arange(5, dtype=">u2"), [0, 1, 2, 3, 4]),
        (range(2), [0, 1]),
        (np.arange(10)[::-3], [9, 6, 3, 0]),
        (True, [1]),
        (iter([]), []),
        (iter([[], [7], 8, [9, 10]]), [7, 8, 9, 10]),
        (iter([np.array([1.5]), np.array([True])]), [1, 1]),
    ],
)
def test_odd_values_that_fit(series, values, expected):
    series.append(values)
    assert series[...].tolist() == [1, 2, 3, *expected]


@pytest.mark.parametrize(
    "values", [[[1]], "text", None, [[1], [2, 3]], object(), iter([[5], "text"]), {"a": 1}]
)
def test_odd_values_that_do_not_fit(series, values):
    kept = [1, 2, 3, 5] if hasattr(values, "__next__") else [1, 2, 3]
    with pytest.raises((TypeError, ValueError, OSError)):
        series.append(values)
    assert series[...].tolist() == kept
    series.append(6)
    assert series[-1] == 6


WRITER = """
import sys, numpy as np, hyperslab as h5
f = h5.File(sys.argv[1], "w", libver="latest")
x = f.create_dataset("x", (0, 3), "i8", maxshape=(None, 3), chunks=(7, 3), **eval(sys.argv[2]))
f.swmr_mode = True
print("ready", flush=True)
sys.stdin.readline()
n = 0
for count in (1, 10, 3, 7, 500, 2) * 40:
    x.append(np.arange(3 * n, 3 * (n + count)).reshape(-1, 3))
    n += count
    if count != 3:
        x.flush()
print(n, flush=True)
sys.stdin.readline()
"""

READER = """
import importlib, sys, numpy as np
f = importlib.import_module(sys.argv[2]).File(sys.argv[1], "r", libver="latest", swmr=True)
x = f["x"]
seen = last = 0
while last < int(sys.argv[3]):
    x.id.refresh()
    values = x[...]
    assert len(values) >= last
    # Rows that were not flushed yet read as 0.
    is_there = (values == np.arange(values.size).reshape(-1, 3)).all(axis=1)
    assert (is_there | (values == 0).all(axis=1)).all()
    assert is_there[:last].all()
    seen += len(values) != last
    last = len(values) if is_there.all() else last
print(seen > 0)
"""


@pytest.mark.parametrize("package", ["hyperslab", "h5py"])
@pytest.mark.parametrize("filters", [{}, {"compression": "gzip", "shuffle": True}])
def test_a_swmr_reader_sees_whole_rows_of_what_is_appended(tmp_path, package, filters):
    path = tmp_path / "a.h5"
    writer = start(WRITER, path, filters)
    assert writer.stdout.readline() == "ready\n"
    reader = start(READER, path, package, 40 * 523)
    writer.stdin.write("go\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == f"{40 * 523}\n"
    out, err = reader.communicate(timeout=120)
    assert out == "True\n", err
    writer.communicate(timeout=60)
    assert writer.returncode == 0


KILLED = """
import os, signal, sys, numpy as np, hyperslab as h5
f = h5.File(sys.argv[1], "w", libver="latest")
x = f.create_dataset("x", (0,), "i8", maxshape=(None,), chunks=(100,), **eval(sys.argv[2]))
f.swmr_mode = True
for i in range(30):
    x.append(np.arange(70 * i, 70 * (i + 1)))
x.flush()
x.append(np.arange(2100, 2150))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("filters", [{}, {"compression": "gzip"}])
def test_what_a_killed_swmr_writer_has_flushed_is_read_with_swmr(tmp_path, filters):
    path = tmp_path / "a.h5"
    with pytest.raises(AssertionError, match="status -9"):
        run(KILLED, path, filters)
    for package in (h5py, hyperslab):
        with package.File(path, libver="latest", swmr=True) as file:
            assert file["x"][:2100].tolist() == list(range(2100))
    with pytest.warns(UserWarning, match=r"a\.h5' was not closed"):
        file = hyperslab.File(path, "r+", libver="latest")
    with file:
        assert file["x"][:2100].tolist() == list(range(2100))
        file["x"].resize((2100,))
        file["x"].append(7)
    with h5py.File(path) as file:
        assert file["x"][2100] == 7
