"""Property lists: HDF5's H5P interface, as h5py.h5p."""

from ._core.h5p import *  # noqa: F403
from ._objects import __reduce_cython__, __setstate_cython__, phil, with_phil  # noqa: F401
