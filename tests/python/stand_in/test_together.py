"""hyperslab, h5py, netCDF4 and PyTables in one process, and each other's files."""

import h5py
import hyperslab
import netCDF4
import numpy as np
import pytest
import tables
from run_python import run

ORDERS = [
    "hyperslab h5py netCDF4 tables",
    "tables netCDF4 h5py hyperslab",
    "netCDF4 hyperslab tables h5py",
    "h5py tables hyperslab netCDF4",
]

USE_ALL = """
import importlib, sys
import numpy as np

folder, *names = sys.argv[1:]
m = {name: importlib.import_module(name) for name in names}

def write(name, path):
    if name in ("hyperslab", "h5py"):
        with m[name].File(path, "w") as f:
            f.create_dataset("x", data=np.arange(100), chunks=(10,), compression="gzip")
    elif name == "netCDF4":
        with m[name].Dataset(path, "w") as f:
            f.createDimension("n", 100)
            f.createVariable("x", "i8", ("n",), zlib=True)[:] = np.arange(100)
    else:
        with m[name].open_file(path, "w") as f:
            f.create_carray("/", "x", obj=np.arange(100), filters=m[name].Filters(5))

def read(name, path):
    if name in ("hyperslab", "h5py"):
        return m[name].File(path), lambda f: f["x"][...]
    if name == "netCDF4":
        return m[name].Dataset(path), lambda f: f["x"][:]
    return m[name].open_file(path), lambda f: f.root.x[:]

for writer in names:
    path = f"{folder}/{writer}.h5"
    write(writer, path)
    opened = [read(reader, path) for reader in names]     # all at once
    for f, values in opened:
        assert (values(f) == np.arange(100)).all()
    for f, values in opened[::2] + opened[1::2]:
        f.close()
print("fine")
"""


@pytest.mark.parametrize("order", ORDERS)
def test_imported_in_any_order_they_read_one_file(tmp_path, order):
    assert run(USE_ALL, tmp_path, *order.split()) == "fine\n"


def netcdf_file(path):
    with netCDF4.Dataset(path, "w") as f:
        f.title = "made by netCDF4"
        f.createDimension("time", None)
        f.createDimension("lat", 3)
        time = f.createVariable("time", "f8", ("time",))
        time.units = "days since 2000-01-01"
        heat = f.createVariable("heat", "f4", ("time", "lat"), zlib=True, fill_value=-9)
        time[:] = [0, 1]
        heat[:] = [[1, 2, 3], [4, 5, 6]]
        group = f.createGroup("inner")
        group.createVariable("names", str, ("lat",))[:] = np.array(["a", "bc", "ü"], object)


def test_a_file_of_netcdf_is_read(h5, tmp_path):
    netcdf_file(tmp_path / "f.nc")
    with h5.File(tmp_path / "f.nc") as f:
        assert f.attrs["title"] == b"made by netCDF4"
        assert f["heat"].shape == (2, 3) and f["heat"].maxshape == (None, 3)
        assert f["heat"][1, ::2].tolist() == [4, 6]
        assert f["heat"].dims[0][0] == f["time"]
        assert f["heat"].fillvalue == -9 and f["heat"].compression == "gzip"
        assert f["time"].attrs["units"] == b"days since 2000-01-01"
        assert f["inner/names"].asstr()[...].tolist() == ["a", "bc", "ü"]


def test_a_file_of_netcdf_is_extended_and_read_back(tmp_path):
    netcdf_file(tmp_path / "f.nc")
    with hyperslab.File(tmp_path / "f.nc", "r+") as f:
        f["time"].resize((3,))
        f["heat"].resize((3, 3))
        f["time"][2] = 2
        f["heat"][2] = [7, 8, 9]
        f["heat"].attrs["changed by"] = "hyperslab"
        f["inner/names"][1] = "changed"
    with netCDF4.Dataset(tmp_path / "f.nc") as f:
        assert f["heat"][:].tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
        assert f.dimensions["time"].size == 3
        assert f["heat"].getncattr("changed by") == "hyperslab"
        assert f["inner/names"][:].tolist() == ["a", "changed", "ü"]


def test_a_file_with_scales_is_read_by_netcdf(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["lat"] = np.array([10.0, 20.0])
        f["lat"].make_scale("lat")
        f["lon"] = np.array([1.0, 2.0])
        f["lon"].make_scale("lon")
        heat = f.create_dataset("heat", data=np.arange(4.0).reshape(2, 2), chunks=(1, 2))
        heat.dims[0].attach_scale(f["lat"])
        heat.dims[1].attach_scale(f["lon"])
        heat.attrs["units"] = "K"
    with netCDF4.Dataset(tmp_path / "f.h5") as f:
        assert f["heat"].dimensions == ("lat", "lon") and f["heat"].units == "K"
        assert f["heat"][1].tolist() == [2, 3]


class Particle(tables.IsDescription):
    name = tables.StringCol(8, pos=0)
    number = tables.Int32Col(pos=1)
    momentum = tables.Float64Col(shape=(3,), pos=2)


def pytables_file(path):
    with tables.open_file(path, "w", title="made by PyTables") as f:
        f.create_array("/", "plain", np.arange(6).reshape(2, 3))
        f.create_earray("/", "growing", obj=np.arange(5.0), filters=tables.Filters(3, "zlib"))
        table = f.create_table("/detector", "particles", Particle, createparents=True)
        table.append([(b"electron", 1, (0, 1, 2)), (b"muon", 2, (3, 4, 5))])
        rows = f.create_vlarray("/", "rows", tables.Int16Atom())
        rows.append([1, 2, 3])
        rows.append([])
        f.create_carray("/", "bools", obj=np.array([True, False, True]))


def test_a_file_of_pytables_is_read(h5, tmp_path):
    pytables_file(tmp_path / "f.h5")
    with h5.File(tmp_path / "f.h5") as f:
        assert f.attrs["TITLE"] == b"made by PyTables"
        assert f["plain"][:, 1].tolist() == [1, 4]
        particles = f["detector/particles"]
        assert particles["name"].tolist() == [b"electron", b"muon"]
        assert particles[1, "momentum"].tolist() == [3, 4, 5]
        assert particles.attrs["FIELD_0_NAME"] == b"name"
        assert [row.tolist() for row in f["rows"]] == [[1, 2, 3], []]
        assert f["bools"][...].astype(bool).tolist() == [True, False, True]


def test_a_file_of_pytables_is_extended_and_read_back(tmp_path):
    pytables_file(tmp_path / "f.h5")
    with hyperslab.File(tmp_path / "f.h5", "r+") as f:
        f["growing"].resize((7,))
        f["growing"][5:] = [50, 60]
        particles = f["detector/particles"]
        particles.resize((3,))
        particles[2] = (b"tau", 3, np.array([6, 7, 8]))
        particles[0, "number"] = 11
        f["rows"].resize((3,))
        f["rows"][2] = [9, 9]
    with tables.open_file(tmp_path / "f.h5", "a") as f:
        assert f.root.growing[:].tolist() == [0, 1, 2, 3, 4, 50, 60]
        assert f.root.detector.particles.col("name").tolist() == [b"electron", b"muon", b"tau"]
        assert f.root.detector.particles.col("number").tolist() == [11, 2, 3]
        assert [list(row) for row in f.root.rows] == [[1, 2, 3], [], [9, 9]]
        f.root.growing.append([70])
    with hyperslab.File(tmp_path / "f.h5") as f:
        assert f["growing"][-1] == 70


def test_what_pytables_has_packed_with_its_own_filters_says_so(tmp_path):
    with tables.open_file(tmp_path / "f.h5", "w") as f:
        f.create_carray("/", "x", obj=np.arange(1000), filters=tables.Filters(5, "bzip2"))
    with hyperslab.File(tmp_path / "f.h5") as f:
        assert f["x"].compression == "unknown"
        assert f["x"].filter_ids[-1] == 307


def test_h5pys_file_is_sliced_and_extended(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("x", data=np.arange(5), maxshape=(None,), chunks=(3,), compression="lzf")
        f["text"] = ["a", "b"]
    with hyperslab.File(tmp_path / "f.h5", "r+") as f:
        assert f["x"][1:4].tolist() == [1, 2, 3]
        f["x"].resize((6,))
        f["x"][5] = 50
        f["text"][1] = "longer text"
        f["more"] = f["x"]
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["more"][...].tolist() == [0, 1, 2, 3, 4, 50]
        assert f["text"].asstr()[...].tolist() == ["a", "longer text"]
