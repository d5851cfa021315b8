"""h5s: dataspaces in states that libhdf5 does not expect."""

import contextlib

import hyperslab
import numpy as np
import pytest
from hyperslab import h5s


@pytest.mark.parametrize("selected", [False, True])
def test_a_dataspace_without_extent_selects_nothing(tmp_path, selected):
    """In h5py it selects what it did before, and a read by it may crash."""
    space = h5s.create_simple((4, 6))
    if selected:
        space.select_hyperslab((0, 0), (2, 2))
    space.set_extent_none()
    assert space.get_select_npoints() == 0
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        dset = f.create_dataset("x", data=np.arange(24).reshape(4, 6), chunks=(2, 3))
        with pytest.raises((OSError, ValueError)):
            dset.id.read(space, h5s.ALL, np.zeros((4, 6), "i8"))
        before = np.ones((4, 6), "i8")
        with contextlib.suppress(OSError, ValueError):
            dset.id.read(space, space, before)
        assert (before == 1).all()
