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

from hyperslab import h5r as h5r
from hyperslab import h5s
from hyperslab import h5s as h5s
from hyperslab._hl.base import product as product
from hyperslab._hl.dataset import Dataset
from hyperslab._selector import MultiBlockSlice as MultiBlockSlice
from hyperslab._typing import Index
from hyperslab._typing import Shape


class FancySelection(Selection):
    """What lists and boolean arrays on one axis select. Arrays are not broadcast to it."""
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None, mshape: tuple[int, ...] | None = None, array_shape: tuple[int, ...] | None = None) -> None: ...
    @property
    def array_shape(self) -> tuple[int, ...]:
        """The same without the axes indexed by an integer."""
    def expand_shape(self, source_shape: tuple[int, ...]) -> tuple[int, ...]:
        """`source_shape`, which has to be the array shape."""
    @property
    def mshape(self) -> tuple[int, ...]:
        """The shape of the selected elements; 1 on axes indexed by an integer."""

class PointSelection(Selection):
    """Single elements in any order."""
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None, points: Any = None) -> None: ...
    def append(self, points: Any) -> Any:
        """Add points after those selected."""
    @classmethod
    def from_mask(cls, mask: numpy.ndarray[Any, Any], spaceid: h5s.SpaceID | None = None) -> Any:
        """The elements where a boolean array is true."""
    def prepend(self, points: Any) -> Any:
        """Add points before those selected."""
    def set(self, points: Any) -> Any:
        """Select these points instead."""

class Selection:
    """Elements selected in a dataspace, in no particular shape."""
    def __getitem__(self, args: Any) -> Any: ...
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None) -> None: ...
    @property
    def array_shape(self) -> tuple[int, ...]:
        """The shape of the array that is read or written."""
    def broadcast(self, source_shape: tuple[int, ...]) -> Any:
        """The dataspaces to write an array of `source_shape` to, one after the other."""
    def expand_shape(self, source_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape, in all axes, of an array of `source_shape` that is written."""
    @property
    def id(self) -> h5s.SpaceID:
        """The dataspace, as a `SpaceID`."""
    @property
    def mshape(self) -> tuple[int, ...]:
        """The shape of the selected elements, all axes of the dataspace."""
    @property
    def nselect(self) -> int:
        """The number of elements selected."""
    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the dataspace."""

class SimpleSelection(Selection):
    """What integers and slices select. Arrays are broadcast to it."""
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None, hyperslab: Any = None) -> None: ...
    @property
    def array_shape(self) -> tuple[int, ...]:
        """The same without the axes indexed by an integer."""
    def broadcast(self, source_shape: tuple[int, ...]) -> Any:
        """The dataspaces to write an array of `source_shape` to, one after the other."""
    def expand_shape(self, source_shape: tuple[int, ...]) -> tuple[int, ...]:
        """`source_shape` with 1 on the axes it lacks. TypeError when it cannot be broadcast."""
    @property
    def mshape(self) -> tuple[int, ...]:
        """The shape of the selected elements; 1 on axes indexed by an integer."""
def guess_shape(sid: Any) -> Any:
    """The shape of what a dataspace has selected: a tuple of its rank where the selection is a
    grid, else of one number; None when it holds no elements at all."""
def make(resolved: Any, space: h5s.SpaceID) -> Any:
    """The selection object for a resolved index expression, selected in a copy of `space`."""
def select(shape: Shape, args: Index, dataset: Dataset | None = None) -> Selection:
    """What `args` select in a dataspace of that shape, as a `Selection`.

    `args` is a selection (returned as it is), a region reference (which needs the dataset), or what
    a dataset can be indexed by."""
