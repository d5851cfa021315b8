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

from hyperslab._hl.dataset import Dataset
from hyperslab._hl.dataset import Dataset as Dataset
from hyperslab._hl.datatype import Datatype
from hyperslab._hl.datatype import Datatype as Datatype
from hyperslab._hl.files import File
from hyperslab._hl.files import File as File
from hyperslab._hl.group import Group
from hyperslab._hl.group import Group as Group
from hyperslab._typing import Portable


class PortableDataset(Dataset):
    """A `Dataset` that can be pickled."""

class PortableDatatype(Datatype):
    """A `Datatype` that can be pickled."""

class PortableFile(File):
    """A `File` that can be pickled."""

class PortableGroup(Group):
    """A `Group` that can be pickled."""
def portable(obj: Portable) -> Portable:
    """A handle of a file, group, dataset or named type that can be pickled.

    For workers: ``pool.map(work, [hyperslab.portable(dataset)])``, or a member of a data set class
    for a data loader. A pickle holds the file's path and the object's, not the elements; where it
    is loaded, the file is opened for reading, once a process. The file has to be there.

    Parameters
    ----------
    obj : File, Group, Dataset or Datatype
        An object of a file that is open for reading only, by its path.

    Returns
    -------
    File, Group, Dataset or Datatype
        The object, of a class that is derived from its own.

    Raises
    ------
    TypeError
        `obj` is none of these.
    ValueError
        The file is open for writing, so what a worker reads could be anything; or it has no path
        (it is a Python file object, or in memory); or the object has no name."""
