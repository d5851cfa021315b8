"""How workers open files, and how they see that a file is no longer the one that was planned."""

import os

from .._hl.files import File


def open_file(path):
    """A file opened for reading, also one that another process is writing in SWMR mode.

    Raises OSError as `File` does.
    """
    try:
        return File(path, "r", locking="best-effort")
    except FileNotFoundError:
        raise
    except OSError as error:
        try:
            return File(path, "r", locking="best-effort", swmr=True)
        except OSError:
            raise error from None


def stamp_of(path):
    """The size of a file in bytes, and the time of its last change in nanoseconds."""
    status = os.stat(path)
    return status.st_size, status.st_mtime_ns
