"""Drivers: HDF5's H5FD interface, as h5py.h5fd."""

from ._core.h5fd import *  # noqa: F403
