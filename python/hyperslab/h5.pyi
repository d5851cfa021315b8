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
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil
from hyperslab.h5py_warnings import H5pyDeprecationWarning as H5pyDeprecationWarning


class ByteStringContext:
    """A context that once made strings be read as bytes, and has no effect now."""
    def __bool__(self) -> None: ...
    def __enter__(self) -> None: ...
    def __exit__(self, *args: Any) -> None: ...
    def __init__(self) -> None: ...
CYTHON_VERSION_COMPILED_WITH: str

class H5PYConfig:
    """The configuration; there is one, which get_config() returns."""
    @property
    def API_16(self) -> None:
        """None, always: HDF5 1.6 and 1.8 are not distinguished any more."""
    @property
    def API_18(self) -> None:
        """None, always: HDF5 1.6 and 1.8 are not distinguished any more."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def bool_names(self) -> tuple[Any, ...]:
        """The names of the two members of an enumeration that stands for a boolean: false, then
        true."""
    @bool_names.setter
    def bool_names(self, value: tuple[Any, ...]) -> None: ...
    @property
    def complex_names(self) -> tuple[Any, ...]:
        """The names of the two members of a compound that stands for a complex number: a tuple of
        two str, by default ('r', 'i')."""
    @complex_names.setter
    def complex_names(self, value: tuple[Any, ...]) -> None: ...
    @property
    def default_file_mode(self) -> str:
        """The mode 'r'; it is deprecated."""
    @default_file_mode.setter
    def default_file_mode(self, value: str) -> None: ...
    @property
    def direct_vfd(self) -> bool:
        """Whether this HDF5 has the direct driver."""
    @property
    def has_native_complex(self) -> bool:
        """Whether this HDF5 has complex numbers of its own."""
    @property
    def mpi(self) -> bool:
        """Whether this HDF5 is parallel."""
    @property
    def read_byte_strings(self) -> ByteStringContext:
        """A context that has no effect; it is deprecated."""
    @property
    def ros3(self) -> bool:
        """Whether this HDF5 has the ros3 driver."""
    @property
    def subfiling(self) -> bool:
        """Whether this HDF5 has the subfiling driver. h5py has no such property."""
    @property
    def swmr_min_hdf5_version(self) -> tuple[Any, ...]:
        """The version (1, 9, 178); it is deprecated."""
    @property
    def track_order(self) -> bool:
        """Whether files, groups and datasets made without `track_order` remember the order in
        which links and attributes were made."""
    @track_order.setter
    def track_order(self, value: bool) -> None: ...
    @property
    def vds_min_hdf5_version(self) -> tuple[Any, ...]:
        """The version (1, 9, 233); it is deprecated."""
HDF5_VERSION_COMPILED_AGAINST: tuple[Any, ...]
INDEX_CRT_ORDER: int
INDEX_NAME: int
ITER_DEC: int
ITER_INC: int
ITER_NATIVE: int
NUMPY_VERSION_COMPILED_AGAINST: str
def get_config() -> H5PYConfig:
    """The configuration, an H5PYConfig: what is set there counts for the whole process."""
def get_libversion() -> tuple[Any, ...]:
    """The version of HDF5 that runs, as (major, minor, release). Source: H5get_libversion."""
phil: _objects.FastRLock
warn: Any
