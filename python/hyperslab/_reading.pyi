# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="override,misc"
import os
import types
from collections import namedtuple
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Literal, overload

import numpy
from typing_extensions import Self



class progress:
    """Within this block, what this thread does for more than `after` seconds shows its progress.

    Reads and writes are shown, `create_dataset` with data, `create_many`, `append` and `repack`.

    Parameters
    ----------
    report : optional
        ``tqdm.tqdm``, or whatever else takes ``total=`` (in bytes) and ``unit=`` and returns
        something with ``update(n)`` and ``close()``: called once for every read or write that
        lasts. Or a function ``report(done, total)``, in bytes. By default a line on standard error.
    after : float
        The time in seconds within which a read or a write reports nothing.

    Raises
    ------
    TypeError
        `report` cannot be called.

    Notes
    -----
    The total is None while an iterator without a `shape` gives the data. What `report` raises ends
    the read or the write and comes out of it; what was written stays, but for `create_dataset` and
    `append`, which are taken back. It is called about ten times a second, by the thread that reads
    or writes. During a write that thread has the library to itself, so `report` must not wait for
    another thread that uses it. libhdf5 does not report how far it is: where it reads or writes,
    that is done in parts along the first axis, where that is possible."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: Any) -> None: ...
    def __init__(self, report: Callable[..., Any] | None = None, *, after: float = 2.0) -> None: ...

class threads:
    """Within this block, reads by this thread use `count` threads, itself included.

    ``with hyperslab.threads(1): ...`` keeps a read off other cores; a number larger than that of
    `set_num_threads` is taken too. Reads by other threads are not affected. Raises ValueError for a
    number below 1."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: Any) -> None: ...
    def __init__(self, count: int) -> None: ...
