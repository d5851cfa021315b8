"""Datasets: HDF5's H5D interface, as h5py.h5d."""

from ._core.h5d import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
