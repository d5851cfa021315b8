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
        """Deprecated: use ``dset.make_scale(name)``."""

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
        """Attach the dataset `dset` as a scale."""
    def detach_scale(self, dset: Dataset) -> None:
        """Take the scale `dset` off this axis."""
    def items(self) -> list[tuple[str, Dataset]]:
        """(name, Dataset) of every scale."""
    def keys(self) -> list[str]:
        """Names of the scales."""
    @property
    def label(self) -> str:
        """The axis's label, '' when it has none."""
    @label.setter
    def label(self, value: str) -> None: ...
    def values(self) -> list[Dataset]:
        """The scales as Datasets."""
phil: _objects.FastRLock
