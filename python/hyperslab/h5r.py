"""References: HDF5's H5R interface, as h5py.h5r."""

from ._core.h5r import *  # noqa: F403
from ._core.h5r import Reference, RegionReference, StandardReference
from ._objects import __reduce_cython__, __setstate_cython__, phil, refuse_pickling, with_phil  # noqa: F401

for _class in (Reference, RegionReference, StandardReference):
    refuse_pickling(_class)
del _class
