"""Plans for reading files with many workers: Spark, Dask, Ray, data loaders.

`plan` finds the files, compares their datasets and cuts the rows into `Partition` objects, each of
which is small, can be pickled, and opens its file for itself wherever it is read.
"""

from .partition import Partition, Plan, SkippedFile, find_files, plan
from .schema import SchemaError
from .summary import summarize

__all__ = [
    "Partition",
    "Plan",
    "SchemaError",
    "SkippedFile",
    "find_files",
    "plan",
    "summarize",
]
