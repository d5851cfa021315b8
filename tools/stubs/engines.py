"""The stubs of the packages for engines, from their sources, without importing them.

Spark and the others need not be installed. A stub has the names of the package's `__all__`, with
the types of the tables below; a parameter or a result that no table has is an error.
"""

import ast
import inspect

from stubs.docstrings import require_good

PACKAGES = ("dask", "distributed", "ray", "spark", "torch", "xarray")
HEADER = """\
# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
"""
PATHS = "Path | Sequence[Path]"
MODE = "Literal['FAILFAST', 'PERMISSIVE', 'DROPMALFORMED']"
BOUNDS = "Mapping[str, tuple[Any, Any]] | None"
ROWS = "tuple[int | None, int | None] | slice | None"
# Of all packages, by the parameter's name.
PARAMETERS = {
    "batch_rows": "int | None",
    "bounds": BOUNDS,
    "columns": "Sequence[str] | None",
    "dataset": "str",
    "files": "str | None",
    "mode": MODE,
    "partition_bytes": "int",
    "partitions": "int | None",
    "paths": PATHS,
    "rows": ROWS,
    "sc": "SparkContext",
    "spark": "SparkSession",
}
PAIRS = "str | tuple[str, str] | Sequence[tuple[str, str]]"
# "function", "Class.method" or "Class": its parameters, and its result as "return".
TYPES = {
    "dask": {
        "from_hdf5": {
            "path": "Path",
            "chunks": "Literal['auto'] | int | tuple[Any, ...]",
            "return": "dask.array.Array",
        },
        "to_hdf5": {
            "array": "dask.array.Array",
            "path": "Path",
            "chunks": "tuple[int, ...] | None",
            "mode": "Literal['a', 'w', 'x', 'r+']",
            "compute": "bool",
            "options": "Any",
            "return": "Any",
        },
        "read_table": {"path": PATHS, "return": "dask.dataframe.DataFrame"},
    },
    "distributed": {
        "Partition.rows": {"return": "int"},
        "Partition.ranges": {"return": "tuple[tuple[int, int], ...]"},
        "Partition.narrowed": {"runs": "Iterable[tuple[int, int]]", "return": "Partition | None"},
        "Partition.open": {"return": "AbstractContextManager[list[tuple[str | None, Dataset]]]"},
        "Partition.read": {
            "return": "numpy.ndarray[Any, Any] | dict[str, numpy.ndarray[Any, Any]]"
        },
        "Partition.to_arrow": {"return": "pyarrow.Table"},
        "Partition.batches": {"return": "Iterator[pyarrow.RecordBatch]"},
        "Plan.rows": {"return": "int"},
        "Plan.stored_bytes": {"return": "int"},
        "find_files": {"pattern": "str | None", "return": "list[str]"},
        "plan": {"where": "Callable[[Partition], object] | None", "return": "Plan"},
        "summarize": {"path": "Path", "datasets": "str | Iterable[str] | None", "return": "str"},
    },
    "ray": {
        "read_hdf5": {"options": "Any", "return": "ray.data.Dataset"},
        "HDF5Datasource.get_name": {"return": "str"},
        "HDF5Datasource.estimate_inmemory_data_size": {"return": "int"},
        "HDF5Datasource.get_read_tasks": {
            "parallelism": "int",
            "per_task_row_limit": "int | None",
            "data_context": "Any",
            "return": "list[Any]",
        },
    },
    "spark": {
        **{
            name: {
                "x": PAIRS,
                "mode": "Literal['single', 'multi']",
                "return": "IndexedRowMatrix" if name == "h5read_imat" else "RDD[Any]",
            }
            for name in ("h5read", "h5read_imat", "h5read_irow", "h5read_point", "h5read_vec")
        },
        "prunes_each_query": {"return": "None"},
        "register": {"pushdown": "bool", "return": "None"},
        "HDF5DataSource.name": {"return": "str"},
        "HDF5DataSource.schema": {"return": "Any"},
        "HDF5DataSource.reader": {"schema": "Any", "return": "Any"},
        "HDF5DataSource.streamReader": {"schema": "Any", "return": "Any"},
        "HDF5DataSource.writer": {"schema": "Any", "overwrite": "bool", "return": "Any"},
    },
    "torch": {
        "ChunkBatches": {
            "rows": "Rows",
            "batch_size": "int",
            "pool": "int",
            "seed": "int",
            "drop_last": "bool",
            "rank": "int",
            "replicas": "int",
        },
        "ChunkBatches.set_epoch": {"epoch": "int", "return": "None"},
        "ChunkBatches.__len__": {"return": "int"},
        "ChunkBatches.__iter__": {"return": "Iterator[list[int]]"},
        "RowStream": {
            "shuffle": "bool",
            "seed": "int",
            "tensors": "bool",
            "worker": "int | None",
            "workers": "int | None",
        },
        "RowStream.set_epoch": {"epoch": "int", "return": "None"},
        "RowStream.__len__": {"return": "int"},
        "RowStream.__iter__": {"return": "Iterator[Any]"},
        "Rows": {"tensors": "bool", "transform": "Callable[[Any], Any] | None"},
        "Rows.__len__": {"return": "int"},
        "Rows.__getitem__": {"index": "SupportsIndex", "return": "Any"},
        "Rows.__getitems__": {"indices": "Iterable[SupportsIndex]", "return": "list[Any]"},
        "Rows.chunks": {"return": "numpy.ndarray[Any, Any]"},
        "Rows.close": {"return": "None"},
    },
    "xarray": {
        "to_netcdf": {
            "dataset": "xarray.Dataset",
            "path": "Path",
            "mode": "Literal['w', 'a']",
            "group": "str | None",
            "format": "Literal['NETCDF4', 'NETCDF4_CLASSIC']",
            "encoding": "Mapping[str, Mapping[str, Any]] | None",
            "unlimited_dims": "Iterable[str]",
            "return": "None",
        },
        "HyperslabBackend.guess_can_open": {"filename_or_obj": "Any", "return": "bool"},
        "HyperslabBackend.open_dataset": {
            "filename_or_obj": "Any",
            "options": "Any",
            "return": "xarray.Dataset",
        },
        "HyperslabBackend.open_datatree": {
            "filename_or_obj": "Any",
            "options": "Any",
            "return": "xarray.DataTree",
        },
        "HyperslabBackend.open_groups_as_dict": {
            "filename_or_obj": "Any",
            "options": "Any",
            "return": "dict[str, xarray.Dataset]",
        },
    },
}
# What a word in a stub needs.
IMPORTS = {
    "AbstractContextManager": "from contextlib import AbstractContextManager",
    "Any": "from typing import Any",
    "Callable": "from collections.abc import Callable",
    "DataSource": "from pyspark.sql.datasource import DataSource",
    "Dataset": "from hyperslab import Dataset",
    "IndexedRowMatrix": "from pyspark.mllib.linalg.distributed import IndexedRowMatrix",
    "Iterable": "from collections.abc import Iterable",
    "Iterator": "from collections.abc import Iterator",
    "Literal": "from typing import Literal",
    "Mapping": "from collections.abc import Mapping",
    "Path": "from hyperslab._typing import Path",
    "RDD": "from pyspark import RDD",
    "Sequence": "from collections.abc import Sequence",
    "SparkContext": "from pyspark import SparkContext",
    "SparkSession": "from pyspark.sql import SparkSession",
    "SupportsIndex": "from typing import SupportsIndex",
    "dask.array": "import dask.array",
    "dask.dataframe": "import dask.dataframe",
    "dataclass": "from dataclasses import dataclass",
    "numpy": "import numpy",
    "pyarrow": "import pyarrow",
    "ray.data": "import ray.data",
    "torch.utils.data": "import torch.utils.data",
    "xarray": "import xarray",
    "xarray.backends": "import xarray.backends",
}
# Bases by their names in the sources, or by the class.
BASES = {"ValueError": "ValueError", "RuntimeError": "RuntimeError"}
BASES |= {
    "HDF5DataSource": "DataSource",
    "HDF5Datasource": "ray.data.Datasource",
    "HyperslabBackend": "xarray.backends.BackendEntrypoint",
    "RowStream": "torch.utils.data.IterableDataset[Any]",
    "Rows": "torch.utils.data.Dataset[Any]",
}
SHOWN = ("__len__", "__iter__", "__getitem__", "__getitems__")


class EngineStub:
    """The stub of one package."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder / name
        self.types = dict(TYPES[name])
        self.tree = ast.parse((self.folder / "__init__.py").read_text())

    def definitions(self):
        """(name, definition) of the public names, in their order."""
        homes = {
            alias.name: node.module
            for node in self.tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for name in public_names(self.tree):
            home = self.folder / f"{homes[name]}.py" if name in homes else None
            tree = ast.parse(home.read_text()) if home else self.tree
            yield name, next(n for n in tree.body if getattr(n, "name", None) == name)

    def text(self):
        body = []
        for name, node in self.definitions():
            body += self.class_(node) if isinstance(node, ast.ClassDef) else self.function(node)
            self.types.pop(name, None)
        if self.types:
            raise SystemExit(f"tools/stubs/engines.py has types of nothing: {list(self.types)}")
        text = "\n".join(body)
        imports = [line for word, line in IMPORTS.items() if uses(text, word)]
        return "\n".join([HEADER.rstrip(), *sorted(set(imports)), "", text.rstrip()]) + "\n"

    def class_(self, node):
        names = [node.name, *(getattr(base, "id", "") for base in node.bases)]
        bases = [BASES[name] for name in names if name in BASES]
        is_record = any("dataclass" in ast.unparse(one) for one in node.decorator_list)
        lines = ["@dataclass(frozen=True)"] if is_record else []
        lines += [f"class {node.name}" + (f"({', '.join(bases)})" if bases else "") + ":"]
        lines += docstring(node, node.name, 1)
        for part in node.body:
            if isinstance(part, ast.AnnAssign):
                lines.append("    " + field(part))
            elif isinstance(part, ast.FunctionDef) and is_shown(part.name):
                lines += ["    " + line if line else "" for line in self.function(part, node.name)]
        lines += ["    ..."] if len(lines) == 1 else []
        return [*lines, ""]

    def function(self, node, owner=""):
        key = f"{owner}.{node.name}".strip(".") if node.name != "__init__" else owner
        known = self.types.pop(key, {})
        arguments = node.args
        given = arguments.args + arguments.kwonlyargs
        for one in given + [arguments.kwarg] * (arguments.kwarg is not None):
            if not (owner and one is arguments.args[0]):
                one.annotation = annotation(known, one.arg, f"{self.name}.{key}")
        for values in (arguments.defaults, arguments.kw_defaults):
            plain = [value is None or is_plain(ast.unparse(value)) for value in values]
            values[:] = [v if p else ast.Constant(...) for v, p in zip(values, plain, strict=True)]
        result = "None" if node.name == "__init__" else known.get("return")
        if result is None:
            raise SystemExit(f"tools/stubs/engines.py has no result of {self.name}.{key}")
        decorators = [
            f"@{ast.unparse(one)}"
            for one in node.decorator_list
            if ast.unparse(one) in ("property", "classmethod", "staticmethod")
        ]
        head = f"def {node.name}({ast.unparse(arguments)}) -> {result}:"
        doc = docstring(node, key, 1)
        return [*decorators, head + ("" if doc else " ..."), *doc, *([] if owner else [""])]


def public_names(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__":
            return sorted(ast.literal_eval(node.value))
    raise SystemExit("there is no __all__")


def is_shown(name):
    return not name.startswith("_") or name == "__init__" or name in SHOWN


def is_plain(value):
    return value in ("None", "True", "False", "()") or value.startswith("'") or value.isdigit()


def annotation(known, name, key):
    text = known.get(name) or PARAMETERS.get(name)
    if text is None:
        raise SystemExit(f"tools/stubs/engines.py has no type of '{name}' of {key}")
    return ast.parse(text, mode="eval").body


def field(node):
    """A field of a record, of whose default the stub says that there is one."""
    kind = ast.unparse(node.annotation)
    kind = {"tuple | None": "tuple[Any, ...] | None", "list": "list[Any]"}.get(kind, kind)
    kind = {"Source | None": "Any", "tuple": "tuple[Any, ...]"}.get(kind, kind)
    return f"{node.target.id}: {kind}" + (" = ..." if node.value is not None else "")


def docstring(node, name, level):
    doc = ast.get_docstring(node)
    if not doc:
        return []
    require_good(name, doc)
    lines = f'"""{inspect.cleandoc(doc)}"""'.split("\n")
    return [("    " * level + line).rstrip() for line in lines]


def uses(text, word):
    code = "\n".join(
        line
        for line in text.split("\n")
        if line.lstrip().startswith(("def ", "class ", "@")) or ": " in line
    )
    start = code.find(word)
    while start >= 0:
        before, after = code[start - 1 : start], code[start + len(word) : start + len(word) + 1]
        if not (before.isalnum() or before in "._") and not (after.isalnum() or after == "_"):
            return True
        start = code.find(word, start + 1)
    return False
