"""Drivers: HDF5's H5FD interface, as h5py.h5fd. SUBFILING and IOC are not in h5py.

They are -1 in a build without them, and while MPI does not run with MPI_THREAD_MULTIPLE.
"""

from ._core import h5fd as _h5fd
from ._core.h5fd import *  # noqa: F403

# What can become another number after the import.
_ASKED_FOR = {"SUBFILING": _h5fd._subfiling_driver, "IOC": _h5fd._ioc_driver}


def __getattr__(name):
    if name in _ASKED_FOR:
        return _ASKED_FOR[name]()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return [*globals(), *_ASKED_FOR]
