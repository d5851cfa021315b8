"""Links: HDF5's H5L interface, as h5py.h5l."""

from ._core.h5l import *  # noqa: F403
from ._core.h5l import LinkInfo, LinkProxy
from ._objects import __reduce_cython__, __setstate_cython__, phil, refuse_pickling, with_phil  # noqa: F401

for _class in (LinkInfo, LinkProxy):
    refuse_pickling(_class)
del _class
