"""Datatypes: HDF5's H5T interface, and NumPy's dtypes for it, as h5py.h5t."""

import platform
import re
from collections import namedtuple  # noqa: F401

import numpy as _np

from . import _dtypes
from ._core.h5t import *  # noqa: F403
from ._dtypes import (  # noqa: F401
    check_complex_dtype,
    check_dtype,
    check_enum_dtype,
    check_opaque_dtype,
    check_ref_dtype,
    check_string_dtype,
    check_vlen_dtype,
    complex_compat_dtype,
    enum_dtype,
    opaque_dtype,
    ref_dtype,
    regionref_dtype,
    special_dtype,
    std_ref_dtype,
    string_dtype,
    string_info,
    vlen_dtype,
)
from ._objects import phil, with_phil  # noqa: F401
from .h5 import get_config

cfg = get_config()

NUMPY_RUNTIME_VERSION_TUPLE = tuple(int(n) for n in re.findall(r"\d+", _np.__version__)[:3])

# Names that programs ask h5py for.
_UNAME_MACHINE = platform.machine()
_IS_PPC64 = _UNAME_MACHINE == "ppc64"
_IS_PPC64LE = _UNAME_MACHINE == "ppc64le"

# They are this module's, wherever they are written.
for _name in dir(_dtypes):
    if getattr(getattr(_dtypes, _name), "__module__", None) == _dtypes.__name__:
        getattr(_dtypes, _name).__module__ = __name__
del _name
