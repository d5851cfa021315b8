"""References: HDF5's H5R interface, as h5py.h5r."""

from ._core.h5r import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
