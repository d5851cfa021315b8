"""HDF5 in Dask: arrays and tables whose blocks are read without a lock, and written in parallel.

It needs Dask: ``pip install hyperslab[dask]``. What goes to a worker is the path of a file and the
range of a block; each worker opens the file for itself.
"""

from .array import from_hdf5, to_hdf5
from .table import read_table

__all__ = ["from_hdf5", "read_table", "to_hdf5"]
