"""Files, a dataset or a group in them, and the partitions that workers read one by one."""

import contextlib
import fnmatch
import glob
import os
from dataclasses import dataclass, field, replace

import numpy

from .._core import arrow as _arrow
from .opening import open_file, stamp_of
from .schema import SchemaError, Source, open_source
from .summary import read_summary, rows_within

PARTITION_BYTES = 128 << 20
ENDINGS = (".h5", ".hdf5", ".he5", ".hdf", ".nc", ".nc4")
MODES = ("FAILFAST", "PERMISSIVE", "DROPMALFORMED")
MANIFEST = "_virtual.h5"


@dataclass(frozen=True)
class Partition:
    """Some rows of one file.

    `start` and `stop` are rows of the file's dataset; `stored_bytes` is what the file has of them,
    in bytes; `columns` are the fields or the datasets of a group to read, or None for all of them;
    `stamp` is the size in bytes and the time in nanoseconds that the file had when it was planned;
    None allows a file that is being written, where rows are added and none are changed. `runs` are
    the ranges of rows to read, as pairs of the first and the end, where a summary has said that the
    others are not wanted; None stands for all of them.
    """

    path: str
    dataset: str
    start: int
    stop: int
    stored_bytes: int
    columns: tuple | None = None
    stamp: tuple | None = None
    runs: tuple | None = None

    @property
    def rows(self):
        """The number of rows."""
        return sum(stop - start for start, stop in self.ranges())

    def ranges(self):
        """The ranges of rows to read: pairs of the first row and the end."""
        return ((self.start, self.stop),) if self.runs is None else self.runs

    def narrowed(self, runs):
        """The partition with fewer rows; None when there are none left."""
        runs = tuple(runs)
        if not runs:
            return None
        first, end = runs[0][0], runs[-1][1]
        rows = sum(stop - start for start, stop in runs)
        return replace(
            self,
            start=first,
            stop=end,
            stored_bytes=self.stored_bytes * rows // self.rows,
            runs=None if runs == ((first, end),) else runs,
        )

    @contextlib.contextmanager
    def open(self):
        """The datasets, opened for reading: a list of (name of the column, Dataset).

        The name is None when the partition is of one dataset and not of a group. Raises OSError
        when the file is gone, and SchemaError when it has changed since it was planned.
        """
        try:
            stamp, file = stamp_of(self.path), open_file(self.path)
        except OSError as error:
            raise type(error)(f"{error} (reading '{self.dataset}')") from error
        with file:
            if self.stamp is not None and self.stamp != stamp:
                raise SchemaError(
                    f"file '{self.path}' has changed since reading '{self.dataset}' was planned: "
                    f"it had {self.stamp[0]} bytes and has {stamp[0]}, or was written again"
                )
            datasets, source = open_source(file, self.dataset, self.columns)
            if datasets[0][1].shape[0] < self.stop:
                raise SchemaError(
                    f"'{self.dataset}' in file '{self.path}' has become smaller: it has "
                    f"{datasets[0][1].shape[0]} rows, and had at least {self.stop}"
                )
            yield datasets

    def read(self):
        """The rows as a NumPy array, or a dict of arrays for a group."""
        with self.open() as datasets:
            if datasets[0][0] is None:
                dataset = datasets[0][1]
                if self.columns is not None:
                    dataset = dataset.fields(list(self.columns))
                return self._read(dataset)
            return {name: self._read(dataset) for name, dataset in datasets}

    def _read(self, dataset):
        read = [dataset[start:stop] for start, stop in self.ranges()]
        return read[0] if len(read) == 1 else numpy.concatenate(read)

    def to_arrow(self):
        """The rows as a `pyarrow.Table`."""
        import pyarrow

        batches = list(self.batches())
        return pyarrow.Table.from_batches(batches, batches[0].schema) if batches else None

    def batches(self, batch_rows=None):
        """The rows as `pyarrow.RecordBatch` objects, of `batch_rows` rows at most."""
        with self.open() as datasets:
            for first, end in self.ranges():
                if datasets[0][0] is None:
                    dataset = datasets[0][1]
                    columns = None if self.columns is None else list(self.columns)
                    yield from dataset.to_arrow_reader(batch_rows, columns, first, end)
                else:
                    yield from _zipped(datasets, first, end, batch_rows or 1 << 18)


@dataclass(frozen=True)
class SkippedFile:
    """A file that was left out, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What `plan` found: partitions in the order of files and rows.

    `source` describes the datasets, `skipped` are the files that were left out because of the mode.
    """

    partitions: list
    source: Source | None
    files: list
    skipped: list = field(default_factory=list)

    @property
    def rows(self):
        """The number of rows of all partitions."""
        return sum(partition.rows for partition in self.partitions)

    @property
    def stored_bytes(self):
        """The number of bytes that the files have of all partitions."""
        return sum(partition.stored_bytes for partition in self.partitions)


def _zipped(datasets, first, end, batch_rows):
    import pyarrow

    for start in range(first, end, batch_rows):
        stop = min(end, start + batch_rows)
        columns = {name: rows_as_array(dataset, start, stop) for name, dataset in datasets}
        yield pyarrow.RecordBatch.from_pydict(columns)


def rows_as_array(dataset, start, stop):
    """Rows of a dataset as one `pyarrow.Array`; those of a compound are structs."""
    import pyarrow

    read = dataset.to_arrow((slice(start, stop), ...))
    return read.to_struct_array().combine_chunks() if isinstance(read, pyarrow.Table) else read


def find_files(paths, pattern=None):
    """Paths, globs and folders as a sorted list of files without duplicates.

    A folder stands for the HDF5 files in it whose names begin neither with a dot nor an underscore;
    one that `hyperslab.spark` or `hyperslab.dask` wrote stands for the parts that were committed.
    `pattern` is a glob for the names to keep. Raises FileNotFoundError when a path is not there or
    nothing is left.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    found = []
    for path in map(os.fspath, paths):
        path = path[len("file:") :] if path.startswith("file:/") else path
        if os.path.isdir(path):
            found += _in_folder(path)
        elif os.path.exists(path):
            found.append(path)
        elif glob.has_magic(path):
            found += sorted(glob.glob(path, recursive=True))
        else:
            raise FileNotFoundError(2, f"there is no file '{path}'")
    unique = list(dict.fromkeys(os.path.abspath(path) for path in found))
    kept = [path for path in unique if not pattern or fnmatch.fnmatch(_name(path), pattern)]
    if not kept:
        raise FileNotFoundError(2, f"there is no HDF5 file at {', '.join(map(str, paths))}")
    return kept


def _name(path):
    return os.path.basename(path)


def _in_folder(folder):
    manifest = os.path.join(folder, MANIFEST)
    if os.path.exists(manifest):
        return committed(manifest) or [manifest]  # which has the dataset, without rows
    names = sorted(os.listdir(folder))
    return [
        os.path.join(folder, name)
        for name in names
        if name.lower().endswith(ENDINGS) and not name.startswith((".", "_"))
    ]


def committed(manifest):
    """The files that the virtual dataset of a written folder stands for, in their order."""
    folder = os.path.dirname(manifest)
    with open_file(manifest) as file:
        names = file.attrs["parts"]
    return [os.path.join(folder, name) for name in names]


def plan(
    paths,
    dataset,
    *,
    columns=None,
    partition_bytes=PARTITION_BYTES,
    partitions=None,
    rows=None,
    files=None,
    mode="FAILFAST",
    bounds=None,
    where=None,
):
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
        An argument cannot be used.
    """
    mode = mode.upper()
    if mode not in MODES:
        raise ValueError(f"mode is one of {', '.join(MODES)}, not '{mode}'")
    if partition_bytes < 1:
        raise ValueError(f"partition_bytes must be positive, not {partition_bytes}")
    if partitions is not None and partitions < 1:
        raise ValueError(f"partitions must be positive, not {partitions}")
    columns = None if columns is None else tuple(columns)
    bounds = _bounds(bounds)
    found, source, parts, skipped = find_files(paths, files), None, [], []
    for path in found:
        try:
            made, of_file = _plan_file(path, dataset, columns, partition_bytes, partitions, rows)
            difference = source and of_file.differs_from(source)
            if difference:
                raise SchemaError(
                    f"'{dataset}' in file '{path}' differs from that of the first file: "
                    f"{difference}"
                )
        except (OSError, SchemaError) as error:
            if mode == "FAILFAST":
                raise
            skipped.append(SkippedFile(path, str(error)))
            continue
        source = source or of_file
        parts += _within(made, bounds) if bounds else made
    if source is None:
        raise SchemaError(f"no file can be read: {skipped[0].reason}")
    if where is not None:
        parts = [part for part in parts if where(part)]
    return Plan(parts, source, found, skipped)


def _bounds(bounds):
    """Triples of a column, its lower and its upper bound."""
    found = []
    for column, pair in (bounds or {}).items():
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise ValueError(f"the bounds of '{column}' are a pair (low, high), not {pair!r}")
        found.append((column, *pair))
    return found


def _within(partitions, bounds):
    """Partitions of one file without the rows that no value within the bounds can be in."""
    if not partitions:
        return []
    summary = read_summary(partitions[0].path)
    narrowed = [
        part.narrowed(rows_within(summary, part.dataset, bounds, part.start, part.stop))
        for part in partitions
    ]
    return [part for part in narrowed if part is not None]


def _plan_file(path, name, columns, partition_bytes, partitions, rows):
    stamp = stamp_of(path)
    with open_file(path) as file:
        datasets, source = open_source(file, name, columns)
        # The largest dataset decides where a table is cut; the others have their share.
        sizes = [max(1, dataset.id.get_storage_size()) for _, dataset in datasets]
        largest = sizes.index(max(sizes))
        share = max(1, partition_bytes * sizes[largest] // sum(sizes))
        dataset = datasets[largest][1]
        start, stop = _rows(rows, dataset.shape[0])
        if partitions is None:
            parts = _arrow.partition_rows(dataset, start, stop, share)
        else:
            parts = _arrow.parts_of_rows(dataset, start, stop, partitions)
    scale = sum(sizes) / sizes[largest]
    first = Partition(path, name, 0, 0, 0, columns=columns, stamp=stamp)
    made = [
        replace(first, start=begin, stop=end, stored_bytes=int(stored * scale))
        for begin, end, stored in parts
    ]
    return made, source


def _rows(rows, length):
    if rows is None:
        return 0, length
    rows = rows if isinstance(rows, slice) else slice(*rows)
    if rows.step not in (None, 1):
        raise ValueError("rows are a range without a step")
    start, stop, _ = rows.indices(length)
    return start, max(start, stop)
