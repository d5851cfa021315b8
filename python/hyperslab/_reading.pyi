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
    """Within this block, reads by this thread that last longer than `after` seconds show progress.

    Parameters
    ----------
    report : optional
        ``tqdm.tqdm``, or whatever else takes ``total=`` (in bytes) and ``unit=`` and returns
        something with ``update(n)`` and ``close()``: called once for every read that lasts. Or a
        function ``report(done, total)``, in bytes. By default a line on standard error.
    after : float
        The time in seconds within which a read reports nothing.

    Raises
    ------
    TypeError
        `report` cannot be called.

    Notes
    -----
    What `report` raises ends the read and comes out of it. It is called about ten times a second,
    by the thread that reads. libhdf5 does not report how far it is: where it reads, a large read is
    done in parts along the first axis, where that is possible."""
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
