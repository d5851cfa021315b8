"""HDF5 in Ray Data: a source on the partitions that Spark and Dask have.

It needs Ray and pyarrow: ``pip install hyperslab[ray]``. A task gets the path of a file and a range
of rows, and opens the file for itself.
"""

from .source import HDF5Datasource, read_hdf5

__all__ = ["HDF5Datasource", "read_hdf5"]
