"""Reading: a plan of partitions on the driver, Arrow batches in the workers."""

import contextlib
import gc
import logging
import math
import sys

import numpy
import pyarrow as pa
from pyspark.sql import types as spark
from pyspark.sql.datasource import DataSourceReader, InputPartition

from ..distributed.opening import open_file
from ..distributed.partition import find_files, plan
from ..distributed.schema import SchemaError, has_references, open_source
from . import layouts
from .types import arrow_schema, convert, spark_type

_log = logging.getLogger(__name__)
FILE, ROW = "_file", "_row"


def fields_of_row(options, datasets):
    """The members that are read of a compound; for other data the columns choose otherwise."""
    name, dataset = datasets[0]
    is_compound = name is None and dataset.dtype.names is not None and dataset.ndim == 1
    return list(options.columns) if is_compound and options.columns else None


def planned_columns(options):
    """What the planner is asked for: columns of a wide table are not members of the file."""
    return None if options.layout == "wide" else options.columns


def schema_of(options):
    """The Spark schema of the files: from the first one that can be read."""
    first_error = None
    for path in find_files(options.paths, options.files):
        try:
            with open_file(path) as file:
                datasets, _ = open_source(file, options.dataset, planned_columns(options))
                return schema_from(options, datasets)
        except (OSError, SchemaError) as error:
            if options.mode == "FAILFAST":
                raise
            first_error = first_error or error
    raise first_error


def schema_from(options, datasets):
    """The Spark schema of the datasets that `open_source` found."""
    layout = layouts.layout_of(options.layout, datasets)
    chosen = options.columns if layout == "wide" else fields_of_row(options, datasets)
    columns = layouts.columns_of(layout, datasets, chosen)
    attributes = {name: attributes_of(one) for name, one in datasets}
    # HDF5 has no nulls; those of references are none of an object, and others of rows not read.
    nulls = options.mode == "PERMISSIVE" or any(has_references(one.dtype) for _, one in datasets)
    fields = []
    for name, kind in columns:
        metadata = attributes.get(name) or attributes.get(None) or {}
        fields.append(spark.StructField(name, spark_type(kind, nulls), nulls, metadata))
    if options.corrupt:
        fields.append(spark.StructField(options.corrupt, spark.StringType()))
    taken = [field.name for field in fields]
    for name in (FILE, ROW):
        if name in taken:
            raise SchemaError(f"the column '{name}' of '{options.dataset}' is a name of ours")
    fields.append(spark.StructField(FILE, spark.StringType(), False))
    fields.append(spark.StructField(ROW, spark.LongType(), False))
    return spark.StructType(fields)


def attributes_of(dataset):
    """The attributes that JSON can hold, for the metadata of a column."""
    found = {}
    for name in dataset.attrs:
        try:
            value = dataset.attrs[name]
        except (OSError, TypeError, NotImplementedError):
            continue
        value = value.tolist() if isinstance(value, (numpy.ndarray, numpy.generic)) else value
        value = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        plain = (str, int, float, bool)
        if isinstance(value, plain) or (
            isinstance(value, list) and value and all(isinstance(one, plain) for one in value)
        ):
            found[name] = value
    return found


class RowsPartition(InputPartition):
    """A partition of the plan, as Spark sends it to a worker."""

    def __init__(self, partition):
        super().__init__(partition)


class Reader(DataSourceReader):
    """Reads the rows that an `Options` asks for."""

    def __init__(self, options, schema):
        self.options = options
        self.schema = schema
        # What pushed filters say: (column, low, high), and the only files that are wanted.
        self.bounds, self.paths = [], None

    def partitions(self):
        _freeze_worker()
        found = self._plan()
        for skipped in found.skipped:
            _log.warning("left out file '%s': %s", skipped.path, skipped.reason)
        # Spark takes no partition for "one, without a value".
        return [RowsPartition(one) for one in found.partitions] or [RowsPartition(None)]

    def _plan(self):
        options = self.options
        return plan(
            options.paths,
            options.dataset,
            columns=planned_columns(options),
            partition_bytes=options.partition_bytes,
            rows=options.rows,
            files=options.files,
            mode=options.mode,
            bounds=options.bounds,
        )

    def _axes(self):
        """The bounds of the axes after the first in the layout long: a pair for each axis."""
        axes = {}
        for name, low, high in self.bounds if self.options.layout == "long" else ():
            if name[:5] == "index" and name[5:].isdigit() and name != "index0":
                least, most = axes.get(int(name[5:]), (0, None))
                least = least if low is None else max(least, math.ceil(low))
                if high is not None:
                    most = math.floor(high) if most is None else min(most, math.floor(high))
                axes[int(name[5:])] = (least, most)
        return axes

    def read(self, partition):
        _freeze_worker()
        if partition is None or partition.value is None:
            return
        part = partition.value
        with _naming(part):
            yield from self._batches(part)

    def _batches(self, part):
        options, target = self.options, arrow_schema(self.schema)
        with contextlib.ExitStack() as opened:
            try:
                datasets = opened.enter_context(part.open())
            except (OSError, SchemaError) as error:
                for first, last in part.ranges():
                    yield from self._unreadable(part, first, last, error, target)
                return
            layout = layouts.layout_of(options.layout, datasets)
            chosen = options.columns if layout == "wide" else fields_of_row(options, datasets)
            rows = options.batch_rows or layouts.rows_of_batch(datasets)
            if layout == "chunk":
                yield from self._chunk_batches(part, datasets, target)
                return
            chosen = self._axes() if layout == "long" else chosen
            for first, last in _steps(part, rows):
                for batch in self._range(layout, datasets, part, first, last, chosen, target):
                    sent = layouts.rows_to_send(batch)
                    for i in range(0, batch.num_rows, sent):
                        yield batch.slice(i, sent)

    def _chunk_batches(self, part, datasets, target):
        for start, stop in part.ranges():
            made = layouts.batches("chunk", datasets, start, stop, None, None)
            for _, rows, arrays in made:
                yield self._batch(part, rows, arrays, target)

    def _range(self, layout, datasets, part, first, last, chosen, target):
        """The batches of some rows; rows that cannot be read are nulls, or left out, by mode."""
        try:
            made = layouts.batches(layout, datasets, first, last, chosen, last - first)
            for _, rows, arrays in made:
                rows = numpy.arange(first, last) if rows is None else rows
                yield self._batch(part, rows, arrays, target)
        except (OSError, TypeError) as error:
            step = 0 if self.options.mode == "FAILFAST" else _smaller(datasets, first, last)
            if step:  # the good rows beside them are read
                for start in range(first, last, step):
                    yield from self._range(
                        layout, datasets, part, start, min(last, start + step), chosen, target
                    )
                return
            yield from self._unreadable(part, first, last, error, target)

    def _unreadable(self, part, first, last, error, target):
        """By mode the error, nothing, or rows of nulls."""
        if self.options.mode == "FAILFAST":
            raise error
        _log.warning(
            "%d rows of file '%s' from %d on cannot be read: %s",
            last - first, part.path, first, error,
        )  # fmt: skip
        if self.options.mode == "PERMISSIVE":
            yield self._nulls(part, numpy.arange(first, last), str(error), target)

    def _nulls(self, part, rows, why, target):
        arrays = [pa.nulls(len(rows), field.type) for field in list(target)[:-2]]
        if self.options.corrupt:
            arrays[-1] = pa.array([why] * len(rows), pa.string())
        return self._finished(part, rows, arrays, target)

    def _batch(self, part, rows, arrays, target):
        arrays = [convert(array, field.type) for array, field in zip(arrays, target, strict=False)]
        if self.options.corrupt:
            arrays.append(pa.nulls(len(rows), pa.string()))
        return self._finished(part, rows, arrays, target)

    @staticmethod
    def _finished(part, rows, arrays, target):
        arrays.append(pa.repeat(pa.scalar(part.path, pa.string()), len(rows)))
        arrays.append(pa.array(rows, pa.int64()))
        return pa.RecordBatch.from_arrays(arrays, schema=target)


def _steps(part, rows):
    for start, stop in part.ranges():
        for first in range(start, stop, rows):
            yield first, min(stop, first + rows)


_is_frozen = False


def _freeze_worker():
    """Have Spark's Python worker collect what a task has made, and not all that it has imported.

    A worker collects garbage after each task, which takes longer than reading some columns.
    """
    global _is_frozen
    main = getattr(sys.modules.get("__main__"), "__spec__", None)
    if not _is_frozen and main is not None and main.name == "pyspark.daemon":
        gc.collect()
        gc.freeze()
        _is_frozen = True


def _smaller(datasets, first, last):
    """How many rows to try at once after more of them have failed; 0 to give up."""
    if last - first <= 1:
        return 0
    chunk = datasets[0][1].chunks[0] if datasets[0][1].chunks else 1
    step = chunk if last - first > chunk else 0
    return step


@contextlib.contextmanager
def _naming(part):
    """Errors say which file and dataset they are of, and which rows."""
    try:
        yield
    except (OSError, SchemaError, TypeError, ValueError) as error:
        text = str(error)
        if part.path in text and part.dataset in text:
            raise
        raise type(error)(
            f"'{part.dataset}' in file '{part.path}', rows {part.start} to {part.stop}: {text}"
        ) from error
