"""Reading in the ways that programs written for h5py know. Type checkers find nothing to say."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import hyperslab as h5py
import numpy as np
import numpy.typing as npt


def make(path: Path) -> None:
    with h5py.File(path, "w") as f:
        f["d"] = np.arange(50.0).reshape(10, 5)
        f["g/h/x"] = 1
        f["s"] = "text"
        f["names"] = ["a", "b"]
        f["soft"] = h5py.SoftLink("/d")
        f["d"].attrs["unit"] = "Jy"
        f["type"] = np.dtype("f4")


def arrays(f: h5py.File) -> float:
    whole: npt.NDArray[np.float64] = f["d"][...]
    total = float(f["d"][:].sum()) + float(f["d"][0, 0])
    d: h5py.Dataset = f["d"]
    mask = d[:, 0] > 3
    print(d[mask][0], d[-1].sum(), d[1:3].T, d[0:3, 1:2].ravel(), d[..., 0].max(), d[()].sum())
    print(d[0][1], len(d), d.shape[0] + 1, d.dtype.itemsize, d.chunks, d.name.split("/"))
    print(d.astype("f4")[:3].mean(), d.astype(np.float32)[...].dtype, np.asarray(d).shape)
    out = np.empty((10, 5))
    d.read_direct(out, np.s_[0:10], np.s_[:])
    for row in d:
        print(row.sum())
    told = d.explain(np.s_[:, 2])
    print(told.engine, told.chunks, d.id.get_storage_size(), f["d"].id.get_type())
    with h5py.threads(1), h5py.progress():
        return total + float(whole.sum())


def strings(f: h5py.File) -> list[str]:
    one: str = f["s"].asstr()[()]
    print(one, f["s"][()].decode(), f["names"][0].decode(), f["names"].asstr()[0])
    print(h5py.check_string_dtype(f["names"].dtype))
    return list(f["names"].asstr()[:])


def members(f: h5py.File) -> None:
    first: str = list(f.keys())[0]
    for name, item in f.items():
        if isinstance(item, h5py.Dataset):
            print(name.upper(), item.shape, item[()])
        elif isinstance(item, h5py.Group):
            print(list(item), item.attrs.get("x"), item.attrs.get("x", 3))
        else:
            print(item.dtype)
    print(first, "d" in f, f["g"]["h"]["x"][()], f["d"].attrs["unit"].upper(), f["d"].parent.name)
    print({name: item.dtype for name, item in f.items() if not isinstance(item, h5py.Group)})
    found = f.get("nothing")
    if found is not None:
        print(found[:])
    print(f.get("nothing", 3), f.get("d", getclass=True) is h5py.Dataset)
    link = f.get("soft", getlink=True)
    if isinstance(link, h5py.SoftLink):
        print(link.path)
    print(f.get("soft", getlink=True).path)


def datasets_below(group: h5py.Group) -> Iterator[h5py.Dataset]:
    for item in group.values():
        if isinstance(item, h5py.Dataset):
            yield item
        elif isinstance(item, h5py.Group):
            yield from datasets_below(item)


def visits(f: h5py.File) -> str | None:
    paths: list[str] = []

    def look(name: str, item: h5py.Group | h5py.Dataset | h5py.Datatype) -> None:
        if isinstance(item, h5py.Dataset):
            print(name, item.shape)

    f.visit(paths.append)
    f.visititems(look)
    f.visititems(lambda name, item: print(name, item.name))
    reference = f["d"].ref
    print(f[reference].name, list(datasets_below(f)), paths)
    return f.visititems(lambda name, item: name if name == "s" else None)


def files(path: Path) -> None:
    memory = io.BytesIO()
    with h5py.File(memory, "w") as f:
        f["x"] = 1
    with (
        h5py.File("mem.h5", "w", driver="core", backing_store=False) as a,
        h5py.File(str(path), rdcc_nbytes=1 << 20, libver=("earliest", "v114")) as b,
    ):
        a.copy(b["d"], "copied")
        print(a.filename, a.mode, bool(a), h5py.is_hdf5(path), dict(b["d"].attrs), a.id.id)


def low_level(path: Path) -> int:
    fid = h5py.h5f.open(bytes(path), h5py.h5f.ACC_RDONLY)
    dsid = h5py.h5d.open(fid, b"d")
    space: h5py.h5s.SpaceID = dsid.get_space()
    out = np.empty((10, 5))
    dsid.read(h5py.h5s.ALL, h5py.h5s.ALL, out)
    return int(space.get_simple_extent_npoints())


if __name__ == "__main__":
    where = Path(sys.argv[1])
    make(where)
    with h5py.File(where) as file:
        print(arrays(file), strings(file), visits(file))
        members(file)
    files(where)
    print(low_level(where))
