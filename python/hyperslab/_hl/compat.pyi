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
from typing import Any, BinaryIO, Literal, overload

import numpy
from typing_extensions import Self

from hyperslab._typing import Path

WINDOWS_ENCODING: str
def filename_decode(filename: Path) -> str:
    """Bytes from libhdf5 as a path; bytes that are no text come back through ``os.fsencode``."""
def filename_encode(filename: Path) -> bytes:
    """A path (str, bytes or os.PathLike) as bytes for libhdf5."""
hdf5_built_version_tuple: tuple[Any, ...]
