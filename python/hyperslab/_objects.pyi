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



class BogoLock:
    """A context that locks nothing."""
    def __enter__(self) -> None: ...
    def __exit__(self, *args: Any) -> None: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

class FastRLock:
    """The lock that every call into HDF5 holds; recursive."""
    def __enter__(self) -> bool: ...
    def __exit__(self, t: Any, v: Any, tb: Any) -> None: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def acquire(self, blocking: bool = True) -> bool: ...
    def release(self) -> None: ...

class ObjectID:
    """An HDF5 identifier; it is given back when this object dies."""
    def __bool__(self) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __ne__(self, other: object, /) -> bool: ...
    def close(self) -> None:
        """Give the identifier back now. Source: H5Idec_ref."""
    @property
    def fileno(self) -> tuple[Any, ...]:
        """(self) -> tuple"""
    @property
    def id(self) -> int:
        """The identifier's number; 0 when it has been closed."""
    @property
    def locked(self) -> bool:
        """(self) -> bool"""
    @locked.setter
    def locked(self, value: bool) -> None: ...
    @property
    def valid(self) -> bool:
        """Whether the object can still be used."""
def nonlocal_close() -> Any:
    """Nothing to do: identifiers of closed files know that they are."""
phil: FastRLock
def print_reg() -> Any:
    """Print how many objects are open."""
def refuse_pickling(cls: Any) -> Any:
    """Give a class the methods by which pickling is refused, where it has no better ones."""
def with_phil(func: Callable[..., Any]) -> Any:
    """A decorator: the function runs while the HDF5 lock is held."""
def wvd_items(self: Any) -> Any:
    """The present (key, value) pairs of a `weakref.WeakValueDictionary`, as a list."""
def wvd_values(self: Any) -> Any:
    """The present values of a `weakref.WeakValueDictionary`, as a list."""
