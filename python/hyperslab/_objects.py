"""The base of low-level objects, and the lock around HDF5."""

import functools
import os

from ._core._objects import FastRLock, ObjectID, phil  # noqa: F401


def with_phil(func):
    """A decorator: the function runs while the HDF5 lock is held."""

    @functools.wraps(func)
    def wrapper(*args, **kwds):
        with phil:
            return func(*args, **kwds)

    return wrapper


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
