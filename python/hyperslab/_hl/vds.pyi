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

from hyperslab import h5d
from hyperslab import h5d as h5d
from hyperslab import h5p as h5p
from hyperslab import h5s as h5s
from hyperslab import h5t as h5t
from hyperslab._hl.compat import filename_encode as filename_encode
from hyperslab._hl.dataset import Dataset
from hyperslab._hl.datatype import Datatype as Datatype
from hyperslab._hl.group import Group
from hyperslab._hl.selections import SimpleSelection as SimpleSelection
from hyperslab._hl.selections import select as select
from hyperslab._typing import DTypeLike
from hyperslab._typing import Data
from hyperslab._typing import Index
from hyperslab._typing import Path
from hyperslab._typing import Shape


class VDSmap:
    """One mapping: the elements of the virtual dataset, and where they lie."""

class VirtualLayout:
    """Which elements of a virtual dataset lie where: ``layout[0] = source``.

    Parameters
    ----------
    shape, maxshape : tuple or int
        Of the virtual dataset; None in `maxshape` means without limit.
    dtype : dtype or Datatype
        Its type.
    filename : str, optional
        The file it will be in, when that is known. Sources in that file are stored as '.', so that
        it can be renamed."""
    def __init__(self, shape: Shape, dtype: DTypeLike, maxshape: int | Sequence[int | None] | None = None, filename: Path | None = None) -> None: ...
    def __setitem__(self, key: Index, source: VirtualSource) -> None: ...
    def make_dataset(self, parent: Group, name: str | bytes, fillvalue: Data | None = None) -> h5d.DatasetID:
        """Make the dataset in the group `parent`; returns its low-level `DatasetID`."""

class VirtualSource:
    """A dataset that a virtual one takes elements from; slice it to take a part.

    Parameters
    ----------
    path_or_dataset : str or Dataset
        The source's file, or the dataset itself, which then says all the rest.
    name : str
        The dataset's name in that file.
    shape, maxshape : tuple
        Its shape, and how far it may grow (None in it: without limit).
    dtype : dtype
        Its type."""
    def __getitem__(self, key: Index) -> VirtualSource: ...
    def __init__(self, path_or_dataset: Path | Dataset, name: str | bytes | None = None, shape: Shape | None = None, dtype: DTypeLike = None, maxshape: int | Sequence[int | None] | None = None) -> None: ...
    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the selected part."""
vds_support: bool
