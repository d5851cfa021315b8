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
from hyperslab import h5l
from hyperslab import h5p
from hyperslab._objects import ObjectID
from hyperslab._objects import refuse_pickling as refuse_pickling
from hyperslab._objects import with_phil as with_phil

CRT_ORDER_TRACKED: int
DATASET: int
GROUP: int

class GroupID(ObjectID):
    """A group. len(), `in` and iteration are over the names of its members."""
    def __contains__(self, arg: Any, /) -> bool: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __iter__(self) -> GroupIter: ...
    def __len__(self) -> int: ...
    def __reversed__(self) -> GroupIter: ...
    def get_comment(self, name: bytes) -> bytes:
        """A member's comment. Source: H5Oget_comment_by_name."""
    def get_create_plist(self) -> Any:
        """A copy of the group creation property list. Source: H5Gget_create_plist."""
    def get_linkval(self, name: bytes) -> bytes:
        """A soft link's value. Source: H5Lget_val."""
    def get_num_objs(self) -> int:
        """The number of members. Source: H5Gget_num_objs."""
    def get_objname_by_idx(self, idx: int) -> bytes:
        """The n-th member's name. Source: H5Gget_objname_by_idx."""
    def get_objtype_by_idx(self, idx: int) -> int:
        """The kind of the n-th member: GROUP, DATASET or TYPE. Source: H5Gget_objtype_by_idx."""
    def link(self, current_name: bytes, new_name: bytes, link_type: int = 0, remote: GroupID | None = None) -> None:
        """Create a LINK_HARD or LINK_SOFT link in this group, or in the group remote. Source:
        H5Glink2."""
    @property
    def links(self) -> h5l.LinkProxy:
        """H5L's functions for the links in this group: a LinkProxy."""
    def move(self, current_name: bytes, new_name: bytes, remote: GroupID | None = None) -> None:
        """Rename a link, or move it to the group remote. Source: H5Lmove."""
    def set_comment(self, name: bytes, comment: bytes) -> None:
        """Set a member's comment. Source: H5Oset_comment_by_name."""
    def unlink(self, name: bytes) -> None:
        """Remove a link from this group. Raises KeyError when there is none. Source: H5Ldelete."""

class GroupIter:
    """An iterator over the names in a group."""
    def __init__(self, grp: GroupID, reversed: bool | None = False) -> None: ...
    def __iter__(self) -> Any: ...
    def __next__(self) -> bytes: ...

class GroupStat:
    """What H5G_stat_t says of a group's member."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def fileno(self) -> tuple[Any, ...]:
        """Two numbers that name the file among those open."""
    @property
    def linklen(self) -> int:
        """The size of a soft link's value, in bytes."""
    @property
    def mtime(self) -> int:
        """When the object was changed, as a Unix time in seconds."""
    @property
    def nlink(self) -> int:
        """The number of hard links to the object."""
    @property
    def objno(self) -> tuple[Any, ...]:
        """Two numbers that name the object in its file."""
    @property
    def type(self) -> int:
        """The kind of the object: GROUP, DATASET, TYPE or LINK."""
LINK: int
LINK_ERROR: int
LINK_HARD: int
LINK_SOFT: int
TYPE: int
UNKNOWN: int
def create(loc: _objects.ObjectID, name: Any, lcpl: h5p.PropID | None = None, gcpl: h5p.PropID | None = None) -> GroupID:
    """Create a group, an anonymous one when name is None, and return its GroupID. Raises
    ValueError when the name is taken. Source: H5Gcreate2, H5Gcreate_anon."""
def get_objinfo(obj: _objects.ObjectID, name: bytes = b'.', follow_link: int = 1) -> GroupStat:
    """A GroupStat for an object or a link. Source: H5Gget_objinfo."""
def iterate(loc: GroupID, func: Any, startidx: int = 0, *, obj_name: bytes = b'.') -> Any:
    """Call func(name) for each member, in the order of names, until it returns something other
    than None; returns that. func may do anything. Source: H5Literate_by_name2."""
def open(loc: _objects.ObjectID, name: bytes) -> GroupID:
    """Open a group and return its GroupID. Raises ValueError when there is none. Source:
    H5Gopen2."""
phil: _objects.FastRLock
