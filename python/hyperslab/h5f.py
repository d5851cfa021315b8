"""Files: HDF5's H5F interface, as h5py.h5f."""

from ._core.h5f import *  # noqa: F403
