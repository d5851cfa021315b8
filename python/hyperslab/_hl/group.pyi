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
from hyperslab import h5f as h5f
from hyperslab import h5g
from hyperslab import h5g as h5g
from hyperslab import h5i as h5i
from hyperslab import h5l as h5l
from hyperslab import h5o as h5o
from hyperslab import h5p
from hyperslab import h5p as h5p
from hyperslab import h5r
from hyperslab import h5r as h5r
from hyperslab import h5t as h5t
from hyperslab._hl import base as base
from hyperslab._hl import dataset as dataset
from hyperslab._hl import datatype as datatype
from hyperslab._hl.base import HLObject
from hyperslab._hl.base import HLObject as HLObject
from hyperslab._hl.base import MutableMappingHDF5
from hyperslab._hl.base import MutableMappingHDF5 as MutableMappingHDF5
from hyperslab._hl.compat import filename_decode as filename_decode
from hyperslab._hl.compat import filename_encode as filename_encode
from hyperslab._hl.dataset import Dataset
from hyperslab._hl.files import File
from hyperslab._hl.vds import VirtualLayout
from hyperslab._objects import with_phil as with_phil
from hyperslab._typing import DTypeLike
from hyperslab._typing import Data
from hyperslab._typing import Link
from hyperslab._typing import Member
from hyperslab._typing import Path
from hyperslab._typing import Shape
from hyperslab._typing import T


class ExternalLink:
    """A link to a path in another file; neither needs to exist."""
    def __init__(self, filename: Path, path: str | bytes) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def filename(self) -> str:
        """The name of the other file, as a str."""
    @property
    def path(self) -> str:
        """The path in the other file that the link leads to."""

class Group(HLObject, MutableMappingHDF5):
    """A group: a dictionary of datasets, groups and committed datatypes by name.

    Names may be paths ("a/b"), and begin at the root with "/". Members come in the order of their
    names, or of their creation where the group tracks it."""
    def __contains__(self, name: object) -> bool: ...
    def __delitem__(self, name: str | bytes) -> None: ...
    def __getitem__(self, name: str | bytes | h5r.Reference | h5r.StandardReference) -> Member: ...
    def __init__(self, bind: h5g.GroupID) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __reversed__(self) -> Iterator[str]: ...
    def __setitem__(self, name: str | bytes, obj: Data | HLObject | SoftLink | ExternalLink | HardLink | numpy.dtype[Any]) -> None: ...
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
    @property
    def id(self) -> h5g.GroupID: ...
    def keys(self) -> KeysView[str]: ...
    def values(self) -> ValuesView[Member]: ...
    def items(self) -> ItemsView[str, Member]: ...

class HardLink:
    """A link that is an object's name; `Group.get` returns it, and it has no content."""

class SoftLink:
    """A link to a path, which need not exist."""
    def __init__(self, path: str | bytes) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def path(self) -> str:
        """The path in the file that the link leads to."""
def make_lapl(file: File | None, elink_mode: str | None = None, elink_swmr: bool | None = None, elink_locking: bool | str | None = None) -> h5p.PropLAID | None:
    """The link access list for following external links as `Group.get` is asked to, or None."""
def native_method(native: Any) -> Any:
    """A decorator: calls of the method go to the function `native` of C++, without a Python
    frame; in all else it stays the Python function."""
phil: _objects.FastRLock
def set_fapl_file_locking(fapl: h5p.PropFAID, locking: bool | str | None) -> None:
    """Set file locking on a file access list: True, False (or 'true', 'false'), 'best-effort'.

    Raises ValueError for another value. Source: H5Pset_file_locking."""
vds_support: bool
