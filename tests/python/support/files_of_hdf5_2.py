"""What HDF5 2.0 writes with libver='latest', by stock h5py, and changes of it: one entry a kind.

WRITE has functions of the package and a file that is new. CHANGE has, by the same names, functions
of the package and a file open in mode r+: they extend, rewrite, add and delete.
"""

import numpy as np

RECORD = np.dtype([("number", "i4"), ("value", "f8", (2,)), ("flag", "?")])
COLOURS = {"RED": 0, "GREEN": 1, "BLUE": 42}
WRITE = {}
CHANGE = {}


def writes(function):
    WRITE[function.__name__] = function
    return function


def changes(*names):
    def take(function):
        for name in names:
            CHANGE[name] = function
        return function

    return take


def numbers(*shape):
    return np.arange(np.prod(shape), dtype="f8").reshape(shape) % 1000


# ---- layouts ----


@writes
def contiguous(h5, f):
    f["x"] = numbers(10, 3)


@writes
def chunked(h5, f):
    f.create_dataset("fixed", data=numbers(50, 7), chunks=(8, 3))
    f.create_dataset("x", data=numbers(50, 7), chunks=(8, 3), maxshape=(None, 7))
    f.create_dataset("two", data=numbers(50, 7), chunks=(8, 3), maxshape=(None, None))


@writes
def single_chunk(h5, f):
    f.create_dataset("x", data=numbers(40, 5), chunks=(40, 5), compression="gzip", shuffle=True)


@writes
def fixed_array(h5, f):
    f.create_dataset("x", data=numbers(40, 5), chunks=(7, 2), compression="gzip")
    f.create_dataset("room", data=numbers(4, 5), chunks=(7, 2), maxshape=(90, 5), fletcher32=True)


@writes
def paged_fixed_array(h5, f):
    f.create_dataset("x", data=numbers(3000), chunks=(1,), compression="gzip")


@writes
def extensible_array(h5, f):
    f.create_dataset("x", data=numbers(40, 5), chunks=(7, 2), maxshape=(None, 5), compression="lzf")


@writes
def paged_extensible_array(h5, f):
    f.create_dataset("x", data=numbers(40000), chunks=(2,), maxshape=(None,), compression="gzip")


@writes
def btree(h5, f):
    f.create_dataset("x", data=numbers(40, 5), chunks=(7, 2), maxshape=(None,) * 2, shuffle=True)


@writes
def deep_btree(h5, f):
    f.create_dataset("x", data=numbers(60, 60), chunks=(1, 2), maxshape=(None,) * 2, compression=1)


@writes
def not_yet_written(h5, f):
    f.create_dataset("single", (40, 5), "f8", chunks=(40, 5), compression="gzip", fillvalue=7)
    f.create_dataset("x", (40, 5), "f8", chunks=(7, 2), compression="gzip", fillvalue=7)
    for name, maxshape in (("row", (None, 5)), ("both", (None, None))):
        f.create_dataset(name, (40, 5), "f8", chunks=(7, 2), maxshape=maxshape, compression="gzip")


@changes(
    "contiguous",
    "chunked",
    "single_chunk",
    "fixed_array",
    "paged_fixed_array",
    "extensible_array",
    "paged_extensible_array",
    "btree",
    "deep_btree",
    "not_yet_written",
)
def change_elements(h5, f):
    """Noise does not compress: chunks that are rewritten so need another place in the file."""
    noise = np.random.default_rng(1)
    for name in list(f):
        data = f[name]
        data[::3] = noise.random(data[::3].shape)
        if data.chunks is not None:
            for factor in (2, 1):
                data.resize(
                    [most or n * factor for n, most in zip(data.shape, data.maxshape, strict=True)]
                )
                data[-1] = -1
            data[5:9] = noise.random(data[5:9].shape)
        data.attrs["changed"] = np.arange(3)
        f.create_dataset(
            "new_" + name, data=data[...], chunks=data.chunks, compression=data.compression
        )
    f.copy("x", "copy")
    f.copy(next(iter(f)), "another")
    del f["x"]
    f["x"] = numbers(3)


# ---- types ----


def of_types(name):
    return {
        "compound": np.array([(1, (2, 3), True), (-4, (0.5, 1), False)], RECORD),
        "bool": np.array([True, False, True]),
        "complex": np.array([1 + 2j, np.inf, -0.5j], "c8"),
    }[name]


@writes
def compound(h5, f):
    f["x"] = of_types("compound")
    f.create_dataset("x2", data=np.repeat(of_types("compound"), 30), chunks=(7,), compression=1)


@writes
def bools(h5, f):
    f["x"] = of_types("bool")
    f.create_dataset("x2", data=np.tile(of_types("bool"), 30), chunks=(7,), compression="gzip")


@writes
def enum(h5, f):
    f.create_dataset("x", data=[0, 42, 1], dtype=h5.enum_dtype(COLOURS, "u1"))


@writes
def complex_records(h5, f):
    f["x"] = of_types("complex")
    f["x2"] = np.array([(1, 2j)], [("a", "i4"), ("b", "c16")])


@writes
def arrays(h5, f):
    f.create_dataset("x", (3,), np.dtype(("i2", (4,))))
    f["x"][...] = np.arange(12).reshape(3, 4)


@writes
def vlen(h5, f):
    data = f.create_dataset("x", (3,), h5.vlen_dtype("i4"))
    data[0], data[2] = [1, 2, 3], [4]
    data = f.create_dataset("x2", (2,), h5.vlen_dtype(np.dtype([("a", "i4"), ("b", "?")])))
    data[0] = np.array([(1, True), (2, False)], data.dtype.metadata["vlen"])


@writes
def strings(h5, f):
    f["x"] = ["a", "bc", "äöü"]
    f["x2"] = np.array([b"abc", b"d"])
    f.create_dataset("x3", data=["a", "bc"] * 20, chunks=(7,), compression="gzip")


@writes
def references(h5, f):
    f["target"] = numbers(4)
    f.create_dataset("x", data=[f["target"].ref, f.ref], dtype=h5.ref_dtype)
    f["target"].attrs["region"] = f["target"].regionref[1:3]


@changes("compound", "bools", "enum", "complex_records", "arrays", "vlen", "strings", "references")
def change_types(h5, f):
    for name in [name for name in f if name.startswith("x")]:
        data = f[name]
        values = data[...]
        for i in range(len(data)):
            data[i] = values[-1 - i]
        f.create_dataset("new_" + name, (2,), data.dtype)[0] = values[0]
        f.copy(data, "copy_" + name)
        if data.dtype.kind != "O":
            f.create_dataset("all_" + name, data=values)
            data.attrs["same"] = values[:2]
    del f["x"]


# ---- what is not a dataset of its own ----


@writes
def attributes(h5, f):
    for name in ("compound", "bool", "complex"):
        f.attrs[name] = of_types(name)
    f.attrs.create("array", np.arange(12).reshape(3, 4), dtype=np.dtype(("i2", (4,))))
    f.attrs["string"] = "äöü"
    f.attrs["strings"] = ["a", "bc"]
    f.attrs.create("enum", 42, dtype=h5.enum_dtype(COLOURS, "u1"))
    f.attrs.create("vlen", [np.arange(3), np.arange(2)], dtype=h5.vlen_dtype("i4"))
    f.attrs["empty"] = h5.Empty(RECORD)


@writes
def dense_attributes(h5, f):
    f["x"] = 0
    for i in range(40):
        f["x"].attrs[f"record {i:02}"] = of_types("compound")
        f["x"].attrs[f"bool {i:02}"] = i % 3 == 0


@changes("attributes", "dense_attributes")
def change_attributes(h5, f):
    holder = f["x"] if "x" in f else f
    names = list(holder.attrs)
    for name in names:
        if name.split()[0] in ("compound", "bool", "complex", "enum", "record"):
            holder.attrs.get_id(name).write(np.array(holder.attrs[name], order="C"))
    for name in names[1::3]:
        h5.h5a.rename(holder.id, name.encode(), b"new " + name.encode())
        holder.attrs["also " + name] = holder.attrs["new " + name]
    for name in list(holder.attrs)[::4]:
        del holder.attrs[name]
    for i in range(12):
        holder.attrs[f"added {i}"] = of_types("compound")[: i % 3]
    f.create_group("group").attrs.update(holder.attrs)
    f.copy("group", "copy")


@writes
def virtual(h5, f):
    f["one"], f["two"] = numbers(4, 3), numbers(4, 3) + 100
    layout = h5.VirtualLayout((4, 4, 3), "f8")
    for i, (file, name) in enumerate(
        [(".", "one"), (".", "two"), ("o.h5", "one"), ("o.h5", "two")]
    ):
        layout[i] = h5.VirtualSource(file, name, (4, 3))
    f.create_virtual_dataset("x", layout, fillvalue=-1)


@changes("virtual")
def change_virtual(h5, f):
    f["x"][1, 2] = 7
    f["x"].attrs["changed"] = 1
    layout = h5.VirtualLayout((3,), "f8")
    layout[:] = h5.VirtualSource(f["one"])[1]
    f.create_virtual_dataset("new", layout)
    f.copy("x", "copy")
    del f["x"]


@writes
def dense_groups(h5, f):
    group = f.create_group("g", track_order=True)
    for i in range(60):
        group.create_group(f"group {i}")
        f[f"soft {i}"] = h5.SoftLink(f"/g/group {i}")
    f["g/data"] = of_types("bool")


@changes("dense_groups")
def change_groups(h5, f):
    for i in range(0, 60, 2):
        del f[f"g/group {i}"]
        f.move(f"soft {i}", f"moved {i}")
    for i in range(30):
        f[f"g/new {i}"] = i % 2 == 0
    f.copy("g", "copy")


@writes
def committed_types(h5, f):
    f["type"] = RECORD
    f["colour"] = h5.enum_dtype(COLOURS, "u1")
    f.create_dataset("x", data=of_types("compound"), dtype=f["type"])
    f["x"].attrs.create("colour", 42, dtype=f["colour"])


@changes("committed_types")
def change_committed(h5, f):
    f["x"][0] = of_types("compound")[1]
    f.create_dataset("new", data=of_types("compound"), dtype=f["type"])
    f["new"].attrs.create("colour", 1, dtype=f["colour"])
    f["type"].attrs["note"] = of_types("bool")
    f["another"] = f["type"].dtype
    f.copy("x", "copy")
    del f["x"]
    del f["colour"]
