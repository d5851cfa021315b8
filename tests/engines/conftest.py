"""Files that stock h5py wrote, and the engines that read them."""

import os
import sys

import h5py
import numpy as np
import pytest

os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """A Spark of two threads in this process, which knows the format hdf5."""
    import hyperslab.spark
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .config("spark.sql.python.filterPushdown.enabled", "true")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    hyperslab.spark.register(session)
    yield session
    session.stop()


@pytest.fixture
def load(spark):
    """Reads: load(path, "/dataset", option=...)."""

    def load(path, dataset, **options):
        reader = spark.read.format("hdf5").options(dataset=dataset, **options)
        return reader.load(path if isinstance(path, list) else str(path))

    return load


def table_rows(rows, seed=0):
    """Records of all plain kinds."""
    rng = np.random.default_rng(seed)
    data = np.zeros(
        rows,
        [
            ("id", "i8"), ("small", "u1"), ("big", ">u8"), ("x", "f4"), ("y", ">f8"),
            ("name", "S6"), ("text", h5py.string_dtype()), ("flag", bool), ("grid", "i2", (2, 2)),
            ("point", [("a", "f4"), ("b", "i4")]),
        ],
    )  # fmt: skip
    data["id"] = np.arange(rows)
    data["small"] = rng.integers(0, 256, rows)
    data["big"] = rng.integers(0, 1 << 63, rows, dtype="u8") * 2 + 1
    data["x"], data["y"] = rng.random(rows), rng.random(rows)
    data["name"] = rng.choice([b"STAR", b"QSO", b"GALAXY"], rows)
    data["text"] = [f"é{i}" for i in range(rows)]
    data["flag"] = rng.random(rows) < 0.5
    data["grid"] = rng.integers(-9, 9, (rows, 2, 2))
    data["point"]["a"], data["point"]["b"] = rng.random(rows), rng.integers(0, 9, rows)
    return data


@pytest.fixture
def tables(tmp_path):
    """A folder of three files with a compound, a matrix, and a group that is a table."""
    for number in range(3):
        with h5py.File(tmp_path / f"run{number}.h5", "w") as file:
            rows = 1000 + 100 * number
            made = file.create_dataset(
                "t", data=table_rows(rows, number), chunks=(128,), compression=1
            )
            made.attrs["unit"] = "Jy"
            matrix = np.random.default_rng(number).random((rows, 7)).astype("f4")
            file.create_dataset("m", data=matrix, chunks=(100, 4))
            file["g/a"] = np.arange(rows) * 2
            file["g/b"] = np.arange(rows) / 4
            file["g/a"].attrs["unit"] = "s"
    return tmp_path
