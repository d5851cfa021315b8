"""Shuffled batches of a loader, without PyTorch: the same indices on both sides."""

import contextlib

import h5py
import numpy as np
from data import Row
from hyperslab.torch import ChunkBatches, Rows

BATCHES = 20


@contextlib.contextmanager
def rows(data):
    samples = Rows(data.samples, "gzip")
    batches = [batch for _, batch in zip(range(BATCHES), ChunkBatches(samples, 256), strict=False)]

    def by_h5py():
        with h5py.File(data.samples) as file:
            dataset = file["gzip"]
            for batch in batches:
                np.stack([dataset[index] for index in batch])

    def by_hyperslab():
        for batch in batches:
            np.stack(samples.__getitems__(batch))

    yield [Row("Loader: shuffled samples, gzip", by_hyperslab, "h5py", by_h5py, 4)]
    samples.close()
