# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from hyperslab._typing import Path
from typing import Any
from typing import SupportsIndex
import numpy
import torch.utils.data

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
        An argument cannot be used."""
    def __init__(self, rows: Rows, batch_size: int, *, pool: int=16, seed: int=0, drop_last: bool=False, rank: int=0, replicas: int=1) -> None: ...
    def set_epoch(self, epoch: int) -> None:
        """Say which epoch follows: each has an order of its own."""
    def __len__(self) -> int:
        """The number of batches of an epoch, for this process."""
    def __iter__(self) -> Iterator[list[int]]: ...

class RowStream(torch.utils.data.IterableDataset[Any]):
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
        Tensors are asked for, and PyTorch is not installed."""
    def __init__(self, paths: Path | Sequence[Path], dataset: str, columns: Sequence[str] | None=None, *, batch_rows: int | None=None, shuffle: bool=False, seed: int=0, partition_bytes: int=..., tensors: bool=False, worker: int | None=None, workers: int | None=None) -> None: ...
    def set_epoch(self, epoch: int) -> None:
        """Say which epoch follows: each has an order of its own, which all workers know."""
    def __len__(self) -> int:
        """The number of rows of all workers."""
    def __iter__(self) -> Iterator[Any]: ...

class Rows(torch.utils.data.Dataset[Any]):
    """The rows of a dataset, or of a table that is a group, in one file or many.

    Parameters
    ----------
    paths : str, path-like or list of them
        Files, globs and folders, as `hyperslab.distributed.find_files` takes them.
    dataset : str
        The path of a dataset, or of a group of datasets of equal length.
    columns : list of str, optional
        Fields of a compound, or datasets of the group.
    tensors : bool
        Whether samples are `torch.Tensor` objects instead of NumPy's arrays and scalars.
    transform : callable, optional
        Called with each sample; what it returns is the sample.

    Raises
    ------
    FileNotFoundError, SchemaError, OSError
        As `hyperslab.distributed.plan` does.
    ImportError
        Tensors are asked for, and PyTorch is not installed."""
    def __init__(self, paths: Path | Sequence[Path], dataset: str, columns: Sequence[str] | None=None, *, tensors: bool=False, transform: Callable[[Any], Any] | None=None) -> None: ...
    def __len__(self) -> int:
        """The number of rows of all files."""
    def __getitem__(self, index: SupportsIndex) -> Any:
        """One sample: a row, or a dict of values for a group and for chosen columns."""
    def __getitems__(self, indices: Iterable[SupportsIndex]) -> list[Any]:
        """The samples of many indices, in their order. Each chunk is read and decoded once."""
    def chunks(self) -> numpy.ndarray[Any, Any]:
        """Ranges of indices, each of the rows of one row of chunks: an array of (start, stop)."""
    def close(self) -> None:
        """Close the files that this process has opened. Using them opens them again."""
