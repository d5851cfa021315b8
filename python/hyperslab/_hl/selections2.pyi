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

from hyperslab import h5d
from hyperslab import h5s
from hyperslab import h5s as h5s


class ScalarReadSelection:
    """What ``()`` or ``...`` select in a scalar dataset: iterates over (file, memory) spaces."""
    def __init__(self, fspace: h5s.SpaceID, args: tuple[Any, ...]) -> None: ...
    def __iter__(self) -> Iterator[tuple[h5s.SpaceID, h5s.SpaceID]]: ...
def read_dtypes(dataset_dtype: numpy.dtype[Any], names: Sequence[str]) -> tuple[numpy.dtype[Any], numpy.dtype[Any]]:
    """The dtype of what is read, and the dtype to read with, when these fields are asked for.

    Raises ValueError for fields that are not there."""
def read_selections_scalar(dsid: h5d.DatasetID, args: tuple[Any, ...]) -> tuple[tuple[int, ...] | None, h5s.SpaceID]:
    """The shape of the result (None: a scalar, not an array) and the selected dataspace.

    Raises RuntimeError when the dataset is no scalar, ValueError for other arguments."""
def select_read(fspace: h5s.SpaceID, args: tuple[Any, ...]) -> ScalarReadSelection:
    """The `ScalarReadSelection` of a scalar dataspace.

    Raises NotImplementedError for another dataspace."""
