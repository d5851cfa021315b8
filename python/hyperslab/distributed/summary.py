"""What the chunks of a dataset hold at least and at most, kept beside the file.

``hyperslab summarize FILE``, or `summarize`, writes ``FILE.summary.json``: the minimum and the
maximum of each chunk, and the file's size and time. When either has changed, the summary is not
believed. Readers leave out chunks that no wanted row can be in, as Parquet's row groups do it.
"""

import json
import logging
import os

from .._core import summarize as _summarize
from .._hl.compat import filename_encode
from .opening import stamp_of

_log = logging.getLogger(__name__)
ENDING = ".summary.json"
VERSION = 2


def summarize(path, datasets=None):
    """Write the summary of a file, and return its path.

    Parameters
    ----------
    path : str or path-like
        The file.
    datasets : list of str, optional
        Paths of datasets, or of groups with all that lies below; everything by default.

    Returns
    -------
    str
        The path of the summary, ``FILE.summary.json``.

    Raises
    ------
    OSError
        The file cannot be read, or the summary cannot be written; an older one stays then.
    KeyError
        A path leads nowhere.
    NotImplementedError
        The elements of a dataset that was named lie in other files, which can change unnoticed.
    """
    names = [datasets] if isinstance(datasets, (str, bytes)) else list(datasets or ())
    _summarize(filename_encode(path), names)
    return os.fspath(path) + ENDING


def read_summary(path):
    """The datasets of a file's summary, by their paths; None when there is none that is true.

    A summary of an older state of the file is reported to the log.
    """
    try:
        with open(path + ENDING, encoding="utf-8") as text:
            summary = json.load(text)
        if summary["version"] != VERSION:
            return None
        if (summary["size"], summary["time_ns"]) != stamp_of(path):
            _log.warning("the summary of file '%s' is of an older state, and is not used", path)
            return None
        return summary["datasets"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.warning("the summary of file '%s' cannot be read: %s", path, error)
        return None


def rows_within(summary, dataset, bounds, start, stop):
    """The parts of rows [start, stop) that may have a value of each column within its bounds.

    `summary` is what `read_summary` gives, or None. `bounds` are triples (column, low, high), where
    None is an open end, and both ends belong to the range. The columns of a compound are its
    members ("a.b" of nested ones), those of a group its datasets; the column of any other dataset
    is "value", or "c0", "c1", … of one with two axes. The result is a list of pairs (first, end).
    Columns of which the summary says nothing leave all rows.
    """
    runs = [(start, stop)] if start < stop else []
    for column, low, high in bounds:
        found = _column(summary, dataset, column)
        if found is not None:
            runs = [part for run in runs for part in _matching(*found, low, high, *run)]
    return runs


def _column(summary, dataset, name):
    """The rows of a part, and for each row of parts the ranges; None when nothing is known."""
    path = "/" + dataset.strip("/")
    entry = (summary or {}).get(path)
    place = None
    if entry is None:
        entry = (summary or {}).get(f"{path.rstrip('/')}/{name}")
        column = entry and entry["columns"].get("")
    elif name in entry["columns"]:
        column = entry["columns"][name]
    else:
        column = entry["columns"].get("")
        if name != "value":
            is_wide = name[:1] == "c" and name[1:].isdigit() and len(entry["shape"]) == 2
            if not is_wide:
                return None
            place = int(name[1:]) // entry["part"][1]
    if not column:
        return None
    return entry, column, place


def _matching(entry, column, place, low, high, start, stop):
    """Ranges of [start, stop) whose rows of parts may have a value within [low, high]."""
    step, width = entry["part"][0], 1
    for length, part in zip(entry["shape"][1:], entry["part"][1:], strict=True):
        width *= -(-length // part)
    with_nan = set(column["nan"])
    found = []
    for row in range(start // step, (stop - 1) // step + 1):
        first, end = max(start, row * step), min(stop, (row + 1) * step)
        parts = range(row * width, (row + 1) * width)
        parts = parts if place is None else parts[place : place + 1]
        if any(_may_match(column, part, part in with_nan, low, high) for part in parts):
            if found and found[-1][1] == first:
                found[-1] = (found[-1][0], end)
            else:
                found.append((first, end))
    return found


def _may_match(column, part, has_nan, low, high):
    if part >= len(column["least"]):
        return True
    least, most = column["least"][part], column["most"][part]
    if low is not None and low != low:
        return has_nan
    if high is not None and high != high:
        high = None  # NaN is greater than any number, for Spark
    if has_nan and high is None:
        return True
    if least is None:
        return False  # NaN alone, or no element at all
    try:
        return (low is None or low <= most) and (high is None or high >= least)
    except TypeError:
        return True  # a value of another kind
