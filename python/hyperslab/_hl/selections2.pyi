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
from typing import Any, BinaryIO, Literal, overload

import numpy
from typing_extensions import Self

from hyperslab import h5s
from hyperslab import h5s as h5s


class ScalarReadSelection:
    """What ``()`` or ``...`` select in a scalar dataset: iterates over (file, memory) spaces."""
    def __init__(self, fspace: h5s.SpaceID, args: Any) -> None: ...
    def __iter__(self) -> Any: ...
def read_dtypes(dataset_dtype: Any, names: Any) -> Any:
    """The dtype of what is read, and the dtype to read with, when these fields are asked for."""
def read_selections_scalar(dsid: Any, args: Any) -> Any:
    """The shape of the result (None: a scalar, not an array) and the selected dataspace."""
def select_read(fspace: h5s.SpaceID, args: Any) -> Any:
    """A `ScalarReadSelection`; other dataspaces are not selected in here."""
