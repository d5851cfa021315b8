"""Dataset.append: what is added is there whole, or the dataset is as it was."""

import errno
import io

import h5py
import hyperslab
import numpy as np
import pytest


class Full(io.BytesIO):
    """A file object that refuses to be written to, while it is full."""

    full = False

    def write(self, data):
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.fixture(params=["automatic", "direct", "library"])
def engine(request):
    hyperslab.set_engine(request.param)
    yield request.param
    hyperslab.set_engine("automatic")


STORED = {
    "plain": {},
    "gzip": {"compression": "gzip", "shuffle": True},
    "partial chunks": {"compression": "gzip", "chunks": (400, 100)},
}


@pytest.mark.parametrize("stored", STORED)
def test_what_cannot_be_stored_leaves_the_dataset_as_it_was(engine, stored):
    """Without a chunk cache libhdf5 writes at once too; the rows do not compress."""
    rows = np.random.default_rng(0).random((1500, 100))
    device = Full()
    with hyperslab.File(device, "w", rdcc_nbytes=0) as file:
        keywords = {"chunks": (100, 100), **STORED[stored]}
        dataset = file.create_dataset("x", (0, 100), "f8", maxshape=(None, 100), **keywords)
        dataset.append(rows[:150])
        file.flush()
        device.full = True
        with pytest.raises(OSError, match="No space"):
            dataset.append(rows[150:1400])
        assert dataset.shape == (150, 100)
        device.full = False
        assert (dataset[...] == rows[:150]).all()
        dataset.append(rows[150:])
    with h5py.File(device) as file:
        assert (file["x"][...] == rows).all()
