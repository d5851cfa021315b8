"""Filters: HDF5's H5Z interface, as h5py.h5z."""

from . import _core
from ._core.h5z import *  # noqa: F403
from ._core.h5z import _register_lzf  # noqa: F401
from ._objects import phil, with_phil  # noqa: F401

# Packages with filters look libhdf5's functions up in this file.
__file__ = _core.__file__
