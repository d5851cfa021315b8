"""Compounds, and groups of columns, as Dask dataframes."""

from dataclasses import replace

import dask.dataframe as dd
import pandas

from ..distributed.opening import open_file
from ..distributed.partition import PARTITION_BYTES, plan
from ..distributed.schema import open_source


def read_table(
    path,
    dataset,
    columns=None,
    *,
    rows=None,
    partition_bytes=PARTITION_BYTES // 4,
    mode="FAILFAST",
    bounds=None,
):
    """A Dask dataframe of a compound dataset, or of a group of datasets of equal length.

    Parameters
    ----------
    path : str, path-like or list of them
        Files, globs and folders with the same table.
    dataset : str
        The path of the dataset or group.
    columns : list of str, optional
        The columns to read. Columns that a later step does not use are not read either.
    rows : tuple, optional
        The rows of each file, as `hyperslab.distributed.plan` takes them.
    partition_bytes : int
        The number of stored bytes of a partition.
    mode : {'FAILFAST', 'PERMISSIVE', 'DROPMALFORMED'}
        Whether a file that cannot be planned ends the call, or is left out.
    bounds : dict, optional
        For columns a pair (low, high): chunks that have no such value by the summary of their file
        are left out, as `hyperslab.distributed.plan` does it. Other rows are not looked at.

    Returns
    -------
    dask.dataframe.DataFrame
        Strings and enumerations are strings and categories; fields that are arrays or sequences are
        objects.

    Raises
    ------
    SchemaError
        A file has not that table, or another one than the first file.
    OSError
        A file cannot be read.
    """
    columns = None if columns is None else list(columns)
    found = plan(
        path,
        dataset,
        columns=columns,
        partition_bytes=partition_bytes,
        rows=rows,
        mode=mode,
        bounds=bounds,
    )
    if not found.partitions:
        with open_file(found.files[0]) as file:
            datasets, _ = open_source(file, dataset, columns)
            empty = _empty(datasets, columns)
        return dd.from_pandas(empty, npartitions=1)
    with found.partitions[0].open() as datasets:
        meta = _empty(datasets, columns)
    return dd.from_map(_read, found.partitions, meta=meta, label="read-hdf5")


def _empty(datasets, columns):
    name, dataset = datasets[0]
    if name is None:
        return dataset.to_arrow_reader(columns=columns, stop=0).read_all().to_pandas()
    parts = {}
    for column, one in datasets:
        parts[column] = one.to_arrow((slice(0, 0), ...)).to_pandas()
    return pandas.DataFrame(parts)


def _read(partition, columns=None):
    """The rows of a partition; Dask says which columns a later step needs."""
    if columns is not None and not len(columns):
        return pandas.DataFrame(index=range(partition.rows))
    if columns is not None:
        partition = replace(partition, columns=tuple(columns))
    return partition.to_arrow().to_pandas()
