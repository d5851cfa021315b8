"""What pushed filters leave out, as a Spark that prunes each query by its own asks for it."""

import h5py
import numpy as np
import pyarrow as pa
import pytest
from hyperslab.distributed import summarize
from hyperslab.spark.options import parse
from hyperslab.spark.pushdown import PushdownReader
from hyperslab.spark.reader import Reader, schema_of
from pyspark.sql import datasource as ds


def read(reader):
    """All batches as one table, and the rows that were planned."""
    parts = reader.partitions()
    batches = [batch for part in parts for batch in reader.read(part)]
    if not batches:
        return pa.table({}), 0
    return pa.Table.from_batches(batches), sum(part.value.rows for part in parts if part.value)


def passes(row, one):
    value = row
    for name in one.attribute:
        value = value[name]
    if isinstance(one, ds.In):
        return value in one.value
    if isinstance(one, (ds.EqualTo, ds.EqualNullSafe)):
        return value == one.value
    if isinstance(one, ds.GreaterThan):
        return value > one.value
    if isinstance(one, ds.GreaterThanOrEqual):
        return value >= one.value
    return value < one.value if isinstance(one, ds.LessThan) else value <= one.value


@pytest.fixture
def files(tables):
    with h5py.File(tables / "run0.h5", "a") as file:
        cube = np.arange(40 * 6 * 5, dtype="i4").reshape(40, 6, 5)
        file.create_dataset("cube", data=cube, chunks=(8, 3, 5))
    summarize(tables / "run0.h5")
    return tables


CASES = [
    ("t", None, [ds.LessThan(("_row",), 10)], 11),
    ("t", None, [ds.GreaterThanOrEqual(("_row",), 990.5)], 9),
    ("t", None, [ds.GreaterThan(("_row",), 20), ds.LessThan(("_row",), 10)], 0),
    ("t", None, [ds.EqualTo(("id",), 500)], 128),
    ("t", None, [ds.GreaterThan(("id",), 5000)], 0),
    ("t", None, [ds.In(("id",), (1, 2, None))], 128),
    ("t", None, [ds.In(("_row",), (1, 999))], 999),
    ("t", None, [ds.EqualTo(("name",), "QSO"), ds.LessThan(("id",), 127)], 128),
    ("t", None, [ds.LessThan(("point", "b"), -1)], 0),
    ("t", None, [ds.EqualNullSafe(("id",), None)], 1000),
    ("t", None, [ds.EqualTo(("_file",), "elsewhere")], 0),
    ("g", None, [ds.EqualTo(("a",), 100)], 1000),
    ("m", "wide", [ds.GreaterThan(("c3",), 2.0)], 0),
    ("m", "array", [ds.LessThan(("_row",), 50)], 51),
    ("m", "chunk", [ds.GreaterThan(("_row",), 50)], 1000),
    ("cube", "long", [ds.EqualTo(("index1",), 2)], 40),
    ("cube", "long", [ds.EqualTo(("index1",), 6)], 40),
    ("cube", "long", [ds.LessThanOrEqual(("index1",), -1)], 0),
    ("cube", "long", [ds.GreaterThan(("index2",), 2.5), ds.LessThan(("index1",), 3)], 40),
    ("cube", "long", [ds.GreaterThan(("index0",), 30)], 10),
    ("cube", "long", [ds.EqualTo(("index0",), 3), ds.EqualTo(("index1",), 4)], 1),
    ("cube", "long", [ds.EqualTo(("value",), 700)], 8),
    ("cube", "long", [ds.EqualTo(("value",), -1)], 0),
]


@pytest.mark.parametrize(("dataset", "layout", "filters", "most"), CASES)
@pytest.mark.parametrize("partition_bytes", ["1k", "128m"])
def test_what_is_left_out_passes_no_filter(files, dataset, layout, filters, most, partition_bytes):
    given = {"path": str(files / "run0.h5"), "dataset": dataset, "partitionBytes": partition_bytes}
    options = parse(given if layout is None else {**given, "layout": layout})
    schema = schema_of(options)
    whole, _ = read(Reader(options, schema))
    pruned = PushdownReader(options, schema)
    assert list(pruned.pushFilters(iter(filters))) == filters  # Spark filters all the same
    found, planned = read(pruned)
    assert planned <= most

    def wanted(table):
        return [row for row in table.to_pylist() if all(passes(row, one) for one in filters)]

    if filters[0] == CASES[9][2][0]:  # nothing is null, and the reader need not know that
        assert planned == most
        return
    assert wanted(found) == wanted(whole)


def test_places_of_other_axes_are_not_read(files):
    options = parse({"path": str(files / "run0.h5"), "dataset": "cube", "layout": "long"})
    reader = PushdownReader(options, schema_of(options))
    list(reader.pushFilters([ds.EqualTo(("index1",), 2), ds.GreaterThan(("index2",), 3)]))
    found, _ = read(reader)
    assert found.num_rows == 40 * 1 * 2


def test_files_that_are_not_wanted_are_left_out(files):
    options = parse({"path": str(files), "dataset": "t"})
    reader = PushdownReader(options, schema_of(options))
    names = tuple(str(files / f"run{number}.h5") for number in (0, 2))
    list(reader.pushFilters([ds.In(("_file",), names), ds.EqualTo(("_file",), names[1])]))
    assert {part.value.path for part in reader.partitions()} == {names[1]}
