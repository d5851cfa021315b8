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


class LinkInfo:
    """What HDF5 knows of a link."""
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
    def type(self) -> int:
        """The kind of the link: TYPE_HARD, TYPE_SOFT, TYPE_EXTERNAL, or a user-defined type's
        number."""
    @property
    def u(self) -> int:
        """The address in the file of what a hard link leads to, or the size of another link's
        value in bytes."""

class LinkProxy:
    """The links in a group, which are reached as `group.links`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, id_: int) -> None: ...
    def __ne__(self, other: object, /) -> bool: ...
    def create_external(self, link_name: bytes, file_name: bytes, obj_name: bytes, lcpl: h5p.PropID | None = None, lapl: h5p.PropID | None = None) -> None:
        """Create a link to a path in another file; neither needs to exist. Raises RuntimeError
        when the name is taken. Source: H5Lcreate_external."""
    def create_hard(self, new_name: bytes, cur_loc: h5g.GroupID, cur_name: bytes, lcpl: h5p.PropID | None = None, lapl: h5p.PropID | None = None) -> None:
        """Create a further hard link to an existing object. Raises OSError when the name is taken.
        Source: H5Lcreate_hard."""
    def create_soft(self, new_name: bytes, target: bytes, lcpl: h5p.PropID | None = None, lapl: h5p.PropID | None = None) -> None:
        """Create a link to a path, which need not exist. Raises OSError when the name is taken.
        Source: H5Lcreate_soft."""
    def exists(self, name: bytes, lapl: h5p.PropID | None = None) -> bool:
        """Whether there is a link of that name, even one that leads nowhere. Source: H5Lexists."""
    def get_info(self, name: bytes, index: int = -1, *, lapl: h5p.PropID | None = None) -> LinkInfo:
        """A LinkInfo of the link with that name; the index is not used. Raises RuntimeError when
        there is none. Source: H5Lget_info2."""
    def get_val(self, name: bytes, lapl: h5p.PropID | None = None) -> Any:
        """A soft link's path, or (file name, path) of an external link. Source: H5Lget_val,
        H5Lunpack_elink_val."""
    def iterate(self, func: Any, *, idx_type: int = 0, order: int = 0, obj_name: bytes = b'.', lapl: h5p.PropID | None = None, info: bool | None = 0, idx: int = 0) -> tuple[Any, ...]:
        """Call func(name), or func(name, LinkInfo) if info, for each link in the group itself,
        from position idx on, until it returns something true; returns (last result, position
        after it). Source: H5Literate_by_name2."""
    def move(self, src_name: bytes, dst_loc: h5g.GroupID, dst_name: bytes, lcpl: h5p.PropID | None = None, lapl: h5p.PropID | None = None) -> None:
        """Rename or move a link. Raises ValueError when there is none, or when the new name is
        taken. Source: H5Lmove."""
    def visit(self, func: Any, *, idx_type: int = 0, order: int = 0, obj_name: bytes = b'.', lapl: h5p.PropID | None = None, info: bool | None = 0) -> Any:
        """Call func(name), or func(name, LinkInfo) if info, for each link below the group, until
        it returns something true; returns the last result. func may do anything: what is gone
        when its turn comes is passed over. Source: H5Lvisit_by_name2."""
TYPE_EXTERNAL: int
TYPE_HARD: int
TYPE_SOFT: int
phil: _objects.FastRLock
