"""The options of ``spark.read.format("hdf5")``, checked where they are given."""

import json
from dataclasses import dataclass

from ..distributed.partition import MODES, PARTITION_BYTES

LAYOUTS = ("array", "wide", "long", "chunk")
CATALOGUES = ("files", "objects", "attributes", "chunks")
_KNOWN = {
    "path", "paths", "dataset", "layout", "columns", "rows", "files", "partitionbytes", "mode",
    "catalogue", "catalog", "pushdown", "columnnameofcorruptrecord", "batchrows", "compression",
    "chunkrows", "swmr", "bounds",
}  # fmt: skip


@dataclass(frozen=True)
class Options:
    """What a reader was asked for."""

    paths: tuple
    dataset: str
    layout: str | None = None
    columns: tuple | None = None
    rows: tuple | None = None
    files: str | None = None
    partition_bytes: int = PARTITION_BYTES
    mode: str = "FAILFAST"
    catalogue: str | None = None
    pushdown: bool = False
    corrupt: str | None = None
    batch_rows: int | None = None
    bounds: dict | None = None


def parse(given):
    """The options as Spark gives them, whose names are in any case. ValueError for a wrong one."""
    options = {name.lower(): value for name, value in dict(given).items()}
    unknown = sorted(name for name in options if name not in _KNOWN)
    if unknown:
        raise ValueError(f"hdf5 has no option {', '.join(repr(name) for name in unknown)}")
    catalogue = options.get("catalogue", options.get("catalog"))
    dataset = options.get("dataset")
    if not dataset and not catalogue:
        raise ValueError('which dataset? say .option("dataset", "/path/in/the/file")')
    return Options(
        paths=_paths(options),
        dataset=dataset or "/",
        layout=_one_of(options.get("layout"), LAYOUTS, "layout"),
        columns=_columns(options.get("columns")),
        rows=_rows(options.get("rows")),
        files=options.get("files"),
        partition_bytes=_size(options.get("partitionbytes")),
        mode=_one_of(options.get("mode", "FAILFAST").upper(), MODES, "mode"),
        catalogue=_one_of(catalogue, CATALOGUES, "catalogue"),
        pushdown=_truth(options.get("pushdown", "false"), "pushdown"),
        corrupt=options.get("columnnameofcorruptrecord"),
        batch_rows=_number(options.get("batchrows"), "batchRows"),
        bounds=_bounds(options.get("bounds")),
    )


def _paths(options):
    paths = [options["path"]] if options.get("path") else []
    if options.get("paths"):
        paths += json.loads(options["paths"])
    if not paths:
        raise ValueError("which files? say .load(path)")
    return tuple(paths)


def _one_of(value, allowed, name):
    if value is not None and value not in allowed:
        raise ValueError(f"{name} is one of {', '.join(allowed)}, not '{value}'")
    return value


def _columns(text):
    if text is None:
        return None
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names or len(set(names)) != len(names):
        raise ValueError(f"columns are different names with commas between them, not '{text}'")
    return names


def _bounds(text):
    if text is None:
        return None
    try:
        bounds = json.loads(text)
    except ValueError:
        bounds = None
    if not isinstance(bounds, dict) or not all(
        isinstance(pair, list) and len(pair) == 2 for pair in bounds.values()
    ):
        raise ValueError(f"bounds are JSON as {{\"column\": [low, high]}}, not '{text}'")
    return bounds


def _rows(text):
    if text is None:
        return None
    parts = text.split(":")
    try:
        if len(parts) != 2:
            raise ValueError
        return tuple(int(part) if part.strip() else None for part in parts)
    except ValueError:
        raise ValueError(f"rows are 'first:end' with numbers, not '{text}'") from None


_UNITS = {"": 1, "b": 1, "k": 1 << 10, "kb": 1 << 10, "m": 1 << 20, "mb": 1 << 20,
          "g": 1 << 30, "gb": 1 << 30}  # fmt: skip


def _size(text):
    if text is None:
        return PARTITION_BYTES
    digits = text.strip().lower()
    number = digits.rstrip("bkmg ")
    unit = digits[len(number) :].strip()
    if not number.isdigit() or unit not in _UNITS or int(number) == 0:
        raise ValueError(f"partitionBytes is a number of bytes such as 64m, not '{text}'")
    return int(number) * _UNITS[unit]


def _number(text, name):
    if text is None:
        return None
    if not text.strip().isdigit() or int(text) == 0:
        raise ValueError(f"{name} is a positive number, not '{text}'")
    return int(text)


def _truth(text, name):
    if text.lower() not in ("true", "false"):
        raise ValueError(f"{name} is true or false, not '{text}'")
    return text.lower() == "true"
