"""A map-style dataset: sample number i is row i of the files, one after the other."""

import operator
import os

import numpy

from ..distributed.opening import open_file
from ..distributed.partition import plan
from ..distributed.schema import SchemaError, open_source

try:
    from torch.utils.data import Dataset as _Base
except ImportError:
    _Base = object


class Rows(_Base):
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
        Tensors are asked for, and PyTorch is not installed.
    """

    def __init__(self, paths, dataset, columns=None, *, tensors=False, transform=None):
        found = plan(paths, dataset, columns=columns, partitions=1)
        self.dataset = dataset
        self.columns = None if columns is None else list(columns)
        self.transform = transform
        self.tensors = tensors
        if tensors:
            import torch  # noqa: F401  so that its absence is seen here and not in a worker
        self._parts = found.partitions
        self._first = numpy.cumsum([0, *[part.rows for part in self._parts]])
        self._process, self._opened = None, {}

    def __len__(self):
        """The number of rows of all files."""
        return int(self._first[-1])

    def __getitem__(self, index):
        """One sample: a row, or a dict of values for a group and for chosen columns."""
        return self.__getitems__([index])[0]

    def __getitems__(self, indices):
        """The samples of many indices, in their order. Each chunk is read and decoded once."""
        wanted = numpy.array([operator.index(index) for index in indices], "i8")
        wrong = (wanted < -len(self)) | (wanted >= len(self))
        if wrong.any():
            raise IndexError(f"there is no row {wanted[wrong][0]}: there are {len(self)}")
        wanted[wanted < 0] += len(self)
        samples = [None] * len(wanted)
        file_of = numpy.searchsorted(self._first, wanted, side="right") - 1
        for number in numpy.unique(file_of):
            places = numpy.flatnonzero(file_of == number)
            rows = wanted[places] - self._first[number]
            for place, sample in zip(places, self._read(int(number), rows), strict=True):
                samples[place] = sample if self.transform is None else self.transform(sample)
        return samples

    def chunks(self):
        """Ranges of indices, each of the rows of one row of chunks: an array of (start, stop)."""
        ranges = []
        for number, part in enumerate(self._parts):
            dataset = self._open(number)[0][1]
            step = dataset.chunks[0] if dataset.chunks else max(1, (1 << 20) // _row_bytes(dataset))
            starts = numpy.arange(part.start, part.stop, step)
            stops = numpy.minimum(starts + step, part.stop)
            ranges.append(numpy.stack([starts, stops], 1) + self._first[number])
        return numpy.concatenate(ranges) if ranges else numpy.zeros((0, 2), "i8")

    def close(self):
        """Close the files that this process has opened. Using them opens them again."""
        if self._process == os.getpid():
            for file, _ in self._opened.values():
                file.close()
        self._opened = {}

    def __getstate__(self):
        return {**self.__dict__, "_process": None, "_opened": {}}

    def _open(self, number):
        if self._process != os.getpid():  # what a parent has opened is the parent's
            self._process, self._opened = os.getpid(), {}
        if number not in self._opened:
            part = self._parts[number]
            file = open_file(part.path)
            datasets, _ = open_source(file, self.dataset, self.columns)
            if len(datasets[0][1]) < part.stop:
                raise SchemaError(
                    f"'{self.dataset}' in file '{part.path}' has become smaller: it has "
                    f"{len(datasets[0][1])} rows, and had {part.stop}"
                )
            self._opened[number] = file, datasets
        return self._opened[number][1]

    def _read(self, number, rows):
        """Samples in the order of `rows`, which are of one file."""
        sorted_rows, places = numpy.unique(rows, return_inverse=True)
        first, last = int(sorted_rows[0]), int(sorted_rows[-1]) + 1
        is_range = last - first == len(sorted_rows)
        region = slice(first, last) if is_range else sorted_rows
        columns = {}
        for name, dataset in self._open(number):
            if name is None and self.columns is not None:
                read = dataset.fields(self.columns)[region]
                columns.update({field: read[field] for field in self.columns})
            else:
                columns[name] = dataset[region]
        if self.tensors:
            columns = {
                name: as_tensor(values, name or self.dataset) for name, values in columns.items()
            }
        if list(columns) == [None]:
            return [columns[None][place] for place in places]
        return [{name: values[place] for name, values in columns.items()} for place in places]


def as_tensor(values, name):
    """A tensor of an array, with its memory where the byte order is that of the machine.

    Raises TypeError for elements of which PyTorch has no tensors.
    """
    import torch

    native = values if values.dtype.isnative else values.astype(values.dtype.newbyteorder("="))
    try:
        return torch.from_numpy(native)
    except TypeError as error:
        raise TypeError(
            f"'{name}' has elements of type {values.dtype}, of which PyTorch has no tensors"
        ) from error


def _row_bytes(dataset):
    return max(1, dataset.nbytes // max(1, len(dataset)))
