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

from hyperslab._typing import Path

WINDOWS_ENCODING: str
def filename_decode(filename: Path) -> str:
    """The path, a str, that bytes from libhdf5 mean.

    Bytes that are no text come back through ``os.fsencode``. Raises TypeError for anything but
    bytes and str."""
def filename_encode(filename: Path) -> bytes:
    """The bytes that libhdf5 takes for a path (str, bytes or os.PathLike).

    Raises ValueError for a path with a null byte in it."""
hdf5_built_version_tuple: tuple[Any, ...]
