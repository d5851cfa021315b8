"""The metadata cache: HDF5's H5AC interface, as h5py.h5ac."""

from ._core.h5ac import *  # noqa: F403
