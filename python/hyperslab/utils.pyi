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


def check_numpy_read(arr: Any, space_id: int = -1) -> int:
    """Check that a low-level call can read from an array: returns 1, or raises TypeError."""
def check_numpy_write(arr: Any, space_id: int = -1) -> int:
    """Check that a low-level call can write to an array: returns 1, or raises TypeError."""
