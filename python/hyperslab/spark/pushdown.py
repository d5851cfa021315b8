"""Filters that prune partitions, and whether the running Spark can be trusted with them."""

from pyspark.sql import datasource as ds

from ..distributed.summary import may_match, read_summary
from .reader import FILE, ROW, Reader


class PushdownError(RuntimeError):
    """This Spark does not prune each query by its own filters."""


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
    """Leaves out partitions that no row of a filter's can be in. Spark filters all the same."""

    def pushFilters(self, filters):
        filters = list(filters)
        rows = (ROW, "index0") if self.options.layout == "long" else (ROW,)
        tests = [test for test in (_test(one, rows) for one in filters) if test is not None]
        if tests:
            self.keep = _All(tests)
        return filters


class _All:
    """Whether a partition may have rows that pass all tests."""

    def __init__(self, tests):
        self.tests = tests
        self.summaries = {}

    def __call__(self, partition):
        return all(test(partition, self._summary) for test in self.tests)

    def _summary(self, partition):
        key = (partition.path, partition.dataset)
        if key not in self.summaries:
            self.summaries[key] = read_summary(*key)
        return self.summaries[key]


_BOUNDS = {
    ds.EqualTo: lambda value: (value, value),
    ds.GreaterThan: lambda value: (value, None),
    ds.GreaterThanOrEqual: lambda value: (value, None),
    ds.LessThan: lambda value: (None, value),
    ds.LessThanOrEqual: lambda value: (None, value),
}


def _test(one, rows):
    attribute = getattr(one, "attribute", ())
    if len(attribute) != 1:
        return None
    name = attribute[0]
    if isinstance(one, ds.In):
        values = [value for value in one.value if value is not None]
        if not values:
            return None
        if name == FILE:
            return lambda partition, summary: partition.path in values
        bounds = (min(values), max(values))
    elif type(one) in _BOUNDS:
        if name == FILE and isinstance(one, ds.EqualTo):
            return lambda partition, summary: partition.path == one.value
        bounds = _BOUNDS[type(one)](one.value)
    else:
        return None
    if name == FILE:
        return None
    if name in rows:
        return lambda partition, summary: _rows_meet(partition, bounds)
    return lambda partition, summary: may_match(
        summary(partition), name, partition.start, partition.stop, bounds
    )


def _rows_meet(partition, bounds):
    low, high = bounds
    return (low is None or low <= partition.stop - 1) and (high is None or high >= partition.start)
