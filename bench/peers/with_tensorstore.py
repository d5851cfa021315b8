"""tensorstore on a copy of the data: Zarr 2, whose driver has no shuffle beside Blosc's."""

import tensorstore

NAME = "tensorstore"
NOTE = "Zarr 2 with the same chunks; zlib level 4 and shuffle inside Blosc"

BLOSC = {"id": "blosc", "cname": "zlib", "clevel": 4, "shuffle": 1}
ZLIB = {"id": "zlib", "level": 4}


def open_dataset(stored, cleanup):
    path = stored.path.with_suffix(".tensorstore")
    if not path.exists():
        copy(stored, path)
    store = {"driver": "file", "path": str(path)}
    array = tensorstore.open({"driver": "zarr", "kvstore": store}, open=True).result()
    return lambda index: array.oindex[index].read().result()


def copy(stored, path):
    data = stored.array()
    if "chunks" not in stored.layout and "compression" not in stored.layout:
        raise NotImplementedError("no contiguous arrays")
    if data.dtype.hasobject or data.dtype.names or stored.layout.get("compression") == "lzf":
        raise NotImplementedError("no such type or codec")
    packed = stored.layout.get("compression") == "gzip"
    array = tensorstore.open(
        {
            "driver": "zarr",
            "kvstore": {"driver": "file", "path": str(path)},
            "metadata": {
                "shape": list(data.shape),
                "chunks": list(stored.chunks()),
                "dtype": data.dtype.str,
                "compressor": (BLOSC if stored.layout.get("shuffle") else ZLIB) if packed else None,
            },
            "create": True,
        }
    ).result()
    array.write(data).result()
