"""xarray's engine "hyperslab", beside the one of h5netcdf on stock h5py."""

import pickle
import subprocess
import sys

import h5py
import hyperslab.xarray as hx
import numpy as np
import pytest
import xarray as xr


@pytest.fixture
def dataset():
    time = np.array(["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-05"], "M8[ns]")
    rng = np.random.default_rng(0)
    return xr.Dataset(
        {
            "t": (("time", "x"), rng.random((4, 3)), {"units": "K"}),
            "packed": (("x",), np.array([1.5, np.nan, 3.0])),
            "n": (("time",), np.arange(4, dtype="i2")),
            "flag": (("x",), [True, False, True]),
            "name": (("x",), np.array(["a", "bé", ""], object)),
        },
        coords={"time": time, "x": [1, 2, 3], "place": ((), 7.5)},
        attrs={"title": "a test", "numbers": np.arange(3)},
    )


ENCODING = {
    "t": {"zlib": True, "complevel": 1, "chunksizes": (2, 3)},
    "packed": {"dtype": "i2", "scale_factor": 0.5, "_FillValue": -1},
}


def by_both(path, **options):
    return [xr.open_dataset(path, engine=e, **options).load() for e in ("hyperslab", "h5netcdf")]


def test_files_of_stock_h5netcdf_are_read(dataset, tmp_path):
    dataset.to_netcdf(tmp_path / "f.nc", engine="h5netcdf", encoding=ENCODING)
    ours, theirs = by_both(tmp_path / "f.nc")
    assert ours.identical(theirs)
    for name in theirs.variables:
        encoding = dict(theirs[name].encoding)
        assert repr({key: ours[name].encoding.get(key) for key in encoding}) == repr(encoding)


def test_what_is_written_is_what_stock_h5netcdf_writes(dataset, tmp_path):
    hx.to_netcdf(dataset, tmp_path / "ours.nc", encoding=ENCODING, unlimited_dims=["time"])
    dataset.to_netcdf(
        tmp_path / "theirs.nc", engine="h5netcdf", encoding=ENCODING, unlimited_dims=["time"]
    )
    for path in ("ours.nc", "theirs.nc"):
        ours, theirs = by_both(tmp_path / path)
        assert ours.identical(theirs)
    assert by_both(tmp_path / "ours.nc")[1].identical(by_both(tmp_path / "theirs.nc")[1])
    with h5py.File(tmp_path / "ours.nc") as one, h5py.File(tmp_path / "theirs.nc") as other:
        assert set(one) == set(other)
        for name in other:
            assert (one[name].dtype, one[name].chunks) == (other[name].dtype, other[name].chunks)
            assert one[name].maxshape == other[name].maxshape
            assert set(one[name].attrs) == set(other[name].attrs)


def test_groups(dataset, tmp_path):
    path = tmp_path / "f.nc"
    hx.to_netcdf(dataset, path)
    hx.to_netcdf(dataset[["n"]], path, "a", group="/deep/er")
    ours, theirs = by_both(path, group="/deep/er")
    assert ours.identical(theirs)
    tree = xr.open_datatree(path, engine="hyperslab")
    assert tree.identical(xr.open_datatree(path, engine="h5netcdf"))
    assert "/deep/er" in xr.open_groups(path, engine="hyperslab")


def test_enumerations_and_plain_hdf5(tmp_path):
    path = tmp_path / "f.h5"
    with h5py.File(path, "w") as file:
        file["d"] = np.arange(12).reshape(3, 4)
        file["e"] = np.array([0, 1, 1], "i1")
    ours, theirs = by_both(path, phony_dims="sort")
    assert ours.identical(theirs)


def test_blocks_are_read_by_workers_that_open_for_themselves(dataset, tmp_path):
    hx.to_netcdf(dataset, tmp_path / "f.nc")
    lazy = xr.open_dataset(tmp_path / "f.nc", engine="hyperslab", chunks={"time": 2})
    assert lazy["t"].mean().compute() == dataset["t"].mean()
    program = """
import pickle, sys
print(float(pickle.load(sys.stdin.buffer)["t"].sum()), "h5py" in sys.modules)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(lazy), capture_output=True
    )
    assert ran.returncode == 0, ran.stderr.decode()
    total, has_h5py = ran.stdout.decode().split()
    assert float(total) == pytest.approx(float(dataset["t"].sum()))
    assert has_h5py == "False"


def test_the_other_engine_stays_what_it_is(tmp_path):
    program = """
import sys
import numpy as np, xarray as xr
import hyperslab.xarray as hx
hx.to_netcdf(xr.Dataset({"a": ("x", np.arange(3))}), sys.argv[1])
assert "h5py" not in sys.modules and "h5netcdf" not in sys.modules
xr.open_dataset(sys.argv[1], engine="h5netcdf").close()
import h5netcdf.core, h5py
assert h5netcdf.core.h5py is h5py and not hasattr(h5py, "install_as_h5py")
assert xr.open_dataset(sys.argv[1], engine="hyperslab")["a"].sum() == 3
import hyperslab
print(hyperslab.File(sys.argv[1]).filename == sys.argv[1])
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "f.nc")], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "True\n"


def test_where_hyperslab_stands_in_for_h5py(tmp_path):
    program = """
import sys, hyperslab
hyperslab.install_as_h5py()
import numpy as np, xarray as xr
import hyperslab.xarray as hx
hx.to_netcdf(xr.Dataset({"a": ("x", np.arange(3))}), sys.argv[1])
for engine in ("hyperslab", "h5netcdf"):
    print(int(xr.open_dataset(sys.argv[1], engine=engine)["a"].sum()))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "f.nc")], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == "3\n3\n"


def test_bad_input_is_named(dataset, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.nc"):
        xr.open_dataset(tmp_path / "none.nc", engine="hyperslab")
    (tmp_path / "text.nc").write_text("not netCDF")
    with pytest.raises(OSError, match=r"text\.nc"):
        xr.open_dataset(tmp_path / "text.nc", engine="hyperslab")
    assert not hx.HyperslabBackend().guess_can_open(tmp_path / "text.nc")
    with pytest.raises(ValueError, match="mode is"):
        hx.to_netcdf(dataset, tmp_path / "f.nc", "r")
    with pytest.raises(ValueError, match="no variable 'q'"):
        hx.to_netcdf(dataset, tmp_path / "f.nc", encoding={"q": {}})
