"""Spark's rows, against what stock h5py reads."""

from decimal import Decimal

import h5py
import numpy as np
import pytest
from conftest import table_rows
from pyspark.sql import functions as F

KINDS = {
    "i1": "tinyint", "u1": "smallint", "i2": "smallint", "u2": "int", ">i4": "int", "u4": "bigint",
    "i8": "bigint", ">u8": "decimal(20,0)", "f2": "float", "f4": "float", ">f8": "double",
    "?": "boolean",
}  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def write(data, **options):
        path = tmp_path / "one.h5"
        with h5py.File(path, "w") as file:
            file.create_dataset("d", data=data, **options)
        return path

    return write


def values(frame, column="value"):
    return [row[column] for row in frame.orderBy("_row").collect()]


@pytest.mark.parametrize("dtype", KINDS)
def test_numbers_keep_their_kind(load, write, dtype):
    data = (np.random.default_rng(0).random(500) * 100).astype(dtype)
    if dtype == ">u8":
        data[0] = 2**64 - 1
    frame = load(write(data), "d")
    assert frame.schema.names == ["value", "_file", "_row"]
    assert frame.schema["value"].dataType.simpleString() == KINDS[dtype]
    read = [int(v) if isinstance(v, Decimal) else v for v in values(frame)]
    assert read == data.tolist()


def test_strings_enumerations_and_sequences(load, tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file["text"] = np.array(["é", "", "abc"], object)
        file["fixed"] = np.array([b"ab", b"", b"abc"])
        file.create_dataset("enum", data=[0, 1, 0], dtype=h5py.enum_dtype({"OFF": 0, "ON": 1}))
        sequences = file.create_dataset("seq", (3,), h5py.vlen_dtype("u2"))
        sequences[1] = [1, 65535]
        file["opaque"] = np.array([b"abcd", b"\0\1\2\3", b"xxxx"], "V4")
        refs = file.create_dataset("ref", (3,), h5py.ref_dtype)
        refs[0] = file["text"].ref
        file["complex"] = np.array([1 + 2j, 3, 4])
    path = tmp_path / "f.h5"
    assert values(load(path, "text")) == ["é", "", "abc"]
    assert values(load(path, "fixed")) == ["ab", "", "abc"]
    assert values(load(path, "enum")) == ["OFF", "ON", "OFF"]
    assert values(load(path, "seq")) == [[], [1, 65535], []]
    assert [bytes(v) for v in values(load(path, "opaque"))] == [b"abcd", b"\0\1\2\3", b"xxxx"]
    assert values(load(path, "ref")) == ["/text", None, None]
    assert [tuple(v) for v in values(load(path, "complex"))] == [(1, 2), (3, 0), (4, 0)]


def test_layouts_of_an_array(load, write):
    data = np.random.default_rng(0).random((50, 7)).astype("f4")
    path = write(data, chunks=(8, 3))
    assert values(load(path, "d")) == data.tolist()
    assert values(load(path, "d", layout="array", batchRows="3")) == data.tolist()
    wide = load(path, "d", layout="wide")
    assert wide.columns == [f"c{i}" for i in range(7)] + ["_file", "_row"]
    assert values(wide, "c3") == data[:, 3].tolist()
    chosen = load(path, "d", layout="wide", columns="c5,c2")
    assert chosen.columns == ["c5", "c2", "_file", "_row"]
    assert values(chosen, "c2") == data[:, 2].tolist()
    long = load(path, "d", layout="long").orderBy("index0", "index1").collect()
    assert [row["value"] for row in long] == data.ravel().tolist()
    assert [(row["index0"], row["index1"]) for row in long] == list(np.ndindex(50, 7))


def test_one_row_a_chunk(load, write):
    data = np.arange(350).reshape(50, 7)
    rows = load(write(data, chunks=(8, 3)), "d", layout="chunk", partitionBytes="200").collect()
    assert len(rows) == 7 * 3
    again = np.full((50, 7), -1)
    for row in rows:
        (i, j), (n, m) = row["offset"], row["shape"]
        again[i : i + n, j : j + m] = np.reshape(row["value"], (n, m))
    assert (again == data).all()


def test_three_axes(load, write):
    data = np.random.default_rng(0).integers(0, 9, (20, 3, 4))
    path = write(data)
    assert values(load(path, "d")) == data.tolist()
    total = load(path, "d", layout="long").where("index2 = 1").agg(F.sum("value")).first()[0]
    assert total == data[:, :, 1].sum()


def test_compounds_are_columns(load, tables):
    expected = table_rows(1000, 0)
    frame = load(tables / "run0.h5", "/t", partitionBytes="4k")
    assert frame.columns == [*expected.dtype.names, "_file", "_row"]
    assert frame.rdd.getNumPartitions() > 1
    for got, want in zip(frame.orderBy("_row").collect(), expected, strict=True):
        assert (got["id"], got["small"], int(got["big"])) == (
            want["id"],
            want["small"],
            want["big"],
        )
        assert (got["x"], got["y"], got["flag"]) == (want["x"], want["y"], want["flag"])
        assert (got["name"], got["text"]) == (want["name"].decode(), want["text"])
        assert got["grid"] == want["grid"].tolist()
        assert (got["point"]["a"], got["point"]["b"]) == (want["point"]["a"], want["point"]["b"])


def test_columns_rows_and_files_prune(load, tables):
    frame = load(tables, "/t", columns="flag,id", rows="10:20", files="run[01].h5")
    assert frame.columns == ["flag", "id", "_file", "_row"]
    assert sorted(row["id"] for row in frame.collect()) == sorted(list(range(10, 20)) * 2)
    assert {row["_file"] for row in frame.collect()} == {
        str(tables / "run0.h5"), str(tables / "run1.h5"),
    }  # fmt: skip


def test_bounds_leave_out_chunks_by_their_summaries(load, tables):
    from hyperslab.distributed import summarize

    bounds = '{"id": [200, 300]}'
    assert load(tables, "/t", bounds=bounds).count() == 3300  # nothing is known
    for number in range(3):
        summarize(tables / f"run{number}.h5")
    some = load(tables, "/t", bounds=bounds)
    assert {row["id"] for row in some.collect()} == set(range(128, 384))
    assert some.where("id between 200 and 300").count() == 3 * 101
    assert load(tables, "/t", bounds='{"id": [5000, null]}').count() == 0
    chunks = load(tables / "run0.h5", "/m", layout="chunk", bounds='{"value": [2, null]}')
    assert chunks.count() == 0
    assert load(tables / "run0.h5", "/m", layout="chunk", bounds='{"value": [0, 1]}').count() == 20


def test_rows_are_counted_in_their_file(load, tables):
    for row in (
        load(tables, "/t", partitionBytes="4k")
        .groupBy("_file")
        .agg(F.min("_row").alias("least"), F.max("_row").alias("most"), F.count("*").alias("n"))
        .collect()
    ):
        assert (row["least"], row["most"]) == (0, row["n"] - 1)


def test_a_group_is_a_table(load, tables):
    frame = load(tables / "run0.h5", "/g")
    assert values(frame, "a") == (np.arange(1000) * 2).tolist()
    assert frame.schema["a"].metadata == {"unit": "s"}
    assert load(tables, "/g", columns="b").columns == ["b", "_file", "_row"]


def test_attributes_are_metadata(load, tables):
    assert load(tables, "/t").schema["x"].metadata == {"unit": "Jy"}


def test_a_frame_may_be_asked_again_and_again(load, write):
    frame = load(write(np.arange(100)), "d")
    assert frame.count() == 100
    assert frame.where("value < 20").count() == 20
    assert frame.count() == 100


def test_an_empty_dataset_has_no_rows(load, write):
    assert load(write(np.zeros((0, 3), "f4")), "d").count() == 0


def test_a_list_of_files(load, tables):
    assert load([str(tables / "run0.h5"), str(tables / "run2.h5")], "/t").count() == 2200


def test_pushdown_is_refused_where_spark_keeps_filters(spark, tables):
    import hyperslab.spark as hs

    with pytest.raises(Exception, match="pushed down only after"):
        spark.read.format("hdf5").options(dataset="/t", pushdown="true").load(str(tables)).count()
    try:
        hs.register(spark, pushdown=True)
    except hs.PushdownError as error:
        assert "keeps the filters" in str(error)
    else:
        frame = spark.read.format("hdf5").options(dataset="/t", pushdown="true").load(str(tables))
        assert [frame.count(), frame.where("_row < 5").count(), frame.count()] == [3300, 15, 3300]


@pytest.mark.parametrize(
    "options, why",
    [
        ({"layout": "cube"}, "layout is one of"),
        ({"rows": "5"}, "rows are 'first:end'"),
        ({"rows": "a:b"}, "rows are 'first:end'"),
        ({"partitionBytes": "0"}, "partitionBytes is a number"),
        ({"partitionBytes": "many"}, "partitionBytes is a number"),
        ({"mode": "LOOSE"}, "mode is one of"),
        ({"bounds": "id > 5"}, "bounds are JSON"),
        ({"bounds": '{"id": 5}'}, "bounds are JSON"),
        ({"columns": "id,id"}, "columns are different"),
        ({"columns": "nothing"}, "no column 'nothing'"),
        ({"colums": "id"}, "no option 'colums'"),
        ({"layout": "wide"}, "not for tables"),
    ],
)
def test_wrong_options_say_what_is_wrong(load, tables, options, why):
    with pytest.raises(Exception, match=why):
        load(tables, "/t", **options).count()


def test_the_catalogues(load, tables):
    files = load(tables, "/", catalogue="files").collect()
    assert [row["objects"] for row in sorted(files)] == [6, 6, 6]
    objects = load(tables / "run0.h5", "/", catalogue="objects").collect()
    assert {row["path"] for row in objects} == {"/", "/t", "/m", "/g", "/g/a", "/g/b"}
    matrix = next(row for row in objects if row["path"] == "/m")
    assert (matrix["shape"], matrix["chunks"], matrix["type"]) == ([1000, 7], [100, 4], "float32")
    attributes = load(tables / "run0.h5", "/t", catalogue="attributes").collect()
    assert [(row["name"], row["value"]) for row in attributes] == [("unit", "Jy")]
    chunks = load(tables / "run0.h5", "/m", catalogue="chunks").collect()
    with h5py.File(tables / "run0.h5") as file:
        dataset = file["m"].id
        expected = [dataset.get_chunk_info(i) for i in range(dataset.get_num_chunks())]
    assert {(tuple(c["offset"]), c["address"], c["stored_bytes"]) for c in chunks} == {
        (tuple(c.chunk_offset), c.byte_offset, c.size) for c in expected
    }


def test_only_references_and_rows_that_are_not_read_can_be_null(tables, tmp_path):
    from hyperslab.spark.options import parse
    from hyperslab.spark.reader import schema_of

    with h5py.File(tmp_path / "r.h5", "w") as file:
        file["d"] = np.array([file.ref, h5py.Reference()], h5py.ref_dtype)

    def nullable(path, dataset, **options):
        return {
            f.name: f.nullable
            for f in schema_of(parse({"path": str(path), "dataset": dataset, **options}))
        }

    assert not any(nullable(tables / "run0.h5", "/t").values())
    assert nullable(tables / "run0.h5", "/t", mode="PERMISSIVE")["id"]
    assert nullable(tmp_path / "r.h5", "d") == {"value": True, "_file": False, "_row": False}
