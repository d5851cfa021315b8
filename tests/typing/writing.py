"""Writing in the ways that programs written for h5py know. Type checkers find nothing to say."""

import sys
from pathlib import Path

import hyperslab as h5py
import numpy as np
import numpy.typing as npt


def values(f: h5py.File) -> None:
    f["numbers"] = np.arange(10)
    f["list"] = [1, 2, 3]
    f["text"] = "text"
    f["names"] = ["a", "b"]
    f["scalar"] = 1.5
    f["refs"] = [f["numbers"].ref, f["list"].ref]
    f["type"] = np.dtype("f4")
    f["empty"] = h5py.Empty("f4")
    f["hard"] = f["numbers"]
    f["soft"] = h5py.SoftLink("/numbers")
    f["away"] = h5py.ExternalLink("other.h5", "/numbers")


def datasets(f: h5py.File) -> h5py.Dataset:
    d = f.create_dataset(
        "d",
        (10, 5),
        "f8",
        chunks=True,
        compression="gzip",
        compression_opts=4,
        shuffle=True,
        maxshape=(None, 5),
        fillvalue=np.nan,
    )
    f.create_dataset("whole", shape=10, dtype=np.float32)
    f.create_dataset("strings", data=np.array(["x"], dtype=object), dtype=h5py.string_dtype())
    f.create_dataset("bytes", data=b"bytes")
    f.require_dataset("again", (3,), "i4", exact=True)
    options = {"compression": "gzip", "shuffle": True, "chunks": (2, 5)}
    f.create_dataset("from a dict", data=np.ones((10, 5)), **options)
    f.create_dataset_like("like d", d, dtype="f4")
    return d


def elements(d: h5py.Dataset) -> None:
    d[...] = 1
    d[()] = np.ones((10, 5))
    d[0] = np.arange(5)
    d[:, 0] = [1.0] * 10
    d[-1, 2:4] = 7
    d[d[:, 0] > 0] = 3
    d[np.array([1, 2])] = 0
    d[[0, 1], :] = d[[2, 3], :]
    d.resize((20, 5))
    d.resize(30, axis=0)
    d.append(np.ones((2, 5)))
    d.write_direct(np.zeros((2, 5)), np.s_[:], np.s_[0:2])
    d.shape = (40, 5)


def attributes(d: h5py.Dataset) -> None:
    d.attrs["unit"] = "Jy"
    d.attrs["vector"] = [1, 2]
    d.attrs["flag"] = True
    d.attrs.update({"a": 1, "b": "x"})
    d.attrs.create("c", 3, dtype="i4")
    d.attrs.modify("c", 4)
    del d.attrs["b"]


def tables(f: h5py.File) -> npt.NDArray[np.float32]:
    kind = np.dtype([("a", "f4"), ("b", h5py.string_dtype())])
    t = f.create_dataset("t", (3,), kind)
    t["a"] = [1, 2, 3]
    t[0, "b"] = "x"
    print(t["a", "b"][0], t[0]["a"], t.fields("a")[:], t.fields(["a", "b"])[0:1])
    return t["a"]


def groups(f: h5py.File, d: h5py.Dataset) -> None:
    g = f.require_group("g/h")
    g.create_group("i", track_order=True)
    f.move("whole", "moved")
    f.copy("numbers", "copied")
    f.copy(f["numbers"], f, name="copied again")
    del f["copied"]
    d.dims[0].label = "row"
    f["scale"] = np.arange(40)
    f["scale"].make_scale("s")
    d.dims[0].attach_scale(f["scale"])
    layout = h5py.VirtualLayout(shape=(2, 40), dtype="f8")
    layout[0] = h5py.VirtualSource(d)[:, 0]
    layout[1, :5] = h5py.VirtualSource("other.h5", "numbers", shape=(5,))
    f.create_virtual_dataset("v", layout, fillvalue=-1)
    f.flush()


if __name__ == "__main__":
    with h5py.File(Path(sys.argv[1]), "w") as file:
        values(file)
        made = datasets(file)
        elements(made)
        attributes(made)
        print(tables(file))
        groups(file, made)
