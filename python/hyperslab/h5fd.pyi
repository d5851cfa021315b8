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


CORE: int
DIRECT: int
FAMILY: int
IOC: int
LOG: int
LOG_ALL: int
LOG_ALLOC: int
LOG_FILE_IO: int
LOG_FILE_READ: int
LOG_FILE_WRITE: int
LOG_FLAVOR: int
LOG_LOC_IO: int
LOG_LOC_READ: int
LOG_LOC_SEEK: int
LOG_LOC_WRITE: int
LOG_NUM_IO: int
LOG_NUM_READ: int
LOG_NUM_SEEK: int
LOG_NUM_WRITE: int
LOG_TIME_CLOSE: int
LOG_TIME_IO: int
LOG_TIME_OPEN: int
LOG_TIME_READ: int
LOG_TIME_SEEK: int
LOG_TIME_WRITE: int
MEM_BTREE: int
MEM_DEFAULT: int
MEM_DRAW: int
MEM_GHEAP: int
MEM_LHEAP: int
MEM_NTYPES: int
MEM_OHDR: int
MEM_SUPER: int
MPIO: int
MPIO_COLLECTIVE: int
MPIO_INDEPENDENT: int
MPIPOSIX: int
MULTI: int
ROS3D: int
SEC2: int
SELECT_IOC_EVERY_NTH_RANK: int
SELECT_IOC_ONE_PER_NODE: int
SELECT_IOC_TOTAL: int
STDIO: int
SUBFILING: int
WINDOWS: int
fileobj_driver: int
