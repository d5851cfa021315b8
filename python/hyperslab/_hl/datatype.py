"""Committed datatypes."""

import posixpath

from .._objects import with_phil
from ..h5t import TypeID
from .base import HLObject


class Datatype(HLObject):
    """A datatype with a name in a file: ``group["name"] = numpy.dtype(...)`` makes one."""

    def __init__(self, bind):
        if not isinstance(bind, TypeID):
            raise ValueError(f"{bind} is not a TypeID")
        super().__init__(bind)

    @property
    def dtype(self):
        """The NumPy dtype of the type. Raises TypeError when there is none."""
        return self.id.dtype

    @with_phil
    def __repr__(self):
        if not self.id:
            return "<Closed HDF5 named type>"
        if self.name is None:
            name = '("anonymous")'
        else:
            name = f'"{posixpath.basename(posixpath.normpath(self.name)) or "/"}"'
        return f"<HDF5 named type {name} (dtype {self.dtype.str})>"
