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
from hyperslab._objects import ObjectID
from hyperslab._objects import with_phil as with_phil

ALL: SpaceID
NO_CLASS: int
NULL: int
SCALAR: int
SELECT_AND: int
SELECT_APPEND: int
SELECT_INVALID: int
SELECT_NOOP: int
SELECT_NOTA: int
SELECT_NOTB: int
SELECT_OR: int
SELECT_PREPEND: int
SELECT_SET: int
SELECT_XOR: int
SEL_ALL: int
SEL_ERROR: int
SEL_HYPERSLABS: int
SEL_NONE: int
SEL_POINTS: int
SIMPLE: int

class SpaceID(ObjectID):
    """A dataspace: an extent and a selection in it."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def combine_select(self, space2: SpaceID | None, op: int = 1) -> SpaceID:
        """A new dataspace with both selections combined. Source: H5Scombine_select."""
    def copy(self) -> SpaceID:
        """A copy of the dataspace, selection included. Source: H5Scopy."""
    def encode(self) -> bytes:
        """The dataspace as bytes. Source: H5Sencode2."""
    def extent_copy(self, source: SpaceID) -> None:
        """Take over another dataspace's extent. Source: H5Sextent_copy."""
    def get_regular_hyperslab(self) -> tuple[Any, ...]:
        """The tuples (start, stride, count, block) that describe a regular selection, in elements.
        Source: H5Sget_regular_hyperslab."""
    def get_select_bounds(self) -> Any:
        """The first and the last selected position along each axis, or None for no selection.
        Source: H5Sget_select_bounds."""
    def get_select_elem_npoints(self) -> int:
        """The number of points of a point selection. Source: H5Sget_select_elem_npoints."""
    def get_select_elem_pointlist(self) -> Any:
        """The points of a point selection, as a uint64 array of shape (points, rank). Source:
        H5Sget_select_elem_pointlist."""
    def get_select_hyper_blocklist(self) -> Any:
        """The corners of the selected blocks, as a uint64 array of shape (blocks, 2, rank).
        Source: H5Sget_select_hyper_blocklist."""
    def get_select_hyper_nblocks(self) -> int:
        """The number of blocks of a hyperslab selection. Source: H5Sget_select_hyper_nblocks."""
    def get_select_npoints(self) -> int:
        """The number of elements selected. Source: H5Sget_select_npoints."""
    def get_select_type(self) -> int:
        """The kind of selection: SEL_NONE, SEL_ALL, SEL_POINTS or SEL_HYPERSLABS. Source:
        H5Sget_select_type."""
    def get_simple_extent_dims(self, maxdims: int = 0) -> Any:
        """The dimensions or, with maxdims, the maximum dimensions, in elements. Source:
        H5Sget_simple_extent_dims."""
    def get_simple_extent_ndims(self) -> int:
        """The rank. Source: H5Sget_simple_extent_ndims."""
    def get_simple_extent_npoints(self) -> int:
        """The number of elements in the extent. Source: H5Sget_simple_extent_npoints."""
    def get_simple_extent_type(self) -> int:
        """The kind of dataspace: SCALAR, SIMPLE or NULL. Source: H5Sget_simple_extent_type."""
    def is_regular_hyperslab(self) -> bool:
        """Whether one start, stride, count and block describe the selection. Source:
        H5Sis_regular_hyperslab."""
    def is_simple(self) -> bool:
        """Whether the dataspace is scalar or simple. Source: H5Sis_simple."""
    def modify_select(self, space2: SpaceID | None, op: int = 1) -> None:
        """Combine another selection into this one. Source: H5Smodify_select."""
    def offset_simple(self, offset: Any = None) -> None:
        """Move the selection; None takes the offset away. Source: H5Soffset_simple."""
    def select_all(self) -> None:
        """Select everything. Source: H5Sselect_all."""
    def select_copy(self, src_id: SpaceID | None) -> None:
        """Take over another dataspace's selection. Source: H5Sselect_copy."""
    def select_elements(self, coords: Any, op: int = 0) -> None:
        """Select points, an array-like of shape (points, rank). Source: H5Sselect_elements."""
    def select_hyperslab(self, start: Any, count: Any, stride: Any = None, block: Any = None, op: int = 0) -> None:
        """Select a regular pattern of blocks. Source: H5Sselect_hyperslab."""
    def select_none(self) -> None:
        """Select nothing. Source: H5Sselect_none."""
    def select_shape_same(self, space2: SpaceID) -> bool:
        """Whether two selections have one shape. Source: H5Sselect_shape_same."""
    def select_valid(self) -> bool:
        """Whether the selection lies inside the extent. Source: H5Sselect_valid."""
    def set_extent_none(self) -> None:
        """Take the extent away. Source: H5Sset_extent_none."""
    def set_extent_simple(self, dims_tpl: Any, max_dims_tpl: Any = None) -> None:
        """Set the dimensions. Source: H5Sset_extent_simple."""
    @property
    def shape(self) -> Any:
        """The dimensions in elements: () for a scalar, None for a null dataspace."""
UNLIMITED: int
def create(class_code: int) -> SpaceID:
    """Create a dataspace: SCALAR, SIMPLE or NULL. Source: H5Screate."""
def create_simple(dims_tpl: Any, max_dims_tpl: Any = None) -> SpaceID:
    """Create a simple dataspace of the given dimensions, in elements. UNLIMITED in
    max_dims_tpl means without limit. Source: H5Screate_simple."""
def decode(buf: bytes) -> SpaceID:
    """The dataspace that bytes of encode() describe. Source: H5Sdecode."""
phil: _objects.FastRLock
