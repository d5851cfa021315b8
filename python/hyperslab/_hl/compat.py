"""File names as libhdf5 takes and gives them."""

import os

from ..version import hdf5_built_version_tuple  # noqa: F401

WINDOWS_ENCODING = "utf-8"


def filename_encode(filename):
    """A path (str, bytes or os.PathLike) as bytes for libhdf5."""
    encoded = os.fsencode(filename)
    if b"\0" in encoded:  # libhdf5 would see it end there, and open another file
        raise ValueError("embedded null byte in a file name")
    return encoded


def filename_decode(filename):
    """Bytes from libhdf5 as a path; bytes that are no text come back through ``os.fsencode``."""
    if not isinstance(filename, (str, bytes)):
        raise TypeError(f"expect bytes or str, not {type(filename).__name__}")
    return os.fsdecode(filename)
