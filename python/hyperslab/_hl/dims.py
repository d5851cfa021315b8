"""Dimension scales: coordinates and labels for the axes of a dataset. Source: H5DS."""

from .. import _core, h5ds
from .._core import dims as _dims
from .._objects import phil, with_phil  # noqa: F401
from ..h5py_warnings import H5pyDeprecationWarning
from . import base  # noqa: F401
from .base import CommonStateObject
from .dataset import Dataset


class DimensionProxy(CommonStateObject):
    """One axis of a dataset: its label and the scales attached to it."""

    def __init__(self, id_, dimension):
        self._id = id_
        self._dimension = dimension

    @property
    def label(self):
        """The label of the axis, '' when it has none. Source: H5DSget_label, H5DSset_label."""
        return self._d(h5ds.get_label(self._id, self._dimension))

    @label.setter
    def label(self, val):
        h5ds.set_label(self._id, self._dimension, self._e(val))

    def __hash__(self):
        return hash((type(self), self._id, self._dimension))

    def __eq__(self, other):
        return hash(self) == hash(other)

    def __iter__(self):
        yield from self.keys()

    def __len__(self):
        return h5ds.get_num_scales(self._id, self._dimension)

    def __getitem__(self, item):
        """A scale by position or by name, as a Dataset.

        Raises KeyError or IndexError when there is no such scale, RuntimeError when
        the axis has none.
        """
        return Dataset(_dims.scale(self._id, self._dimension, item))

    def attach_scale(self, dset):
        """Attach the dataset `dset` to this axis as a scale. Source: H5DSattach_scale."""
        h5ds.attach_scale(self._id, dset.id, self._dimension)

    def detach_scale(self, dset):
        """Detach the scale `dset` from this axis. Source: H5DSdetach_scale."""
        h5ds.detach_scale(self._id, dset.id, self._dimension)

    def items(self):
        """The pairs (name, Dataset) of all scales of this axis, as a list."""
        return [
            (self._d(name), Dataset(dsid)) for name, dsid in _dims.scales(self._id, self._dimension)
        ]

    def keys(self):
        """The names of all scales of this axis, as a list."""
        return [name for name, _ in self.items()]

    def values(self):
        """The scales of this axis, as a list of Datasets."""
        return [dset for _, dset in self.items()]

    @with_phil
    def __repr__(self):
        if not self._id:
            return "<Dimension of closed HDF5 dataset>"
        return f'<"{self.label}" dimension {self._dimension} of HDF5 dataset at {id(self._id)}>'


class DimensionManager(CommonStateObject):
    """The axes of a dataset: ``dset.dims[0]``."""

    def __init__(self, parent):
        self._id = parent.id

    def __getitem__(self, index):
        """One axis, as a `DimensionProxy`. Raises IndexError beyond the last."""
        if index > len(self) - 1:
            raise IndexError("Index out of range")
        return DimensionProxy(self._id, index)

    def __len__(self):
        return self._id.rank

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def __repr__(self):
        if not self._id:
            return "<Dimensions of closed HDF5 dataset>"
        return f"<Dimensions of HDF5 object at {id(self._id)}>"

    def create_scale(self, dset, name=""):
        """Make a dataset a dimension scale. Deprecated: use ``dset.make_scale(name)``."""
        _core.warn(
            "other_ds.dims.create_scale(ds, name) is deprecated. Use ds.make_scale(name) instead.",
            H5pyDeprecationWarning,
        )
        dset.make_scale(name)
