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
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil

ATTR: int
DATASET_REGION: int
DATASET_REGION2: int
OBJECT: int
OBJECT2: int

class Reference:
    """A reference to an object in a file; false when it refers to nothing."""
    def __bool__(self) -> bool: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def typecode(self) -> int:
        """The kind of reference: OBJECT or DATASET_REGION."""
    @property
    def typesize(self) -> int:
        """The size of the reference in a file, in bytes."""

class RegionReference(Reference):
    """A reference to a selection in a dataset."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __repr__(self) -> str: ...

class StandardReference:
    """A reference of HDF5 1.12 (type h5t.STD_REF): to an object, to a region of a dataset, or
    to an attribute, in any file; false when it refers to nothing. The identifier of its
    file stays open while the reference lives, or until the file is closed. Source:
    H5R_ref_t."""
    def __bool__(self) -> bool: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def typecode(self) -> int:
        """The kind of reference: OBJECT2, DATASET_REGION2 or ATTR."""
    @property
    def typesize(self) -> int:
        """The size of the reference in memory, in bytes."""
def copy(ref: StandardReference) -> StandardReference:
    """A further StandardReference to what a StandardReference leads to. Source: H5Rcopy."""
def create(loc: _objects.ObjectID, name: bytes, ref_type: int, space: _objects.ObjectID | None = None) -> Any:
    """A reference to the object of that name, or with DATASET_REGION to what is selected in
    space, the dataset's dataspace. Source: H5Rcreate."""
def create_attr(loc: _objects.ObjectID, name: bytes, attr_name: bytes, oapl: h5p.PropID | None = None) -> StandardReference:
    """A StandardReference to an attribute of the object of that name. Source: H5Rcreate_attr."""
def create_object(loc: _objects.ObjectID, name: bytes, oapl: h5p.PropID | None = None) -> StandardReference:
    """A StandardReference to the object of that name, a path from loc. Source:
    H5Rcreate_object."""
def create_region(loc: _objects.ObjectID, name: bytes, space: h5s.SpaceID, oapl: h5p.PropID | None = None) -> StandardReference:
    """A StandardReference to what is selected in space, the dataspace of the dataset of that
    name. Source: H5Rcreate_region."""
def dereference(ref: Reference, id: _objects.ObjectID, oapl: h5p.PropID | None = None) -> Any:
    """Open what is referred to; id is any object of the same file. None for a null reference.
    Source: H5Rdereference2."""
def destroy(ref: StandardReference) -> None:
    """Make a StandardReference null, and give up its hold on the file. Happens by itself when
    the object goes. Source: H5Rdestroy."""
def equal(ref1: StandardReference, ref2: StandardReference) -> bool:
    """Whether both StandardReferences lead to the same; of regions only the extents are
    compared. Source: H5Requal."""
def get_attr_name(ref: StandardReference) -> bytes:
    """The attribute's name, bytes. Source: H5Rget_attr_name."""
def get_file_name(ref: StandardReference) -> bytes:
    """The name of the file that a StandardReference leads into, bytes. Source:
    H5Rget_file_name."""
def get_name(ref: Reference, loc: _objects.ObjectID) -> Any:
    """A path to the object, bytes, or None when it has none. Source: H5Rget_name."""
def get_obj_name(ref: StandardReference, rapl: h5p.PropID | None = None) -> Any:
    """A path to the object, bytes, or None when it has none. Source: H5Rget_obj_name."""
def get_obj_type(ref: Reference, id: _objects.ObjectID) -> Any:
    """The kind of object referred to: h5o.TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE, or
    None for a null reference. Source: H5Rget_obj_type2."""
def get_obj_type3(ref: StandardReference, rapl: h5p.PropID | None = None) -> int:
    """The kind of object referred to: h5o.TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE.
    Source: H5Rget_obj_type3."""
def get_region(ref: RegionReference, id: _objects.ObjectID) -> Any:
    """The dataset's dataspace with the region selected, or None for a null reference. Source:
    H5Rget_region."""
def get_type(ref: StandardReference) -> int:
    """The kind of a StandardReference: OBJECT2, DATASET_REGION2 or ATTR. Source: H5Rget_type."""
def open_attr(ref: StandardReference, rapl: h5p.PropID | None = None, aapl: h5p.PropID | None = None) -> Any:
    """The attribute that a StandardReference leads to, an AttrID. Source: H5Ropen_attr."""
def open_object(ref: StandardReference, rapl: h5p.PropID | None = None, oapl: h5p.PropID | None = None) -> Any:
    """Open what a StandardReference leads to; of a region the dataset, of an attribute the
    object that has it. rapl, a file access list, is how another file is opened. Source:
    H5Ropen_object."""
def open_region(ref: StandardReference, rapl: h5p.PropID | None = None, oapl: h5p.PropID | None = None) -> h5s.SpaceID:
    """The dataset's dataspace with the region selected. Source: H5Ropen_region."""
phil: _objects.FastRLock
