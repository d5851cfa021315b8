"""netCDF-4 files in xarray: the engine "hyperslab", and `to_netcdf`.

``xarray.open_dataset(path, engine="hyperslab")`` needs xarray and h5netcdf:
``pip install hyperslab[xarray]``. h5netcdf knows netCDF's conventions; h5py need not be installed,
and where it is, it is not used.
"""

from .backend import HyperslabBackend, to_netcdf

__all__ = ["HyperslabBackend", "to_netcdf"]
