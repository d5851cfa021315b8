"""What the chunks of a dataset hold at least and at most, kept beside the file.

``FILE.summary.json`` says for every column of numbers the minimum and maximum of each row of
chunks, and the file's size and time when it was made. When either has changed, the summary is not
believed. Readers leave out partitions that no wanted row can be in, as Parquet's row groups do it.
"""

import json
import os

import numpy

from .._hl.dataset import Dataset
from .opening import open_file, stamp_of

ENDING = ".summary.json"
_STEP = 1 << 16  # rows, of datasets without chunks


def summarize(path, datasets=None):
    """Write the summary of a file, and return its path.

    `datasets` are paths; by default all datasets of numbers with rows. Raises OSError when the file
    cannot be read or the summary cannot be written, KeyError when a dataset is not there.
    """
    stamp = stamp_of(path)
    found = {}
    with open_file(path) as file:
        for name in _names(file) if datasets is None else datasets:
            dataset = file[name]
            if isinstance(dataset, Dataset) and dataset.shape:
                columns = _columns(dataset)
                if columns:
                    found[dataset.name] = columns
    target = path + ENDING
    fresh = f"{target}.{os.getpid()}"
    with open(fresh, "w") as text:
        json.dump({"version": 1, "size": stamp[0], "time_ns": stamp[1], "datasets": found}, text)
    os.replace(fresh, target)
    return target


def read_summary(path, dataset):
    """The columns of a dataset's summary; None when there is none that is still true."""
    try:
        with open(path + ENDING) as text:
            summary = json.load(text)
        if (summary["size"], summary["time_ns"]) != stamp_of(path):
            return None
        return summary["datasets"].get("/" + dataset.strip("/"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def may_match(columns, name, start, stop, bounds):
    """Whether a row of [start, stop) may have a value of a column within bounds (None: open)."""
    column = (columns or {}).get(name)
    if column is None:
        return True
    step = column["rows"]
    low, high = bounds
    first, last = start // step, (stop - 1) // step
    for least, most, has_nan in column["ranges"][first : last + 1]:
        if has_nan and high is None:  # NaN is greater than any number, for Spark
            return True
        if least is None:
            continue  # NaN alone
        try:
            if (low is None or low <= most) and (high is None or high >= least):
                return True
        except TypeError:
            return True  # a value of another kind
    return False


def _names(file):
    names = []
    file.visit(names.append)
    return names


def _columns(dataset):
    step = dataset.chunks[0] if dataset.chunks else _STEP
    names = _numbers(dataset)
    ranges = {name: [] for name in names}
    for start in range(0, dataset.shape[0], step) if names else ():
        rows = dataset[start : start + step]
        for name in names:
            ranges[name].append(_range(rows if name == "value" else rows[name]))
    return {name: {"rows": step, "ranges": ranges[name]} for name in names}


def _numbers(dataset):
    if dataset.dtype.names is None:
        return ["value"] if dataset.dtype.kind in "iuf" else []
    if dataset.ndim != 1:
        return []
    fields = dataset.dtype.fields
    return [name for name in dataset.dtype.names if fields[name][0].kind in "iuf"]


def _range(values):
    if values.dtype.kind != "f":
        return [int(values.min()), int(values.max()), False] if values.size else [None, None, False]
    good = values[~numpy.isnan(values)]
    has_nan = good.size != values.size
    if not good.size:
        return [None, None, has_nan]
    return [float(good.min()), float(good.max()), has_nan]
