"""Other packages that read the same data: a module for each.

Every module has NAME, NOTE (what is not quite the same, if anything) and `open_dataset(stored,
cleanup)`, which gives a function from an index to an array. It raises when it cannot read such a
dataset or selection; that package then has no figure for the case. Packages come from
bench/requirements.txt; one that is not installed is absent.
"""

MODULES = [
    "h5py_in_threads",
    "with_pytables",
    "with_netcdf4",
    "with_zarr",
    "with_tensorstore",
    "with_hidefix",
]


def is_list(part):
    """Whether this part of an index names its elements one by one."""
    return hasattr(part, "dtype") and part.ndim > 0
