"""One process writes, others read: what a refresh brings."""

import h5py
import hyperslab
import numpy as np
import pytest


@pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple >= (2,),
    reason="HDF5 2 is the machine's, without our patch: such a refresh is an error",
)
@pytest.mark.parametrize("writer", [h5py, hyperslab])
def test_contiguous_datasets_that_come_to_lie_behind_the_known_end(tmp_path, writer):
    path = tmp_path / "f.h5"
    with writer.File(path, "w", libver="latest") as w:
        for name in ("kept", "later"):
            w.create_dataset(name, (30000,), "f8")
        w.create_dataset("chunked", (1000,), "f8", chunks=(100,))
        w.swmr_mode = True
        with hyperslab.File(path, "r", libver="latest", swmr=True) as r:
            kept, chunked = r["kept"], r["chunked"]
            assert kept[0] == chunked[0] == 0
            for value in (1, 2):
                for name in w:
                    w[name][...] = value
                    w[name].flush()
                for data in (kept, chunked):
                    data.refresh()
                    assert np.all(data[...] == value)
                later = r["later"]  # opened now
                later.refresh()
                assert np.all(later[...] == value)
