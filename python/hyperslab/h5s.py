"""Dataspaces and selections: HDF5's H5S interface, as h5py.h5s."""

from ._core.h5s import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
