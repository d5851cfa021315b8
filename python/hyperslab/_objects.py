"""The base of low-level objects, and the lock around HDF5."""

import functools
import os

from ._core._objects import BogoLock, FastRLock, ObjectID, phil  # noqa: F401


def with_phil(func):
    """A decorator: the function runs while the HDF5 lock is held."""

    @functools.wraps(func)
    def wrapper(*args, **kwds):
        with phil:
            return func(*args, **kwds)

    return wrapper


# Programs look for these words of Cython's in the message.
_WHY = "(no default __reduce__ due to non-trivial __cinit__)"


def __reduce_cython__(self):
    """Objects that stand for something in this process cannot be pickled."""
    raise TypeError(f"cannot pickle {type(self).__name__!r} object {_WHY}")


def __setstate_cython__(self, __pyx_state):
    """Refuse unpickling: an object of another process means nothing here."""
    raise TypeError(f"cannot unpickle {type(self).__name__!r} object {_WHY}")


def __setstate__(self, state):
    """Refuse unpickling: an object of another process means nothing here."""
    raise TypeError(f"cannot unpickle {type(self).__name__!r} object {_WHY}")


def refuse_pickling(cls):
    """Give a class the methods by which pickling is refused, where it has no better ones."""
    for method in (__reduce_cython__, __setstate_cython__, __setstate__):
        if not hasattr(cls, method.__name__):
            setattr(cls, method.__name__, method)
    if cls.__reduce__ is object.__reduce__:
        cls.__reduce__ = __reduce_cython__


for _class in (ObjectID, FastRLock, BogoLock):
    refuse_pickling(_class)
del _class


def wvd_items(self):
    """The present (key, value) pairs of a `weakref.WeakValueDictionary`, as a list."""
    return list(self.items())


def wvd_values(self):
    """The present values of a `weakref.WeakValueDictionary`, as a list."""
    return list(self.values())


def nonlocal_close():
    """Nothing to do: identifiers of closed files know that they are."""


def print_reg():
    """Print how many objects are open."""
    from . import h5f

    objects, files, groups = (
        h5f.get_obj_count(types=kind) for kind in (h5f.OBJ_ALL, h5f.OBJ_FILE, h5f.OBJ_GROUP)
    )
    print(f"REGISTRY: {objects} | {files} FileID | {groups} GroupID")


def _phil_before_fork():
    phil.acquire()


def _phil_after_fork():
    phil.release()


# The child must not inherit a lock that another thread held. Python's own fork comes here before
# the C library's handlers, while waiting can still give up the interpreter's lock.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_phil_before_fork,
        after_in_child=_phil_after_fork,
        after_in_parent=_phil_after_fork,
    )
