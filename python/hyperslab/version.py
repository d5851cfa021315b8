"""Versions: of the h5py interface that is provided, of hyperslab and of HDF5."""

import sys
from collections import namedtuple

import numpy

from . import _core
from . import h5 as _h5

_H5PY_VERSION_CLS = namedtuple("_H5PY_VERSION_CLS", "major minor bugfix pre post dev")

#: The version of h5py whose interface and behaviour this is.
version_tuple = _H5PY_VERSION_CLS(3, 16, 0, None, None, None)
version = "3.16.0"

#: hyperslab's own version.
hyperslab_version = _core.__version__

hdf5_built_version_tuple = _h5.HDF5_VERSION_COMPILED_AGAINST
hdf5_version_tuple = _h5.get_libversion()
hdf5_version = ".".join(map(str, hdf5_version_tuple))

api_version_tuple = (1, 8)
api_version = "1.8"

info = f"""\
hyperslab     {hyperslab_version}
h5py (interface) {version}
HDF5          {hdf5_version}
HDF5 (built against) {".".join(map(str, hdf5_built_version_tuple))}
HDF5 (build)  {_core.hdf5_build}
Python        {sys.version}
sys.platform  {sys.platform}
sys.maxsize   {sys.maxsize}
numpy         {numpy.__version__}
"""
