"""Filters of the package hdf5plugin, when it serves another HDF5 than ours.

hdf5plugin registers its filters with the module that is called h5py. Where that is stock h5py, its
libraries are bound to stock h5py's libhdf5, and a library can be bound only once. So a filter that
is needed here gets a library of its own: a copy, which the loader takes for another one.
"""

import ctypes
import glob
import os
import shutil
import sys
import tempfile

from . import h5z

_libraries = {}  # by filter number; loaded for good, since libhdf5 calls into them


def provide(number):
    """Register a filter of hdf5plugin, which was imported. Returns whether it is usable."""
    package = sys.modules["hdf5plugin"]
    name = next((name for name, found in package.FILTERS.items() if found == number), None)
    if name is None or number in _libraries or _serves_us():
        return h5z.filter_avail(number)
    files = glob.glob(os.path.join(package.PLUGIN_PATH, f"libh5{name}.*"))
    if not files:
        return h5z.filter_avail(number)
    library = _load_a_copy(files[0])
    if hasattr(library, "init_filter") and library.init_filter(os.fsencode(h5z.__file__)) < 0:
        return False
    library.H5PLget_plugin_info.restype = ctypes.c_void_p
    h5z.register_filter(library.H5PLget_plugin_info())
    _libraries[number] = library
    return True


def _serves_us():
    return getattr(sys.modules.get("h5py"), "h5z", None) is h5z


def _load_a_copy(path):
    # Its own variables come first: Python may have been told to show another HDF5's to all.
    mode = ctypes.DEFAULT_MODE | getattr(os, "RTLD_DEEPBIND", 0)
    with open(path, "rb") as source, tempfile.NamedTemporaryFile(suffix=".so") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.flush()
        return ctypes.CDLL(copy.name, mode)
