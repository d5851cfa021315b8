"""A file with one of everything that can be copied, by stock h5py."""

import h5py
import numpy as np


def numbers_and_chunks(f):
    data = np.arange(100_000.0).reshape(1000, 100)
    f.create_dataset(
        "zz/gz", data=data, chunks=(64, 32), compression=1, shuffle=True, maxshape=(None, 100)
    )
    f.create_dataset("sparse", (1000, 1000), "f8", chunks=(100, 100), compression="lzf")[5, 5] = 1
    f.create_dataset("sums", data=np.arange(300), chunks=(70,), fletcher32=True, fillvalue=7)
    f.create_dataset("offset", data=np.arange(300), chunks=(70,), scaleoffset=0)
    f.create_dataset("unwritten", (1000, 1000), "f8")
    f.create_dataset("no rows", (0, 4), "f4", maxshape=(None, 4))
    f["scalar"] = 5
    f["null"] = h5py.Empty("i4")
    f["big endian"] = np.arange(7, dtype=">i2")
    f["booleans"] = [True, False]
    f.create_dataset("colours", data=[1, 2], dtype=h5py.enum_dtype({"A": 1, "B": 2}, "i1"))


def compact(f):
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((3,))
    made = h5py.h5d.create(f.id, b"compact", h5py.h5t.NATIVE_INT32, space, dcpl)
    h5py.Dataset(made)[...] = [1, 2, 3]


def early(f):
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_chunk((10,))
    dcpl.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    dcpl.set_deflate(3)
    space = h5py.h5s.create_simple((33,))
    made = h5py.h5d.create(f.id, b"early", h5py.h5t.NATIVE_INT16, space, dcpl)
    h5py.Dataset(made)[3:5] = [1, 2]


def strings_and_sequences(f):
    f["strings"] = np.array(["a", "bb", "ü"] * 50, object)
    f["fixed strings"] = np.array([b"x" * 5, b"yy"])
    vlen = f.create_dataset("sequences", (3,), h5py.vlen_dtype("i4"), chunks=(2,), compression=1)
    vlen[0], vlen[2] = [1, 2, 3], [4]


def links(f):
    f["aa/hard"] = f["zz/gz"]
    f["aa/loop"] = f["/"]
    f["soft"] = h5py.SoftLink("/zz/gz")
    f["dangling"] = h5py.SoftLink("/nowhere")
    f["ünder"] = h5py.SoftLink("/zz")
    f["external"] = h5py.ExternalLink("other.h5", "/x")


def types(f):
    record = np.dtype([("a", "i4"), ("b", "f8")])
    f["type"] = record
    f["type"].attrs["doc"] = "a type"
    f.create_dataset("typed", (10,), f["type"])
    f["typed"].attrs.create("same", np.zeros(2, record), dtype=f["type"])
    f["unlinked"] = np.dtype("i8")
    f.create_dataset("of a deleted type", data=[1, 2], dtype=f["unlinked"])
    del f["unlinked"]


def references(f):
    data, group = f["zz/gz"], f["zz"]
    objects = f.create_dataset("references", (3,), h5py.ref_dtype)
    objects[0], objects[1] = data.ref, group.ref
    regions = f.create_dataset("regions", (2,), h5py.regionref_dtype, chunks=(1,))
    regions[0] = data.regionref[3:7, 2:9]
    rows = np.zeros(3, [("r", h5py.ref_dtype), ("s", h5py.string_dtype()), ("n", "i4", (2,))])
    rows["s"], rows["r"] = ["q", "w", "e"], data.ref
    f.create_dataset("table", data=rows, dtype=rows.dtype, chunks=(2,), compression=4)
    vlen = f.create_dataset("lists of references", (2,), h5py.vlen_dtype(h5py.ref_dtype))
    vlen[1] = np.array([data.ref, group.ref], h5py.ref_dtype)


def attributes(f):
    data = f["zz/gz"]
    data.attrs["z"], data.attrs["a"], data.attrs["ä"] = 1, "text", ["two", "strings"]
    data.attrs["reference"] = data.ref
    data.attrs["region"] = data.regionref[:2]
    data.attrs["empty"] = h5py.Empty("f4")
    many = f.create_group("many")
    for i in range(30):
        many.attrs[f"number {i}"] = i
    many.attrs["long"] = np.arange(6000.0)
    h5py.h5o.set_comment(f["many"].id, b"a comment")


def scales(f):
    f["x"] = np.arange(100.0)
    f["x"].make_scale("xs")
    f["zz/gz"].dims[1].attach_scale(f["x"])
    f["zz/gz"].dims[1].label = "x"


def virtual(f):
    layout = h5py.VirtualLayout((1000,), "f8")
    layout[:] = h5py.VirtualSource(".", "zz/gz", (1000, 100))[:, 0]
    f.create_virtual_dataset("virtual", layout)


def lost_space(f):
    f["gone"] = np.arange(50_000)
    del f["gone"]


PARTS = [
    numbers_and_chunks,
    compact,
    early,
    strings_and_sequences,
    links,
    types,
    references,
    attributes,
    scales,
    virtual,
    lost_space,
]


def make(path, **keywords):
    with h5py.File(path, "w", track_order=True, **keywords) as f:
        f.create_group("zz", track_order=True)
        f.create_group("aa")
        for part in PARTS:
            part(f)
    return path
