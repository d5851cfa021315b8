"""Dimension scales: HDF5's H5DS interface, as h5py.h5ds."""

from ._core.h5ds import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
