"""Filters that prune partitions, and whether the running Spark can be trusted with them."""

import math
from dataclasses import replace

from pyspark.sql import datasource as ds

from ..distributed.summary import read_summary, rows_within
from .reader import FILE, ROW, Reader


class PushdownError(RuntimeError):
    """Says that the running Spark does not prune each query by its own filters."""


class _Numbers(ds.DataSource):
    """A source of 100 numbers that prunes itself, to see what Spark makes of that."""

    @classmethod
    def name(cls):
        return "hyperslab_pushdown_check"

    def schema(self):
        return "i int"

    def reader(self, schema):
        return _NumbersReader()


class _NumbersReader(ds.DataSourceReader):
    def __init__(self):
        self.stop = 100

    def pushFilters(self, filters):
        for one in filters:
            if isinstance(one, ds.LessThan) and one.attribute == ("i",):
                self.stop = min(self.stop, one.value)
            yield one

    def read(self, partition):
        for i in range(self.stop):
            yield (i,)


def prunes_each_query(spark):
    """Raise PushdownError unless this Spark prunes each query of a DataFrame by itself."""
    spark.dataSource.register(_Numbers)
    frame = spark.read.format(_Numbers.name()).load()
    try:
        counts = (frame.count(), frame.where(frame.i < 20).count(), frame.count())
    except Exception as error:
        raise PushdownError(
            "this Spark pushes no filters down to Python sources: set "
            f"spark.sql.python.filterPushdown.enabled ({type(error).__name__})"
        ) from error
    if counts != (100, 20, 100):
        raise PushdownError(
            "this Spark keeps the filters of one query for the next one, so that rows would be "
            f"missing: it counted {', '.join(map(str, counts))}, not 100, 20, 100"
        )


class PushdownReader(Reader):
    """Leaves out rows that no row of a filter's can be among. Spark filters all the same."""

    def pushFilters(self, filters):
        filters = list(filters)
        for one in filters:
            name, low, high, values = _range(one)
            if name == FILE:
                if values is not None:
                    self.paths = values if self.paths is None else self.paths & values
            elif name is not None:
                self.bounds.append((name, low, high))
        return filters

    def _plan(self):
        found = super()._plan()
        parts = [part for part in found.partitions if self.paths is None or part.path in self.paths]
        return replace(found, partitions=self._pruned(parts))

    def _pruned(self, parts):
        """Partitions without the rows that the bounds exclude."""
        if any(_is_empty(bounds) for bounds in self._axes().values()):
            return []
        rows = {ROW, "index0"} if self.options.layout == "long" else {ROW}
        lows, highs = zip(
            (None, None),
            *[(low, high) for name, low, high in self.bounds if name in rows],
            strict=True,
        )
        others = [one for one in self.bounds if one[0] not in rows]
        summaries, kept = {}, []
        for part in parts:
            first, end = _rows_between(part, lows, highs)
            if first >= end:
                continue
            if self.options.layout == "chunk":  # which has a row for each chunk, whole as it is
                kept.append(part)
                continue
            if part.path not in summaries:
                summaries[part.path] = read_summary(part.path) if others else None
            runs = rows_within(summaries[part.path], part.dataset, others, first, end)
            kept.append(part.narrowed(runs))
        return [part for part in kept if part is not None]


def _is_empty(bounds):
    low, high = bounds
    return low is not None and high is not None and low > high


def _rows_between(part, lows, highs):
    """The rows of a partition that are neither below a lower nor above an upper bound."""
    first, end = part.start, part.stop
    for low, high in zip(lows, highs, strict=True):
        first = max(first, first if low is None else math.ceil(low))
        end = min(end, end if high is None else math.floor(high) + 1)
    return first, end


_BOUNDS = {
    ds.EqualTo: lambda value: (value, value),
    ds.EqualNullSafe: lambda value: (value, value),
    ds.GreaterThan: lambda value: (value, None),
    ds.GreaterThanOrEqual: lambda value: (value, None),
    ds.LessThan: lambda value: (None, value),
    ds.LessThanOrEqual: lambda value: (None, value),
}


def _range(one):
    """The column of a filter, its bounds, and the only values that pass; None for what it lacks."""
    name = ".".join(getattr(one, "attribute", ()))
    if isinstance(one, ds.In):
        values = {value for value in one.value if value is not None}
        try:
            return (name, min(values), max(values), values) if values else (None,) * 4
        except TypeError:
            return (None,) * 4
    if type(one) not in _BOUNDS or one.value is None:
        return (None,) * 4
    low, high = _BOUNDS[type(one)](one.value)
    return name, low, high, {low} if isinstance(one, (ds.EqualTo, ds.EqualNullSafe)) else None
