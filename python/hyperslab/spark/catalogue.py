"""What is in files as tables: the files, their objects, attributes and chunks."""

import os

import numpy
from pyspark.sql.datasource import DataSourceReader, InputPartition

from .._hl.dataset import Dataset
from .._hl.group import Group
from ..distributed.opening import open_file
from ..distributed.partition import find_files
from ..distributed.schema import kind_of

_SCHEMAS = {
    "files": "file string, size bigint, objects bigint, error string",
    "objects": "file string, path string, kind string, type string, shape array<bigint>, "
    "chunks array<bigint>, filters array<string>, stored_bytes bigint, bytes bigint",
    "attributes": "file string, path string, name string, type string, value string",
    "chunks": "file string, path string, offset array<bigint>, address bigint, "
    "stored_bytes bigint, filter_mask bigint",
}


def catalogue_schema(catalogue):
    """The columns of a catalogue in Spark's words."""
    return _SCHEMAS[catalogue]


class CatalogueReader(DataSourceReader):
    """One task for each file."""

    def __init__(self, options):
        self.options = options

    def partitions(self):
        return [InputPartition(path) for path in find_files(self.options.paths, self.options.files)]

    def read(self, partition):
        options, path = self.options, partition.value
        try:
            with open_file(path) as file:
                yield from _TABLES[options.catalogue](file, path, options.dataset)
        except OSError as error:
            if options.catalogue == "files" and options.mode != "FAILFAST":
                size = os.path.getsize(path) if os.path.exists(path) else None
                yield (path, size, None, str(error))
            elif options.mode == "FAILFAST":
                raise


def _objects_below(file, name):
    found = file.get(name)
    if found is None:
        return
    yield found.name, found
    if isinstance(found, Group):
        yield from _visit(found)


def _visit(group):
    names = []
    group.visit(names.append)
    base = group.name.rstrip("/")
    for name in names:
        yield f"{base}/{name}", group[name]


def _files(file, path, name):
    yield (path, os.path.getsize(path), sum(1 for _ in _objects_below(file, name)), None)


def _objects(file, path, name):
    for where, item in _objects_below(file, name):
        if isinstance(item, Dataset):
            shape = None if item.shape is None else list(item.shape)
            chunks = None if item.chunks is None else list(item.chunks)
            filters = list(item.filter_names)
            stored = int(item.id.get_storage_size())
            yield (path, where, "dataset", kind_of(item.dtype), shape, chunks, filters, stored,
                   int(item.nbytes))  # fmt: skip
        elif isinstance(item, Group):
            yield (path, where, "group", None, None, None, None, None, None)
        else:
            yield (path, where, "datatype", kind_of(item.dtype), None, None, None, None, None)


def _attributes(file, path, name):
    for where, item in _objects_below(file, name):
        for attribute in item.attrs:
            try:
                value = item.attrs[attribute]
                kind = kind_of(item.attrs.get_id(attribute).dtype)
            except (OSError, TypeError, NotImplementedError) as error:
                yield (path, where, attribute, None, f"unreadable: {error}")
                continue
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
            text = numpy.array2string(text) if isinstance(text, numpy.ndarray) else str(text)
            yield (path, where, attribute, kind, text)


def _chunks(file, path, name):
    for where, item in _objects_below(file, name):
        if isinstance(item, Dataset) and item.chunks is not None:
            found = []
            item.id.chunk_iter(found.append)
            for chunk in found:
                offset = [int(n) for n in chunk.chunk_offset]
                yield (path, where, offset, chunk.byte_offset, chunk.size, chunk.filter_mask)


_TABLES = {"files": _files, "objects": _objects, "attributes": _attributes, "chunks": _chunks}
