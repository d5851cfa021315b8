# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="override,misc"
import os
import types
from collections import namedtuple
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    ValuesView,
)
from typing import Any, BinaryIO

import numpy
from typing_extensions import Self

from hyperslab import _objects
from hyperslab import h5p
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil

DATASET_REGION: int
OBJECT: int

class Reference:
    """A reference to an object in a file; false when it refers to nothing."""
    def __bool__(self) -> bool: ...
    def __init__(self) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def typecode(self) -> int:
        """OBJECT or DATASET_REGION."""
    @property
    def typesize(self) -> int:
        """Bytes of the reference in a file."""

class RegionReference(Reference):
    """A reference to a selection in a dataset."""
    def __init__(self) -> None: ...
    def __repr__(self) -> str: ...
def create(loc: _objects.ObjectID, name: bytes, ref_type: int, space: _objects.ObjectID | None = None) -> Any:
    """A reference to the object of that name, or with DATASET_REGION to what is selected in
    space, the dataset's dataspace. Source: H5Rcreate."""
def dereference(ref: Reference, id: _objects.ObjectID, oapl: h5p.PropID | None = None) -> Any:
    """Open what is referred to; id is any object of the same file. None for a null reference.
    Source: H5Rdereference2."""
def get_name(ref: Reference, loc: _objects.ObjectID) -> Any:
    """A path to the object, bytes, or None when it has none. Source: H5Rget_name."""
def get_obj_type(ref: Reference, id: _objects.ObjectID) -> Any:
    """h5o.TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE, or None. Source: H5Rget_obj_type2."""
def get_region(ref: RegionReference, id: _objects.ObjectID) -> Any:
    """The dataset's dataspace with the region selected, or None. Source: H5Rget_region."""
phil: _objects.FastRLock
