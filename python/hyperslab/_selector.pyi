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

from hyperslab import _objects
from hyperslab import h5s
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil


class MultiBlockSlice:
    """A slice of `count` blocks of `block` elements, whose beginnings lie `stride` apart.

    Without a count it has as many whole blocks as fit. Raises ValueError for negative or zero
    values, and for blocks that overlap. Source: H5Sselect_hyperslab."""
    def __init__(self, start: int = 0, stride: int = 1, count: int | None = None, block: int = 1) -> None: ...
    def __repr__(self) -> str: ...
    def indices(self, length: int) -> tuple[int, int, int, int]:
        """The tuple (start, stride, count, block) on an axis of `length` elements.

        Raises ValueError when the slice does not fit."""

class Reader:
    """Reads from a `DatasetID`: ``reader.read((0, slice(3)))``."""
    def __init__(self, dsid: Any) -> None: ...
    def read(self, args: tuple[Any, ...]) -> Any:
        """What the dataset gives for these arguments."""

class Selector:
    """Selects in a dataspace by index expressions."""
    def __init__(self, space: h5s.SpaceID) -> None: ...
    def make_selection(self, args: tuple[Any, ...]) -> Any:
        """Select `args`, a tuple, in the dataspace; returns a high-level selection."""
phil: _objects.FastRLock
