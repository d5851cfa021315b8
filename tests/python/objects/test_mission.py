"""The uses that the mission names, run exactly as they are written there."""

import hyperslab
import numpy as np
import pytest


@pytest.fixture
def fx(tmp_path):
    """A file laid out as H5Boss lays out spectra."""
    table = np.zeros(4600, dtype=[("WAVE", "f4"), ("FLUX", "f4"), ("IVAR", "f4"), ("MASK", "i4")])
    table["FLUX"] = np.arange(4600)
    table["IVAR"] = 1 / (1 + np.arange(4600))
    with hyperslab.File(tmp_path / "boss.h5", "w") as f:
        f.create_dataset("4857/55711/4/coadd", data=table)
        f["path"] = np.arange(100.0).reshape(20, 5)
    with hyperslab.File(tmp_path / "boss.h5") as f:
        yield f


def test_fields_of_a_table(fx):
    data = fx["4857/55711/4/coadd"][("FLUX", "IVAR")]
    assert data.dtype.names == ("FLUX", "IVAR") and data.shape == (4600,)
    assert data["FLUX"][7] == 7 and data["IVAR"][1] == 0.5


def test_fields_without_a_tuple(fx):
    data = fx["4857/55711/4/coadd"]["FLUX", "IVAR"]
    assert data.dtype.names == ("FLUX", "IVAR")


def test_a_slice_with_a_field(fx):
    assert fx["4857/55711/4/coadd"][0:10, "FLUX"].tolist() == list(range(10))


def test_everything(fx):
    assert fx["path"][()].shape == (20, 5)
    assert fx["4857/55711/4/coadd"][()]["FLUX"].sum() == np.arange(4600).sum()


def test_a_slice(fx):
    assert fx["path"][0:10].tolist() == np.arange(50.0).reshape(10, 5).tolist()


def test_creating_a_dataset_from_an_array(tmp_path):
    arr = np.arange(100)
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("mydset", data=arr)
        assert (f["mydset"][...] == arr).all()


def test_writing_a_slice(tmp_path):
    temp = np.ones((2, 5)) * 7
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        dset = f.create_dataset("dset", (4, 5), "f8")
        dset[0:2, :] = temp
        assert dset[...].tolist() == [[7] * 5] * 2 + [[0] * 5] * 2


@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_choosing_the_format(tmp_path, libver):
    with hyperslab.File(tmp_path / "f.h5", "w", libver=libver) as f:
        f["x"] = np.arange(5)
    superblock_version = (tmp_path / "f.h5").read_bytes()[8]
    assert superblock_version == {"earliest": 0, "latest": 3}[libver]
    with hyperslab.File(tmp_path / "f.h5", libver=libver) as f:
        assert f["x"][4] == 4


def test_requiring_a_dataset(tmp_path):
    shape = (100, 3)
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        field = f.require_dataset("field", shape, "f")
        assert field.shape == shape and field.dtype == np.float32
        assert f.require_dataset("field", shape, "f") == field


def test_code_written_for_h5py_runs(tmp_path):
    import hyperslab as h5py

    with h5py.File(tmp_path / "f.h5", "w") as f:
        grp = f.create_group("subgroup")
        dset = grp.create_dataset("dset", (100,), dtype="i")
        dset[...] = np.arange(100)
        dset.attrs["temperature"] = 99.5
    with h5py.File(tmp_path / "f.h5", "r") as f:
        assert list(f.keys()) == ["subgroup"]
        assert f["subgroup/dset"][0:100:10].tolist() == list(range(0, 100, 10))
        assert f["subgroup/dset"].attrs["temperature"] == 99.5
        assert f["subgroup/dset"].name == "/subgroup/dset"
