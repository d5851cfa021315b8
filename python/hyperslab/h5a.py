"""Attributes: HDF5's H5A interface, as h5py.h5a."""

from ._core.h5a import *  # noqa: F403
from ._core.h5a import AttrInfo
from ._objects import __reduce_cython__, __setstate_cython__, phil, refuse_pickling, with_phil  # noqa: F401

for _class in (AttrInfo,):
    refuse_pickling(_class)
del _class
