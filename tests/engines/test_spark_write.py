"""What Spark writes, read by stock h5py."""

import os
import signal
import subprocess
import sys
import time

import h5py
import numpy as np
import pytest
from conftest import table_rows
from hyperslab.distributed import find_files
from pyspark.sql import functions as F

SCHEMA = (
    "id bigint, x float, y double, name string, flag boolean, p struct<a:int,b:double>, "
    "s array<int>"
)


@pytest.fixture
def out(tmp_path):
    return str(tmp_path / "out")


def frame_of(spark, rows, partitions=3):
    data = [
        (i, i / 2, i / 3, f"é{i}", i % 2 == 0, (i, i / 4), list(range(i % 4))) for i in range(rows)
    ]
    return spark.createDataFrame(data, SCHEMA).repartition(partitions)


def save(frame, out, mode="append", **options):
    frame.write.format("hdf5").options(dataset="/t", **options).mode(mode).save(out)


def read(out):
    with h5py.File(os.path.join(out, "_virtual.h5")) as file:
        rows = file["t"][()]
        return rows[np.argsort(rows["id"], kind="stable")]


def parts_in(out):
    return sorted(name for name in os.listdir(out) if not name.startswith("_"))


@pytest.mark.parametrize("compression", ["none", "gzip", "lzf"])
def test_a_table_is_written_and_read_by_h5py(spark, load, out, compression):
    save(frame_of(spark, 100), out, compression=compression)
    rows = read(out)
    assert rows["id"].tolist() == list(range(100))
    assert rows["x"].tolist() == [i / 2 for i in range(100)]
    assert [name.decode() for name in rows["name"]] == [f"é{i}" for i in range(100)]
    assert rows["flag"].tolist() == [i % 2 == 0 for i in range(100)]
    assert rows["p"]["b"].tolist() == [i / 4 for i in range(100)]
    assert [s.tolist() for s in rows["s"]] == [list(range(i % 4)) for i in range(100)]
    assert load(out, "/t").count() == 100


def test_append_extends_and_overwrite_replaces(spark, load, out):
    save(frame_of(spark, 100), out)
    first = parts_in(out)
    save(frame_of(spark, 50), out)
    assert load(out, "/t").count() == 150 == len(read(out))
    assert set(first) < set(parts_in(out))
    save(frame_of(spark, 10), out, mode="overwrite")
    assert load(out, "/t").count() == 10 == len(read(out))
    assert not set(first) & set(parts_in(out))


def test_what_was_read_can_be_written_again(spark, load, tables, out):
    save(load(tables / "run0.h5", "/t", partitionBytes="4k").drop("grid"), out)
    expected, written = table_rows(1000, 0), read(out)
    for name in ("id", "small", "big", "x", "y", "flag"):
        assert written[name].tolist() == expected[name].tolist()
    assert "_row" not in written.dtype.names


def test_one_column_of_lists_is_a_matrix(spark, load, tables, out):
    frame = load(tables / "run0.h5", "/m", partitionBytes="10k")
    save(frame, out, layout="array")
    with h5py.File(tables / "run0.h5") as one, h5py.File(f"{out}/_virtual.h5") as two:
        assert two["t"].dtype == "f4"
        assert two["t"][()].tolist() == one["m"][()].tolist()


def test_a_failed_write_leaves_nothing_visible(spark, load, out):
    save(frame_of(spark, 20), out)
    before = sorted(os.listdir(out))
    fails = F.udf(lambda i: 1 // (0 if i == 77 else 1) and i, "bigint")
    with pytest.raises(Exception, match="ZeroDivisionError"):
        save(frame_of(spark, 100).withColumn("id", fails("id")), out)
    assert load(out, "/t").count() == 20
    assert sorted(os.listdir(out)) == before


def test_a_failed_first_write_leaves_no_folder(spark, out):
    fails = F.udf(lambda i: 1 // 0, "bigint")
    with pytest.raises(Exception, match="ZeroDivisionError"):
        save(frame_of(spark, 10).withColumn("id", fails("id")), out)
    assert not os.path.exists(out)


def test_appending_another_schema_is_refused(spark, load, out):
    save(frame_of(spark, 20), out)
    before = sorted(os.listdir(out))
    with pytest.raises(Exception, match="which is not that of the others"):
        save(frame_of(spark, 20).withColumn("x", F.lit(1.5)), out)
    assert load(out, "/t").count() == 20
    assert sorted(os.listdir(out)) == before


def test_nulls_are_refused_and_named(spark, out):
    with pytest.raises(Exception, match="the column 'id' has 1 nulls"):
        save(spark.createDataFrame([(None, 1.0), (2, 2.0)], "id bigint, x double"), out)
    save(spark.createDataFrame([(1, None), (2, 2.0)], "id bigint, x double"), out)
    assert np.isnan(read(out)["x"][0])


@pytest.mark.parametrize("kind", ["date", "timestamp", "map<string,int>", "decimal(10,2)"])
def test_types_that_are_not_written_are_named(spark, out, kind):
    frame = spark.createDataFrame([(1,)], "id int").withColumn("z", F.lit(None).cast(kind))
    with pytest.raises(Exception, match="the column 'z' has the type"):
        save(frame, out)
    assert not os.path.exists(out)


def test_no_rows_make_an_empty_dataset(spark, load, out):
    save(frame_of(spark, 10).where("id < 0"), out)
    assert load(out, "/t").count() == 0


def test_a_repeated_task_does_not_double_rows(spark, load, out, tmp_path):
    """An attempt that fails after it has written some rows is tried again by Spark."""
    from hyperslab.spark.writer import Writer

    schema = spark.createDataFrame([(1,)], "id int").schema
    writer = Writer({"path": out, "dataset": "/t"}, schema, False)
    import pyarrow as pa

    batch = pa.RecordBatch.from_pydict({"id": pa.array([1, 2, 3], pa.int32())})
    writer.write(iter([batch]))  # an attempt whose message is lost
    message = writer.write(iter([batch]))
    writer.commit([message, None])
    assert load(out, "/t").count() == 3
    assert len(parts_in(out)) == 1


KILLED = """
import os, sys
import hyperslab.spark
from pyspark.sql import SparkSession

out, flag, mode = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
)
hyperslab.spark.register(spark)

def slow(batches):
    import time

    for batch in batches:
        yield batch
        open(flag, "w").close()
        time.sleep(600)

rows = spark.range(0, 1000, 1, 2).mapInPandas(slow, "id bigint")
rows.write.format("hdf5").option("dataset", "/t").mode(mode).save(out)
"""


@pytest.mark.parametrize("mode", ["append", "overwrite"])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_killed_write_leaves_what_was_there(spark, load, out, tmp_path, mode, is_new):
    if not is_new:
        save(spark.range(10), out)
    flag = tmp_path / "begun"
    job = subprocess.Popen(
        [sys.executable, "-c", KILLED, out, flag, mode],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 300
        while not flag.exists() and job.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        assert flag.exists()
    finally:
        os.killpg(job.pid, signal.SIGKILL)
        job.wait()
    if is_new:
        with pytest.raises(FileNotFoundError):
            find_files(out)
    else:
        assert load(out, "/t").count() == 10
    save(spark.range(5), out)  # what was left is in nobody's way
    assert load(out, "/t").count() == (5 if is_new else 15)
