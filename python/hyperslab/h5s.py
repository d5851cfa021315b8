"""Dataspaces and selections: HDF5's H5S interface, as h5py.h5s."""

from ._core.h5s import *  # noqa: F403
