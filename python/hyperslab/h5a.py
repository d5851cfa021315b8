"""Attributes: HDF5's H5A interface, as h5py.h5a."""

from ._core.h5a import *  # noqa: F403
from ._objects import phil, with_phil  # noqa: F401
