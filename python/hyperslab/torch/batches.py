"""Shuffled batches that need few chunks each."""

import numpy


class ChunkBatches:
    """A batch sampler for `Rows`: rows of some random chunks, shuffled among each other.

    A batch of rows from anywhere needs a chunk for each row. Here, the chunks are shuffled, the
    rows of the next `pool` of them are shuffled together, and batches are made of these: each chunk
    is decoded for a few batches only, which follow each other. With ``pool`` as large as the number
    of chunks the order is wholly random.

    Parameters
    ----------
    rows : Rows
        The dataset.
    batch_size : int
        The number of rows of a batch.
    pool : int
        The number of rows of chunks whose rows are shuffled together.
    seed : int
        What the order depends on, together with the epoch.
    drop_last : bool
        Whether a last batch of fewer rows is left out.
    rank, replicas : int
        The number of this process and the number of processes that train together. Each has batches
        of its own, and as many as the others.

    Raises
    ------
    ValueError
        An argument cannot be used.
    """

    def __init__(self, rows, batch_size, *, pool=16, seed=0, drop_last=False, rank=0, replicas=1):
        for name, value in (("batch_size", batch_size), ("pool", pool), ("replicas", replicas)):
            if value < 1:
                raise ValueError(f"{name} must be positive, not {value}")
        if not 0 <= rank < replicas:
            raise ValueError(f"rank is from 0 to {replicas - 1}, not {rank}")
        self.batch_size, self.pool, self.seed, self.epoch = batch_size, pool, seed, 0
        self.drop_last, self.rank, self.replicas = drop_last, rank, replicas
        self._chunks = rows.chunks()
        self._rows = len(rows)

    def set_epoch(self, epoch):
        """Say which epoch follows: each has an order of its own."""
        self.epoch = epoch

    def __len__(self):
        """The number of batches of an epoch, for this process."""
        whole = self._rows // self.batch_size
        all_of_them = whole if self.drop_last else -(-self._rows // self.batch_size)
        return all_of_them // self.replicas

    def __iter__(self):
        for number, batch in enumerate(self._batches()):
            if number >= len(self) * self.replicas:
                return
            if number % self.replicas == self.rank:
                yield batch.tolist()

    def _batches(self):
        random = numpy.random.default_rng([self.seed, self.epoch])
        order = random.permutation(len(self._chunks))
        left = numpy.zeros(0, "i8")
        for first in range(0, len(order), self.pool):
            ranges = self._chunks[order[first : first + self.pool]]
            rows = numpy.concatenate([numpy.arange(start, stop) for start, stop in ranges])
            rows = numpy.concatenate([left, random.permutation(rows)])
            whole = len(rows) // self.batch_size * self.batch_size
            yield from rows[:whole].reshape(-1, self.batch_size)
            left = rows[whole:]
        if len(left) and not self.drop_last:
            yield left
