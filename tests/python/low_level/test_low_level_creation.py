"""A dataset of 900 GB, made by the low level as the mission writes it, costs nothing."""

import time

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import Dataset, h5d, h5p, h5s, h5t


@pytest.fixture
def path(tmp_path):
    return tmp_path / "f.h5"


def create(f):
    spaceid = h5s.create_simple((30000, 8000000))
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_chunk((60, 15625))
    plist.set_fill_time(h5d.FILL_TIME_NEVER)
    datasetid = h5d.create(f.id, b"data", h5t.NATIVE_FLOAT, spaceid, plist)
    return Dataset(datasetid)


def test_the_file_stays_small_until_something_is_written(path):
    begin = time.perf_counter()
    with hyperslab.File(path, "w") as f:
        dset = create(f)
    print(f"created and closed in {time.perf_counter() - begin:.4f} s (should be less than 1)")
    assert not dset
    assert path.stat().st_size < 1 << 20


def test_the_dataset_is_what_was_asked_for(path):
    with hyperslab.File(path, "w") as f:
        dset = create(f)
        assert dset.shape == (30000, 8000000)
        assert dset.nbytes == 960_000_000_000
        assert dset.chunks == (60, 15625)
        assert dset.dtype == np.float32
        assert dset.name == "/data" and f["data"] == dset
        assert dset.id.get_storage_size() == 0
        assert dset.id.get_create_plist().get_fill_time() == h5d.FILL_TIME_NEVER


def test_a_part_far_away_is_written_and_read_back(path):
    block = np.arange(60 * 15625, dtype="f4").reshape(60, 15625)
    with hyperslab.File(path, "w") as f:
        create(f)[29940:, 7984375:] = block
    assert path.stat().st_size < 2 * block.nbytes
    for package in (hyperslab, h5py):
        with package.File(path) as f:
            assert f["data"][29999, 7999999] == block[-1, -1]
            assert (f["data"][29940:, 7984375::1000] == block[:, ::1000]).all()
            assert f["data"].id.get_num_chunks() == 1


def test_h5py_sees_the_same_dataset(path):
    with hyperslab.File(path, "w") as f:
        create(f)
    with h5py.File(path) as f:
        dset = f["data"]
        assert (dset.shape, dset.chunks, dset.dtype) == ((30000, 8000000), (60, 15625), np.float32)
