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


api_version: str
api_version_tuple: tuple[Any, ...]
hdf5_built_version_tuple: tuple[Any, ...]
hdf5_version: str
hdf5_version_tuple: tuple[Any, ...]
hyperslab_version: str
info: str
version: str
version_tuple: tuple[Any, ...]
