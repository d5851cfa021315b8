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
from hyperslab import h5 as h5
from hyperslab import h5a
from hyperslab import h5a as h5a
from hyperslab import h5p as h5p
from hyperslab import h5s as h5s
from hyperslab import h5t as h5t
from hyperslab._hl import base as base
from hyperslab._hl.base import CommonStateObject
from hyperslab._hl.base import CommonStateObject as CommonStateObject
from hyperslab._hl.base import Empty as Empty
from hyperslab._hl.base import HLObject
from hyperslab._hl.base import HLObject as HLObject
from hyperslab._hl.base import MutableMappingHDF5
from hyperslab._hl.base import MutableMappingHDF5 as MutableMappingHDF5
from hyperslab._hl.base import is_empty_dataspace as is_empty_dataspace
from hyperslab._hl.base import product as product
from hyperslab._hl.datatype import Datatype as Datatype
from hyperslab._objects import with_phil as with_phil
from hyperslab._typing import DTypeLike
from hyperslab._typing import Data
from hyperslab._typing import Shape


class AttributeManager(MutableMappingHDF5, CommonStateObject):
    """The attributes of an object, as a dictionary: ``obj.attrs["units"] = "m"``.

    Values are NumPy arrays or scalars, str for variable-length strings, `Empty` for null
    dataspaces. Setting an attribute replaces it, type and shape included; `modify` keeps its type,
    `create` takes type and shape as arguments."""
    def __contains__(self, name: object) -> bool: ...
    def __delitem__(self, name: str | bytes) -> None: ...
    def __getitem__(self, name: str | bytes) -> Any: ...
    def __init__(self, parent: HLObject) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __setitem__(self, name: str | bytes, value: Data) -> None: ...
    def create(self, name: str | bytes, data: Data, shape: Shape | None = None, dtype: DTypeLike = None) -> None:
        """Create an attribute, in place of one of that name if there is one.

        Parameters
        ----------
        name : str or bytes
        data : array-like or Empty
            The value.
        shape : tuple or int, optional
            The shape of the attribute, with as many elements as `data`; by default that of `data`.
        dtype : dtype or Datatype, optional
            The type of its elements in the file; by default that of `data`.

        Raises
        ------
        TypeError
            There is no HDF5 type for the value.
        ValueError
            `data` does not fit `shape`.

        Notes
        -----
        Source: H5Acreate2."""
    def get(self, key: str | bytes, default: Any = None) -> Any:
        """The value of an attribute, or `default` when there is none.

        Raises OSError when there is one that cannot be read. Source: H5Aread."""
    def get_id(self, name: str | bytes) -> h5a.AttrID:
        """The low-level `AttrID` of an attribute.

        Raises KeyError when there is none. Source: H5Aopen."""
    def modify(self, name: str | bytes, value: Data) -> None:
        """Change an attribute's value but not its type; create it when there is none.

        Raises TypeError when the shapes differ. Source: H5Awrite."""
    def setdefault(self, key: str | bytes, default: Data | None = None) -> Any:
        """The value of an attribute; when there is none, `default` is stored and returned.

        Raises TypeError when there is no HDF5 type for `default`. Source: H5Aread, H5Acreate2."""
    def update(self, other: Any = ..., **kwds: Any) -> None:
        """Set many attributes in one call: all of them, or none when one cannot be stored.

        `other` is a mapping or pairs of names and values, as for a dict. For other threads it is
        one step. With h5py the attributes before one that fails are set.
        Raises TypeError when there is no HDF5 type for a value. Source: H5Acreate2, H5Awrite."""
    def keys(self) -> KeysView[str]: ...
    def values(self) -> ValuesView[Any]: ...
    def items(self) -> ItemsView[str, Any]: ...
def native_method(native: Any) -> Any:
    """A decorator: calls of the method go to the function `native` of C++, without a Python
    frame; in all else it stays the Python function."""
phil: _objects.FastRLock
