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
from hyperslab import h5g
from hyperslab import h5p
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil

COPY_EXPAND_EXT_LINK_FLAG: int
COPY_EXPAND_REFERENCE_FLAG: int
COPY_EXPAND_SOFT_LINK_FLAG: int
COPY_PRESERVE_NULL_FLAG: int
COPY_SHALLOW_HIERARCHY_FLAG: int
COPY_WITHOUT_ATTR_FLAG: int

class ObjInfo:
    """What libhdf5 knows about an object."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def hdr(self) -> _OHdr:
        """The object's header in the file, an _OHdr."""
    @property
    def meta_size(self) -> _OMetaSize:
        """The sizes of what the object needs beside its data, an _OMetaSize."""
TYPE_DATASET: int
TYPE_GROUP: int
TYPE_NAMED_DATATYPE: int

class _OHdr:
    """An object header."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def flags(self) -> int:
        """The status flags of the header."""
    @property
    def mesg(self) -> _OHdrMesg:
        """The messages of the header, an _OHdrMesg."""
    @property
    def nchunks(self) -> int:
        """The number of pieces that the header lies in."""
    @property
    def nmesgs(self) -> int:
        """The number of messages in the header."""
    @property
    def space(self) -> _OHdrSpace:
        """The sizes of the header's parts, an _OHdrSpace."""
    @property
    def version(self) -> int:
        """The version of the header's format."""

class _OHdrMesg:
    """Messages in an object header."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def present(self) -> int:
        """A bit for each message type that is there."""
    @property
    def shared(self) -> int:
        """A bit for each message type that is shared."""

class _OHdrSpace:
    """Bytes of an object header."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def free(self) -> int:
        """The number of bytes that are unused."""
    @property
    def mesg(self) -> int:
        """The number of bytes that messages take."""
    @property
    def meta(self) -> int:
        """The number of bytes that the header itself takes."""
    @property
    def total(self) -> int:
        """The size of the whole header, in bytes."""

class _OMetaSize:
    """Bytes that an object needs beside its data."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def attr(self) -> _ObjMetaInfo:
        """The sizes for attributes."""
    @property
    def obj(self) -> _ObjMetaInfo:
        """The sizes for a group's links or a dataset's chunks."""

class _ObjInfo:
    """What the object header says of an object."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def addr(self) -> int:
        """The address of the object in the file, in bytes."""
    @property
    def atime(self) -> int:
        """The time of the last access, as a Unix time in seconds."""
    @property
    def btime(self) -> int:
        """The time of creation, as a Unix time in seconds."""
    @property
    def ctime(self) -> int:
        """The time of the last change, as a Unix time in seconds."""
    @property
    def fileno(self) -> int:
        """A number that names the file."""
    @property
    def mtime(self) -> int:
        """The time of the last modification, as a Unix time in seconds."""
    @property
    def num_attrs(self) -> int:
        """The number of attributes of the object."""
    @property
    def rc(self) -> int:
        """The number of hard links to the object."""
    @property
    def type(self) -> int:
        """The kind of the object: TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE."""

class _ObjInfoBase:
    """A part of ObjInfo."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

class _ObjMetaInfo:
    """The sizes of an index and its heap, in bytes."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def heap_size(self) -> int:
        """The size of the heap, in bytes."""
    @property
    def index_size(self) -> int:
        """The size of the index, in bytes."""
def copy(src_loc: _objects.ObjectID, src_name: bytes, dst_loc: h5g.GroupID, dst_name: bytes, copypl: h5p.PropID | None = None, lcpl: h5p.PropID | None = None) -> None:
    """Copy an object and what is below it, also into another file. Source: H5Ocopy."""
def exists_by_name(loc: _objects.ObjectID, name: bytes, lapl: h5p.PropID | None = None) -> bool:
    """Whether a link leads to an object. Source: H5Oexists_by_name."""
def get_comment(loc: _objects.ObjectID, comment: bytes, *, obj_name: bytes = b'.', lapl: h5p.PropID | None = None) -> bytes:
    """An object's comment; the argument comment is not used. Source: H5Oget_comment_by_name."""
def get_info(loc: _objects.ObjectID, name: bytes | None = None, index: int = -1, *, obj_name: bytes = b'.', index_type: int = 0, order: int = 0, lapl: h5p.PropID | None = None) -> ObjInfo:
    """An ObjInfo of loc, of a member by name, or of the n-th member of the group obj_name.
    Raises RuntimeError when there is none. Source: H5Oget_info3, H5Oget_native_info."""
def link(obj: _objects.ObjectID, loc: h5g.GroupID, name: bytes, lcpl: h5p.PropID | None = None, lapl: h5p.PropID | None = None) -> None:
    """Create a hard link to an object, for instance to an anonymous one. Raises OSError when
    the name is taken. Source: H5Olink."""
def open(loc: _objects.ObjectID, name: bytes, lapl: h5p.PropID | None = None) -> Any:
    """Open a group, dataset or committed datatype. Raises KeyError when there is none. Source:
    H5Oopen."""
phil: _objects.FastRLock
def set_comment(loc: _objects.ObjectID, comment: bytes, *, obj_name: bytes = b'.', lapl: h5p.PropID | None = None) -> None:
    """Set an object's comment. Source: H5Oset_comment_by_name."""
def visit(loc: _objects.ObjectID, func: Any, *, idx_type: int = 0, order: int = 0, obj_name: bytes = b'.', lapl: h5p.PropID | None = None, info: bool | None = False) -> Any:
    """Call func(path), or func(path, ObjInfo) if info, for each object below loc (not for loc
    itself), until it returns something other than None; returns that. func may do anything:
    what is gone when its turn comes is passed over. Source: H5Ovisit_by_name3."""
