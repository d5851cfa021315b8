"""HDF5 1.14 as released, inside PyTables' wheel: the judge of what any HDF5 1.14 can open."""

import ctypes
from pathlib import Path

import tables

DEFAULT = ctypes.c_int64(0)  # H5P_DEFAULT
DATASET, CHUNKED = 5, 2  # H5I_DATASET, H5D_CHUNKED
RETURN_IDENTIFIERS = ("H5Fopen", "H5Oopen", "H5Aopen", "H5Dget_create_plist")
CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_int64, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p
)


def library():
    """The libhdf5 that PyTables brought; None when it has another version or is built in."""
    found = list(Path(tables.__file__).parents[1].glob("tables.libs/libhdf5-*.so*"))
    if len(found) != 1 or not tables.hdf5_version.startswith("1.14."):
        return None
    return ctypes.CDLL(str(found[0]))


def call(name, *arguments):
    """An identifier or a number; OSError when it fails."""
    function = getattr(library(), name)
    function.restype = ctypes.c_int64 if name in RETURN_IDENTIFIERS else ctypes.c_int
    result = function(*arguments)
    if result < 0:
        raise OSError(f"{name} fails: {arguments}")
    return ctypes.c_int64(result) if name in RETURN_IDENTIFIERS else result


def open_all(path):
    """Opens every object and attribute of a file and walks every index of chunks.

    Returns the number of objects. What this HDF5 cannot open is an OSError.
    """
    call("H5Eset_auto2", DEFAULT, None, None)
    file = call("H5Fopen", str(path).encode(), 0, DEFAULT)
    try:
        names = []
        collect = CALLBACK(lambda _, name, info, data: names.append(name) or 0)
        call("H5Ovisit3", file, 0, 0, collect, None, 1)
        for name in names:
            item = call("H5Oopen", file, name, DEFAULT)
            open_attributes(item)
            if call("H5Iget_type", item) == DATASET:
                walk_chunks(item)
            call("H5Oclose", item)
    finally:
        call("H5Fclose", file)
    return len(names)


def open_attributes(item):
    names = []
    collect = CALLBACK(lambda _, name, info, data: names.append(name) or 0)
    call("H5Aiterate2", item, 0, 0, None, collect, None)
    for name in names:
        call("H5Aclose", call("H5Aopen", item, name, DEFAULT))


def walk_chunks(dataset):
    creation = call("H5Dget_create_plist", dataset)
    if call("H5Pget_layout", creation) == CHUNKED:
        call("H5Dget_num_chunks", dataset, DEFAULT, ctypes.byref(ctypes.c_uint64()))
    call("H5Pclose", creation)
