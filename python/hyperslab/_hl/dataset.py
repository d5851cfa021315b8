"""Datasets: arrays in files, read and written by slices."""

import posixpath
import sys

import numpy

from .. import _selector, h5, h5d, h5ds, h5fd, h5p, h5r, h5s, h5t  # noqa: F401
from .._core import arrow as _arrow
from .._core import dataset as _dataset
from .._core import native_method
from .._objects import phil, with_phil  # noqa: F401
from ..h5py_warnings import H5pyDeprecationWarning  # noqa: F401
from . import filters
from . import selections as sel  # noqa: F401
from . import selections2 as sel2  # noqa: F401
from .base import (  # noqa: F401
    Empty,
    HLObject,
    array_for_new_object,
    cached_property,
    find_item_type,
    product,
)
from .compat import filename_decode  # noqa: F401
from .datatype import Datatype  # noqa: F401
from .vds import VDSmap, vds_support  # noqa: F401
from .views import (
    AbstractView,
    AsStrView,
    AsTypeView,
    ChunkIterator,
    FieldsView,
    _require_copy_allowed,
    readtime_dtype,
)

h5py = sys.modules[__package__.rpartition(".")[0]]

# Under h5py's names.
for _view in (AbstractView, AsStrView, AsTypeView, ChunkIterator, FieldsView):
    _view.__module__ = __name__
readtime_dtype.__module__ = __name__
del _view

_LEGACY_GZIP_COMPRESSION_VALS = frozenset(range(10))
MPI = h5.get_config().mpi


def make_new_dset(
    parent,
    shape=None,
    dtype=None,
    data=None,
    name=None,
    chunks=None,
    compression=None,
    shuffle=None,
    fletcher32=None,
    maxshape=None,
    compression_opts=None,
    fillvalue=None,
    scaleoffset=None,
    track_times=False,
    external=None,
    track_order=None,
    dcpl=None,
    dapl=None,
    efile_prefix=None,
    virtual_prefix=None,
    allow_unknown_filter=False,
    rdcc_nslots=None,
    rdcc_nbytes=None,
    rdcc_w0=None,
    *,
    fill_time=None,
):
    """Create a dataset in a group, as `create_dataset` does; return its low-level `DatasetID`."""
    options = locals()
    for key in ("parent", "name", "shape", "dtype", "data"):
        del options[key]
    return _dataset.make_new(parent.id, name, shape, dtype, data, options)


def open_dset(
    parent,
    name,
    dapl=None,
    efile_prefix=None,
    virtual_prefix=None,
    rdcc_nslots=None,
    rdcc_nbytes=None,
    rdcc_w0=None,
    **kwds,
):
    """Open a dataset with access properties (efile_prefix, virtual_prefix, rdcc_*).

    Returns its low-level `DatasetID`. Raises KeyError when there is none. Source: H5Dopen2.
    """
    options = locals()
    options.update(options.pop("kwds"))
    for key in ("parent", "name", "dapl"):
        del options[key]
    return _dataset.open(parent.id, name, dapl, options)


if MPI:
    from .parallel import CollectiveContext


class Dataset(HLObject):
    """An array in a file: slicing reads it as a NumPy array, assigning to a slice writes it.

    `Group.create_dataset` creates one, ``group["name"]`` opens one. What can stand in the brackets
    is in ``help(Dataset.__getitem__)``.
    """

    def __init__(self, bind, *, readonly=False):
        if not isinstance(bind, h5d.DatasetID):
            raise ValueError(f"{bind} is not a DatasetID")
        self._id = bind
        self._readonly = readonly

    # --- What it is ---

    @property
    def shape(self):
        """The shape in elements: () for a scalar, None for a null dataset.

        Setting it resizes the dataset, as `resize` does. Source: H5Sget_simple_extent_dims.
        """
        return self._id.shape

    @shape.setter
    def shape(self, shape):
        self.resize(shape)

    @property
    def ndim(self):
        """The number of dimensions."""
        return self._id.rank

    @property
    def size(self):
        """The number of elements; None for a null dataset."""
        return _dataset.size(self._id)

    @property
    def nbytes(self):
        """The bytes that all elements take in memory."""
        size = self.size
        return 0 if size is None else size * self.dtype.itemsize

    @property
    def dtype(self):
        """The NumPy dtype that elements are read as. Raises TypeError when there is none."""
        return self._id.dtype

    @property
    def maxshape(self):
        """The shape that the dataset can be resized to, with None on an axis without limit.

        None for a null dataset.
        """
        return _dataset.maxshape(self._id)

    @property
    def chunks(self):
        """The shape of a chunk in elements, or None when the dataset is not chunked."""
        return _dataset.chunks(self._dcpl)

    @property
    def compression(self):
        """The filter that compresses: 'gzip', 'lzf', 'szip', 'unknown' for another, or None."""
        names = self._filters
        for name in ("gzip", "lzf", "szip"):
            if name in names:
                return name
        return "unknown" if any(name not in filters._COMP_FILTERS for name in names) else None

    @property
    def compression_opts(self):
        """The options of the filter that compresses: gzip's level, szip's (method, pixels)."""
        return self._filters.get(self.compression)

    @property
    def filter_ids(self):
        """The numbers of all filters, in the order of writing."""
        return _dataset.filter_ids(self._dcpl)

    @property
    def filter_names(self):
        """The names of all filters, as the file has them."""
        return _dataset.filter_names(self._dcpl)

    @property
    def shuffle(self):
        """Whether the shuffle filter is used."""
        return "shuffle" in self._filters

    @property
    def fletcher32(self):
        """Whether chunks carry a checksum."""
        return "fletcher32" in self._filters

    @property
    def scaleoffset(self):
        """The bits kept of integers or the decimal digits of floats; None without that filter.

        0 means that HDF5 chooses the number of bits.
        """
        options = self._filters.get("scaleoffset")
        return None if options is None else options[1]

    @property
    def external(self):
        """The files that hold the elements: a list of (name, offset, size in bytes), or None."""
        return _dataset.external(self._dcpl)

    @property
    def fillvalue(self):
        """The value that elements read as that were never written. Source: H5Pget_fill_value."""
        return _dataset.fillvalue(self._id, self._dcpl)

    @property
    def is_virtual(self):
        """Whether the elements lie in other datasets."""
        return self._dcpl.get_layout() == h5d.VIRTUAL

    def virtual_sources(self):
        """The mappings of a virtual dataset, as a list of `VDSmap`.

        Raises RuntimeError when the dataset is not virtual. Source: H5Pget_virtual_vspace.
        """
        if not self.is_virtual:
            raise RuntimeError("Not a virtual dataset")
        return [VDSmap(*mapping) for mapping in _dataset.virtual_mappings(self._dcpl)]

    @property
    def dims(self):
        """The axes with their labels and scales: ``dset.dims[0]``."""
        from .dims import DimensionManager

        return DimensionManager(self)

    @property
    def is_scale(self):
        """Whether the dataset is a dimension scale. Source: H5DSis_scale."""
        return h5ds.is_scale(self._id)

    def make_scale(self, name=""):
        """Make the dataset a dimension scale, which axes of others can use.

        Source: H5DSset_scale.
        """
        h5ds.set_scale(self._id, self._e(name))

    # --- Reading ---

    @native_method(_dataset.getitem)
    def __getitem__(self, args, new_dtype=None):
        """Read elements.

        Parameters
        ----------
        args
            Integers, slices with positive steps, one list or boolean array on one axis, a boolean
            array of the dataset's shape, ``...``, ``()`` for everything, a region reference, and
            field names; combined in a tuple.
        new_dtype : dtype, optional
            Convert to this type on the way.

        Returns
        -------
        numpy.ndarray or scalar
            Shaped as NumPy would have it. `Empty` for a null dataset.

        Raises
        ------
        IndexError
            A position lies outside.
        TypeError, ValueError
            An argument cannot select.
        OSError
            The data cannot be read: the file is damaged, or a filter is missing.

        Notes
        -----
        Source: H5Dread; behaviour as in h5py's "Reading & writing data".
        """
        return _dataset.read(self, args, new_dtype)

    def explain(self, args=(), dtype=None):
        """What reading would do, and why: ``print(dset.explain(np.s_[:, 100]))``.

        `args` is what would stand in the brackets, `dtype` what would be converted to. Returns a
        `ReadExplanation`: which engine reads and why, chunks, bytes, threads, and what would make
        it faster. No element is read. Raises TypeError for region references and selection
        objects.
        """
        return self._id.explain(args, dtype)

    def explain_write(self, args=(), dtype=None):
        """What writing would do, and why: ``print(dset.explain_write(np.s_[:, 100]))``.

        `args` is what would stand in the brackets, `dtype` that of the values, if it is not the
        dataset's. Returns a `WriteExplanation`: which engine writes and why, chunks that are
        encoded, and decoded first, and what would make it faster. Nothing is written, and the file
        may be open for reading only. Raises TypeError for region references and selection objects.
        """
        return self._id.explain_write(args, dtype)

    # --- Arrow ---

    def to_arrow(self, sel=(), columns=None):  # noqa: F811
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
        null reference). Source: H5Dread, Arrow's C data interface.
        """
        from .arrow import to_arrow

        return to_arrow(self, sel, columns)

    def to_arrow_reader(self, batch_rows=None, columns=None, start=0, stop=None):
        """A `pyarrow.RecordBatchReader` over the rows from `start` to `stop`.

        Each batch has `batch_rows` rows, by default whole chunks of about 16 MB, and is read when
        it is asked for. Fields of a compound are columns; elements that are no compounds are one
        column that has the dataset's name. Raises TypeError, KeyError and ImportError as `to_arrow`
        does, and ValueError when `batch_rows` is 0; reading a batch raises OSError with the cause.
        """
        from .arrow import to_arrow_reader

        return to_arrow_reader(self, batch_rows, columns, start, stop)

    def __arrow_c_schema__(self):
        """The schema of `__arrow_c_array__` in a capsule. Source: Arrow's PyCapsule interface."""
        return _arrow.schema(self, None, False)

    def __arrow_c_array__(self, requested_schema=None):
        """The dataset as two capsules of Arrow's C data interface: schema and array.

        `requested_schema` is not followed, which the interface allows. Raises as `to_arrow` does.
        """
        return _arrow.array(self, (), None)

    def __arrow_c_stream__(self, requested_schema=None):
        """The rows as a capsule of Arrow's C stream interface, in the form of `to_arrow_reader`.

        `requested_schema` is not followed, which the interface allows. Raises as `to_arrow` does.
        """
        return _arrow.stream(self, None, 0, None, None)

    def read_direct(self, dest, source_sel=None, dest_sel=None):
        """Read into an array that exists, without another copy.

        `dest` must be C-contiguous and writable; `source_sel` and `dest_sel` are ``numpy.s_[...]``
        expressions of the same shape, everything by default. Raises TypeError when the shapes
        differ or the array cannot be used, OSError when the file cannot be read. Source: H5Dread.
        """
        _dataset.read_direct(self._id, dest, source_sel, dest_sel)

    def astype(self, dtype):
        """A view that is converted to `dtype` when read: ``dset.astype('f8')[0:10]``.

        Variable-length and fixed strings can be read as NumPy's StringDType ('T'). Raises TypeError
        for 'T' on other datasets; reading raises OSError when there is no conversion.
        """
        dtype = numpy.dtype(dtype)
        if dtype == self.dtype:
            return self
        if dtype.kind == "T" and h5t.check_string_dtype(self.dtype) is None:
            raise TypeError(
                f"dset.astype({dtype}) can only be used on datasets with an HDF5 string datatype"
            )
        return AsTypeView(self, dtype)

    def asstr(self, encoding=None, errors="strict"):
        """A view of a string dataset that is read as str, decoded as ``bytes.decode`` does.

        The encoding is by default that of the HDF5 type. Raises TypeError for other datasets.
        """
        string_info = h5t.check_string_dtype(self.dtype)
        if string_info is None:
            raise TypeError(
                "dset.asstr() can only be used on datasets with an HDF5 string datatype"
            )
        return AsStrView(self, encoding or string_info.encoding, errors)

    def fields(self, names, *, _prior_dtype=None):
        """A view of one field (a name) or several (a list of names) of a compound dataset.

        Raises ValueError for fields that are not there, and for a dataset without fields.
        """
        return FieldsView(self, self.dtype if _prior_dtype is None else _prior_dtype, names)

    def __array__(self, dtype=None, copy=None):
        """All elements as an array, read anew each time. NumPy calls this."""
        _require_copy_allowed(self, copy)
        return _dataset.as_array(self, dtype)

    def __iter__(self):
        """Iterate over the first axis, one read for each step. Raises TypeError for a scalar."""
        shape = self.shape
        if len(shape) == 0:
            raise TypeError("Can't iterate over a scalar dataset")
        for i in range(shape[0]):
            yield self[i]

    def iter_chunks(self, sel=None):  # noqa: F811
        """Iterate over the chunks: for each a tuple of slices.

        `sel`, slices or integers, restricts that to a region, and the slices to what lies inside.
        Raises TypeError when the dataset is not chunked, ValueError for a region that is not inside
        it.
        """
        return ChunkIterator(self, sel)

    # --- Writing ---

    if MPI:

        @property
        def collective(self):
            """A context inside which all processes read and write together.

            ``with dset.collective:``. Source: H5Pset_dxpl_mpio.
            """
            return CollectiveContext(self)

    @native_method(_dataset.write)
    def __setitem__(self, args, val):
        """Write elements: `args` selects as in reading, `val` holds the values.

        `val` is broadcast if slices and integers select. Raises TypeError when the shapes do not
        fit, OSError when there is no conversion or the file cannot be written. Source: H5Dwrite.
        """
        _dataset.write(self, args, val)

    def write_direct(self, source, source_sel=None, dest_sel=None):
        """Write from a C-contiguous array, without another copy.

        `source_sel` and `dest_sel` are ``numpy.s_[...]`` expressions of the same shape, everything
        by default. Raises TypeError when the shapes differ or the array cannot be used, OSError
        when the file cannot be written. Source: H5Dwrite.
        """
        _dataset.write_direct(self._id, source, source_sel, dest_sel)

    def resize(self, size, axis=None):
        """Change the shape, up to `maxshape`; new elements read as the fill value.

        `size` is a shape in elements or, with `axis`, the new length of that axis. Raises TypeError
        when the dataset is not chunked, RuntimeError beyond `maxshape`. Source: H5Dset_extent.
        """
        _dataset.resize(self._id, size, axis)

    def append(self, values, axis=0):
        """Make the dataset longer along an axis and write `values` there. h5py has no such method.

        `values` has the dataset's shape but for that axis, or lacks the axis: one more row. An
        iterator or a generator gives such values in blocks, and each is appended when it comes;
        those before a block that cannot be written stay.
        Raises TypeError when the shapes do not fit or the dataset is not chunked, OSError when
        there is no conversion; the dataset has its old shape then. Threads that append to one
        dataset follow each other.
        Source: H5Dset_extent, H5Dwrite; the low-level ``DatasetID.append`` is H5DOappend.
        """
        _dataset.append(self._id, values, axis)

    def refresh(self):
        """Read the metadata anew, to see what a SWMR writer has written since.

        Source: H5Drefresh.
        """
        self._id.refresh()

    def flush(self):
        """Write what is pending of the dataset to the file.

        Raises OSError, with errno, when that fails. Source: H5Dflush.
        """
        self._id.flush()

    # --- As a sequence ---

    def len(self):
        """The length of the first axis, in elements. Raises TypeError for a scalar."""
        shape = self.shape
        if len(shape) == 0:
            raise TypeError("Attempt to take len() of scalar dataset")
        return shape[0]

    def __len__(self):
        size = self.len()
        if size > sys.maxsize:
            raise OverflowError("Value too big for Python's __len__; use Dataset.len() instead.")
        return size

    @with_phil
    def __repr__(self):
        if not self:
            return "<Closed HDF5 dataset>"
        if self.name is None:
            name = "(anonymous)"
        else:
            name = f'"{posixpath.basename(posixpath.normpath(self.name))}"'
        return f'<HDF5 dataset {name}: shape {self.shape}, type "{self.dtype.str}">'

    # --- Names that clients of h5py reach for ---

    @cached_property
    def _dcpl(self):
        return self._id.get_create_plist()

    @property
    def _dxpl(self):
        return self._id._transfer_plist

    @cached_property
    def _filters(self):
        return filters.get_filters(self._dcpl)

    @cached_property
    def _extent_type(self):
        return self._id.get_space().get_simple_extent_type()

    @property
    def _is_empty(self):
        return self._extent_type == h5s.NULL

    @property
    def _selector(self):
        from .._selector import Selector

        return Selector(self._id.get_space())

    @property
    def _fast_reader(self):
        from .._selector import Reader

        return Reader(self._id)

    @property
    def _fast_read_ok(self):
        return self._extent_type == h5s.SIMPLE and isinstance(
            self._id.get_type(), (h5t.TypeIntegerID, h5t.TypeFloatID)
        )
