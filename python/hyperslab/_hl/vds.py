"""Virtual datasets: datasets whose elements lie in others. Source: H5Pset_virtual."""

from collections import namedtuple

from .. import h5d, h5p, h5s, h5t  # noqa: F401
from .._core import vds as _vds
from .compat import filename_encode
from .datatype import Datatype  # noqa: F401
from .selections import SimpleSelection, select

vds_support = True


class VDSmap(namedtuple("VDSmap", ("vspace", "file_name", "dset_name", "src_space"))):
    """One mapping of a virtual dataset: which elements of it lie where.

    Its fields are ``vspace``, the selection in the virtual dataset, ``file_name`` and
    ``dset_name`` of the source, and ``src_space``, the selection in the source.
    """


def _convert_space_for_key(space, key):
    """Let a selection grow without limit where `key` has ``h5s.UNLIMITED`` for a stop."""
    _vds.lift_limits(space, key)


def _as_tuple(shape):
    return (shape,) if isinstance(shape, int) else shape


class VirtualSource:
    """A dataset that a virtual one takes elements from; slice it to take a part.

    Parameters
    ----------
    path_or_dataset : str or Dataset
        The source's file, or the dataset itself, which then says all the rest.
    name : str
        The dataset's name in that file.
    shape, maxshape : tuple
        The source's shape in elements, and the shape that it may grow to, where None means without
        limit.
    dtype : dtype
        The type of its elements.

    Raises
    ------
    TypeError
        A Dataset is given together with what it knows itself, or a path without name and shape.
    """

    def __init__(self, path_or_dataset, name=None, shape=None, dtype=None, maxshape=None):
        from .dataset import Dataset

        self.path = path_or_dataset
        if isinstance(path_or_dataset, Dataset):
            if not (name is shape is dtype is maxshape is None):
                raise TypeError(
                    "A Dataset knows its name, shape, dtype and maxshape: give no others"
                )
            self.path = path_or_dataset.file.filename
            name, shape, dtype, maxshape = (
                getattr(path_or_dataset, key) for key in ("name", "shape", "dtype", "maxshape")
            )
        elif name is None or shape is None:
            raise TypeError("A source given by its file needs the name and shape of the dataset")
        self.name = name
        self.dtype = dtype
        shape = _as_tuple(shape)
        limits = shape if maxshape is None else _as_tuple(maxshape)
        self.maxshape = tuple(h5s.UNLIMITED if n is None else n for n in limits)
        self.sel = SimpleSelection(shape)
        self._all_selected = True

    @property
    def shape(self):
        """The shape of the selected part, in elements."""
        return self.sel.array_shape

    def __getitem__(self, key):
        """The source of a part of the elements. Raises RuntimeError for the part of a part."""
        if not self._all_selected:
            raise RuntimeError("VirtualSource objects can only be sliced once.")
        part = object.__new__(type(self))
        part.__dict__.update(self.__dict__, _all_selected=False)
        part.sel = select(self.shape, key)
        _convert_space_for_key(part.sel.id, key)
        return part


class VirtualLayout:
    """Which elements of a virtual dataset lie where: ``layout[0] = source``.

    Parameters
    ----------
    shape, maxshape : tuple or int
        The shape of the virtual dataset in elements, and the shape that it may grow to, where None
        means without limit.
    dtype : dtype or Datatype
        The type of its elements.
    filename : str, optional
        The file that the dataset will be in, when that is known. Sources in that file are stored
        as '.', so that it can be renamed.
    """

    def __init__(self, shape, dtype, maxshape=None, filename=None):
        self.shape = _as_tuple(shape)
        self.dtype = dtype
        self.maxshape = _as_tuple(maxshape)
        self._filename = filename
        self._src_filenames = set()
        #: The mappings as a dataset creation property list, which may be changed.
        self.dcpl = h5p.create(h5p.DATASET_CREATE)
        self.dcpl.set_layout(h5d.VIRTUAL)

    def __setitem__(self, key, source):
        """Take the elements at `key` from `source`. Raises ValueError when their numbers differ."""
        sel = select(self.shape, key, dataset=None)
        _convert_space_for_key(sel.id, key)
        filename = self._source_file_name(source.path, self._filename)
        self.dcpl.set_virtual(sel.id, filename, source.name.encode(), source.sel.id)
        if self._filename is None:
            self._src_filenames.add(filename)

    @staticmethod
    def _source_file_name(src_filename, dst_filename):
        source = filename_encode(src_filename)
        in_itself = dst_filename and source == filename_encode(dst_filename)
        return b"." if in_itself else source

    def _get_dcpl(self, dst_filename):
        filename = filename_encode(dst_filename)
        if self._filename is not None and filename != filename_encode(self._filename):
            raise ValueError(f"The layout is for file {self._filename!r}, not {filename!r}")
        if filename in self._src_filenames:  # it was not known whose file that was
            return _vds.with_own_file(self.dcpl, filename)
        return self.dcpl

    def make_dataset(self, parent, name, fillvalue=None):
        """Create the dataset in the group `parent`, and return its low-level `DatasetID`.

        Raises ValueError when the layout is for another file. Source: H5Dcreate2.
        """
        dcpl = self._get_dcpl(parent.file.filename)
        return _vds.make_dataset(
            dcpl, parent.id, name, self.shape, self.dtype, self.maxshape, fillvalue
        )
