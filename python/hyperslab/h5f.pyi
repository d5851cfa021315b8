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
from hyperslab import h5ac
from hyperslab import h5o as h5o
from hyperslab import h5p
from hyperslab._objects import with_phil as with_phil
from hyperslab.h5g import GroupID

ACC_EXCL: int
ACC_RDONLY: int
ACC_RDWR: int
ACC_SWMR_READ: int
ACC_SWMR_WRITE: int
ACC_TRUNC: int
CLOSE_DEFAULT: int
CLOSE_SEMI: int
CLOSE_STRONG: int
CLOSE_WEAK: int
FILE_IMAGE_OPEN_RW: int
FSPACE_STRATEGY_AGGR: int
FSPACE_STRATEGY_FSM_AGGR: int
FSPACE_STRATEGY_NONE: int
FSPACE_STRATEGY_PAGE: int

class FileID(GroupID):
    """An open file."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def close(self) -> None:
        """Give the identifier back; the file closes with its last one. Source: H5Fclose."""
    def get_access_plist(self) -> Any:
        """A copy of the access property list. Source: H5Fget_access_plist."""
    def get_create_plist(self) -> Any:
        """A copy of the creation property list. Source: H5Fget_create_plist."""
    def get_file_image(self) -> bytes:
        """The file's bytes. Source: H5Fget_file_image."""
    def get_filesize(self) -> int:
        """The size of the file, in bytes. Source: H5Fget_filesize."""
    def get_freespace(self) -> int:
        """The number of bytes in the file that are free. Source: H5Fget_freespace."""
    def get_intent(self) -> int:
        """How the file was opened: ACC_RDONLY or ACC_RDWR, with the SWMR flags. Source:
        H5Fget_intent."""
    def get_mdc_config(self) -> h5ac.CacheConfig:
        """The metadata cache's configuration. Source: H5Fget_mdc_config."""
    def get_mdc_hit_rate(self) -> float:
        """The hit rate of the metadata cache, from 0 to 1. Source: H5Fget_mdc_hit_rate."""
    def get_mdc_size(self) -> tuple[Any, ...]:
        """The state of the metadata cache: (max size, min clean size, size, entries), sizes in
        bytes. Source: H5Fget_mdc_size."""
    def get_mpi_atomicity(self) -> bool:
        """Whether MPI-IO's atomic mode is on. Source: H5Fget_mpi_atomicity."""
    def get_page_buffering_stats(self) -> Any:
        """Counts of the page buffer, for metadata and raw data. Source:
        H5Fget_page_buffering_stats."""
    def get_vfd_handle(self, fapl: h5p.PropFAID | None = None) -> int:
        """The file descriptor, of drivers that have one. Source: H5Fget_vfd_handle."""
    @property
    def name(self) -> bytes:
        """The file's path, as bytes."""
    def reopen(self) -> FileID:
        """A further identifier for the file. Source: H5Freopen."""
    def reset_mdc_hit_rate_stats(self) -> None:
        """Begin to count the hits of the metadata cache anew. Source: H5Freset_mdc_hit_rate_stats."""
    def reset_page_buffering_stats(self) -> None:
        """Begin to count what the page buffer does anew. Source: H5Freset_page_buffering_stats."""
    def set_mdc_config(self, config: h5ac.CacheConfig) -> None:
        """Configure the metadata cache. Source: H5Fset_mdc_config."""
    def set_mpi_atomicity(self, atomicity: bool | None) -> None:
        """Whether what one process writes is there for all at once. Collective. Source:
        H5Fset_mpi_atomicity."""
    def start_swmr_write(self) -> None:
        """Begin single-writer/multiple-reader mode. Source: H5Fstart_swmr_write."""
LIBVER_EARLIEST: int
LIBVER_LATEST: int
LIBVER_V110: int
LIBVER_V112: int
LIBVER_V114: int
LIBVER_V18: int
OBJ_ALL: int
OBJ_ATTR: int
OBJ_DATASET: int
OBJ_DATATYPE: int
OBJ_FILE: int
OBJ_GROUP: int
OBJ_LOCAL: int
SCOPE_GLOBAL: int
SCOPE_LOCAL: int
UNLIMITED: int
def create(name: bytes, flags: int = 2, fcpl: h5p.PropFCID | None = None, fapl: h5p.PropFAID | None = None) -> FileID:
    """Create a file, with ACC_TRUNC in place of one that exists, with ACC_EXCL only where none
    does. Raises FileExistsError, OSError. Source: H5Fcreate."""
def flush(obj: _objects.ObjectID, scope: int = 0) -> None:
    """Write what is pending in an object's file. Source: H5Fflush."""
def get_name(obj: _objects.ObjectID) -> bytes:
    """The path of an object's file. Source: H5Fget_name."""
def get_obj_count(where: Any = 31, types: int = 31) -> int:
    """The number of objects that are open in a file, or in all files. Source:
    H5Fget_obj_count."""
def get_obj_ids(where: Any = 31, types: int = 31) -> list[Any]:
    """The objects that are open in a file, or in all files. Source: H5Fget_obj_ids."""
def is_hdf5(name: bytes) -> bool:
    """Whether a path leads to an HDF5 file. Source: H5Fis_accessible."""
def mount(loc: _objects.ObjectID, name: bytes, fid: FileID) -> None:
    """Show a file's contents in a group of another. Source: H5Fmount."""
def open(name: bytes, flags: int = 1, fapl: h5p.PropFAID | None = None) -> FileID:
    """Open a file and return its FileID. Raises FileNotFoundError, BlockingIOError when it is
    locked, OSError when it is no HDF5 file. Source: H5Fopen."""
def open_file_image(image: Any, flags: int = 0) -> FileID:
    """Open a copy of the bytes of a file, in memory; flags 1 opens it for writing. Raises
    ValueError when they are no HDF5 file. Source: H5LTopen_file_image."""
phil: _objects.FastRLock
def unmount(loc: _objects.ObjectID, name: bytes) -> None:
    """Take away a file that was mounted on a group. Source: H5Funmount."""
