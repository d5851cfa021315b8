# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
from collections.abc import Sequence
from pyspark import RDD
from pyspark import SparkContext
from pyspark.mllib.linalg.distributed import IndexedRowMatrix
from pyspark.sql import SparkSession
from pyspark.sql.datasource import DataSource
from typing import Any
from typing import Literal

class HDF5DataSource(DataSource):
    """``spark.read.format("hdf5").option("dataset", "/x").load(path)``."""
    @classmethod
    def name(cls) -> str: ...
    def schema(self) -> Any: ...
    def reader(self, schema: Any) -> Any: ...
    def streamReader(self, schema: Any) -> Any: ...
    def writer(self, schema: Any, overwrite: bool) -> Any: ...

class PushdownError(RuntimeError):
    """Says that the running Spark does not prune each query by its own filters."""

def h5read(sc: SparkContext, x: str | tuple[str, str] | Sequence[tuple[str, str]], mode: Literal['single', 'multi']='single', partitions: int | None=None) -> RDD[Any]:
    """An RDD of rows: an array for each row, a value for each element of a 1-D dataset."""

def h5read_imat(sc: SparkContext, x: str | tuple[str, str] | Sequence[tuple[str, str]], mode: Literal['single', 'multi']='single', partitions: int | None=None) -> IndexedRowMatrix:
    """A `pyspark.mllib.linalg.distributed.IndexedRowMatrix` of all rows."""

def h5read_irow(sc: SparkContext, x: str | tuple[str, str] | Sequence[tuple[str, str]], mode: Literal['single', 'multi']='single', partitions: int | None=None) -> RDD[Any]:
    """An RDD of `pyspark.mllib.linalg.distributed.IndexedRow`, whose values are float64."""

def h5read_point(sc: SparkContext, x: str | tuple[str, str] | Sequence[tuple[str, str]], mode: Literal['single', 'multi']='single', partitions: int | None=None) -> RDD[Any]:
    """An RDD of (value, index), where the index counts the elements row by row."""

def h5read_vec(sc: SparkContext, x: str | tuple[str, str] | Sequence[tuple[str, str]], mode: Literal['single', 'multi']='single', partitions: int | None=None) -> RDD[Any]:
    """An RDD of `pyspark.mllib.linalg.DenseVector`, one a row, whose values are float64."""

def prunes_each_query(spark: SparkSession) -> None:
    """Raise PushdownError unless this Spark prunes each query of a DataFrame by itself."""

def register(spark: SparkSession, pushdown: bool=False) -> None:
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
        (``spark.sql.python.filterPushdown.enabled``)."""
