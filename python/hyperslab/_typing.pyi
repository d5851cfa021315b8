# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc"
"""Names that the stubs share. Only type checkers see this module."""

import os
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from types import EllipsisType
from typing import Any, Literal, Protocol, SupportsIndex, TypeAlias, TypeVar, overload

import numpy
import numpy.typing
from hyperslab import h5d
from hyperslab import h5p
from hyperslab import h5r
from hyperslab import h5t
from hyperslab._hl.attrs import AttributeManager
from hyperslab._hl.base import Empty
from hyperslab._hl.base import HLObject
from hyperslab._hl.dataset import AsStrView
from hyperslab._hl.dataset import AsTypeView
from hyperslab._hl.dataset import Dataset
from hyperslab._hl.dataset import FieldsView
from hyperslab._hl.datatype import Datatype
from hyperslab._hl.dims import DimensionManager
from hyperslab._hl.files import File
from hyperslab._hl.group import ExternalLink
from hyperslab._hl.group import Group
from hyperslab._hl.group import HardLink
from hyperslab._hl.group import SoftLink
from hyperslab._hl.selections import Selection
from hyperslab._hl.vds import VDSmap
from hyperslab._hl.vds import VirtualLayout
from hyperslab._selector import MultiBlockSlice

T = TypeVar("T")
Path: TypeAlias = str | bytes | os.PathLike[str] | os.PathLike[bytes]
Shape: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
DTypeLike: TypeAlias = numpy.typing.DTypeLike | Datatype | h5t.TypeID | None
# Whatever NumPy makes an array of, and what HDF5 has beside.
Data: TypeAlias = (
    numpy.typing.ArrayLike | Sequence[Any] | Empty | h5r.Reference | h5r.StandardReference
)
# What selects several elements.
Parts: TypeAlias = (
    slice
    | EllipsisType
    | list[Any]
    | numpy.ndarray[Any, Any]
    | MultiBlockSlice
    | Selection
    | h5r.RegionReference
    | tuple[slice | EllipsisType, ...]
)
Index: TypeAlias = Parts | SupportsIndex | str | tuple[Any, ...] | None
Portable = TypeVar("Portable", bound=HLObject)

class RegionProxy(Protocol):
    """What `Dataset.regionref` is."""

    def __getitem__(self, args: Index, /) -> h5r.RegionReference: ...
    def shape(self, ref: h5r.RegionReference) -> tuple[int, ...]: ...
    def selection(self, ref: h5r.RegionReference) -> tuple[int, ...] | None: ...

class FileObject(Protocol):
    """A file object that `File` can read from."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...

class Link(Any):
    """A `HardLink`, `SoftLink` or `ExternalLink`; `isinstance` tells which."""

    path: str
    filename: str

class Member(Any):
    """What a name in a group means: `Dataset`, `Group` or `Datatype`; `isinstance` tells which."""

    def __array__(self, dtype: DTypeLike = None, copy: bool | None = None) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: tuple[()]) -> Any: ...
    @overload
    def __getitem__(self, args: str | bytes | h5r.Reference) -> Member: ...
    @overload
    def __getitem__(self, args: Parts) -> numpy.ndarray[Any, Any]: ...
    @overload
    def __getitem__(self, args: Any) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __setitem__(self, args: Any, val: Any) -> None: ...
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
    def __bool__(self) -> bool: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
    @property
    def attrs(self) -> AttributeManager:
        """The object's attributes, as an `AttributeManager`."""
    @property
    def file(self) -> File:
        """The file that the object is in, as a `File`."""
    @property
    def id(self) -> Any:
        """The low-level identifier object."""
    @property
    def name(self) -> str | Any:
        """The absolute path that the object was opened by; None when it has none."""
    @property
    def parent(self) -> Group:
        """The group that holds the object. Raises ValueError when the object has no name."""
    @property
    def ref(self) -> h5r.Reference:
        """A new object reference to the object. Source: H5Rcreate."""
    @property
    def regionref(self) -> RegionProxy:
        """What makes region references: ``obj.regionref[...]``.

        ``obj.regionref.shape(ref)`` is the shape of the dataset that a reference points into,
        ``obj.regionref.selection(ref)`` the shape of what it selects. Source: H5Rcreate."""
    def __contains__(self, name: object) -> bool: ...
    def __delitem__(self, name: str | bytes) -> None: ...
    def __reversed__(self) -> Iterator[str]: ...
    def build_virtual_dataset(self, name: str | bytes, shape: Shape, dtype: DTypeLike, maxshape: int | Sequence[int | None] | None = None, fillvalue: Data | None = None) -> AbstractContextManager[VirtualLayout]:
        """A context that gives a `VirtualLayout` to fill, and creates the dataset at its end.

        >>> with f.build_virtual_dataset("all", (4, 100), "i4") as layout:
        ...     layout[0] = h5py.VirtualSource("0.h5", "data", shape=(100,))"""
    def copy(self, source: str | bytes | HLObject, dest: str | bytes | Group, name: str | bytes | None = None, shallow: bool = False, expand_soft: bool = False, expand_external: bool = False, expand_refs: bool = False, without_attrs: bool = False) -> None:
        """Copy an object; a group is copied with all that it holds.

        Parameters
        ----------
        source : str, bytes or object
            A path from here, or an object of any file.
        dest : str, bytes or Group
            The new path, or the group to copy into.
        name : str, optional
            The name in that group; by default as before.
        shallow : bool
            Of a group copy only the immediate members.
        expand_soft, expand_external, expand_refs : bool
            Copy what soft links, external links and references point to.
        without_attrs : bool
            Leave attributes out.

        Raises
        ------
        RuntimeError
            There is nothing of that name, or the new name is taken.

        Notes
        -----
        Source: H5Ocopy."""
    @overload
    def create_dataset(self, name: str | bytes | None, shape: Shape | None = None, dtype: DTypeLike = None, data: Data | Iterator[Data] | None = None, *, chunks: bool | int | Sequence[int] | None = None, compression: str | int | Mapping[str, Any] | None = None, shuffle: bool | None = None, fletcher32: bool | None = None, maxshape: int | Sequence[int | None] | None = None, compression_opts: int | Sequence[Any] | None = None, fillvalue: Data | None = None, scaleoffset: int | bool | None = None, track_times: bool = False, external: str | bytes | Sequence[Any] | None = None, track_order: bool | None = None, dcpl: h5p.PropDCID | None = None, dapl: h5p.PropDAID | None = None, efile_prefix: str | bytes | None = None, virtual_prefix: str | bytes | None = None, allow_unknown_filter: bool = False, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, fill_time: str | None = None) -> Dataset: ...
    @overload
    def create_dataset(self, name: str | bytes | None, shape: Any = None, dtype: Any = None, data: Any = None, **kwds: Any) -> Dataset:
        """Create a dataset, and groups missing on the way to it.

        Parameters
        ----------
        name : str, bytes or None
            None for a dataset without a name.
        shape : tuple or int, optional
            The shape in elements; by default that of `data`. ``()`` for a scalar.
        dtype : dtype, Datatype or TypeID, optional
            The type of an element in the file; by default that of `data`.
        data : array-like, Empty or iterator, optional
            The elements to write into it. An iterator or a generator gives them in blocks of rows,
            which are written as they come; see Notes.
        chunks : tuple, int or bool, optional
            Shape of a chunk in elements; True to let hyperslab choose one.
        maxshape : tuple, int or True, optional
            The shape that it can be resized to; None in it, or True for all axes, means without
            limit.
        compression : str, int or filter reference, optional
            'gzip', 'lzf', 'szip', a gzip level (0 to 9), or the number of any registered filter.
        compression_opts : optional
            Gzip's level, szip's ('nn' or 'ec', pixels per block), a tuple of numbers for others.
        scaleoffset : int, optional
            Bits to keep of integers (0: as many as needed), decimal digits of floats.
        shuffle, fletcher32 : bool, optional
            Group bytes of equal significance before compressing; store a checksum per chunk.
        fillvalue : scalar, optional
            The value that elements read as that were never written.
        fill_time : {'ifset', 'alloc', 'never'}, optional
            When the fill value is written into the file.
        alloc_time : {'default', 'early', 'incr', 'late'}, optional
            When the elements get their place in the file: when the dataset is created, chunk by
            chunk or all at once when something is written.
        track_times, track_order : bool, optional
            Store the creation time; remember the order of attributes.
        external : str or list of (name, offset, size), optional
            Files that hold the elements, in bytes.
        efile_prefix, virtual_prefix : str, optional
            Where external and virtual source files are looked for. Not stored.
        allow_unknown_filter : bool, optional
            Accept a filter that is not here to compress with; for `write_direct_chunk`.
        rdcc_nbytes, rdcc_nslots, rdcc_w0 : optional
            The chunk cache: its size in bytes, its slots, and how readily chunks that were read or
            written whole leave it (0 to 1).
        dcpl, dapl : property lists, optional
            The creation and the access property list to start from.

        Returns
        -------
        Dataset

        Raises
        ------
        TypeError, ValueError
            Options contradict each other, or HDF5 lacks the type. The name is taken.

        Notes
        -----
        Each block of an iterator is an array of rows: the first block decides about the other axes
        and, without `dtype`, about the type. Without `shape` the dataset grows with the blocks and
        can be appended to later; `maxshape` may limit it. With `shape` they have to fill it. When a
        block does not fit, or the iterator raises, there is no dataset. h5py takes no iterators.
        Source: H5Dcreate2; behaviour as in h5py's "Creating datasets"."""
    @overload
    def create_dataset_like(self, name: str | bytes, other: Dataset, *, shape: Shape | None = None, dtype: DTypeLike = None, data: Data | None = None, chunks: bool | int | Sequence[int] | None = None, compression: str | int | Mapping[str, Any] | None = None, shuffle: bool | None = None, fletcher32: bool | None = None, maxshape: int | Sequence[int | None] | None = None, compression_opts: int | Sequence[Any] | None = None, fillvalue: Data | None = None, scaleoffset: int | bool | None = None, track_times: bool = False, external: str | bytes | Sequence[Any] | None = None, track_order: bool | None = None, dcpl: h5p.PropDCID | None = None, dapl: h5p.PropDAID | None = None, efile_prefix: str | bytes | None = None, virtual_prefix: str | bytes | None = None, allow_unknown_filter: bool = False, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, fill_time: str | None = None) -> Dataset: ...
    @overload
    def create_dataset_like(self, name: str | bytes, other: Any, **kwupdate: Any) -> Dataset:
        """Create a dataset with shape, type, chunks, filters and fill value of `other`.

        Its data and attributes are not copied. Keywords of `create_dataset` take precedence over
        what `other` has, and errors are those of `create_dataset`."""
    def create_group(self, name: str | bytes | None, track_order: bool | None = None, *, track_times: bool = False) -> Group:
        """Create a group, and groups missing on the way to it.

        Parameters
        ----------
        name : str, bytes or None
            None for a group without a name.
        track_order : bool, optional
            Remember the order in which members and attributes are made; by default what
            ``get_config().track_order`` says.
        track_times : bool, optional
            Store when the group was made and changed.

        Returns
        -------
        Group

        Raises
        ------
        ValueError
            The name is taken.

        Notes
        -----
        Source: H5Gcreate2."""
    def create_many(self, members: Mapping[str, Any], **kwds: Any) -> None:
        """Create many datasets in one call: all of them, or none when one cannot be created.

        For other threads it is one step, and it takes less time than a call for each. Groups on the
        way to a dataset are created as by `create_dataset`; they stay when a dataset cannot be
        created. h5py has no such method.

        Parameters
        ----------
        members : mapping
            Names, and for each the data (array-like), or a dict of arguments of `create_dataset`.
        **kwds
            Arguments of `create_dataset` for the datasets that do not say otherwise.

        Raises
        ------
        TypeError, ValueError
            As `create_dataset`; ValueError when a name is taken.

        Notes
        -----
        All values are converted first, so lists are in memory as arrays all at once.
        Source: H5Dcreate2, H5Dwrite.

        >>> f.create_many({"x": [1, 2], "y": {"shape": (10,), "dtype": "f4"}}, compression="gzip")"""
    def create_virtual_dataset(self, name: str | bytes, layout: VirtualLayout, fillvalue: Data | None = None) -> Dataset:
        """Create a dataset of elements that lie in others, as `layout` (VirtualLayout) maps them.

        Elements that no source has read as `fillvalue`. Raises ValueError when the name is taken,
        or the layout is for another file. Source: H5Pset_virtual."""
    @overload
    def get(self, name: str | bytes, default: None = None, getclass: Literal[False] = False, getlink: Literal[False] = False, elink_mode: str | None = None, elink_locking: bool | str | None = None, elink_swmr: bool | None = None) -> Member | None: ...
    @overload
    def get(self, name: str | bytes, default: T, getclass: Literal[False] = False, getlink: Literal[False] = False, elink_mode: str | None = None, elink_locking: bool | str | None = None, elink_swmr: bool | None = None) -> Member | T: ...
    @overload
    def get(self, name: str | bytes, default: Any = None, *, getclass: Literal[True], getlink: Literal[False] = False, elink_mode: str | None = None, elink_locking: bool | str | None = None, elink_swmr: bool | None = None) -> type[Any]: ...
    @overload
    def get(self, name: str | bytes, default: Any = None, *, getclass: Literal[False] = False, getlink: Literal[True], elink_mode: str | None = None, elink_locking: bool | str | None = None, elink_swmr: bool | None = None) -> Link: ...
    @overload
    def get(self, name: str | bytes, default: Any = None, *, getclass: Literal[True], getlink: Literal[True], elink_mode: str | None = None, elink_locking: bool | str | None = None, elink_swmr: bool | None = None) -> type[Any]: ...
    @overload
    def get(self, name: str | bytes, default: Any = None, getclass: bool = False, getlink: bool = False, elink_mode: str | None = None, elink_locking: bool | str | None = None, elink_swmr: bool | None = None) -> Any:
        """A member, or what kind of member it is, or `default` when there is none.

        Parameters
        ----------
        name : str or bytes
            The name or path of the member.
        default : optional
            The value to return when there is none.
        getclass : bool
            Return the class (Group, Dataset, Datatype), or of the link with `getlink`.
        getlink : bool
            Return a HardLink, SoftLink or ExternalLink.
        elink_mode : {'r', 'r+'}, optional
            How to open the file behind an external link; by default as this one.
        elink_locking : bool or 'best-effort', optional
            How the file behind an external link is locked, as for `File`.
        elink_swmr : bool, optional
            Whether that file is opened as a SWMR reader."""
    def move(self, source: str | bytes, dest: str | bytes) -> None:
        """Give a link another name or place in the file.

        Raises ValueError when there is none, or when the new name is taken. Source: H5Lmove."""
    @overload
    def require_dataset(self, name: str | bytes, shape: Shape, dtype: DTypeLike, exact: bool = False, *, data: Data | None = None, chunks: bool | int | Sequence[int] | None = None, compression: str | int | Mapping[str, Any] | None = None, shuffle: bool | None = None, fletcher32: bool | None = None, maxshape: int | Sequence[int | None] | None = None, compression_opts: int | Sequence[Any] | None = None, fillvalue: Data | None = None, scaleoffset: int | bool | None = None, track_times: bool = False, external: str | bytes | Sequence[Any] | None = None, track_order: bool | None = None, dcpl: h5p.PropDCID | None = None, dapl: h5p.PropDAID | None = None, efile_prefix: str | bytes | None = None, virtual_prefix: str | bytes | None = None, allow_unknown_filter: bool = False, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, fill_time: str | None = None) -> Dataset: ...
    @overload
    def require_dataset(self, name: str | bytes, shape: Any, dtype: Any, exact: Any = False, **kwds: Any) -> Dataset:
        """Open a dataset, or create it when there is none.

        An existing one must have that shape (or `maxshape`, when given) and a type that `dtype` can
        safely be cast to, or with `exact` the same type. Other keywords are those of
        `create_dataset`.

        Raises
        ------
        TypeError
            What exists there is no dataset, or does not match."""
    def require_group(self, name: str | bytes) -> Group:
        """Open a group, or create it when there is none.

        Raises TypeError when what exists there is no group. Source: H5Gopen2, H5Gcreate2."""
    def visit(self, func: Callable[[str], T | None]) -> T | None:
        """Call ``func(name)`` for every object below this group, each once, in order of names.

        Soft and external links are not followed. Stops when `func` returns something other than
        None, and returns that. Source: H5Ovisit3."""
    def visit_links(self, func: Callable[[str], T | None]) -> T | None:
        """Call ``func(name)`` for every link below this group, of any kind.

        The visit ends when `func` returns something other than None, and returns that.
        Source: H5Lvisit2."""
    def visititems(self, func: Callable[[str, Member], T | None]) -> T | None:
        """Call ``func(name, object)`` for every object below this group, each once.

        The order, and what ends the visit, are those of `visit`. Source: H5Ovisit3."""
    def visititems_links(self, func: Callable[[str, Link], T | None]) -> T | None:
        """Call ``func(name, link)`` for every link below this group, of any kind.

        `link` is a `HardLink`, `SoftLink` or `ExternalLink`. The order, and what ends the visit,
        are those of `visit_links`. Source: H5Lvisit2."""
    def clear(self) -> None:
        """Remove all members or attributes."""
    def pop(self, key: str | bytes, default: Any = ...) -> Any:
        """Remove a member or attribute and return it, or `default` when there is none.

        Raises KeyError when there is none and no default was given."""
    def popitem(self) -> tuple[str, Any]:
        """Remove some member or attribute and return the pair of its name and itself.

        Raises KeyError when there is none."""
    def items(self) -> ItemsView[str, Any]:
        """A view of (name, member or value) pairs."""
    def keys(self) -> KeysView[str]:
        """A view of the names."""
    def values(self) -> ValuesView[Any]:
        """A view of the members or values."""
