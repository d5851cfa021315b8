"""How rows of HDF5 become rows of Spark: one function of batches for each layout."""

import math

import numpy
import pyarrow as pa

from ..distributed.partition import rows_as_array

VALUE = "value"
MAX_WIDE = 10_000


def layout_of(asked, datasets):
    """The layout that is used: compounds and groups are tables."""
    name, dataset = datasets[0]
    if name is not None or (dataset.dtype.names is not None and dataset.ndim == 1):
        if asked not in (None, "array"):
            raise ValueError(f"the layout '{asked}' is for datasets of one value, not for tables")
        return "table"
    if asked == "wide" and dataset.ndim != 2:
        raise ValueError(f"the layout 'wide' is for 2-D datasets, not {dataset.ndim}-D ones")
    if asked == "wide" and dataset.shape[1] > MAX_WIDE:
        raise ValueError(f"{dataset.shape[1]} columns are too many for the layout 'wide'")
    return asked or "array"


def columns_of(layout, datasets, fields):
    """The names and Arrow types of the data columns, in order."""
    name, dataset = datasets[0]
    if layout == "table":
        if name is not None:
            return [(column, _type(one)) for column, one in datasets]
        schema = dataset.to_arrow_reader(columns=fields, stop=0).schema
        return [(field.name, field.type) for field in schema]
    kind = _type(dataset)
    if layout == "array":
        return [(VALUE, kind)]
    for _ in range(dataset.ndim - 1):
        kind = kind.value_type
    if layout == "wide":
        return [(column, kind) for column in wide_names(dataset, fields)]
    if layout == "long":
        indices = [(f"index{axis}", pa.int64()) for axis in range(dataset.ndim)]
        return [*indices, (VALUE, kind)]
    longs = pa.list_(pa.int64())
    return [("offset", longs), ("shape", longs), (VALUE, pa.list_(kind))]


def wide_names(dataset, fields):
    """The columns of a 2-D dataset: c0, c1, …, or those of them that were asked for."""
    names = [f"c{i}" for i in range(dataset.shape[1])]
    for field in fields or ():
        if field not in names:
            raise ValueError(f"there is no column '{field}': they are c0 to {names[-1]}")
    return list(fields) if fields else names


def _type(dataset):
    if dataset.dtype.names is not None and dataset.ndim == 1:
        return pa.struct(dataset.to_arrow_reader(stop=0).schema)
    return dataset.to_arrow_reader(stop=0).schema.field(0).type


def batches(layout, datasets, start, stop, fields, batch_rows):
    """Yields (first row, rows of HDF5 of each row of the batch or None, arrays of the columns)."""
    if layout == "chunk":
        yield from _chunks(datasets[0][1], start, stop)
        return
    rows = batch_rows or rows_of_batch(datasets)
    for first in range(start, stop, rows):
        last = min(stop, first + rows)
        yield first, *_READERS[layout](datasets, first, last, fields)


def rows_of_batch(datasets):
    """The number of rows that have about 8 MB, in whole chunks."""
    rows = max(1, (8 << 20) // _bytes_of_row(datasets))
    chunk = datasets[0][1].chunks[0] if datasets[0][1].chunks else 1
    return chunk if rows <= chunk else rows // chunk * chunk


def rows_to_send(batch):
    """The number of rows of a batch that Spark gets at a time: about 1 MB, which a cache holds.

    It is no power of two for the usual widths, so that the columns of a batch, which lie one after
    the other and are read side by side, do not all fall into the same lines of the cache.
    """
    return max(1, 1_000_000 * batch.num_rows // max(1, batch.nbytes))


def _bytes_of_row(datasets):
    return sum(max(1, one.dtype.itemsize) * max(1, math.prod(one.shape[1:])) for _, one in datasets)


def _table(datasets, start, stop, fields):
    if datasets[0][0] is None:
        read = datasets[0][1].to_arrow(slice(start, stop), columns=fields)
        return None, [column.combine_chunks() for column in read.columns]
    return None, [rows_as_array(one, start, stop) for _, one in datasets]


def _rows_as_arrays(datasets, start, stop, fields):
    return None, [rows_as_array(datasets[0][1], start, stop)]


def _wide(datasets, start, stop, fields):
    dataset = datasets[0][1]
    numbers = [int(name[1:]) for name in wide_names(dataset, fields)]
    if fields and len(numbers) * 4 < dataset.shape[1]:  # few of them: each is read by itself
        return None, [dataset.to_arrow((slice(start, stop), i)) for i in numbers]
    flat = rows_as_array(dataset, start, stop).flatten()
    width, rows = dataset.shape[1], stop - start
    if pa.types.is_primitive(flat.type) and not pa.types.is_boolean(flat.type):
        grid = flat.to_numpy(zero_copy_only=True).reshape(rows, width)
        columns = _turned(grid)
        return None, [pa.array(columns[i]) for i in numbers]
    places = numpy.arange(rows) * width
    return None, [flat.take(pa.array(places + i)) for i in numbers]


def _turned(grid, rows=128):
    """The transpose as an array of its own, made of pieces of some rows that a cache holds."""
    columns = numpy.empty(grid.shape[::-1], grid.dtype)
    for first in range(0, len(grid), rows):
        columns[:, first : first + rows] = grid[first : first + rows].T
    return columns


def _long(datasets, start, stop, axes):
    """A row for each element. `axes` has the first and the last place wanted of some axes."""
    dataset = datasets[0][1]
    region = [slice(start, stop)]
    for axis, length in enumerate(dataset.shape[1:], 1):
        first, last = (axes or {}).get(axis, (0, None))
        region.append(slice(min(first, length), length if last is None else min(length, last + 1)))
    values = dataset.to_arrow(tuple(region))
    if isinstance(values, pa.Table):
        values = values.to_struct_array().combine_chunks()
    for _ in range(dataset.ndim - 1):
        values = values.flatten()
    shape = tuple(max(0, part.stop - part.start) for part in region)
    indices = [grid.ravel() for grid in numpy.indices(shape, dtype="i8")]
    indices = [places + part.start for places, part in zip(indices, region, strict=True)]
    return indices[0], [*map(pa.array, indices), values]


_READERS = {"table": _table, "array": _rows_as_arrays, "wide": _wide, "long": _long}


def _chunks(dataset, start, stop):
    region = (slice(start, stop), *[slice(0, n) for n in dataset.shape[1:]])
    if dataset.chunks is None:
        blocks = [region] if stop > start and 0 not in dataset.shape else []
    else:
        blocks = dataset.iter_chunks(region) if 0 not in dataset.shape else []
    for block in blocks:
        values = dataset.to_arrow(block)
        for _ in range(dataset.ndim - 1):
            values = values.flatten()
        offset = [part.start for part in block]
        shape = [part.stop - part.start for part in block]
        whole = pa.ListArray.from_arrays(pa.array([0, len(values)], "i4"), values)
        arrays = [pa.array([offset], pa.list_(pa.int64())), pa.array([shape], pa.list_(pa.int64()))]
        yield offset[0], numpy.array([offset[0]]), [*arrays, whole]
