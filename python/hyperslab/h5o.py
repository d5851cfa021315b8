"""Objects of any kind: HDF5's H5O interface, as h5py.h5o."""

from ._core.h5o import *  # noqa: F403
from ._core.h5o import (  # noqa: F401
    ObjInfo,
    _ObjInfo,
    _ObjInfoBase,
    _ObjMetaInfo,
    _OHdr,
    _OHdrMesg,
    _OHdrSpace,
    _OMetaSize,
)
from ._objects import __reduce_cython__, __setstate_cython__, phil, refuse_pickling, with_phil  # noqa: F401

for _class in (
    _ObjInfo,
    _ObjInfoBase,
    _ObjMetaInfo,
    _OHdr,
    _OHdrMesg,
    _OHdrSpace,
    _OMetaSize,
    ObjInfo,
):
    refuse_pickling(_class)
del _class
