"""Views of datasets: what `Dataset.astype`, `asstr`, `fields` and `iter_chunks` give."""

from abc import ABC, abstractmethod

import numpy

from .._core import dataset as _dataset


def readtime_dtype(basetype, names):
    """The compound dtype with only the named fields.

    Raises ValueError for fields that are not there, and for a dtype without fields.
    """
    return _dataset.subset_dtype(basetype, names)


class AbstractView(ABC):
    """A dataset whose elements are changed on the way when it is read.

    Indexing a view reads: its forms, results and errors are those of the dataset. `numpy.asarray`
    reads everything. Nothing is read before, and nothing is kept.
    """

    def __init__(self, dset):
        self._dset = dset

    @property
    @abstractmethod
    def dtype(self):
        """The dtype of what is read."""

    @abstractmethod
    def __getitem__(self, idx):
        """Read the part that `idx` selects; its forms and errors are those of the dataset."""

    def __len__(self):
        return len(self._dset)

    @property
    def ndim(self):
        """The number of dimensions."""
        return self._dset.ndim

    @property
    def shape(self):
        """The dataset's shape, in elements."""
        return self._dset.shape

    @property
    def size(self):
        """The number of elements of the dataset."""
        return self._dset.size

    def __array__(self, dtype=None, copy=None):
        _require_copy_allowed(self, copy)
        return numpy.asarray(self[()], dtype=dtype or self.dtype)


def _require_copy_allowed(view, copy):
    """Refuse ``numpy.array(view, copy=False)``, because reading always makes an array."""
    if copy is False:
        raise ValueError(
            f"{type(view).__name__}.__array__ received copy=False "
            "but memory allocation cannot be avoided on read"
        )


class AsTypeView(AbstractView):
    """A dataset that is converted to another type when read."""

    def __init__(self, dset, dtype):
        super().__init__(dset)
        self._dtype = dtype

    @property
    def dtype(self):
        """The dtype that elements are converted to."""
        return self._dtype

    def __getitem__(self, idx):
        return self._dset.__getitem__(idx, new_dtype=self._dtype)

    def explain(self, args=()):
        """What reading would do, and why: the `ReadExplanation` of `Dataset.explain`.

        Raises TypeError for region references and selection objects.
        """
        return self._dset.explain(args, self._dtype)

    def __array__(self, dtype=None, copy=None):
        return self._dset.__array__(dtype or self._dtype, copy)


class AsStrView(AbstractView):
    """A dataset of strings that is read as str.

    Reading raises UnicodeDecodeError for bytes that `encoding` does not know, unless `errors` says
    otherwise.
    """

    def __init__(self, dset, encoding, errors="strict"):
        super().__init__(dset)
        self.encoding = encoding
        self.errors = errors

    @property
    def dtype(self):
        """The dtype object: each element is a str."""
        return numpy.dtype(object)

    def __getitem__(self, idx):
        return _dataset.read_text(self._dset, idx, self.encoding, self.errors)


class FieldsView(AbstractView):
    """Some fields of a compound dataset."""

    def __init__(self, dset, prior_dtype, names):
        super().__init__(dset)
        self.extract_field = names if isinstance(names, str) else None
        self.read_dtype = readtime_dtype(prior_dtype, [names] if isinstance(names, str) else names)

    @property
    def dtype(self):
        """The dtype of the field, or of a compound of the fields when they are several."""
        return (
            self.read_dtype if self.extract_field is None else self.read_dtype[self.extract_field]
        )

    def __getitem__(self, idx):
        data = self._dset.__getitem__(idx, new_dtype=self.read_dtype)
        return data if self.extract_field is None else data[self.extract_field]


class ChunkIterator:
    """An iterator over the chunks in a region: tuples of slices, in row-major order.

    Raises TypeError when the dataset is not chunked, ValueError for a region outside of it.
    """

    def __init__(self, dset, source_sel=None):
        self._chunks = _dataset.ChunkWalk(dset.shape, dset.chunks, source_sel)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._chunks)
