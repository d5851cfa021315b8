"""The stub module `_typing`, which other stubs share. No such module is there when a program runs.

`Member` is what a name in a group means. Nobody knows before the program runs whether that is a
group, a dataset or a type; a union would refuse ``f["x"][:]``. So it has the members of all three,
for editors, and derives from Any: it passes as each of them, and `isinstance` tells them apart.
"""

TEXT = '''\
# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc"
"""Names that the stubs share. Only type checkers see this module."""

import os
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from types import EllipsisType
from typing import Any, Literal, Protocol, SupportsIndex, TypeAlias, TypeVar, overload

import numpy
import numpy.typing
{imports}

T = TypeVar("T")
Path: TypeAlias = str | bytes | os.PathLike[str] | os.PathLike[bytes]
Shape: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
DTypeLike: TypeAlias = numpy.typing.DTypeLike | Datatype | h5t.TypeID | None
# Whatever NumPy makes an array of, and what HDF5 has beside.
Data: TypeAlias = (
    numpy.typing.ArrayLike | Sequence[Any] | Empty | h5r.Reference | h5r.StandardReference
)
# What selects several elements.
Parts: TypeAlias = (
    slice
    | EllipsisType
    | list[Any]
    | numpy.ndarray[Any, Any]
    | MultiBlockSlice
    | Selection
    | h5r.RegionReference
    | tuple[slice | EllipsisType, ...]
)
Index: TypeAlias = Parts | SupportsIndex | str | tuple[Any, ...] | None
Portable = TypeVar("Portable", bound=HLObject)

class RegionProxy(Protocol):
    """What `Dataset.regionref` is."""

    def __getitem__(self, args: Index, /) -> h5r.RegionReference: ...
    def shape(self, ref: h5r.RegionReference) -> tuple[int, ...]: ...
    def selection(self, ref: h5r.RegionReference) -> tuple[int, ...] | None: ...

class FileObject(Protocol):
    """A file object that `File` can read from."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...

class Link(Any):
    """A `HardLink`, `SoftLink` or `ExternalLink`; `isinstance` tells which."""

    path: str
    filename: str

class Member(Any):
    """What a name in a group means: `Dataset`, `Group` or `Datatype`; `isinstance` tells which."""

'''


def member_lines(stub, classes):
    """The members of the class Member: those of all these classes, by name."""
    lines, known = [], set()
    for cls in (base for each in classes for base in each.__mro__):
        if not cls.__module__.startswith("hyperslab"):
            continue
        for name, value in sorted(vars(cls).items()):
            if name not in known and stub.is_shown(name) and name not in ("__init__", "collective"):
                known.add(name)
                lines += stub.member(cls, name, value, owner_name="Member")
    return lines
