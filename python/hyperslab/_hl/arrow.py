"""Datasets as objects of pyarrow, which is imported when one is asked for."""

import operator

from .._core import arrow as _arrow


class _Array:
    """An array in capsules, for pyarrow to take over."""

    def __init__(self, capsules):
        self._capsules = capsules

    def __arrow_c_array__(self, requested_schema=None):
        return self._capsules


class _Stream:
    """A stream in a capsule, for pyarrow to take over."""

    def __init__(self, capsule):
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema=None):
        return self._capsule


def _pyarrow():
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("to_arrow needs pyarrow: pip install pyarrow") from error
    return pyarrow


def to_arrow(dataset, sel, columns):
    """What `Dataset.to_arrow` returns."""
    pa = _pyarrow()
    array = pa.array(_Array(_arrow.array(dataset, sel, columns)))
    if not pa.types.is_struct(array.type) or _is_complex(pa, array.type):
        return array
    return pa.Table.from_batches([pa.RecordBatch.from_struct_array(array)])


def _is_complex(pa, struct):
    fields = list(struct)
    return [field.name for field in fields] == ["r", "i"] and all(
        pa.types.is_floating(field.type) for field in fields
    )


def to_arrow_reader(dataset, batch_rows, columns, start, stop):
    """What `Dataset.to_arrow_reader` returns."""
    pa = _pyarrow()
    start, stop = _row(start, "start"), None if stop is None else _row(stop, "stop")
    if batch_rows is not None:
        batch_rows = operator.index(batch_rows)
        if batch_rows < 1:
            raise ValueError(f"batch_rows must be positive, not {batch_rows}")
    capsule = _arrow.stream(dataset, columns, start, stop, batch_rows)
    return pa.RecordBatchReader.from_stream(_Stream(capsule))


def _row(number, name):
    row = operator.index(number)
    if row < 0:
        raise ValueError(f"{name} must not be negative, not {row}")
    return row
