# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hyperslab import Dataset
from hyperslab._typing import Path
from typing import Any
from typing import Literal
import numpy
import pyarrow

@dataclass(frozen=True)
class Partition:
    """Some rows of one file.

    `start` and `stop` are rows of the file's dataset; `stored_bytes` is what the file has of them,
    in bytes; `columns` are the fields or the datasets of a group to read, or None for all of them;
    `stamp` is the size in bytes and the time in nanoseconds that the file had when it was planned;
    None allows a file that is being written, where rows are added and none are changed. `runs` are
    the ranges of rows to read, as pairs of the first and the end, where a summary has said that the
    others are not wanted; None stands for all of them."""
    path: str
    dataset: str
    start: int
    stop: int
    stored_bytes: int
    columns: tuple[Any, ...] | None = ...
    stamp: tuple[Any, ...] | None = ...
    runs: tuple[Any, ...] | None = ...
    @property
    def rows(self) -> int:
        """The number of rows."""
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The ranges of rows to read: pairs of the first row and the end."""
    def narrowed(self, runs: Iterable[tuple[int, int]]) -> Partition | None:
        """The partition with fewer rows; None when there are none left."""
    def open(self) -> AbstractContextManager[list[tuple[str | None, Dataset]]]:
        """The datasets, opened for reading: a list of (name of the column, Dataset).

        The name is None when the partition is of one dataset and not of a group. Raises OSError
        when the file is gone, and SchemaError when it has changed since it was planned."""
    def read(self) -> numpy.ndarray[Any, Any] | dict[str, numpy.ndarray[Any, Any]]:
        """The rows as a NumPy array, or a dict of arrays for a group."""
    def to_arrow(self) -> pyarrow.Table:
        """The rows as a `pyarrow.Table`."""
    def batches(self, batch_rows: int | None=None) -> Iterator[pyarrow.RecordBatch]:
        """The rows as `pyarrow.RecordBatch` objects, of `batch_rows` rows at most."""

@dataclass(frozen=True)
class Plan:
    """What `plan` found: partitions in the order of files and rows.

    `source` describes the datasets, `skipped` are the files that were left out because of the mode."""
    partitions: list[Any]
    source: Any
    files: list[Any]
    skipped: list[Any] = ...
    @property
    def rows(self) -> int:
        """The number of rows of all partitions."""
    @property
    def stored_bytes(self) -> int:
        """The number of bytes that the files have of all partitions."""

class SchemaError(ValueError):
    """A file does not have the datasets that the others have, or they are of other types."""

@dataclass(frozen=True)
class SkippedFile:
    """A file that was left out, and why."""
    path: str
    reason: str

def find_files(paths: Path | Sequence[Path], pattern: str | None=None) -> list[str]:
    """Paths, globs and folders as a sorted list of files without duplicates.

    A folder stands for the HDF5 files in it whose names begin neither with a dot nor an underscore;
    one that `hyperslab.spark` or `hyperslab.dask` wrote stands for the parts that were committed.
    `pattern` is a glob for the names to keep. Raises FileNotFoundError when a path is not there or
    nothing is left."""

def plan(paths: Path | Sequence[Path], dataset: str, *, columns: Sequence[str] | None=None, partition_bytes: int=..., partitions: int | None=None, rows: tuple[int | None, int | None] | slice | None=None, files: str | None=None, mode: Literal['FAILFAST', 'PERMISSIVE', 'DROPMALFORMED']='FAILFAST', bounds: Mapping[str, tuple[Any, Any]] | None=None, where: Callable[[Partition], object] | None=None) -> Plan:
    """Cut the rows of a dataset, or of a table that is a group, in many files into partitions.

    Parameters
    ----------
    paths : str, path-like or list of them
        Files, globs and folders, as `find_files` takes them.
    dataset : str
        The path of a dataset, or of a group of datasets of equal length.
    columns : list of str, optional
        Fields of a compound, or datasets of the group.
    partition_bytes : int
        The number of stored bytes of a partition; a row of chunks that has more is one partition.
    partitions : int, optional
        The number of partitions of each file, instead of their bytes; there are fewer where the
        file has fewer rows of chunks.
    rows : tuple of two ints or None, or slice, optional
        Rows to read of each file; negative ones count from its end.
    files : str, optional
        A glob for the names of files.
    mode : {'FAILFAST', 'PERMISSIVE', 'DROPMALFORMED'}
        Whether a file that cannot be read, or that has another schema than the first one, ends the
        plan, or is left out and listed in `Plan.skipped`.
    bounds : dict, optional
        For columns a pair (low, high), where None is an open end. Rows of chunks are left out
        where the summary of a file (`summarize`) says that they have no value in that range. The
        rows that are read are not looked at: some of them may be out of bounds. A dataset that is
        no compound has the column "value".
    where : callable, optional
        Called with each partition; those for which it returns false are left out.

    Returns
    -------
    Plan

    Raises
    ------
    FileNotFoundError
        There is no such file.
    SchemaError
        The dataset is missing in a file, or has another type or shape.
    OSError
        A file cannot be read.
    ValueError
        An argument cannot be used."""

def summarize(path: Path, datasets: str | Iterable[str] | None=None) -> str:
    """Write the summary of a file, and return its path.

    Parameters
    ----------
    path : str or path-like
        The file.
    datasets : list of str, optional
        Paths of datasets, or of groups with all that lies below; everything by default.

    Returns
    -------
    str
        The path of the summary, ``FILE.summary.json``.

    Raises
    ------
    OSError
        The file cannot be read, or the summary cannot be written; an older one stays then.
    KeyError
        A path leads nowhere.
    NotImplementedError
        The elements of a dataset that was named lie in other files, which can change unnoticed."""
