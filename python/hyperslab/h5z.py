"""Filters: HDF5's H5Z interface, as h5py.h5z."""

import os as _os

from . import _core
from ._core.h5z import *  # noqa: F403
from ._core.h5z import _register_lzf  # noqa: F401
from ._objects import phil, with_phil  # noqa: F401

# Packages with filters look libhdf5's functions up in this file. Where HDF5 is inside, the module
# keeps it to itself, and a library beside it hands on.
__file__ = _os.path.join(_os.path.dirname(_core.__file__), "libhyperslab_hdf5.so.1")
if not _os.path.exists(__file__):
    __file__ = _core.__file__
