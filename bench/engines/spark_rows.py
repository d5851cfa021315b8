"""Scans, columns and rows in Spark, against Parquet's reader and a source on stock h5py."""

import contextlib
import os
import sys

from data import COLUMNS, Row

SCAN = "Spark: scan, plain, rows as lists"
HERE = os.path.dirname(os.path.abspath(__file__))


@contextlib.contextmanager
def rows(data):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYTHONPATH"] = os.pathsep.join([HERE, os.environ.get("PYTHONPATH", "")])
    import h5py_source
    import hyperslab.spark as hs
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        # Python's workers and Spark talk by sockets of the file system, which are the quicker ones.
        .config("spark.python.unix.domain.socket.enabled", "true")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    hs.register(spark)
    spark.dataSource.register(h5py_source.H5pySource)
    try:
        yield _rows(data, spark, hs, h5py_source)
    finally:
        spark.stop()


def _rows(data, spark, hs, h5py_source):
    share = int(data.megabytes * 5e5)

    def ours(dataset, **options):
        reader = spark.read.format("hdf5").options(dataset=dataset, **options)
        return reader.option("partitionBytes", share).load(data.matrix)

    def by_h5py(dataset):
        return spark.read.format("h5py").option("dataset", dataset).load(data.matrix)

    def parquet():
        return spark.read.parquet(data.parquet)

    def scan(frame):
        frame.write.format("noop").mode("overwrite").save()

    sc = spark.sparkContext
    column = f"c{COLUMNS // 2}"
    first, last = data.rows * 2 // 5, data.rows * 2 // 5 + data.rows // 50
    return [
        Row(SCAN, lambda: scan(ours("plain")), "Parquet", lambda: scan(parquet()), 1.5,
            data.megabytes),
        Row("Spark: scan, plain, 64 columns", lambda: scan(ours("plain", layout="wide")), "Parquet",
            lambda: scan(parquet())),
        Row("Spark: scan, gzip", lambda: scan(ours("gzip")), "a source on h5py",
            lambda: scan(by_h5py("gzip")), 2),
        Row("Spark: sum of one column of 64",
            lambda: ours("plain", layout="wide", columns=column).agg({column: "sum"}).collect(),
            "Parquet", lambda: parquet().agg({column: "sum"}).collect(), 0.8),
        Row("Spark: count of 2 % of the rows",
            lambda: ours("plain", rows=f"{first}:{last}").count(), "all rows",
            lambda: ours("plain").count()),
        Row("Spark: h5read_irow, gzip",
            lambda: hs.h5read_irow(sc, (data.matrix, "gzip"), partitions=2).count(),
            "the same on h5py",
            lambda: h5py_source.indexed_rows(sc, data.matrix, "gzip", 2).count(), 2),
    ]  # fmt: skip
