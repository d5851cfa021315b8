"""Links: HDF5's H5L interface, as h5py.h5l."""

from ._core.h5l import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
