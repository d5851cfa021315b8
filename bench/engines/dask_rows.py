"""The sum of a compressed matrix in Dask, on threads."""

import contextlib

import dask
import dask.array
import h5py
import hyperslab.dask
from data import Row


@contextlib.contextmanager
def rows(data):
    blocks = (65536, 64)
    with h5py.File(data.matrix) as file, dask.config.set(scheduler="threads", num_workers=2):
        yield [
            Row(
                "Dask: sum, gzip",
                lambda: hyperslab.dask.from_hdf5(data.matrix, "gzip", blocks).sum().compute(),
                "from_array on h5py",
                lambda: dask.array.from_array(file["gzip"], chunks=blocks).sum().compute(),
                4,
            )
        ]
