"""Datasets, compounds and groups as `ray.data.Dataset`."""

import logging
import math
from dataclasses import replace

import pyarrow as pa
from ray.data import read_datasource
from ray.data.block import BlockMetadata
from ray.data.datasource import Datasource, ReadTask

from ..distributed.partition import PARTITION_BYTES, plan

_log = logging.getLogger(__name__)
VALUE = "value"


def read_hdf5(
    paths,
    dataset,
    columns=None,
    *,
    rows=None,
    files=None,
    partition_bytes=PARTITION_BYTES,
    mode="FAILFAST",
    bounds=None,
    **options,
):
    """A `ray.data.Dataset` of the rows of a dataset, or of a table that is a group.

    Parameters
    ----------
    paths : str, path-like or list of them
        Files, globs and folders, as `hyperslab.distributed.find_files` takes them.
    dataset : str
        The path of a dataset, or of a group of datasets of equal length.
    columns : list of str, optional
        Fields of a compound, or datasets of the group.
    rows, files, mode, bounds
        As `hyperslab.distributed.plan` takes them.
    partition_bytes : int
        The number of stored bytes that a task reads at most, unless a row of chunks has more.
    **options
        More keywords of `ray.data.read_datasource`, such as ``override_num_blocks`` and
        ``concurrency``.

    Returns
    -------
    ray.data.Dataset
        A compound and a group have a column for each field; any other dataset has the column
        "value", whose rows are tensors where the dataset has more than one axis.

    Raises
    ------
    FileNotFoundError, SchemaError, OSError, ValueError
        As `hyperslab.distributed.plan` does.
    """
    source = HDF5Datasource(
        paths,
        dataset,
        columns,
        rows=rows,
        files=files,
        partition_bytes=partition_bytes,
        mode=mode,
        bounds=bounds,
    )
    return read_datasource(source, **options)


class HDF5Datasource(Datasource):
    """The source behind `read_hdf5`, which says what its arguments are."""

    def __init__(
        self,
        paths,
        dataset,
        columns=None,
        *,
        rows=None,
        files=None,
        partition_bytes=PARTITION_BYTES,
        mode="FAILFAST",
        bounds=None,
    ):
        super().__init__()
        self._asked = {
            "dataset": dataset,
            "columns": columns,
            "rows": rows,
            "mode": mode,
            "bounds": bounds,
        }
        self._plan = plan(paths, **self._asked, files=files, partition_bytes=partition_bytes)
        for skipped in self._plan.skipped:
            _log.warning("left out file '%s': %s", skipped.path, skipped.reason)
        self._row_bytes = 1
        if self._plan.partitions:
            with self._plan.partitions[0].open() as datasets:
                self._row_bytes = sum(
                    max(1, one.dtype.itemsize) * max(1, math.prod(one.shape[1:]))
                    for _, one in datasets
                )

    def get_name(self):
        return "HDF5"

    def estimate_inmemory_data_size(self):
        """The number of bytes of all rows, where strings count as their references."""
        return self._plan.rows * self._row_bytes

    def get_read_tasks(self, parallelism, per_task_row_limit=None, data_context=None):
        """A task for each partition; smaller partitions where there are fewer than asked for."""
        parts = self._plan.partitions
        if len(parts) < parallelism and parts:
            share = max(1, self._plan.stored_bytes // parallelism)
            stamps = {part.path: part.stamp for part in parts}
            smaller = plan(list(stamps), **self._asked, partition_bytes=share).partitions
            parts = [replace(part, stamp=stamps[part.path]) for part in smaller]
        tasks = []
        for part in parts:
            metadata = BlockMetadata(
                num_rows=part.rows,
                size_bytes=part.rows * self._row_bytes,
                exec_stats=None,
                input_files=(part.path,),
            )
            tasks.append(_task(part, metadata, per_task_row_limit))
        return tasks


def _task(part, metadata, limit):
    # Older versions of Ray have no limit.
    options = {} if limit is None else {"per_task_row_limit": limit}
    return ReadTask(lambda: _blocks(part), metadata, **options)


def _blocks(part):
    """Rows of a partition: tables of some megabytes."""
    with part.open() as datasets:
        name, dataset = datasets[0]
        is_grid = name is None and dataset.dtype.names is None and dataset.ndim > 1
        plain = dataset.dtype.kind in "iufb" and dataset.dtype.itemsize <= 8
        if is_grid and plain:
            yield from _tensors(dataset, part)
            return
        rename = name is None and dataset.dtype.names is None
    for batch in part.batches():
        table = pa.Table.from_batches([batch])
        yield table.rename_columns([VALUE]) if rename else table


def _tensors(dataset, part):
    from ray.data.extensions import ArrowTensorArray

    row_bytes = max(1, dataset.dtype.itemsize * math.prod(dataset.shape[1:]))
    rows = max(1, (32 << 20) // row_bytes)
    chunk = dataset.chunks[0] if dataset.chunks else 1
    rows = chunk if rows <= chunk else rows // chunk * chunk
    for start, stop in part.ranges():
        for first in range(start, stop, rows):
            values = dataset[first : min(stop, first + rows)]
            native = values.astype(values.dtype.newbyteorder("="), copy=False)
            yield pa.table({VALUE: ArrowTensorArray.from_numpy(native)})
