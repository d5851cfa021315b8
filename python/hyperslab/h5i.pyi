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
from hyperslab import h5f
from hyperslab._objects import with_phil as with_phil

ATTR: int
BADID: int
DATASET: int
DATASPACE: int
DATATYPE: int
FILE: int
GENPROP_CLS: int
GENPROP_LST: int
GROUP: int
INVALID_HID: int
def dec_ref(obj: _objects.ObjectID) -> None:
    """Drop a reference; objects here keep count themselves. Source: H5Idec_ref."""
def get_file_id(obj: _objects.ObjectID) -> h5f.FileID:
    """The file that the object lies in. Source: H5Iget_file_id."""
def get_name(obj: _objects.ObjectID) -> Any:
    """A path to the object as bytes, or None when it has none. Source: H5Iget_name."""
def get_ref(obj: _objects.ObjectID) -> int:
    """The number of references. Source: H5Iget_ref."""
def get_type(obj: _objects.ObjectID) -> int:
    """The kind of object that an identifier is of: FILE, GROUP, DATASET, … Source:
    H5Iget_type."""
def inc_ref(obj: _objects.ObjectID) -> None:
    """Add a reference; objects here keep count themselves. Source: H5Iinc_ref."""
phil: _objects.FastRLock
def wrap_identifier(ident: int) -> Any:
    """The object for an identifier's number; it takes over one reference."""
