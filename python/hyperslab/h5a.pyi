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
from hyperslab import h5p
from hyperslab import h5s
from hyperslab import h5t
from hyperslab._objects import ObjectID
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil


class AttrID(ObjectID):
    """An attribute."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def dtype(self) -> Any:
        """The NumPy dtype that values are read as."""
    def get_name(self) -> bytes:
        """The attribute's name, as bytes. Source: H5Aget_name."""
    def get_space(self) -> h5s.SpaceID:
        """A copy of the dataspace. Source: H5Aget_space."""
    def get_storage_size(self) -> int:
        """The bytes that the values take in the file. Source: H5Aget_storage_size."""
    def get_type(self) -> Any:
        """A copy of the datatype. Source: H5Aget_type."""
    @property
    def name(self) -> bytes:
        """The attribute's name, as bytes."""
    def read(self, arr: Any, mtype: Any = None) -> None:
        """Read all values into a writable C-contiguous array of the attribute's shape. mtype is
        the array's HDF5 type, for when its dtype does not say it. Raises OSError when there is
        no conversion, or when the file cannot be read. Source: H5Aread."""
    @property
    def shape(self) -> Any:
        """The shape: () for a scalar, None for no elements at all."""
    def write(self, arr: Any, mtype: Any = None) -> None:
        """Write all values from a C-contiguous array of the attribute's shape. mtype is the
        array's HDF5 type, for when its dtype does not say it. Raises OSError when there is no
        conversion, or when the file cannot be written. Source: H5Awrite."""

class AttrInfo:
    """What HDF5 knows of an attribute beside its values."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def corder(self) -> int:
        """The creation order."""
    @property
    def corder_valid(self) -> bool:
        """Whether the creation order is known."""
    @property
    def cset(self) -> int:
        """The name's character set: h5t.CSET_ASCII, …"""
    @property
    def data_size(self) -> int:
        """The size of the values in the file, in bytes."""
def create(loc: _objects.ObjectID, name: bytes, tid: h5t.TypeID, space: h5s.SpaceID, *, obj_name: bytes = b'.', lapl: h5p.PropID | None = None) -> AttrID:
    """Create an attribute on loc, or on its member obj_name, and return its AttrID. Raises
    OSError when the name is taken. Source: H5Acreate_by_name."""
def delete(loc: _objects.ObjectID, name: bytes | None = None, index: int = -1, *, obj_name: bytes = b'.', index_type: int = 0, order: int = 0, lapl: h5p.PropID | None = None) -> None:
    """Remove an attribute by name or by position. Raises KeyError when there is none. Source:
    H5Adelete_by_name, H5Adelete_by_idx."""
def exists(loc: _objects.ObjectID, name: bytes, *, obj_name: bytes = b'.', lapl: h5p.PropID | None = None) -> bool:
    """Whether there is an attribute of that name. Source: H5Aexists_by_name."""
def get_info(loc: _objects.ObjectID, name: bytes | None = None, index: int = -1, *, obj_name: bytes = b'.', lapl: h5p.PropID | None = None, index_type: int = 0, order: int = 0) -> AttrInfo:
    """An AttrInfo: of the attribute loc, or of one on loc by name or by position. Source:
    H5Aget_info, H5Aget_info_by_name, H5Aget_info_by_idx."""
def get_num_attrs(loc: _objects.ObjectID) -> int:
    """The number of attributes. Source: H5Oget_info3."""
def iterate(loc: _objects.ObjectID, func: Any, index: int = 0, *, index_type: int = 0, order: int = 0, info: bool | None = False) -> Any:
    """Call func(name), or func(name, AttrInfo) if info, for each attribute from position index
    on, until it returns something other than None; returns that. func may do anything: what
    is gone when its turn comes is passed over. Source: H5Aiterate2."""
def open(loc: _objects.ObjectID, name: bytes | None = None, index: int = -1, *, obj_name: bytes = b'.', index_type: int = 0, order: int = 0, lapl: h5p.PropID | None = None) -> AttrID:
    """Open an attribute by name or by position. Raises KeyError when there is none of that
    name, OSError when there is none at that position. Source: H5Aopen_by_name,
    H5Aopen_by_idx."""
phil: _objects.FastRLock
def rename(loc: _objects.ObjectID, name: bytes, new_name: bytes, *, obj_name: bytes = b'.', lapl: h5p.PropID | None = None) -> None:
    """Rename an attribute. Raises RuntimeError when there is none of that name, or when the
    new name is taken. Source: H5Arename_by_name."""
