"""What the high-level classes share."""

import os
import posixpath
from collections.abc import ItemsView, KeysView, Mapping, MutableMapping, ValuesView

import numpy as np

from .. import h5d, h5f, h5i, h5p, h5r, h5s, h5t  # noqa: F401
from .._core import base as _base
from .._objects import phil, with_phil  # noqa: F401
from .compat import filename_encode


def is_hdf5(fname):
    """Whether a file exists and is an HDF5 file. Source: H5Fis_accessible."""
    path = os.path.abspath(os.fspath(fname))
    return os.path.isfile(path) and h5f.is_hdf5(filename_encode(path))


def find_item_type(data):
    """The one Python type that all innermost items of nested lists have, or None.

    Arrays of objects count as nested lists unless their dtype already says what the objects are.
    """
    return _base.find_item_type(data)


def guess_dtype(data):
    """The dtype for strings and references in `data`, or None to leave it to NumPy."""
    return _base.guess_dtype(data)


def is_float16_dtype(dt):
    """Whether `dt` names half precision floats."""
    return dt is not None and np.dtype(dt) == np.float16


def array_for_new_object(data, specified_dtype=None):
    """The C-contiguous array that a new dataset or attribute is made from, with `data` in it."""
    return _base.array_for_new_object(data, specified_dtype)


def default_lapl():
    """The link access property list in use: None, which is HDF5's default."""
    return None


def default_lcpl():
    """A link creation property list that makes missing groups on the way."""
    lcpl = h5p.create(h5p.LINK_CREATE)
    lcpl.set_create_intermediate_group(True)
    return lcpl


dlapl = default_lapl()
dlcpl = default_lcpl()


def is_empty_dataspace(obj):
    """Whether the dataspace of a low-level dataset or attribute is null."""
    return obj.get_space().get_simple_extent_type() == h5s.NULL


def product(nums):
    """The product of some numbers; 1 for none."""
    result = 1
    for n in nums:
        result *= n
    return result


class cached_property:
    """A property that is computed once and then stored in the instance under its own name."""

    def __init__(self, func):
        self.__doc__ = getattr(func, "__doc__", None)
        self.func = func

    def __get__(self, obj, cls):
        if obj is None:
            return self
        value = obj.__dict__[self.func.__name__] = self.func(obj)
        return value


class CommonStateObject:
    """Names of one file as bytes and back, and the property lists that go with them."""

    @property
    def _lapl(self):
        return dlapl

    @property
    def _lcpl(self):
        return dlcpl

    def _e(self, name, lcpl=None):
        """A name as bytes; with `lcpl` also a link creation list that says its encoding."""
        return _base.encode_name(name, self._lcpl if lcpl else None)

    def _d(self, name):
        """A name as text; bytes that are not UTF-8 stay bytes."""
        return _base.decode_name(name)


class _RegionProxy:
    """What makes and examines region references: ``dset.regionref[0:10]``."""

    def __init__(self, obj):
        self.obj = obj
        self.id = obj.id

    def __getitem__(self, args):
        """A reference to the elements that `args` select, as in reading."""
        return _base.make_region_reference(self.id, args)

    def shape(self, ref):
        """The shape of the dataset that `ref` points into."""
        return h5r.get_region(ref, self.id).shape

    def selection(self, ref):
        """The shape of the elements that `ref` selects."""
        from .selections import guess_shape

        return guess_shape(h5r.get_region(ref, self.id))


class HLObject(CommonStateObject):
    """An object in a file: the base of Group, Dataset and Datatype.

    An object is false once it, or its file, is closed. It is equal to another when both are the
    same object in the same file.
    """

    def __init__(self, oid):
        self._id = oid

    @property
    def id(self):
        """The low-level identifier object."""
        return self._id

    @property
    def file(self):
        """The file that the object is in, as a `File`."""
        from .files import File

        return File(self.id)

    @property
    def name(self):
        """The absolute path that the object was opened by; None when it has none."""
        return self._d(h5i.get_name(self.id))

    @property
    def parent(self):
        """The group that holds the object. Raises ValueError when the object has no name."""
        with phil:
            name = self.name
            if name is None:
                raise ValueError("Parent of an anonymous object is undefined")
            return self.file[posixpath.dirname(name)]

    @property
    def ref(self):
        """A new object reference to the object. Source: H5Rcreate."""
        return h5r.create(self.id, b".", h5r.OBJECT)

    @property
    def regionref(self):
        """What makes region references: ``obj.regionref[...]``.

        ``obj.regionref.shape(ref)`` is the shape of the dataset that a reference points into,
        ``obj.regionref.selection(ref)`` the shape of what it selects. Source: H5Rcreate.
        """
        return _RegionProxy(self)

    # attrs: see attrs.py

    def __hash__(self):
        return hash(self.id)

    def __eq__(self, other):
        if hasattr(other, "id"):
            return self.id == other.id
        return NotImplemented

    def __bool__(self):
        return bool(self.id)

    def __getnewargs__(self):
        """Refuse pickling: who unpickles it may not have the file."""
        raise TypeError("h5py objects cannot be pickled; see hyperslab.portable()")

    def __getstate__(self):
        raise TypeError("h5py objects cannot be pickled; see hyperslab.portable()")


_MISSING = object()


class KeysViewHDF5(KeysView):
    """The names in a group or of attributes."""

    def __str__(self):
        return f"<KeysViewHDF5 {list(self)}>"

    __repr__ = __str__

    def __reversed__(self):
        yield from reversed(self._mapping)


class ValuesViewHDF5(ValuesView):
    """The members of a group or the values of attributes; membership tests read all of them."""

    def __contains__(self, value):
        with phil:  # what is compared is of one moment, and may be of any class
            items = list(self)
        return any(value == item for item in items)

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping.get(key)

    def __reversed__(self):
        for key in reversed(self._mapping):
            yield self._mapping.get(key)


class ItemsViewHDF5(ItemsView):
    """The pairs of a name and a member or value in a group or of attributes."""

    def __contains__(self, item):
        key, value = item
        found = self._mapping.get(key, _MISSING)
        if found is _MISSING and key in self._mapping:  # a link that leads nowhere
            found = None
        return found is not _MISSING and value == found

    def __iter__(self):
        for key in self._mapping:
            yield key, self._mapping.get(key)

    def __reversed__(self):
        for key in reversed(self._mapping):
            yield key, self._mapping.get(key)


class MappingHDF5(Mapping):
    """A mapping with views that can be reversed."""

    def keys(self):
        """A view of the names."""
        return KeysViewHDF5(self)

    def values(self):
        """A view of the members or values."""
        return ValuesViewHDF5(self)

    def items(self):
        """A view of (name, member or value) pairs."""
        return ItemsViewHDF5(self)

    def _ipython_key_completions_(self):
        return sorted(self.keys())


class MutableMappingHDF5(MappingHDF5, MutableMapping):
    """A mapping that can be changed: groups and attributes."""

    def pop(self, key, default=_MISSING):
        """Remove a member or attribute and return it, or `default` when there is none.

        Raises KeyError when there is none and no default was given.
        """
        with phil:
            return super().pop(key, *(() if default is _MISSING else (default,)))

    def popitem(self):
        """Remove some member or attribute and return the pair of its name and itself.

        Raises KeyError when there is none.
        """
        with phil:
            return super().popitem()

    def clear(self):
        """Remove all members or attributes."""
        with phil:
            super().clear()


class Empty:
    """A null dataspace with a type: it has neither a shape nor elements.

    An array of shape (0,) is something else: a dataspace with a shape, which can grow.
    """

    shape = None
    size = None

    def __init__(self, dtype):
        self.dtype = np.dtype(dtype)

    def __eq__(self, other):
        return isinstance(other, Empty) and self.dtype == other.dtype

    def __repr__(self):
        return f"Empty(dtype={self.dtype!r})"
