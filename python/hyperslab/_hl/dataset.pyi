# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="override,misc"
import os
import types
from collections import namedtuple
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Literal, overload

import numpy
from typing_extensions import Self

from hyperslab import _objects
from hyperslab import h5 as h5
from hyperslab import h5d
from hyperslab import h5d as h5d
from hyperslab import h5ds as h5ds
from hyperslab import h5fd as h5fd
from hyperslab import h5p
from hyperslab import h5p as h5p
from hyperslab import h5r as h5r
from hyperslab import h5s as h5s
from hyperslab import h5t as h5t
from hyperslab._hl import filters as filters
from hyperslab._hl import selections as sel
from hyperslab._hl import selections2 as sel2
from hyperslab._hl.base import Empty as Empty
from hyperslab._hl.base import HLObject
from hyperslab._hl.base import HLObject as HLObject
from hyperslab._hl.base import array_for_new_object as array_for_new_object
from hyperslab._hl.base import cached_property as cached_property
from hyperslab._hl.base import find_item_type as find_item_type
from hyperslab._hl.base import product as product
from hyperslab._hl.compat import filename_decode as filename_decode
from hyperslab._hl.datatype import Datatype as Datatype
from hyperslab._hl.dims import DimensionManager
from hyperslab._hl.group import Group
from hyperslab._hl.vds import VDSmap
from hyperslab._hl.vds import VDSmap as VDSmap
from hyperslab._objects import with_phil as with_phil
from hyperslab._typing import DTypeLike
from hyperslab._typing import Data
from hyperslab._typing import Index
from hyperslab._typing import Parts
from hyperslab._typing import Shape
from hyperslab.h5py_warnings import H5pyDeprecationWarning as H5pyDeprecationWarning


class AbstractView:
    """A dataset whose elements are changed on the way when it is read.

    Indexing a view reads: its forms, results and errors are those of the dataset. `numpy.asarray`
    reads everything. Nothing is read before, and nothing is kept."""
    def __array__(self, dtype: DTypeLike = None, copy: bool | None = None) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: tuple[()]) -> Any: ...
    @overload
    def __getitem__(self, args: Parts | str) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: Index) -> Any: ...
    def __init__(self, dset: Dataset) -> None: ...
    def __len__(self) -> int: ...
    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The dtype of what is read."""
    @property
    def ndim(self) -> int:
        """The number of dimensions."""
    @property
    def shape(self) -> tuple[int, ...]:
        """The dataset's shape, in elements."""
    @property
    def size(self) -> int:
        """The number of elements of the dataset."""

class AsStrView(AbstractView):
    """A dataset of strings that is read as str.

    Reading raises UnicodeDecodeError for bytes that `encoding` does not know, unless `errors` says
    otherwise."""
    @overload
    def __getitem__(self, args: tuple[()]) -> Any: ...
    @overload
    def __getitem__(self, args: Parts) -> numpy.ndarray[Any, numpy.dtype[numpy.object_]]: ...
    @overload
    def __getitem__(self, args: Index) -> Any: ...
    def __init__(self, dset: Dataset, encoding: str, errors: str = 'strict') -> None: ...
    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The dtype object: each element is a str."""

class AsTypeView(AbstractView):
    """A dataset that is converted to another type when read."""
    def __array__(self, dtype: DTypeLike = None, copy: bool | None = None) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: tuple[()]) -> Any: ...
    @overload
    def __getitem__(self, args: Parts | str) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: Index) -> Any: ...
    def __init__(self, dset: Dataset, dtype: numpy.dtype[Any]) -> None: ...
    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The dtype that elements are converted to."""
    def explain(self, args: Index = ...) -> h5d.ReadExplanation:
        """What reading would do, and why: the `ReadExplanation` of `Dataset.explain`.

        Raises TypeError for region references and selection objects."""

class ChunkIterator:
    """An iterator over the chunks in a region: tuples of slices, in row-major order.

    Raises TypeError when the dataset is not chunked, ValueError for a region outside of it."""
    def __init__(self, dset: Dataset, source_sel: Index | None = None) -> None: ...
    def __iter__(self) -> Self: ...
    def __next__(self) -> tuple[slice, ...]: ...

class Dataset(HLObject):
    """An array in a file: slicing reads it as a NumPy array, assigning to a slice writes it.

    `Group.create_dataset` creates one, ``group["name"]`` opens one. What can stand in the brackets
    is in ``help(Dataset.__getitem__)``."""
    def __array__(self, dtype: DTypeLike = None, copy: bool | None = None) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: tuple[()], new_dtype: DTypeLike = None) -> Any: ...
    @overload
    def __getitem__(self, args: Parts | str, new_dtype: DTypeLike = None) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: Index, new_dtype: DTypeLike = None) -> Any: ...
    def __init__(self, bind: h5d.DatasetID, *, readonly: bool = False) -> None: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __setitem__(self, args: Index, val: Data) -> None: ...
    def append(self, values: Data | Iterator[Data], axis: int = 0) -> None:
        """Make the dataset longer along an axis and write `values` there. h5py has no such method.

        `values` has the dataset's shape but for that axis, or lacks the axis: one more row. An
        iterator or a generator gives such values in blocks, and each is appended when it comes;
        those before a block that cannot be written stay.
        Raises TypeError when the shapes do not fit or the dataset is not chunked, OSError when
        there is no conversion; the dataset has its old shape then. Threads that append to one
        dataset follow each other.
        Source: H5Dset_extent, H5Dwrite; the low-level ``DatasetID.append`` is H5DOappend."""
    def asstr(self, encoding: str | None = None, errors: str = 'strict') -> AsStrView:
        """A view of a string dataset that is read as str, decoded as ``bytes.decode`` does.

        The encoding is by default that of the HDF5 type. Raises TypeError for other datasets."""
    def astype(self, dtype: DTypeLike) -> AsTypeView:
        """A view that is converted to `dtype` when read: ``dset.astype('f8')[0:10]``.

        Variable-length and fixed strings can be read as NumPy's StringDType ('T'). Raises TypeError
        for 'T' on other datasets; reading raises OSError when there is no conversion."""
    @property
    def chunks(self) -> tuple[int, ...] | None:
        """The shape of a chunk in elements, or None when the dataset is not chunked."""
    @property
    def collective(self) -> AbstractContextManager[None]:
        """A context inside which all processes read and write together.

        ``with dset.collective:``. Source: H5Pset_dxpl_mpio."""
    @property
    def compression(self) -> str | None:
        """The filter that compresses: 'gzip', 'lzf', 'szip', 'unknown' for another, or None."""
    @property
    def compression_opts(self) -> int | tuple[int, ...] | None:
        """The options of the filter that compresses: gzip's level, szip's (method, pixels)."""
    @property
    def dims(self) -> DimensionManager:
        """The axes with their labels and scales: ``dset.dims[0]``."""
    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The NumPy dtype that elements are read as. Raises TypeError when there is none."""
    def explain(self, args: Index = ..., dtype: DTypeLike = None) -> h5d.ReadExplanation:
        """What reading would do, and why: ``print(dset.explain(np.s_[:, 100]))``.

        `args` is what would stand in the brackets, `dtype` what would be converted to. Returns a
        `ReadExplanation`: which engine reads and why, chunks, bytes, threads, and what would make
        it faster. No element is read. Raises TypeError for region references and selection
        objects."""
    def explain_write(self, args: Index = ..., dtype: DTypeLike = None) -> h5d.WriteExplanation:
        """What writing would do, and why: ``print(dset.explain_write(np.s_[:, 100]))``.

        `args` is what would stand in the brackets, `dtype` that of the values, if it is not the
        dataset's. Returns a `WriteExplanation`: which engine writes and why, chunks that are
        encoded, and decoded first, and what would make it faster. Nothing is written, and the file
        may be open for reading only. Raises TypeError for region references and selection objects."""
    @property
    def external(self) -> list[tuple[str, int, int]] | None:
        """The files that hold the elements: a list of (name, offset, size in bytes), or None."""
    def fields(self, names: str | Sequence[str], *, _prior_dtype: numpy.dtype[Any] | None = None) -> FieldsView:
        """A view of one field (a name) or several (a list of names) of a compound dataset.

        Raises ValueError for fields that are not there, and for a dataset without fields."""
    @property
    def fillvalue(self) -> Any:
        """The value that elements read as that were never written. Source: H5Pget_fill_value."""
    @property
    def filter_ids(self) -> tuple[int, ...]:
        """The numbers of all filters, in the order of writing."""
    @property
    def filter_names(self) -> tuple[str, ...]:
        """The names of all filters, as the file has them."""
    @property
    def fletcher32(self) -> bool:
        """Whether chunks carry a checksum."""
    def flush(self) -> None:
        """Write what is pending of the dataset to the file.

        Raises OSError, with errno, when that fails. Source: H5Dflush."""
    @property
    def is_scale(self) -> bool:
        """Whether the dataset is a dimension scale. Source: H5DSis_scale."""
    @property
    def is_virtual(self) -> bool:
        """Whether the elements lie in other datasets."""
    def iter_chunks(self, sel: Index | None = None) -> Iterator[tuple[slice, ...]]:
        """Iterate over the chunks: for each a tuple of slices.

        `sel`, slices or integers, restricts that to a region, and the slices to what lies inside.
        Raises TypeError when the dataset is not chunked, ValueError for a region that is not inside
        it."""
    def len(self) -> int:
        """The length of the first axis, in elements. Raises TypeError for a scalar."""
    def make_scale(self, name: str | bytes = '') -> None:
        """Make the dataset a dimension scale, which axes of others can use.

        Source: H5DSset_scale."""
    @property
    def maxshape(self) -> tuple[int | None, ...]:
        """The shape that the dataset can be resized to, with None on an axis without limit.

        None for a null dataset."""
    @property
    def nbytes(self) -> int:
        """The bytes that all elements take in memory."""
    @property
    def ndim(self) -> int:
        """The number of dimensions."""
    def read_direct(self, dest: numpy.ndarray[Any, Any], source_sel: Index | None = None, dest_sel: Index | None = None) -> None:
        """Read into an array that exists, without another copy.

        `dest` must be C-contiguous and writable; `source_sel` and `dest_sel` are ``numpy.s_[...]``
        expressions of the same shape, everything by default. Raises TypeError when the shapes
        differ or the array cannot be used, OSError when the file cannot be read. Source: H5Dread."""
    def refresh(self) -> None:
        """Read the metadata anew, to see what a SWMR writer has written since.

        Source: H5Drefresh."""
    def resize(self, size: Shape, axis: int | None = None) -> None:
        """Change the shape, up to `maxshape`; new elements read as the fill value.

        `size` is a shape in elements or, with `axis`, the new length of that axis. Raises TypeError
        when the dataset is not chunked, RuntimeError beyond `maxshape`. Source: H5Dset_extent."""
    @property
    def scaleoffset(self) -> int | None:
        """The bits kept of integers or the decimal digits of floats; None without that filter.

        0 means that HDF5 chooses the number of bits."""
    @property
    def shape(self) -> tuple[int, ...]:
        """The shape in elements: () for a scalar, None for a null dataset.

        Setting it resizes the dataset, as `resize` does. Source: H5Sget_simple_extent_dims."""
    @shape.setter
    def shape(self, value: Shape) -> None: ...
    @property
    def shuffle(self) -> bool:
        """Whether the shuffle filter is used."""
    @property
    def size(self) -> int:
        """The number of elements; None for a null dataset."""
    def to_arrow(self, sel: Index = ..., columns: Sequence[str] | None = None) -> Any:
        """Read elements into an Arrow array, or a compound into an Arrow table, past NumPy.

        Parameters
        ----------
        sel
            What would stand in the brackets: integers, slices, a list or mask, a field name.
        columns : list of str, optional
            The fields of a compound to read, in this order.

        Returns
        -------
        pyarrow.Array or pyarrow.Table
            A table when the elements are compounds and `sel` leaves one axis at most. Rows are the
            first axis of what `sel` selects; the other axes are lists of a fixed size.

        Raises
        ------
        ImportError
            pyarrow is not installed.
        TypeError
            Arrow cannot hold the type or a value: floats of more than 64 bits, times, strings that
            are no UTF-8, a number that its enumeration does not name, an empty dataset.
        KeyError
            There is no such field.
        ValueError
            One array would hold more than 2 GB of text; `to_arrow_reader` reads it in parts.
        OSError
            The data cannot be read.

        Notes
        -----
        Numbers stay what they are, in this machine's byte order. Strings are UTF-8, bools are bits,
        enumerations are dictionaries of their names, compounds are structs, arrays are lists of a
        fixed size, sequences are lists, opaque data is binary, references are paths (null for a
        null reference). Source: H5Dread, Arrow's C data interface."""
    def to_arrow_reader(self, batch_rows: int | None = None, columns: Sequence[str] | None = None, start: int = 0, stop: int | None = None) -> Any:
        """A `pyarrow.RecordBatchReader` over the rows from `start` to `stop`.

        Each batch has `batch_rows` rows, by default whole chunks of about 16 MB, and is read when
        it is asked for. Fields of a compound are columns; elements that are no compounds are one
        column that has the dataset's name. Raises TypeError, KeyError and ImportError as `to_arrow`
        does, and ValueError when `batch_rows` is 0; reading a batch raises OSError with the cause."""
    def virtual_sources(self) -> list[VDSmap]:
        """The mappings of a virtual dataset, as a list of `VDSmap`.

        Raises RuntimeError when the dataset is not virtual. Source: H5Pget_virtual_vspace."""
    def write_direct(self, source: numpy.ndarray[Any, Any], source_sel: Index | None = None, dest_sel: Index | None = None) -> None:
        """Write from a C-contiguous array, without another copy.

        `source_sel` and `dest_sel` are ``numpy.s_[...]`` expressions of the same shape, everything
        by default. Raises TypeError when the shapes differ or the array cannot be used, OSError
        when the file cannot be written. Source: H5Dwrite."""
    @property
    def id(self) -> h5d.DatasetID: ...

class FieldsView(AbstractView):
    """Some fields of a compound dataset."""
    @overload
    def __getitem__(self, args: tuple[()]) -> Any: ...
    @overload
    def __getitem__(self, args: Parts | str) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: Index) -> Any: ...
    def __init__(self, dset: Dataset, prior_dtype: numpy.dtype[Any], names: str | Sequence[str]) -> None: ...
    @property
    def dtype(self) -> numpy.dtype[Any]:
        """The dtype of the field, or of a compound of the fields when they are several."""
MPI: bool
def make_new_dset(parent: Group, shape: Shape | None = None, dtype: DTypeLike = None, data: Data | None = None, name: str | bytes | None = None, chunks: bool | int | Sequence[int] | None = None, compression: str | int | Mapping[str, Any] | None = None, shuffle: bool | None = None, fletcher32: bool | None = None, maxshape: int | Sequence[int | None] | None = None, compression_opts: int | Sequence[Any] | None = None, fillvalue: Data | None = None, scaleoffset: int | bool | None = None, track_times: bool = False, external: str | bytes | Sequence[Any] | None = None, track_order: bool | None = None, dcpl: h5p.PropDCID | None = None, dapl: h5p.PropDAID | None = None, efile_prefix: str | bytes | None = None, virtual_prefix: str | bytes | None = None, allow_unknown_filter: bool = False, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, *, fill_time: str | None = None) -> h5d.DatasetID:
    """Create a dataset in a group, as `create_dataset` does; return its low-level `DatasetID`."""
def native_method(native: Any) -> Any:
    """A decorator: calls of the method go to the function `native` of C++, without a Python
    frame; in all else it stays the Python function."""
def open_dset(parent: Group, name: str | bytes, dapl: h5p.PropDAID | None = None, efile_prefix: str | bytes | None = None, virtual_prefix: str | bytes | None = None, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, **kwds: Any) -> h5d.DatasetID:
    """Open a dataset with access properties (efile_prefix, virtual_prefix, rdcc_*).

    Returns its low-level `DatasetID`. Raises KeyError when there is none. Source: H5Dopen2."""
phil: _objects.FastRLock
def readtime_dtype(basetype: numpy.dtype[Any], names: Sequence[str]) -> numpy.dtype[Any]:
    """The compound dtype with only the named fields.

    Raises ValueError for fields that are not there, and for a dtype without fields."""
vds_support: bool
