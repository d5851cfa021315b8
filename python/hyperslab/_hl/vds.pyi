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
    """One mapping of a virtual dataset: which elements of it lie where.

    Its fields are ``vspace``, the selection in the virtual dataset, ``file_name`` and
    ``dset_name`` of the source, and ``src_space``, the selection in the source."""

class VirtualLayout:
    """Which elements of a virtual dataset lie where: ``layout[0] = source``.

    Parameters
    ----------
    shape, maxshape : tuple or int
        The shape of the virtual dataset in elements, and the shape that it may grow to, where None
        means without limit.
    dtype : dtype or Datatype
        The type of its elements.
    filename : str, optional
        The file that the dataset will be in, when that is known. Sources in that file are stored
        as '.', so that it can be renamed."""
    def __init__(self, shape: Shape, dtype: DTypeLike, maxshape: int | Sequence[int | None] | None = None, filename: Path | None = None) -> None: ...
    def __setitem__(self, key: Index, source: VirtualSource) -> None: ...
    def make_dataset(self, parent: Group, name: str | bytes, fillvalue: Data | None = None) -> h5d.DatasetID:
        """Create the dataset in the group `parent`, and return its low-level `DatasetID`.

        Raises ValueError when the layout is for another file. Source: H5Dcreate2."""

class VirtualSource:
    """A dataset that a virtual one takes elements from; slice it to take a part.

    Parameters
    ----------
    path_or_dataset : str or Dataset
        The source's file, or the dataset itself, which then says all the rest.
    name : str
        The dataset's name in that file.
    shape, maxshape : tuple
        The source's shape in elements, and the shape that it may grow to, where None means without
        limit.
    dtype : dtype
        The type of its elements.

    Raises
    ------
    TypeError
        A Dataset is given together with what it knows itself, or a path without name and shape."""
    def __getitem__(self, key: Index) -> VirtualSource: ...
    def __init__(self, path_or_dataset: Path | Dataset, name: str | bytes | None = None, shape: Shape | None = None, dtype: DTypeLike = None, maxshape: int | Sequence[int | None] | None = None) -> None: ...
    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the selected part, in elements."""
vds_support: bool
