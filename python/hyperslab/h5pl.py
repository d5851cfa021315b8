"""Where plug-ins are looked for: HDF5's H5PL interface, as h5py.h5pl."""

from ._core.h5pl import *  # noqa: F403
