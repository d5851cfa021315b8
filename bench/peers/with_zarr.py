"""zarr on a copy of the data: Zarr 2, the same chunks, shuffle and zlib level 4 as in HDF5."""

import numcodecs
import zarr

from . import is_list

NAME = "zarr"
NOTE = "Zarr 2 with the same chunks, shuffle and zlib level"


def open_dataset(stored, cleanup):
    path = stored.path.with_suffix(".zarr")
    if not path.exists():
        copy(stored, path)
    array = zarr.open_array(path, mode="r")

    def get(index):
        parts = index if isinstance(index, tuple) else (index,)
        return array.oindex[index] if any(map(is_list, parts)) else array[index]

    return get


def copy(stored, path):
    data = stored.array()
    if "chunks" not in stored.layout and "compression" not in stored.layout:
        raise NotImplementedError("no contiguous arrays")
    if data.dtype.hasobject or stored.layout.get("compression") == "lzf":
        raise NotImplementedError("no such type or codec")
    packed = stored.layout.get("compression") == "gzip"
    shuffled = stored.layout.get("shuffle", False)
    array = zarr.create_array(
        path,
        shape=data.shape,
        chunks=stored.chunks(),
        dtype=data.dtype,
        zarr_format=2,
        filters=[numcodecs.Shuffle(data.dtype.itemsize)] if shuffled else None,
        compressors=numcodecs.Zlib(4) if packed else None,
    )
    array[...] = data
