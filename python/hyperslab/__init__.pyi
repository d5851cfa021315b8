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

from . import defs as defs
from . import h5
from . import h5 as h5
from . import h5a as h5a
from . import h5ac as h5ac
from . import h5d as h5d
from . import h5ds as h5ds
from . import h5f as h5f
from . import h5fd as h5fd
from . import h5g as h5g
from . import h5i as h5i
from . import h5l as h5l
from . import h5o as h5o
from . import h5p as h5p
from . import h5pl as h5pl
from . import h5py_warnings as h5py_warnings
from . import h5r as h5r
from . import h5s as h5s
from . import h5t as h5t
from . import h5z as h5z
from . import utils as utils
from . import version as version
from hyperslab._hl import filters as filters
from hyperslab._hl.attrs import AttributeManager as AttributeManager
from hyperslab._hl.base import Empty as Empty
from hyperslab._hl.base import HLObject as HLObject
from hyperslab._hl.base import is_hdf5 as is_hdf5
from hyperslab._hl.dataset import Dataset as Dataset
from hyperslab._hl.datatype import Datatype as Datatype
from hyperslab._hl.files import File as File
from hyperslab._hl.files import register_driver as register_driver
from hyperslab._hl.files import registered_drivers as registered_drivers
from hyperslab._hl.files import unregister_driver as unregister_driver
from hyperslab._hl.group import ExternalLink as ExternalLink
from hyperslab._hl.group import Group as Group
from hyperslab._hl.group import HardLink as HardLink
from hyperslab._hl.group import SoftLink as SoftLink
from hyperslab._hl.selections import Selection as Selection
from hyperslab._hl.vds import VirtualLayout as VirtualLayout
from hyperslab._hl.vds import VirtualSource as VirtualSource
from hyperslab._install import install_as_h5py as install_as_h5py
from hyperslab._portable import portable as portable
from hyperslab._reading import progress as progress
from hyperslab._reading import threads as threads
from hyperslab._repack import repack as repack
from hyperslab._selector import MultiBlockSlice as MultiBlockSlice
from hyperslab.h5d import ReadExplanation as ReadExplanation
from hyperslab.h5d import WriteExplanation as WriteExplanation
from hyperslab.h5r import Reference as Reference
from hyperslab.h5r import RegionReference as RegionReference
from hyperslab.h5r import StandardReference as StandardReference
from hyperslab.h5t import check_complex_dtype as check_complex_dtype
from hyperslab.h5t import check_dtype as check_dtype
from hyperslab.h5t import check_enum_dtype as check_enum_dtype
from hyperslab.h5t import check_opaque_dtype as check_opaque_dtype
from hyperslab.h5t import check_ref_dtype as check_ref_dtype
from hyperslab.h5t import check_string_dtype as check_string_dtype
from hyperslab.h5t import check_vlen_dtype as check_vlen_dtype
from hyperslab.h5t import complex_compat_dtype as complex_compat_dtype
from hyperslab.h5t import enum_dtype as enum_dtype
from hyperslab.h5t import opaque_dtype as opaque_dtype
from hyperslab.h5t import special_dtype as special_dtype
from hyperslab.h5t import string_dtype as string_dtype
from hyperslab.h5t import vlen_dtype as vlen_dtype

UNLIMITED: int
__version__: str
def enable_ipython_completer() -> None:
    """Do nothing: IPython asks files, groups and attributes for their names by itself.

    Raises RuntimeError outside of IPython."""
def get_config() -> h5.H5PYConfig:
    """The configuration, an H5PYConfig: what is set there counts for the whole process."""
def get_engine() -> str:
    """The name of the engine that reads and writes: 'automatic', 'library' or 'direct'."""
def get_num_threads() -> int:
    """The number of threads that a read may use."""
def io_stats(reset: bool = False) -> dict[str, Any]:
    """Counters of what reading has done so far in this process, as a dict: how many reads went
    past libhdf5 and how many did not, why not, numbers of chunks, and bytes."""
ref_dtype: numpy.dtype[Any]
regionref_dtype: numpy.dtype[Any]
def run_tests(args: str = '') -> int:
    """Try the installation: files, groups, datasets, filters, links and references, a few seconds.

    Parameters
    ----------
    args : str
        More arguments for pytest, which has to be installed.

    Returns
    -------
    int
        pytest's exit status; 0 when all is well."""
def set_engine(name: str) -> None:
    """Set which engine reads and writes: 'automatic', 'library' (libhdf5 only) or 'direct'
    (past libhdf5 wherever that can be done). The environment variable HYPERSLAB_ENGINE says
    it for the whole process. Raises ValueError for another name."""
def set_num_threads(count: int) -> None:
    """Set how many threads a read may use. 0 means what the variable HYPERSLAB_NUM_THREADS
    says, or as many as there are processors for this process."""
std_ref_dtype: numpy.dtype[Any]
