"""The metadata cache: HDF5's H5AC interface, as h5py.h5ac."""

from ._core.h5ac import *  # noqa: F403
from ._core.h5ac import CacheConfig
from ._objects import __reduce_cython__, __setstate_cython__, refuse_pickling  # noqa: F401


def _set_state(self, state):
    """Set the properties from a pickle."""
    for name, value in state[1].items():
        setattr(self, name, value)


CacheConfig.__setstate__ = _set_state
refuse_pickling(CacheConfig)
