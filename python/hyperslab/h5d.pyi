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
from hyperslab._objects import with_phil as with_phil

ALLOC_TIME_DEFAULT: int
ALLOC_TIME_EARLY: int
ALLOC_TIME_INCR: int
ALLOC_TIME_LATE: int
CHUNKED: int
COMPACT: int
CONTIGUOUS: int

class DatasetID(ObjectID):
    """An open dataset."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def append(self, axis: int, arr_obj: Any, mtype: h5t.TypeID | None = None, dxpl: h5p.PropID | None = None) -> None:
        """Make the dataset longer along an axis and write a C-contiguous array there, whose shape
        is the dataset's but for that axis. h5py has no such method. Source: H5DOappend."""
    def chunk_iter(self, func: Callable[..., Any], dxpl: h5p.PropID | None = None) -> Any:
        """Call func(StoreInfo) for each chunk until it returns something, and return that. Source:
        H5Dchunk_iter."""
    @property
    def dtype(self) -> Any:
        """The NumPy dtype that elements are read as."""
    def explain(self, args: Any = ..., dtype: Any = None) -> ReadExplanation:
        """What a read would do, and why: the `ReadExplanation` that `Dataset.explain` gives."""
    def explain_write(self, args: Any = ..., dtype: Any = None) -> WriteExplanation:
        """What a write would do, and why: the `WriteExplanation` that `Dataset.explain_write`
        gives."""
    def extend(self, shape: tuple[Any, ...]) -> None:
        """Make the dataset at least as large as the given shape along each axis. Raises
        RuntimeError beyond the maximum shape. Source: H5Dset_extent."""
    def flush(self) -> None:
        """Write what is pending of the dataset to the file. Source: H5Dflush."""
    def get_access_plist(self) -> Any:
        """A copy of the access property list. Source: H5Dget_access_plist."""
    def get_chunk_info(self, index: int, space: h5s.SpaceID | None = None) -> Any:
        """A StoreInfo of the chunk with that number. It is slow to call for each chunk, where
        chunk_iter is quick. Source: H5Dget_chunk_info."""
    def get_chunk_info_by_coord(self, chunk_offset: tuple[Any, ...]) -> Any:
        """A StoreInfo of the chunk that begins at the given position. Source:
        H5Dget_chunk_info_by_coord."""
    def get_create_plist(self) -> Any:
        """A copy of the creation property list. Source: H5Dget_create_plist."""
    def get_num_chunks(self, space: h5s.SpaceID | None = None) -> int:
        """The number of chunks in the file. Source: H5Dget_num_chunks."""
    def get_offset(self) -> int | None:
        """The place in the file where contiguous data begin, in bytes, or None. Source:
        H5Dget_offset."""
    def get_space(self) -> h5s.SpaceID:
        """A copy of the dataspace. Source: H5Dget_space."""
    def get_space_status(self) -> int:
        """How much of the space is allocated in the file: one of SPACE_STATUS_*. Source:
        H5Dget_space_status."""
    def get_storage_size(self) -> int:
        """The number of bytes allocated in the file. Source: H5Dget_storage_size."""
    def get_type(self) -> Any:
        """A copy of the datatype. Source: H5Dget_type."""
    @property
    def rank(self) -> int:
        """The number of dimensions."""
    def read(self, mspace: h5s.SpaceID, fspace: h5s.SpaceID, arr_obj: Any, mtype: h5t.TypeID | None = None, dxpl: h5p.PropID | None = None) -> None:
        """Read what `fspace` selects into a C-contiguous, writable array, where `mspace` selects.
        Raises OSError when there is no conversion, when the selections differ in size, or when
        the file cannot be read. Source: H5Dread."""
    def read_direct_chunk(self, offsets: Any, dxpl: h5p.PropID | None = None, out: Any = None) -> tuple[Any, ...]:
        """The pair (filter mask, bytes) of the chunk that begins at `offsets`, as stored in the
        file. Source: H5Dread_chunk."""
    def refresh(self) -> None:
        """Read the metadata of the dataset anew. Source: H5Drefresh."""
    def set_extent(self, shape: tuple[Any, ...]) -> None:
        """Change the shape of the dataset, in elements. Raises RuntimeError beyond the maximum
        shape. Source: H5Dset_extent."""
    @property
    def shape(self) -> Any:
        """The shape in elements; None for a null dataspace."""
    def write(self, mspace: h5s.SpaceID, fspace: h5s.SpaceID, arr_obj: Any, mtype: h5t.TypeID | None = None, dxpl: h5p.PropID | None = None) -> None:
        """Write what `mspace` selects in a C-contiguous array to where `fspace` selects. Raises
        OSError when there is no conversion, when the selections differ in size, or when the
        file cannot be written. Source: H5Dwrite."""
    def write_direct_chunk(self, offsets: Any, data: Any, filter_mask: int = 0, dxpl: h5p.PropID | None = None) -> None:
        """Store bytes as the chunk that begins at `offsets`, past the filters; bits of
        `filter_mask` say which were not applied. Source: H5Dwrite_chunk."""
FILL_TIME_ALLOC: int
FILL_TIME_IFSET: int
FILL_TIME_NEVER: int
FILL_VALUE_DEFAULT: int
FILL_VALUE_UNDEFINED: int
FILL_VALUE_USER_DEFINED: int

class ReadExplanation:
    """The account of what one read would do, which `Dataset.explain` returns."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    @property
    def advice(self) -> tuple[Any, ...]:
        """Advice on how to make the read faster: a list of dicts with 'about', 'text' and at times
        'chunk_shape'."""
    @property
    def amplification(self) -> float | None:
        """Bytes decoded (fetched, where there are no filters) for each byte that is wanted."""
    def as_dict(self) -> dict[Any, Any]:
        """All attributes of the explanation, as a dict by name."""
    @property
    def cached_chunks(self) -> int | None:
        """The number of touched chunks that the direct engine holds decoded in memory."""
    @property
    def chunk_index(self) -> str:
        """The kind of index by which chunks are found in the file."""
    @property
    def chunk_shape(self) -> Any:
        """The shape of a chunk, or None."""
    @property
    def chunks(self) -> int | None:
        """The number of chunks that the read touches."""
    @property
    def conversion(self) -> str:
        """Which engine converts elements: 'direct' or 'library', or 'none' when nothing is
        converted."""
    @property
    def decoded_bytes(self) -> int | None:
        """The bytes that the filters give when chunks are decoded."""
    @property
    def elements(self) -> int:
        """The number of elements that are read."""
    @property
    def engine(self) -> str:
        """The engine that reads: 'direct' (past libhdf5, on many threads), 'library' (libhdf5), or
        'none' when nothing is read."""
    @property
    def fetched_bytes(self) -> int | None:
        """The bytes that are read from the file; an estimate where libhdf5 reads."""
    @property
    def filters(self) -> tuple[Any, ...]:
        """The names of the filters, in the order of writing."""
    @property
    def grid_chunks(self) -> int | None:
        """The number of chunks in the grid of the dataset."""
    @property
    def layout(self) -> str:
        """The layout of the dataset: 'compact', 'contiguous', 'external', 'chunked' or 'virtual'."""
    @property
    def memory_type(self) -> str:
        """The type of elements in memory."""
    @property
    def missing_chunks(self) -> int | None:
        """The number of touched chunks that were never written, and read as the fill value."""
    @property
    def reason(self) -> str:
        """The reason for the choice of the engine, as a sentence."""
    @property
    def refusal(self) -> str:
        """The reason why the direct engine does not read, by the name that `io_stats` counts it
        under; '' when it does."""
    @property
    def result_bytes(self) -> int:
        """The bytes that the elements read take in memory."""
    @property
    def result_shape(self) -> tuple[Any, ...]:
        """The shape of what is read."""
    @property
    def shape(self) -> tuple[Any, ...]:
        """The dataset's shape."""
    @property
    def stored_chunks(self) -> int | None:
        """The number of touched chunks that are stored in the file."""
    @property
    def threads(self) -> int:
        """The number of threads that read."""
    @property
    def type(self) -> str:
        """The type of elements in the file."""
SPACE_STATUS_ALLOCATED: int
SPACE_STATUS_NOT_ALLOCATED: int
SPACE_STATUS_PART_ALLOCATED: int
VDS_FIRST_MISSING: int
VDS_LAST_AVAILABLE: int
VIRTUAL: int

class WriteExplanation:
    """The account of what one write would do, which `Dataset.explain_write` returns."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    @property
    def advice(self) -> tuple[Any, ...]:
        """Advice on how to make the write faster: a list of dicts with 'about', 'text' and at
        times 'chunk_shape'."""
    @property
    def amplification(self) -> float | None:
        """Bytes encoded for each byte that is given; None where there are no filters."""
    def as_dict(self) -> dict[Any, Any]:
        """All attributes of the explanation, as a dict by name."""
    @property
    def chunk_index(self) -> str:
        """The kind of index by which chunks are found in the file."""
    @property
    def chunk_shape(self) -> Any:
        """The shape of a chunk, or None."""
    @property
    def chunks(self) -> int | None:
        """The number of chunks that the write touches."""
    @property
    def conversion(self) -> str:
        """Which engine converts elements: 'direct' or 'library', or 'none' when nothing is
        converted."""
    @property
    def decoded_bytes(self) -> int | None:
        """The bytes of chunks that are decoded first."""
    @property
    def elements(self) -> int:
        """The number of elements that are written."""
    @property
    def encoded_bytes(self) -> int | None:
        """The bytes that pass the filters: whole chunks. For libhdf5 this holds if its chunk cache
        keeps each chunk until no more is written to it."""
    @property
    def engine(self) -> str:
        """The engine that writes: 'direct' (chunks are encoded on many threads, past libhdf5),
        'library' (libhdf5), or 'none' when nothing is written."""
    @property
    def filled_bytes(self) -> int | None:
        """The bytes of fill values that libhdf5 writes first."""
    @property
    def filters(self) -> tuple[Any, ...]:
        """The names of the filters, in the order of writing."""
    @property
    def grid_chunks(self) -> int | None:
        """The number of chunks in the grid of the dataset."""
    @property
    def layout(self) -> str:
        """The layout of the dataset: 'compact', 'contiguous', 'external', 'chunked' or 'virtual'."""
    @property
    def memory_type(self) -> str:
        """The type of elements in memory."""
    @property
    def partial_chunks(self) -> int | None:
        """The number of touched chunks that are written in part."""
    @property
    def reason(self) -> str:
        """The reason for the choice of the engine, as a sentence."""
    @property
    def refusal(self) -> str:
        """The reason why the direct engine does not write, by a short name; '' when it does."""
    @property
    def rewritten_chunks(self) -> int | None:
        """The number of chunks that are in the file and written in part, so that what they have is
        decoded first."""
    @property
    def shape(self) -> tuple[Any, ...]:
        """The dataset's shape."""
    @property
    def stored_chunks(self) -> int | None:
        """The number of touched chunks that are in the file already."""
    @property
    def threads(self) -> int:
        """The number of threads that encode."""
    @property
    def type(self) -> str:
        """The type of elements in the file."""
    @property
    def value_bytes(self) -> int:
        """The bytes that these elements take in memory."""
    @property
    def value_shape(self) -> tuple[Any, ...]:
        """The shape of what is written."""
def create(loc: _objects.ObjectID, name: bytes | None, tid: h5t.TypeID, space: h5s.SpaceID, dcpl: h5p.PropID | None = None, lcpl: h5p.PropID | None = None, dapl: h5p.PropID | None = None) -> DatasetID:
    """Create a dataset, an anonymous one when the name is None, and return its DatasetID.
    Raises ValueError when the name is taken. Source: H5Dcreate2, H5Dcreate_anon."""
def open(loc: _objects.ObjectID, name: bytes, dapl: h5p.PropID | None = None) -> DatasetID:
    """Open an existing dataset and return its DatasetID. Raises KeyError when there is none.
    Source: H5Dopen2."""
phil: _objects.FastRLock
def read_multi(dsets: Any, mspaces: Any, fspaces: Any, arr_objs: Any, mtypes: Any = None, dxpl: h5p.PropID | None = None) -> None:
    """Read from several datasets in one call, as DatasetID.read does from one: sequences of
    DatasetIDs, memory and file dataspaces and arrays, all of one length, and of TypeIDs or
    None. Memory of the arrays must not overlap. h5py has no such function. Source:
    H5Dread_multi."""
def write_multi(dsets: Any, mspaces: Any, fspaces: Any, arr_objs: Any, mtypes: Any = None, dxpl: h5p.PropID | None = None) -> None:
    """Write to several datasets in one call, as DatasetID.write does to one; arguments as of
    read_multi. Source: H5Dwrite_multi."""
