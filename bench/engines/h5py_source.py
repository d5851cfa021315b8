"""The source "h5py": rows of a matrix as lists, written on stock h5py, to compare with."""

import h5py
import numpy as np
import pyarrow as pa
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

SCHEMA = "value array<float>"


class H5pySource(DataSource):
    """One matrix of float32 in one file."""

    @classmethod
    def name(cls):
        return "h5py"

    def schema(self):
        return SCHEMA

    def reader(self, schema):
        return Reader(self.options["path"], self.options["dataset"])


class Reader(DataSourceReader):
    """Two partitions, which end where chunks do, read some chunks at a time."""

    def __init__(self, path, dataset):
        self.path, self.dataset = path, dataset

    def partitions(self):
        with h5py.File(self.path) as file:
            rows, step = len(file[self.dataset]), file[self.dataset].chunks[0]
        middle = (rows // 2 + step - 1) // step * step
        return [InputPartition((0, middle)), InputPartition((middle, rows))]

    def read(self, partition):
        start, stop = partition.value
        with h5py.File(self.path) as file:
            dataset = file[self.dataset]
            step = 2 * dataset.chunks[0]
            for first in range(start, stop, step):
                rows = dataset[first : min(first + step, stop)]
                offsets = pa.array(np.arange(len(rows) + 1, dtype="i4") * rows.shape[1])
                lists = pa.ListArray.from_arrays(offsets, pa.array(rows.ravel()))
                yield pa.RecordBatch.from_arrays([lists], ["value"])


def indexed_rows(sc, path, name, partitions):
    """H5Spark's h5read_irow on stock h5py."""
    with h5py.File(path) as file:
        rows = len(file[name])
    bounds = [rows * i // partitions for i in range(partitions + 1)]
    parts = list(zip(bounds[:-1], bounds[1:], strict=True))

    def read(part):
        from pyspark.mllib.linalg import DenseVector
        from pyspark.mllib.linalg.distributed import IndexedRow

        with h5py.File(path) as file:
            values = file[name][part[0] : part[1]].astype("f8")
        for number, row in enumerate(values, part[0]):
            yield IndexedRow(number, DenseVector(row))

    return sc.parallelize(parts, partitions).flatMap(read)
