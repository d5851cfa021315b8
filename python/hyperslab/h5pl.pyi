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


def append(search_path: bytes) -> None:
    """Look for plug-ins in this folder last. Source: H5PLappend."""
def get(index: int) -> bytes:
    """The name of a folder by its number, counted from 0, as bytes. Source: H5PLget."""
def insert(search_path: bytes, index: int) -> None:
    """Put a folder before another in the list. Source: H5PLinsert."""
def prepend(search_path: bytes) -> None:
    """Look for plug-ins in this folder first. Source: H5PLprepend."""
def remove(index: int) -> None:
    """Remove a folder from the list. Raises ValueError when there is none of that number.
    Source: H5PLremove."""
def replace(search_path: bytes, index: int) -> None:
    """Put a folder in the place of another in the list. Source: H5PLreplace."""
def size() -> int:
    """The number of folders in which plug-ins are looked for. Source: H5PLsize."""
