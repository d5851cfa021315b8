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

from hyperslab import h5t
from hyperslab._hl.base import HLObject
from hyperslab._hl.base import HLObject as HLObject
from hyperslab._objects import with_phil as with_phil
from hyperslab.h5t import TypeID as TypeID


class Datatype(HLObject):
    """A datatype with a name in a file: ``group["name"] = numpy.dtype(...)`` makes one."""
    def __init__(self, bind: h5t.TypeID) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The NumPy dtype of the type. Raises TypeError when there is none."""
    @property
    def id(self) -> h5t.TypeID: ...
