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

from hyperslab import h5r as h5r
from hyperslab import h5s
from hyperslab import h5s as h5s
from hyperslab._hl.base import product as product
from hyperslab._hl.dataset import Dataset
from hyperslab._selector import MultiBlockSlice as MultiBlockSlice
from hyperslab._typing import Data
from hyperslab._typing import Index
from hyperslab._typing import Shape


class FancySelection(Selection):
    """What lists and boolean arrays on one axis select. Arrays are not broadcast to it."""
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None, mshape: tuple[int, ...] | None = None, array_shape: tuple[int, ...] | None = None) -> None: ...
    @property
    def array_shape(self) -> tuple[int, ...]:
        """The shape of the array that is read or written: no axes indexed by an integer."""
    def expand_shape(self, source_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape `source_shape`, which has to be the array shape.

        Raises TypeError for another."""
    @property
    def mshape(self) -> tuple[int, ...]:
        """The shape of the selected elements; 1 on axes indexed by an integer."""

class PointSelection(Selection):
    """Single elements in any order."""
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None, points: Data | None = None) -> None: ...
    def append(self, points: Data) -> None:
        """Add points, an array-like (points, rank), after those selected.

        Source: H5Sselect_elements."""
    @classmethod
    def from_mask(cls, mask: numpy.ndarray[Any, Any], spaceid: h5s.SpaceID | None = None) -> Self:
        """The selection of the elements where a boolean array is true.

        Raises TypeError for another array."""
    def prepend(self, points: Data) -> None:
        """Add points, an array-like (points, rank), before those selected.

        Source: H5Sselect_elements."""
    def set(self, points: Data) -> None:
        """Select points, an array-like (points, rank), and no others.

        Source: H5Sselect_elements."""

class Selection:
    """Elements selected in a dataspace, in no particular shape."""
    def __getitem__(self, args: Any) -> Any: ...
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None) -> None: ...
    @property
    def array_shape(self) -> tuple[int, ...]:
        """The shape of the array that is read or written."""
    def broadcast(self, source_shape: tuple[int, ...]) -> Iterator[h5s.SpaceID]:
        """Iterate over the dataspaces to write an array of `source_shape` to, in order."""
    def expand_shape(self, source_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape, in all axes, of an array of `source_shape` that is written.

        Raises TypeError when such an array cannot be written to the selection."""
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
    def __init__(self, shape: Shape, spaceid: h5s.SpaceID | None = None, hyperslab: tuple[Any, ...] | None = None) -> None: ...
    @property
    def array_shape(self) -> tuple[int, ...]:
        """The shape of the array that is read or written: no axes indexed by an integer."""
    def broadcast(self, source_shape: tuple[int, ...]) -> Iterator[h5s.SpaceID]:
        """Iterate over the dataspaces to write an array of `source_shape` to, in order."""
    def expand_shape(self, source_shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape `source_shape` with 1 on the axes that it lacks.

        Raises TypeError when an array of that shape cannot be broadcast to the selection."""
    @property
    def mshape(self) -> tuple[int, ...]:
        """The shape of the selected elements; 1 on axes indexed by an integer."""
def guess_shape(sid: h5s.SpaceID) -> tuple[int, ...] | None:
    """The shape of what a dataspace has selected, in elements.

    It is a tuple of the dataspace's rank where the selection is a grid, else a tuple of one number,
    and None for a null dataspace."""
def make(resolved: Any, space: h5s.SpaceID) -> Selection:
    """The selection object for a resolved index expression, selected in a copy of `space`."""
def select(shape: Shape, args: Index, dataset: Dataset | None = None) -> Selection:
    """The `Selection` of what `args` select in a dataspace of that shape.

    `args` is a selection (returned as it is), a region reference (which needs the dataset), or what
    a dataset can be indexed by. Raises TypeError for what cannot select and for another shape,
    IndexError for a position that lies outside."""
