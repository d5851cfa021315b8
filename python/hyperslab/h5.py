"""The HDF5 library as a whole, and the configuration, as h5py.h5."""

from warnings import warn  # noqa: F401

from ._core.h5 import *  # noqa: F403
from ._core.h5 import (
    H5PYConfig,
    _config,  # noqa: F401
)
from ._objects import phil, refuse_pickling, with_phil  # noqa: F401
from .h5py_warnings import H5pyDeprecationWarning  # noqa: F401

refuse_pickling(H5PYConfig)
