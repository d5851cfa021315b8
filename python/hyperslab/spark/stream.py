"""Streaming: the rows that files have gained, and those of new files.

The offset is the number of rows of each file. A file that is being written by a writer in SWMR mode
is opened so that what the writer has flushed is seen.
"""

from pyspark.sql.datasource import DataSourceStreamReader

from .._hl.files import File
from ..distributed.partition import find_files, plan
from ..distributed.schema import SchemaError, open_source
from .reader import Reader, RowsPartition, planned_columns


class StreamReader(DataSourceStreamReader):
    """New rows since the last batch, file by file."""

    def __init__(self, options, schema):
        self.options = options
        self.schema = schema

    def initialOffset(self):
        return {"rows": {}}

    def latestOffset(self, start=None, limit=None):
        rows = dict((start or {}).get("rows", {}))
        try:
            paths = find_files(self.options.paths, self.options.files)
        except FileNotFoundError:
            paths = []
        for path in paths:
            try:
                count = self._count(path)
            except (OSError, SchemaError):
                if path in rows:
                    raise
                continue  # it is being made
            if count < rows.get(path, 0):
                raise SchemaError(
                    f"'{self.options.dataset}' in file '{path}' has become smaller: it has {count} "
                    f"rows, and had {rows[path]}"
                )
            rows[path] = count
        return {"rows": rows}

    def _count(self, path):
        with File(path, "r", locking="best-effort") as file:
            datasets, _ = open_source(file, self.options.dataset, planned_columns(self.options))
            return datasets[0][1].shape[0]

    def partitions(self, start, end):
        made = []
        for path, stop in sorted(end["rows"].items()):
            first = start["rows"].get(path, 0)
            if first < stop:
                found = plan(
                    path,
                    self.options.dataset,
                    columns=planned_columns(self.options),
                    partition_bytes=self.options.partition_bytes,
                    rows=(first, stop),
                )
                made += [RowsPartition(part) for part in found.partitions]
        return made or [RowsPartition(None)]

    def read(self, partition):
        yield from Reader(self.options, self.schema).read(partition)

    def commit(self, end):
        pass

    def stop(self):
        pass
