"""Groups and the links in them."""

from contextlib import contextmanager

from .. import h5, h5f, h5g, h5i, h5l, h5o, h5p, h5r, h5t  # noqa: F401
from .._core import group as _group
from .._core import native_method
from .._objects import phil, with_phil  # noqa: F401
from . import base, dataset, datatype  # noqa: F401
from .base import HLObject, MutableMappingHDF5
from .compat import filename_decode, filename_encode
from .vds import vds_support  # noqa: F401


class Group(HLObject, MutableMappingHDF5):
    """A group: a dictionary of datasets, groups and committed datatypes by name.

    Names may be paths ("a/b"), and begin at the root with "/". Members come in the order of their
    names, or of their creation where the group tracks it.
    """

    def __init__(self, bind):
        if not isinstance(bind, h5g.GroupID):
            raise ValueError(f"{bind} is not a GroupID")
        super().__init__(bind)

    def create_group(self, name, track_order=None, *, track_times=False):
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
        Source: H5Gcreate2.
        """
        return _group.create_group(self._id, name, track_order, track_times)

    def create_dataset(self, name, shape=None, dtype=None, data=None, **kwds):
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
        Source: H5Dcreate2; behaviour as in h5py's "Creating datasets".
        """
        return _group.create_dataset(self, name, shape, dtype, data, kwds)

    def create_many(self, members, **kwds):
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

        >>> f.create_many({"x": [1, 2], "y": {"shape": (10,), "dtype": "f4"}}, compression="gzip")
        """
        _group.create_many(self, members, kwds)

    def create_dataset_like(self, name, other, **kwupdate):
        """Create a dataset with shape, type, chunks, filters and fill value of `other`.

        Its data and attributes are not copied. Keywords of `create_dataset` take precedence over
        what `other` has, and errors are those of `create_dataset`.
        """
        return self.create_dataset(name, **_group.options_like(other, kwupdate))

    def require_dataset(self, name, shape, dtype, exact=False, **kwds):
        """Open a dataset, or create it when there is none.

        An existing one must have that shape (or `maxshape`, when given) and a type that `dtype` can
        safely be cast to, or with `exact` the same type. Other keywords are those of
        `create_dataset`.

        Raises
        ------
        TypeError
            What exists there is no dataset, or does not match.
        """
        return _group.require_dataset(self, name, shape, dtype, exact, kwds)

    def require_group(self, name):
        """Open a group, or create it when there is none.

        Raises TypeError when what exists there is no group. Source: H5Gopen2, H5Gcreate2.
        """
        return _group.require_group(self._id, name)

    def create_virtual_dataset(self, name, layout, fillvalue=None):
        """Create a dataset of elements that lie in others, as `layout` (VirtualLayout) maps them.

        Elements that no source has read as `fillvalue`. Raises ValueError when the name is taken,
        or the layout is for another file. Source: H5Pset_virtual.
        """
        return _group.create_virtual_dataset(self, name, layout, fillvalue)

    @contextmanager
    def build_virtual_dataset(self, name, shape, dtype, maxshape=None, fillvalue=None):
        """A context that gives a `VirtualLayout` to fill, and creates the dataset at its end.

        >>> with f.build_virtual_dataset("all", (4, 100), "i4") as layout:
        ...     layout[0] = h5py.VirtualSource("0.h5", "data", shape=(100,))
        """
        from .vds import VirtualLayout

        layout = VirtualLayout(shape, dtype, maxshape, self.file.filename)
        yield layout
        self.create_virtual_dataset(name, layout, fillvalue)

    @native_method(_group.open_member)
    def __getitem__(self, name):
        """Open a member by name, path or object reference.

        Raises KeyError when there is none, ValueError for a null reference. Source: H5Oopen.
        """
        return _group.getitem(self._id, name)

    def _get(self, name, lapl=None):
        return _group.getitem(self._id, name, lapl)

    def get(
        self,
        name,
        default=None,
        getclass=False,
        getlink=False,
        elink_mode=None,
        elink_locking=None,
        elink_swmr=None,
    ):
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
            Whether that file is opened as a SWMR reader.
        """
        if elink_mode is None and elink_locking is None and elink_swmr is None:
            lapl = self._lapl
        else:
            lapl = make_lapl(self.file, elink_mode, elink_swmr, elink_locking)
        if getlink:
            found = _group.link(self._id, name, getclass, lapl)
        elif getclass:
            found = _group.object_class(self._id, name, lapl)
        else:
            found = _group.find(self._id, name, lapl)
        return default if found is None else found

    def __setitem__(self, name, obj):
        """Give `obj` a name in this group.

        An object gets a hard link, SoftLink and ExternalLink become links, a dtype is committed,
        anything else is stored as a dataset. Raises OSError when the name is taken (KeyError for a
        dtype), TypeError when HDF5 has no type for the value.
        """
        _group.setitem(self, name, obj)

    def __delitem__(self, name):
        """Remove a link; the object goes with its last one.

        Raises KeyError when there is none. Source: H5Ldelete.
        """
        self._id.unlink(self._e(name))

    def __len__(self):
        return self._id.get_num_objs()

    def __iter__(self):
        """The names, in creation order where the group tracks it, else sorted.

        Source: H5Literate2.
        """
        return iter(_group.names(self._id, False))

    def __reversed__(self):
        return iter(_group.names(self._id, True))

    def __contains__(self, name):
        """Whether a path leads to an object. Source: H5Lexists, H5Oexists_by_name."""
        return _group.contains(self._id, name, self._lapl)

    def copy(
        self,
        source,
        dest,
        name=None,
        shallow=False,
        expand_soft=False,
        expand_external=False,
        expand_refs=False,
        without_attrs=False,
    ):
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
        Source: H5Ocopy.
        """
        flags = (
            (h5o.COPY_SHALLOW_HIERARCHY_FLAG if shallow else 0)
            | (h5o.COPY_EXPAND_SOFT_LINK_FLAG if expand_soft else 0)
            | (h5o.COPY_EXPAND_EXT_LINK_FLAG if expand_external else 0)
            | (h5o.COPY_EXPAND_REFERENCE_FLAG if expand_refs else 0)
            | (h5o.COPY_WITHOUT_ATTR_FLAG if without_attrs else 0)
        )
        _group.copy(self, source, dest, name, flags)

    def move(self, source, dest):
        """Give a link another name or place in the file.

        Raises ValueError when there is none, or when the new name is taken. Source: H5Lmove.
        """
        _group.move(self._id, source, dest)

    def visit(self, func):
        """Call ``func(name)`` for every object below this group, each once, in order of names.

        Soft and external links are not followed. Stops when `func` returns something other than
        None, and returns that. Source: H5Ovisit3.
        """
        return _group.visit(self, func)

    def visititems(self, func):
        """Call ``func(name, object)`` for every object below this group, each once.

        The order, and what ends the visit, are those of `visit`. Source: H5Ovisit3.
        """
        return _group.visit_items(self, func, type(self).__getitem__ is not _own_getitem)

    def visit_links(self, func):
        """Call ``func(name)`` for every link below this group, of any kind.

        The visit ends when `func` returns something other than None, and returns that.
        Source: H5Lvisit2.
        """
        return _group.visit_links(self, func, False)

    def visititems_links(self, func):
        """Call ``func(name, link)`` for every link below this group, of any kind.

        `link` is a `HardLink`, `SoftLink` or `ExternalLink`. The order, and what ends the visit,
        are those of `visit_links`. Source: H5Lvisit2.
        """
        return _group.visit_links(self, func, True)

    @with_phil
    def __repr__(self):
        if not self:
            return "<Closed HDF5 group>"
        name = "(anonymous)" if self.name is None else f'"{self.name}"'
        return f"<HDF5 group {name} ({len(self)} members)>"


_own_getitem = Group.__getitem__


class HardLink:
    """A link that is an object's name; `Group.get` returns it, and it has no content."""


class SoftLink:
    """A link to a path, which need not exist."""

    def __init__(self, path):
        self._path = str(path)

    @property
    def path(self):
        """The path in the file that the link leads to."""
        return self._path

    def __repr__(self):
        return f'<SoftLink to "{self.path}">'


class ExternalLink:
    """A link to a path in another file; neither needs to exist."""

    def __init__(self, filename, path):
        self._filename = filename_decode(filename_encode(filename))
        self._path = path

    @property
    def path(self):
        """The path in the other file that the link leads to."""
        return self._path

    @property
    def filename(self):
        """The name of the other file, as a str."""
        return self._filename

    def __repr__(self):
        return f'<ExternalLink to "{self.path}" in file "{self.filename}"'


def set_fapl_file_locking(fapl, locking):
    """Set file locking on a file access list: True, False (or 'true', 'false'), 'best-effort'.

    Raises ValueError for another value. Source: H5Pset_file_locking.
    """
    _group.set_file_locking(fapl, locking)


def make_lapl(file, elink_mode=None, elink_swmr=None, elink_locking=None):
    """The link access list for following external links as `Group.get` is asked to, or None."""
    if elink_mode is None and elink_swmr is None and elink_locking is None:
        return None
    return _group.make_lapl(file.id, elink_mode, elink_swmr, elink_locking)
