"""Code that uses h5py, for mypy --strict: test_stubs.py checks it. It also runs."""

import sys
from pathlib import Path

import hyperslab as h5py
import numpy as np


def write(path: Path, rows: int) -> None:
    with h5py.File(path, "w", libver="latest") as file:
        group = file.create_group("plates/4857", track_order=True)
        flux = group.create_dataset(
            "flux", (rows, 100), "f4", chunks=(16, 100), compression="gzip", maxshape=(None, 100)
        )
        flux[...] = np.ones((rows, 100))
        flux.resize((rows + 1, 100))
        flux.attrs["unit"] = "nJy"
        group.create_dataset("names", data=["a", "b"], dtype=h5py.string_dtype())
        file["link"] = h5py.SoftLink("/plates")


def look(path: Path) -> int:
    with h5py.File(path) as file:
        for name in file:
            print(name, file[name])
        flux = file["plates/4857/flux"]
        assert isinstance(flux, h5py.Dataset)
        shape: tuple[int, ...] = flux.shape
        unit: str = flux.attrs["unit"]
        total = float(flux[:-1].sum())
        identifier: h5py.h5d.DatasetID = flux.id
        chunks: int = identifier.get_num_chunks()
        space: h5py.h5s.SpaceID = identifier.get_space()
        print(flux.dtype.itemsize, flux.chunks, unit, chunks, space.get_simple_extent_npoints())
        return int(total) + shape[0]


if __name__ == "__main__":
    write(Path(sys.argv[1]), 3)
    print(look(Path(sys.argv[1])))
