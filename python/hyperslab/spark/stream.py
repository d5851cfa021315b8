"""Streaming: the rows that files have gained, and those of new files.

The offset is the number of rows of each file, so that a batch that Spark repeats has the rows that
it had before. A file that is being written in SWMR mode shows what its writer has flushed.
"""

import logging
from dataclasses import replace

from pyspark.sql.datasource import DataSourceStreamReader

from ..distributed.opening import open_file
from ..distributed.partition import find_files, plan
from ..distributed.schema import SchemaError, open_source
from .reader import Reader, RowsPartition, planned_columns, schema_from

_log = logging.getLogger(__name__)


class StreamReader(DataSourceStreamReader):
    """New rows since the last batch, file by file."""

    def __init__(self, options, schema):
        if options.rows is not None or options.bounds is not None:
            raise ValueError("a stream has no options 'rows' and 'bounds': it reads each row once")
        if options.mode == "PERMISSIVE" or options.catalogue:
            raise ValueError("a stream reads data, with the mode FAILFAST or DROPMALFORMED")
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
                count, schema = self._look(path)
            except BlockingIOError as error:
                _log.info("file '%s' is locked by its writer, and left for later: %s", path, error)
                continue
            except (OSError, SchemaError) as error:
                if rows.get(path):
                    raise
                _log.warning("file '%s' is left for later: %s", path, error)
                continue  # it is being made
            difference = None if path in rows else _difference(schema, self.schema)
            if difference:
                why = (
                    f"'{self.options.dataset}' in file '{path}' differs from that of the stream: "
                    f"{difference}"
                )
                if self.options.mode == "FAILFAST":
                    raise SchemaError(why)
                _log.warning("left out: %s", why)
                continue
            if count < rows.get(path, 0):
                raise SchemaError(
                    f"'{self.options.dataset}' in file '{path}' has become smaller: it has {count} "
                    f"rows, and had {rows[path]}"
                )
            rows[path] = count
        return {"rows": rows}

    def _look(self, path):
        """The number of rows of a file, and the schema of it."""
        with open_file(path) as file:
            datasets, _ = open_source(file, self.options.dataset, planned_columns(self.options))
            return datasets[0][1].shape[0], schema_from(self.options, datasets)

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
                # The file may have more rows by the time that these are read.
                made += [RowsPartition(replace(part, stamp=None)) for part in found.partitions]
        return made or [RowsPartition(None)]

    def read(self, partition):
        yield from Reader(self.options, self.schema).read(partition)


def _difference(schema, wanted):
    """How the columns of a file are others than the stream's, in words; None when they are not."""
    found = [f"{field.name} {field.dataType.simpleString()}" for field in schema]
    asked = [f"{field.name} {field.dataType.simpleString()}" for field in wanted]
    return None if found == asked else f"it has {', '.join(found)}, not {', '.join(asked)}"
