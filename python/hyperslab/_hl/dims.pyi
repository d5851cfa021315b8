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
from hyperslab import h5d
from hyperslab import h5ds as h5ds
from hyperslab._hl import base as base
from hyperslab._hl.base import CommonStateObject
from hyperslab._hl.base import CommonStateObject as CommonStateObject
from hyperslab._hl.dataset import Dataset
from hyperslab._hl.dataset import Dataset as Dataset
from hyperslab._objects import with_phil as with_phil
from hyperslab.h5py_warnings import H5pyDeprecationWarning as H5pyDeprecationWarning


class DimensionManager(CommonStateObject):
    """The axes of a dataset: ``dset.dims[0]``."""
    def __getitem__(self, index: int) -> DimensionProxy: ...
    def __init__(self, parent: Dataset) -> None: ...
    def __iter__(self) -> Iterator[DimensionProxy]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def create_scale(self, dset: Dataset, name: str | bytes = '') -> None:
        """Make a dataset a dimension scale. Deprecated: use ``dset.make_scale(name)``."""

class DimensionProxy(CommonStateObject):
    """One axis of a dataset: its label and the scales attached to it."""
    def __eq__(self, other: object) -> bool: ...
    def __getitem__(self, item: int | str) -> Dataset: ...
    def __hash__(self) -> int: ...
    def __init__(self, id_: h5d.DatasetID, dimension: int) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def attach_scale(self, dset: Dataset) -> None:
        """Attach the dataset `dset` to this axis as a scale. Source: H5DSattach_scale."""
    def detach_scale(self, dset: Dataset) -> None:
        """Detach the scale `dset` from this axis. Source: H5DSdetach_scale."""
    def items(self) -> list[tuple[str, Dataset]]:
        """The pairs (name, Dataset) of all scales of this axis, as a list."""
    def keys(self) -> list[str]:
        """The names of all scales of this axis, as a list."""
    @property
    def label(self) -> str:
        """The label of the axis, '' when it has none. Source: H5DSget_label, H5DSset_label."""
    @label.setter
    def label(self, value: str) -> None: ...
    def values(self) -> list[Dataset]:
        """The scales of this axis, as a list of Datasets."""
phil: _objects.FastRLock
