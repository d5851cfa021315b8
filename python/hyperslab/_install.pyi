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


def install_as_h5py() -> types.ModuleType:
    """Make ``import h5py`` give hyperslab in this process, whether or not h5py is installed.

    Each module of hyperslab is also the module of h5py with that name, the same object, and says
    so: ``h5py.File.__module__`` begins with "h5py". Calling it again has no effect. With
    HYPERSLAB_VERBOSE=1 in the environment it reports on stderr what it did.

    Processes that `multiprocessing` starts run on hyperslab too. For a whole program, with other
    processes that it starts, see ``python -m hyperslab.as_h5py``.

    Returns
    -------
    module
        hyperslab, which is now h5py as well.

    Raises
    ------
    RuntimeError
        h5py itself has been imported before; its classes are in use."""
def renew() -> None:
    """Let a package that was reloaded while it stands in for h5py say again that it is h5py."""
