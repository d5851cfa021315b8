"""H5Spark's functions, by their names: datasets as RDDs of rows, values and vectors.

``x`` is (file, dataset), a list of such pairs, or the path of a text file with a line
``file,dataset`` for each; a file may be a folder or a glob. In the mode 'single' the rows of each
dataset are cut into `partitions` parts at the borders of chunks; in the mode 'multi' each dataset
is one part. Rows and values are counted over all datasets in the order given, and keep their type.
"""

import math
import os

import numpy

from ..distributed.partition import find_files, plan
from ..distributed.schema import SchemaError


def h5read(sc, x, mode="single", partitions=None):
    """An RDD of rows: an array for each row, a value for each element of a 1-D dataset."""
    return _parts(sc, x, mode, partitions).flatMap(_rows)


def h5read_point(sc, x, mode="single", partitions=None):
    """An RDD of (value, index), where the index counts the elements row by row."""
    return _parts(sc, x, mode, partitions).flatMap(_points)


def h5read_vec(sc, x, mode="single", partitions=None):
    """An RDD of `pyspark.mllib.linalg.DenseVector`, one a row, whose values are float64."""
    return _parts(sc, x, mode, partitions).flatMap(_vectors)


def h5read_irow(sc, x, mode="single", partitions=None):
    """An RDD of `pyspark.mllib.linalg.distributed.IndexedRow`, whose values are float64."""
    return _parts(sc, x, mode, partitions).flatMap(_indexed_rows)


def h5read_imat(sc, x, mode="single", partitions=None):
    """A `pyspark.mllib.linalg.distributed.IndexedRowMatrix` of all rows."""
    from pyspark.mllib.linalg.distributed import IndexedRowMatrix

    return IndexedRowMatrix(h5read_irow(sc, x, mode, partitions))


def _parts(sc, x, mode, partitions):
    if mode not in ("single", "multi"):
        raise ValueError(f"mode is 'single' or 'multi', not {mode!r}")
    if partitions is not None and partitions < 1:  # also where there is nothing to plan
        raise ValueError(f"partitions must be positive, not {partitions}")
    made, first = [], 0
    for path, dataset in _pairs(x):
        found = plan(
            path,
            dataset,
            partitions=1 if mode == "multi" else partitions or sc.defaultParallelism,
        )
        if found.source.is_group:
            raise SchemaError(f"'{dataset}' in file '{path}' is a group and no dataset")
        made += [(part, first) for part in found.partitions]
        first += found.rows
    return sc.parallelize(made, max(1, len(made)))


def _pairs(x):
    if isinstance(x, (str, os.PathLike)):
        with open(x) as lines:
            x = [tuple(line.strip().rsplit(",", 1)) for line in lines if line.strip()]
    if isinstance(x, tuple) and len(x) == 2 and isinstance(x[1], str):
        x = [x]
    for pair in x:
        if len(pair) != 2:
            raise ValueError(f"each is a file and a dataset, not {pair!r}")
        path, dataset = pair
        for found in find_files(path):
            yield found, dataset.strip()


def _rows(part):
    return iter(part[0].read())


def _points(part):
    partition, first = part
    rows = partition.read()
    width = math.prod(rows.shape[1:])
    start = (first + partition.start) * width
    return zip(rows.ravel().tolist() if rows.dtype.kind in "iufb" else rows.ravel(),
               range(start, start + rows.size), strict=True)  # fmt: skip


# The bytes of rows in memory at a time, which a processor's cache holds while vectors are made.
_BLOCK_BYTES = 4 << 20


def _blocks(part):
    """(number of the first row, rows as float64) of a part, some chunks at a time."""
    partition, first = part
    with partition.open() as datasets:
        dataset = datasets[0][1]
        if dataset.dtype.kind not in "iufb":
            raise TypeError(
                f"'{partition.dataset}' in file '{partition.path}' has elements of type "
                f"{dataset.dtype}, which are no numbers for a vector"
            )
        row_bytes = max(1, 8 * math.prod(dataset.shape[1:]))
        chunk = dataset.chunks[0] if dataset.chunks else 1
        step = max(1, _BLOCK_BYTES // row_bytes // chunk) * chunk
        for start in range(partition.start, partition.stop, step):
            stop = min(partition.stop, start + step)
            rows = numpy.asarray(dataset[start:stop], "f8")
            yield first + start, rows.reshape(len(rows), -1)


def _makers(cls, *names):
    """The function that makes an empty object of a class, or None where it has other attributes.

    Setting the attributes takes a third of the time of a constructor that looks at each row.
    """
    probe = {"array": (numpy.zeros(1),), "index": (0, [0.0])}[names[0]]
    return cls.__new__ if tuple(vars(cls(*probe))) == names else None


def _vectors(part):
    from pyspark.mllib.linalg import DenseVector

    make = _makers(DenseVector, "array")
    for _, rows in _blocks(part):
        if make is None:
            yield from map(DenseVector, rows)
            continue
        for row in rows:
            vector = make(DenseVector)
            vector.array = row
            yield vector


def _indexed_rows(part):
    from pyspark.mllib.linalg import DenseVector
    from pyspark.mllib.linalg.distributed import IndexedRow

    new_vector = _makers(DenseVector, "array")
    new_row = _makers(IndexedRow, "index", "vector")
    for first, rows in _blocks(part):
        if new_vector is None or new_row is None:
            for i, row in enumerate(rows, first):
                yield IndexedRow(i, DenseVector(row))
            continue
        for i, row in enumerate(rows, first):
            vector, indexed = new_vector(DenseVector), new_row(IndexedRow)
            vector.array = row
            indexed.index, indexed.vector = i, vector
            yield indexed
