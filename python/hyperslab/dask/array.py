"""Datasets as Dask arrays, and back."""

import math
import os

import dask
import dask.array as da
import numpy
from dask.base import tokenize
from dask.utils import parse_bytes

from .._hl.dataset import Dataset
from .._hl.files import File
from ..distributed.opening import open_file
from ..distributed.schema import SchemaError


def from_hdf5(path, dataset, chunks="auto"):
    """A Dask array of a dataset.

    Parameters
    ----------
    path : str or path-like
        The file, which is opened for reading by whoever reads a block.
    dataset : str
        The path of the dataset in it.
    chunks : 'auto', int, or tuple
        The shape of blocks. With 'auto', blocks are multiples of the stored chunks and have about
        the number of bytes that Dask's setting ``array.chunk-size`` says.

    Returns
    -------
    dask.array.Array
        Its name depends on the file's size and time, so that a changed file is another array.

    Raises
    ------
    OSError
        The file cannot be opened.
    SchemaError
        There is no such dataset.
    """
    path = os.path.abspath(os.fspath(path))
    with open_file(path) as file:
        found = _find(file, dataset)
        shape, dtype = found.shape, found.dtype
        if chunks == "auto":
            chunks = _blocks(found)
    status = os.stat(path)
    token = tokenize(path, dataset, status.st_size, status.st_mtime_ns, chunks)
    return da.from_array(
        _Blocks(path, dataset, shape, dtype),
        chunks=chunks,
        name=f"hdf5-{token}",
        lock=False,
        asarray=True,
        fancy=False,
        meta=numpy.empty((0,) * len(shape), dtype),
    )


class _Blocks:
    """A dataset that is opened for each block: nothing is open between, or sent to a worker."""

    def __init__(self, path, dataset, shape, dtype):
        self.path, self.dataset, self.shape, self.dtype = path, dataset, shape, dtype
        self.ndim = len(shape)

    def __getitem__(self, index):
        with open_file(self.path) as file:
            found = _find(file, self.dataset)
            if found.shape != self.shape or found.dtype != self.dtype:
                raise SchemaError(
                    f"'{self.dataset}' in file '{self.path}' has become another one: "
                    f"{found.dtype} {found.shape}, not {self.dtype} {self.shape}"
                )
            return found[index]


def _find(file, dataset):
    found = file.get(dataset)
    if not isinstance(found, Dataset) or found.shape is None:
        raise SchemaError(
            f"there is no dataset with elements '{dataset}' in file '{file.filename}'"
        )
    return found


def _blocks(dataset):
    """Multiples of the stored chunks: the first axes grow last, as the file lies."""
    if not dataset.shape:
        return ()
    limit = parse_bytes(dask.config.get("array.chunk-size", "128MiB"))
    stored = dataset.chunks or (1,) * dataset.ndim
    block = [min(length, part) for length, part in zip(dataset.shape, stored, strict=True)]
    itemsize = max(1, dataset.dtype.itemsize)
    for axis in reversed(range(dataset.ndim)):
        room = limit // max(1, math.prod(block) * itemsize)
        if room < 2:
            break
        block[axis] = min(dataset.shape[axis], block[axis] * room)
    return tuple(max(1, length) for length in block)


def to_hdf5(array, path, dataset, *, chunks=None, mode="a", compute=True, **options):
    """Write a Dask array to a new dataset, chunk by chunk and several of them at a time.

    Parameters
    ----------
    array : dask.array.Array
        What is written. Its shape must be known.
    path : str or path-like
        The file.
    dataset : str
        The path of the dataset, which must not be there.
    chunks : tuple, optional
        The stored chunks; by default the first block of the array, if it is at most 4 MB. The
        array's blocks are aligned to them, so that no chunk is written twice.
    mode : {'a', 'w', 'x', 'r+'}
        How the file is opened.
    compute : bool
        False returns a `dask.delayed.Delayed` that writes when it is computed.
    **options
        More keywords of `Group.create_dataset`, such as ``compression``.

    Raises
    ------
    OSError
        The file cannot be written. A new file is dropped then, and a new dataset of an old file
        removed; with mode 'w' the old file stays.
    ValueError
        The dataset is there already, or the shape is not known.
    """
    path = os.path.abspath(os.fspath(path))
    if any(math.isnan(length) for length in array.shape):
        raise ValueError("the shape of the array is not known: call compute_chunk_sizes() first")
    if mode not in ("a", "w", "x", "r+"):
        raise ValueError(f"mode is 'a', 'w', 'x' or 'r+', not {mode!r}")
    stored = _stored_chunks(array, chunks)
    write = dask.delayed(_write, pure=False, traverse=False)
    made = write(_Source(array), path, dataset, stored, mode, options)
    return made.compute(scheduler="sync") if compute else made


class _Source:
    """Keeps an array from being computed as the argument of a task."""

    def __init__(self, array):
        self.array = array


def _stored_chunks(array, chunks):
    if not array.ndim or 0 in array.shape:
        return None
    if chunks is not None:
        return tuple(min(c, n) for c, n in zip(chunks, array.shape, strict=True))
    first = [int(sizes[0]) for sizes in array.chunks]
    while math.prod(first) * array.dtype.itemsize > 4 << 20 and max(first) > 1:
        largest = first.index(max(first))
        first[largest] = (first[largest] + 1) // 2
    return tuple(max(1, length) for length in first)


def _write(source, path, dataset, stored, mode, options):
    array = source.array
    is_new = mode in ("w", "x") or (mode == "a" and not os.path.exists(path))
    if stored is not None:
        array = array.rechunk(
            tuple(_aligned(sizes, part) for sizes, part in zip(array.chunks, stored, strict=True))
        )
    # A new file takes its place when it is whole, and a failure drops it.
    with File(path, "x" if is_new and mode == "a" else mode, atomic=is_new) as file:
        if dataset in file:
            raise ValueError(f"there is a '{dataset}' in file '{path}' already")
        try:
            target = file.create_dataset(
                dataset, array.shape, array.dtype, chunks=stored, **options
            )
            _fill(array, target)
        except BaseException:
            if not is_new and dataset in file:
                del file[dataset]
            raise


def _aligned(sizes, part):
    """The blocks of an axis whose borders are borders of chunks."""
    length, ends, at = sum(sizes), [], 0
    for size in sizes:
        at += size
        end = min(length, -(-at // part) * part)
        if not ends or end > ends[-1]:
            ends.append(end)
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def _fill(array, target):
    """Write the blocks in this process, as workers of whatever kind have made them."""
    try:
        from distributed import get_client

        client = get_client()
    except (ImportError, ValueError):
        da.store(array, target, lock=False, compute=True, scheduler=_threads())
        return
    from distributed import as_completed

    blocks = array.to_delayed()
    waiting = {}
    slices = da.core.slices_from_chunks(array.chunks)
    for block, place in zip(blocks.ravel(), slices, strict=True):
        waiting[client.compute(block)] = place
    for future in as_completed(list(waiting)):
        target[waiting.pop(future)] = future.result()
        future.release()


def _threads():
    scheduler = dask.config.get("scheduler", None)
    return scheduler if scheduler in ("threads", "synchronous", "sync") else "threads"
