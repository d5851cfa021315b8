"""Groups: HDF5's H5G interface, as h5py.h5g."""

import sys

from ._core.h5g import *  # noqa: F403
from ._core.h5g import (
    GroupIter,
    GroupStat,
    _path_valid,  # noqa: F401
)
from ._objects import __reduce_cython__, __setstate_cython__, phil, refuse_pickling, with_phil  # noqa: F401

for _class in (GroupIter, GroupStat):
    refuse_pickling(_class)
del _class

# Names that programs ask h5py for.
_IS_WINDOWS = sys.platform.startswith("win")
