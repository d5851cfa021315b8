"""Attributes of groups, datasets and committed datatypes."""

from .. import h5, h5a, h5p, h5s, h5t  # noqa: F401
from .._core import attrs as _attrs
from .._core import native_method
from .._objects import phil, with_phil  # noqa: F401
from . import base  # noqa: F401
from .base import (  # noqa: F401
    _MISSING,
    CommonStateObject,
    Empty,
    HLObject,
    MutableMappingHDF5,
    is_empty_dataspace,
    product,
)
from .datatype import Datatype  # noqa: F401


class AttributeManager(MutableMappingHDF5, CommonStateObject):
    """The attributes of an object, as a dictionary: ``obj.attrs["units"] = "m"``.

    Values are NumPy arrays or scalars, str for variable-length strings, `Empty` for null
    dataspaces. Setting an attribute replaces it, type and shape included; `modify` keeps its type,
    `create` takes type and shape as arguments.
    """

    def __init__(self, parent):
        self._id = parent.id

    @native_method(_attrs.getitem)
    def __getitem__(self, name):
        """The value of an attribute. Raises KeyError when there is none. Source: H5Aread."""
        return _attrs.read(self._id, name)

    def get(self, key, default=None):
        """The value of an attribute, or `default` when there is none.

        Raises OSError when there is one that cannot be read. Source: H5Aread.
        """
        if type(self).__getitem__ is _own_getitem:
            return _attrs.get(self._id, key, default)
        with phil:
            try:
                return self[key]
            except KeyError:
                if key and self._id and key in self:  # and cannot be read
                    raise
                return default

    def setdefault(self, key, default=None):
        """The value of an attribute; when there is none, `default` is stored and returned.

        Raises TypeError when there is no HDF5 type for `default`. Source: H5Aread, H5Acreate2.
        """
        while True:
            value = self.get(key, _MISSING)
            if value is not _MISSING:
                return value
            if _attrs.create_missing(self._id, key, default):
                return default

    def get_id(self, name):
        """The low-level `AttrID` of an attribute.

        Raises KeyError when there is none. Source: H5Aopen.
        """
        return h5a.open(self._id, self._e(name))

    def __setitem__(self, name, value):
        """Set an attribute; its shape and type follow the value.

        Raises TypeError when there is no HDF5 type for the value. Source: H5Acreate2, H5Awrite.
        """
        _attrs.create(self._id, name, value, None, None)

    def __delitem__(self, name):
        """Delete an attribute. Raises KeyError when there is none. Source: H5Adelete."""
        h5a.delete(self._id, self._e(name))

    def create(self, name, data, shape=None, dtype=None):
        """Create an attribute, in place of one of that name if there is one.

        Parameters
        ----------
        name : str or bytes
        data : array-like or Empty
            The value.
        shape : tuple or int, optional
            The shape of the attribute, with as many elements as `data`; by default that of `data`.
        dtype : dtype or Datatype, optional
            The type of its elements in the file; by default that of `data`.

        Raises
        ------
        TypeError
            There is no HDF5 type for the value.
        ValueError
            `data` does not fit `shape`.

        Notes
        -----
        Source: H5Acreate2.
        """
        _attrs.create(self._id, name, data, shape, dtype)

    def update(self, other=(), /, **kwds):
        """Set many attributes in one call: all of them, or none when one cannot be stored.

        `other` is a mapping or pairs of names and values, as for a dict. For other threads it is
        one step. With h5py the attributes before one that fails are set.
        Raises TypeError when there is no HDF5 type for a value. Source: H5Acreate2, H5Awrite.
        """
        if type(self).__setitem__ is _own_setitem:
            _attrs.update(self._id, dict(other, **kwds))
        else:
            super().update(other, **kwds)

    def modify(self, name, value):
        """Change an attribute's value but not its type; create it when there is none.

        Raises TypeError when the shapes differ. Source: H5Awrite.
        """
        _attrs.modify(self._id, name, value)

    def __len__(self):
        return h5a.get_num_attrs(self._id)

    def __iter__(self):
        """The names, in creation order where the object tracks it, else sorted.

        Source: H5Aiterate2.
        """
        return iter(_attrs.names(self._id))

    def __contains__(self, name):
        """Whether there is an attribute of that name. Source: H5Aexists."""
        return h5a.exists(self._id, self._e(name))

    def __repr__(self):
        if not self._id:
            return "<Attributes of closed HDF5 object>"
        return f"<Attributes of HDF5 object at {id(self._id)}>"


_own_getitem = AttributeManager.__getitem__
_own_setitem = AttributeManager.__setitem__

# The two classes need each other. A property whose getter is the class itself costs no extra call.
HLObject.attrs = property(
    AttributeManager, doc="The object's attributes, as an `AttributeManager`."
)
