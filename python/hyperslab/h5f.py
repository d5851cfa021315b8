"""Files: HDF5's H5F interface, as h5py.h5f."""

from . import _objects, h5o  # noqa: F401
from ._core.h5f import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
