"""Plans without the chunks that a summary says to hold no wanted value."""

import json
import logging
import os

import h5py
import numpy as np
import pytest
from hyperslab.distributed import plan, summarize
from hyperslab.distributed.summary import read_summary, rows_within


@pytest.fixture
def summarized(tables):
    for number in range(3):
        summarize(tables / f"run{number}.h5")
    return tables


def read_ids(found):
    return np.concatenate([np.zeros(0, "i8"), *[part.read()["id"] for part in found.partitions]])


@pytest.mark.parametrize("partition_bytes", [1, 20_000, 1 << 30])
@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        ("id", 500, 500),
        ("id", 130, 300),
        ("id", None, 100),
        ("id", 1100.5, None),
        ("id", 5000, None),
        ("x", 0.5, 0.50001),
        ("name", "QSO", "QSO"),
        ("name", "T", None),
        ("text", "é99", None),
        ("flag", True, True),
        ("point.b", 9, None),
        ("big", 2**63, None),
        ("nothing", 1, 2),
        ("grid", 1, 2),
    ],
)
def test_no_row_within_the_bounds_is_left_out(summarized, partition_bytes, column, low, high):
    found = plan(summarized, "/t", bounds={column: (low, high)}, partition_bytes=partition_bytes)
    expected = []
    for number in range(3):
        with h5py.File(summarized / f"run{number}.h5") as file:
            rows = file["t"][()]
        for start in range(0, len(rows), 128):
            chunk = rows[start : start + 128]
            if column in ("nothing", "grid") or _meets(chunk, column, low, high):
                expected += chunk["id"].tolist()
    assert read_ids(found).tolist() == expected
    assert found.rows == len(expected)


def _meets(chunk, column, low, high):
    values = chunk
    for name in column.split("."):
        values = values[name]
    values = [v.decode() if isinstance(v, bytes) else v for v in values.tolist()]
    return (low is None or max(values) >= low) and (high is None or min(values) <= high)


def test_a_partition_reads_what_is_left_of_it(tmp_path):
    path = tmp_path / "f.h5"
    values = np.repeat([1, 5, 1, 5, 5, 1, 1, 1, 5, 1], 10)
    with h5py.File(path, "w") as file:
        file.create_dataset("d", data=values, chunks=(10,))
        file.create_dataset("g/a", data=values, chunks=(10,))
        file.create_dataset("g/b", data=np.arange(100), chunks=(20,))
    summarize(path)
    (part,) = plan(path, "d", bounds={"value": (5, 5)}).partitions
    assert part.ranges() == ((10, 20), (30, 50), (80, 90))
    assert (part.rows, part.start, part.stop) == (40, 10, 90)
    assert part.read().tolist() == [5] * 40
    assert part.to_arrow().num_rows == 40
    (part,) = plan(path, "g", bounds={"a": (5, 5), "b": (None, 35)}).partitions
    assert part.ranges() == ((10, 20), (30, 40))
    assert part.read()["b"].tolist() == [*range(10, 20), *range(30, 40)]
    assert part.to_arrow()["b"].to_pylist() == [*range(10, 20), *range(30, 40)]
    assert plan(path, "d", bounds={"value": (6, None)}).partitions == []
    assert plan(path, "d", bounds={"value": (5, 5)}, rows=(12, 35)).rows == 8 + 5


def test_chunks_of_matrices(tmp_path):
    path = str(tmp_path / "f.h5")
    values = np.zeros((40, 6))
    values[15, 1], values[35, 4] = 7, 9
    with h5py.File(path, "w") as file:
        file.create_dataset("m", data=values, chunks=(10, 3))
    summarize(path)
    summary = read_summary(path)

    def rows(column, low):
        return rows_within(summary, "m", [(column, low, None)], 0, 40)

    assert rows("value", 5) == [(10, 20), (30, 40)]
    assert rows("c2", 5) == [(10, 20)]
    assert rows("c3", 5) == [(30, 40)]
    assert rows("c5", 8) == [(30, 40)]
    assert rows("index1", 5) == [(0, 40)]


def test_nan_is_greater_than_any_number(tmp_path):
    path = str(tmp_path / "f.h5")
    with h5py.File(path, "w") as file:
        file.create_dataset("d", data=[1.0, np.nan, np.nan, np.nan, 2.0, 3.0], chunks=(2,))
    summarize(path)
    summary, nan = read_summary(path), float("nan")

    def rows(low, high):
        return rows_within(summary, "d", [("value", low, high)], 0, 6)

    assert rows(1e9, None) == [(0, 4)]
    assert rows(None, 5) == [(0, 2), (4, 6)]
    assert rows(nan, nan) == [(0, 4)]
    assert rows(2.5, nan) == [(0, 6)]
    assert rows(nan, None) == [(0, 4)]


def test_a_value_of_another_kind_excludes_nothing(summarized):
    assert plan(summarized, "t", bounds={"id": ("a", "b")}).rows == 3300


def test_a_summary_of_a_changed_file_is_not_believed(summarized, caplog):
    path = str(summarized / "run0.h5")
    with h5py.File(path, "a") as file:
        file["m"][0] = 5
    with caplog.at_level(logging.WARNING):
        assert read_summary(path) is None
    assert path in caplog.text and "older state" in caplog.text
    assert plan(path, "t", bounds={"id": (5000, None)}).rows == 1000


@pytest.mark.parametrize("text", ["", "[1]", "{}", '{"version": 2}', '{"version": 3}'])
def test_a_damaged_summary_is_not_believed(summarized, text):
    path = str(summarized / "run0.h5")
    with open(path + ".summary.json", "w") as file:
        file.write(text)
    assert plan(path, "t", bounds={"id": (5000, None)}).rows == 1000


def test_the_summary_of_python_is_that_of_the_program(tables):
    path = tables / "run0.h5"
    assert summarize(path, ["t", "/g"]) == f"{path}.summary.json"
    with open(f"{path}.summary.json") as text:
        assert set(json.load(text)["datasets"]) == {"/t", "/g/a", "/g/b"}
    with pytest.raises(KeyError, match="nothing"):
        summarize(path, "nothing")
    with pytest.raises(FileNotFoundError):
        summarize(tables / "none.h5")


def test_wrong_bounds(tables):
    with pytest.raises(ValueError, match="a pair"):
        plan(tables, "t", bounds={"id": 5})


def test_summaries_are_no_data(summarized):
    assert len(plan(summarized, "t").files) == 3
    assert sum(name.endswith(".json") for name in os.listdir(summarized)) == 3


def test_dask_leaves_chunks_out(summarized):
    pytest.importorskip("dask.dataframe")
    from hyperslab.dask import read_table

    table = read_table(summarized / "run*.h5", "t", columns=["id"], bounds={"id": (1000, None)})
    ids = table["id"].compute().tolist()
    assert ids == [*range(896, 1100), *range(896, 1200)]
