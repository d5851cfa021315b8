"""Identifiers: HDF5's H5I interface, as h5py.h5i."""

from ._core.h5i import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
