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
from hyperslab._objects import with_phil as with_phil

def attach_scale(dset: h5d.DatasetID, dscale: h5d.DatasetID, idx: int) -> None:
    """Attach a scale to an axis. Source: H5DSattach_scale."""
def detach_scale(dset: h5d.DatasetID, dscale: h5d.DatasetID, idx: int) -> None:
    """Detach a scale from an axis. Source: H5DSdetach_scale."""
def get_label(dset: h5d.DatasetID, idx: int) -> bytes:
    """An axis' label, b'' when it has none. Source: H5DSget_label."""
def get_num_scales(dset: h5d.DatasetID, dim: int) -> int:
    """The number of scales on an axis. Source: H5DSget_num_scales."""
def get_scale_name(dscale: h5d.DatasetID) -> bytes:
    """A scale's name, b'' when it has none. Source: H5DSget_scale_name."""
def is_attached(dset: h5d.DatasetID, dscale: h5d.DatasetID, idx: int) -> bool:
    """Whether a scale is attached to an axis. Source: H5DSis_attached."""
def is_scale(dset: h5d.DatasetID) -> bool:
    """Whether a dataset is a dimension scale. Source: H5DSis_scale."""
def iterate(dset: h5d.DatasetID, dim: int, func: Any, startidx: int = 0) -> Any:
    """Call func(DatasetID) for each scale of an axis from position startidx on, until it
    returns something other than None; returns that. func may do anything. Source:
    H5DSiterate_scales."""
phil: _objects.FastRLock
def set_label(dset: h5d.DatasetID, idx: int, label: bytes) -> None:
    """Set an axis' label. Source: H5DSset_label."""
def set_scale(dset: h5d.DatasetID, dimname: bytes = b'') -> None:
    """Make a dataset a dimension scale. Source: H5DSset_scale."""
