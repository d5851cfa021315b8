"""HDF5 in Spark: a source and a sink called "hdf5", and H5Spark's functions.

``register(spark)`` once; then ``spark.read.format("hdf5").option("dataset", "/x").load("dir")``.
It needs PySpark 4 and pyarrow: ``pip install hyperslab[spark]``.
"""

from .h5spark import h5read, h5read_imat, h5read_irow, h5read_point, h5read_vec
from .pushdown import PushdownError, prunes_each_query
from .source import HDF5DataSource, PushdownDataSource

__all__ = [
    "HDF5DataSource",
    "PushdownError",
    "h5read",
    "h5read_imat",
    "h5read_irow",
    "h5read_point",
    "h5read_vec",
    "prunes_each_query",
    "register",
]


def register(spark, pushdown=False):
    """Make "hdf5" a format of a Spark session.

    Parameters
    ----------
    spark : pyspark.sql.SparkSession
        The session.
    pushdown : bool
        Allow the option ``pushdown``, by which filters on `_row`, `_file`, index columns and
        summarised columns prune partitions. It is tried first whether this Spark keeps the filters
        of one query for the next one, as PySpark 4.3.0 does.

    Raises
    ------
    PushdownError
        `pushdown` is asked for, and this Spark would give wrong answers, or has it switched off
        (``spark.sql.python.filterPushdown.enabled``).
    """
    if pushdown:
        prunes_each_query(spark)
    spark.dataSource.register(PushdownDataSource if pushdown else HDF5DataSource)
