"""Groups: HDF5's H5G interface, as h5py.h5g."""

from ._core.h5g import *  # noqa: F403
from ._core.h5g import _path_valid  # noqa: F401
from ._objects import phil, with_phil  # noqa: F401
