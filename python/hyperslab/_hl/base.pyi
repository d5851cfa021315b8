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
from hyperslab import h5a
from hyperslab import h5d
from hyperslab import h5d as h5d
from hyperslab import h5f as h5f
from hyperslab import h5i as h5i
from hyperslab import h5p
from hyperslab import h5p as h5p
from hyperslab import h5r
from hyperslab import h5r as h5r
from hyperslab import h5s as h5s
from hyperslab import h5t as h5t
from hyperslab._hl.attrs import AttributeManager
from hyperslab._hl.compat import filename_encode as filename_encode
from hyperslab._hl.files import File
from hyperslab._hl.group import Group
from hyperslab._objects import ObjectID
from hyperslab._objects import with_phil as with_phil
from hyperslab._typing import DTypeLike
from hyperslab._typing import Data
from hyperslab._typing import Path
from hyperslab._typing import RegionProxy


class CommonStateObject:
    """Names of one file as bytes and back, and the property lists that go with them."""

class Empty:
    """A null dataspace with a type: it has neither a shape nor elements.

    An array of shape (0,) is something else: a dataspace with a shape, which can grow."""
    def __eq__(self, other: object) -> bool: ...
    def __init__(self, dtype: DTypeLike) -> None: ...
    def __repr__(self) -> str: ...
    shape: Any
    size: Any

class HLObject(CommonStateObject):
    """An object in a file: the base of Group, Dataset and Datatype.

    An object is false once it, or its file, is closed. It is equal to another when both are the
    same object in the same file."""
    def __bool__(self) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, oid: ObjectID) -> None: ...
    @property
    def attrs(self) -> AttributeManager:
        """The object's attributes, as an `AttributeManager`."""
    @property
    def file(self) -> File:
        """The file that the object is in, as a `File`."""
    @property
    def id(self) -> ObjectID:
        """The low-level identifier object."""
    @property
    def name(self) -> str | Any:
        """The absolute path that the object was opened by; None when it has none."""
    @property
    def parent(self) -> Group:
        """The group that holds the object. Raises ValueError when the object has no name."""
    @property
    def ref(self) -> h5r.Reference:
        """A new object reference to the object. Source: H5Rcreate."""
    @property
    def regionref(self) -> RegionProxy:
        """What makes region references: ``obj.regionref[...]``.

        ``obj.regionref.shape(ref)`` is the shape of the dataset that a reference points into,
        ``obj.regionref.selection(ref)`` the shape of what it selects. Source: H5Rcreate."""

class ItemsViewHDF5(ItemsView[str, Any]):
    """The pairs of a name and a member or value in a group or of attributes."""
    def __contains__(self, item: object) -> bool: ...
    def __iter__(self) -> Iterator[tuple[str, Any]]: ...
    def __reversed__(self) -> Iterator[tuple[str, Any]]: ...

class KeysViewHDF5(KeysView[Any]):
    """The names in a group or of attributes."""
    def __repr__(self) -> str: ...
    def __reversed__(self) -> Iterator[Any]: ...
    def __str__(self) -> str: ...

class MappingHDF5(Mapping[str, Any]):
    """A mapping with views that can be reversed."""
    def items(self) -> ItemsView[str, Any]:
        """A view of (name, member or value) pairs."""
    def keys(self) -> KeysView[str]:
        """A view of the names."""
    def values(self) -> ValuesView[Any]:
        """A view of the members or values."""

class MutableMappingHDF5(MappingHDF5, MutableMapping[str, Any]):
    """A mapping that can be changed: groups and attributes."""
    def clear(self) -> None:
        """Remove all members or attributes."""
    def pop(self, key: str | bytes, default: Any = ...) -> Any:
        """Remove a member or attribute and return it, or `default` when there is none.

        Raises KeyError when there is none and no default was given."""
    def popitem(self) -> tuple[str, Any]:
        """Remove some member or attribute and return the pair of its name and itself.

        Raises KeyError when there is none."""

class ValuesViewHDF5(ValuesView[Any]):
    """The members of a group or the values of attributes; membership tests read all of them."""
    def __contains__(self, value: object) -> bool: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __reversed__(self) -> Iterator[Any]: ...
def array_for_new_object(data: Data | None, specified_dtype: numpy.dtype[Any] | None = None) -> numpy.ndarray[Any, Any]:
    """The C-contiguous array that a new dataset or attribute is made from, with `data` in it."""

class cached_property:
    """A property that is computed once and then stored in the instance under its own name."""
    def __init__(self, func: Callable[..., Any]) -> None: ...
def default_lapl() -> None:
    """The link access property list in use: None, which is HDF5's default."""
def default_lcpl() -> h5p.PropLCID:
    """A link creation property list that makes missing groups on the way."""
dlapl: Any
dlcpl: h5p.PropLCID
def find_item_type(data: Data | None) -> type[Any] | None:
    """The one Python type that all innermost items of nested lists have, or None.

    Arrays of objects count as nested lists unless their dtype already says what the objects are."""
def guess_dtype(data: Data | None) -> numpy.dtype[Any] | None:
    """The dtype for strings and references in `data`, or None to leave it to NumPy."""
def is_empty_dataspace(obj: h5a.AttrID | h5d.DatasetID) -> bool:
    """Whether the dataspace of a low-level dataset or attribute is null."""
def is_float16_dtype(dt: DTypeLike) -> bool:
    """Whether `dt` names half precision floats."""
def is_hdf5(fname: Path) -> bool:
    """Whether a file exists and is an HDF5 file. Source: H5Fis_accessible."""
phil: _objects.FastRLock
def product(nums: Iterable[int]) -> int:
    """The product of some numbers; 1 for none."""
