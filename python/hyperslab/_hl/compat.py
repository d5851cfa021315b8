"""File names as libhdf5 takes and gives them."""

import os

WINDOWS_ENCODING = "utf-8"


def filename_encode(filename):
    """A path (str, bytes or os.PathLike) as bytes for libhdf5."""
    return os.fsencode(filename)


def filename_decode(filename):
    """Bytes from libhdf5 as a path; bytes that are no text come back through ``os.fsencode``."""
    if not isinstance(filename, (str, bytes)):
        raise TypeError(f"expect bytes or str, not {type(filename).__name__}")
    return os.fsdecode(filename)
