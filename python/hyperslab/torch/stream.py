"""An iterable dataset: each worker reads partitions of its own, one after the other."""

import sys

import numpy

from ..distributed.partition import PARTITION_BYTES, plan
from .rows import as_tensor

try:
    from torch.utils.data import IterableDataset as _Base
except ImportError:
    _Base = object


class RowStream(_Base):
    """The rows of a dataset, or of a table that is a group, one by one or in batches.

    Parameters
    ----------
    paths, dataset, columns
        As for `Rows`.
    batch_rows : int, optional
        The number of rows of a batch; without it, rows come one by one.
    shuffle : bool
        Whether partitions come in random order, with their rows shuffled.
    seed : int
        What that order depends on, together with the epoch.
    partition_bytes : int
        The number of stored bytes of a partition, which a worker keeps in memory when it shuffles.
    tensors : bool
        Whether rows and batches are `torch.Tensor` objects instead of NumPy's arrays and scalars.
    worker, workers : int, optional
        The number of this worker and the number of workers, where PyTorch does not say them.

    Raises
    ------
    FileNotFoundError, SchemaError, OSError
        As `hyperslab.distributed.plan` does; SchemaError also when a file has changed since.
    ValueError
        An argument cannot be used.
    ImportError
        Tensors are asked for, and PyTorch is not installed.
    """

    def __init__(
        self,
        paths,
        dataset,
        columns=None,
        *,
        batch_rows=None,
        shuffle=False,
        seed=0,
        partition_bytes=PARTITION_BYTES // 16,
        tensors=False,
        worker=None,
        workers=None,
    ):
        if batch_rows is not None and batch_rows < 1:
            raise ValueError(f"batch_rows must be positive, not {batch_rows}")
        if (worker is None) != (workers is None):
            raise ValueError("worker and workers are given together")
        if workers is not None and not 0 <= worker < workers:
            raise ValueError(f"worker is from 0 to {workers - 1}, not {worker}")
        found = plan(paths, dataset, columns=columns, partition_bytes=partition_bytes)
        if tensors:
            import torch  # noqa: F401  so that its absence is seen here and not in a worker
        self.tensors = tensors
        self._parts, self._rows = found.partitions, found.rows
        self.batch_rows, self.shuffle, self.seed, self.epoch = batch_rows, shuffle, seed, 0
        self.worker, self.workers = worker, workers

    def set_epoch(self, epoch):
        """Say which epoch follows: each has an order of its own, which all workers know."""
        self.epoch = epoch

    def __len__(self):
        """The number of rows of all workers."""
        return self._rows

    def __iter__(self):
        worker, workers = self._share()
        random = numpy.random.default_rng([self.seed, self.epoch])
        order = random.permutation(len(self._parts)) if self.shuffle else range(len(self._parts))
        random = numpy.random.default_rng([self.seed, self.epoch, worker])
        for number in order[worker::workers]:
            part = self._parts[number]
            rows = self._tensors(part) if self.tensors else part.read()
            places = random.permutation(part.rows) if self.shuffle else numpy.arange(part.rows)
            if self.batch_rows is None:
                for place in places:
                    yield _rows_at(rows, place)
            else:
                for first in range(0, part.rows, self.batch_rows):
                    yield _rows_at(rows, places[first : first + self.batch_rows])

    def _tensors(self, part):
        rows = part.read()
        if not isinstance(rows, dict) and rows.dtype.names is not None:
            rows = {name: numpy.ascontiguousarray(rows[name]) for name in rows.dtype.names}
        if isinstance(rows, dict):
            return {name: as_tensor(values, name) for name, values in rows.items()}
        return as_tensor(rows, part.dataset)

    def _share(self):
        if self.workers is not None:
            return self.worker, self.workers
        data = sys.modules.get("torch.utils.data")
        info = data.get_worker_info() if data is not None else None
        return (0, 1) if info is None else (info.id, info.num_workers)


def _rows_at(rows, places):
    if isinstance(rows, dict):
        return {name: values[places] for name, values in rows.items()}
    return rows[places]
