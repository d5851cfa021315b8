"""File names as libhdf5 takes and gives them."""

import os

from ..version import hdf5_built_version_tuple  # noqa: F401

WINDOWS_ENCODING = "utf-8"


def filename_encode(filename):
    """The bytes that libhdf5 takes for a path (str, bytes or os.PathLike).

    Raises ValueError for a path with a null byte in it.
    """
    encoded = os.fsencode(filename)
    if b"\0" in encoded:  # libhdf5 would see it end there, and open another file
        raise ValueError("embedded null byte in a file name")
    return encoded


def filename_decode(filename):
    """The path, a str, that bytes from libhdf5 mean.

    Bytes that are no text come back through ``os.fsencode``. Raises TypeError for anything but
    bytes and str.
    """
    if not isinstance(filename, (str, bytes)):
        raise TypeError(f"expect bytes or str, not {type(filename).__name__}")
    return os.fsdecode(filename)
