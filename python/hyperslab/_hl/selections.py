"""Selections as objects, by h5py's names. Datasets do not need them: they are for clients."""

import numpy as np

from .. import _selector, h5r, h5s  # noqa: F401
from .._core import selections as _selections
from .._selector import MultiBlockSlice  # noqa: F401
from .base import product  # noqa: F401


def select(shape, args, dataset=None):
    """The `Selection` of what `args` select in a dataspace of that shape.

    `args` is a selection (returned as it is), a region reference (which needs the dataset), or what
    a dataset can be indexed by. Raises TypeError for what cannot select and for another shape,
    IndexError for a position that lies outside.
    """
    args = args if isinstance(args, tuple) else (args,)
    if len(args) == 1 and isinstance(args[0], Selection):
        if args[0].shape != shape:
            raise TypeError("Mismatched selection shape")
        return args[0]
    if len(args) == 1 and isinstance(args[0], h5r.RegionReference):
        if dataset is None:
            raise TypeError("Cannot apply a region reference without a dataset")
        space = h5r.get_region(args[0], dataset.id)
        if space.shape != shape:
            raise TypeError("Reference shape does not match dataset shape")
        return Selection(shape, spaceid=space)
    if len(args) == 1 and isinstance(args[0], np.ndarray) and args[0].dtype.kind == "b":
        if args[0].shape == shape:
            return PointSelection.from_mask(args[0])
    space = dataset.id.get_space() if dataset is not None else h5s.create_simple(tuple(shape))
    return make(_selections.resolve(space.shape, args), space)


def make(resolved, space):
    """The selection object for a resolved index expression, selected in a copy of `space`."""
    resolved.apply(space)
    space = space.copy()
    if resolved.kind == "points":
        return PointSelection(space.shape, space)
    if resolved.kind == "list":
        return FancySelection(space.shape, space, resolved.memory_shape, resolved.result_shape)
    return SimpleSelection(space.shape, space, resolved.hyperslab)


class Selection:
    """Elements selected in a dataspace, in no particular shape."""

    def __init__(self, shape, spaceid=None):
        if spaceid is None:
            shape = tuple(shape)
            spaceid = h5s.create_simple(shape, (h5s.UNLIMITED,) * len(shape))
            self._shape = shape
        else:
            self._shape = spaceid.shape
        self._id = spaceid

    @property
    def id(self):
        """The dataspace, as a `SpaceID`."""
        return self._id

    @property
    def shape(self):
        """The shape of the dataspace."""
        return self._shape

    @property
    def nselect(self):
        """The number of elements selected."""
        return self._id.get_select_npoints()

    @property
    def mshape(self):
        """The shape of the selected elements, all axes of the dataspace."""
        return (self.nselect,)

    @property
    def array_shape(self):
        """The shape of the array that is read or written."""
        return self.mshape

    def expand_shape(self, source_shape):
        """The shape, in all axes, of an array of `source_shape` that is written.

        Raises TypeError when such an array cannot be written to the selection.
        """
        if int(np.prod(source_shape, dtype=object)) != self.nselect:
            raise TypeError("Broadcasting is not supported for point-wise selections")
        return source_shape

    def broadcast(self, source_shape):
        """Iterate over the dataspaces to write an array of `source_shape` to, in order."""
        self.expand_shape(source_shape)
        yield self._id

    def __getitem__(self, args):
        raise NotImplementedError("This class does not support indexing")


class PointSelection(Selection):
    """Single elements in any order."""

    def __init__(self, shape, spaceid=None, points=None):
        super().__init__(shape, spaceid)
        if points is not None:
            self.set(points)

    @classmethod
    def from_mask(cls, mask, spaceid=None):
        """The selection of the elements where a boolean array is true.

        Raises TypeError for another array.
        """
        if not (isinstance(mask, np.ndarray) and mask.dtype.kind == "b"):
            raise TypeError("PointSelection.from_mask only works with bool arrays")
        return cls(mask.shape, spaceid, np.argwhere(mask))

    def _perform_selection(self, points, op):
        points = np.atleast_2d(np.asarray(points, order="C", dtype="u8"))
        if len(points) == 0:
            self._id.select_none()
            return
        if self._id.get_select_type() != h5s.SEL_POINTS:
            op = h5s.SELECT_SET
        self._id.select_elements(points, op)

    def append(self, points):
        """Add points, an array-like (points, rank), after those selected.

        Source: H5Sselect_elements.
        """
        self._perform_selection(points, h5s.SELECT_APPEND)

    def prepend(self, points):
        """Add points, an array-like (points, rank), before those selected.

        Source: H5Sselect_elements.
        """
        self._perform_selection(points, h5s.SELECT_PREPEND)

    def set(self, points):
        """Select points, an array-like (points, rank), and no others.

        Source: H5Sselect_elements.
        """
        self._perform_selection(points, h5s.SELECT_SET)


class SimpleSelection(Selection):
    """What integers and slices select. Arrays are broadcast to it."""

    def __init__(self, shape, spaceid=None, hyperslab=None):
        super().__init__(shape, spaceid)
        rank = len(self.shape)
        self._sel = hyperslab or ((0,) * rank, self.shape, (1,) * rank, (False,) * rank)

    @property
    def mshape(self):
        """The shape of the selected elements; 1 on axes indexed by an integer."""
        return self._sel[1]

    @property
    def array_shape(self):
        """The shape of the array that is read or written: no axes indexed by an integer."""
        return tuple(n for n, scalar in zip(self._sel[1], self._sel[3], strict=True) if not scalar)

    def expand_shape(self, source_shape):
        """The shape `source_shape` with 1 on the axes that it lacks.

        Raises TypeError when an array of that shape cannot be broadcast to the selection.
        """
        return _selections.expand_shape(self.shape, self._sel, tuple(source_shape))

    def broadcast(self, source_shape):
        """Iterate over the dataspaces to write an array of `source_shape` to, in order."""
        yield from _selections.tiles(self.shape, self._sel, tuple(source_shape), self._id)


class FancySelection(Selection):
    """What lists and boolean arrays on one axis select. Arrays are not broadcast to it."""

    def __init__(self, shape, spaceid=None, mshape=None, array_shape=None):
        super().__init__(shape, spaceid)
        self._mshape = self.shape if mshape is None else mshape
        self._array_shape = self._mshape if array_shape is None else array_shape

    @property
    def mshape(self):
        """The shape of the selected elements; 1 on axes indexed by an integer."""
        return self._mshape

    @property
    def array_shape(self):
        """The shape of the array that is read or written: no axes indexed by an integer."""
        return self._array_shape

    def expand_shape(self, source_shape):
        """The shape `source_shape`, which has to be the array shape.

        Raises TypeError for another.
        """
        if tuple(source_shape) != tuple(self.array_shape):
            raise TypeError("Broadcasting is not supported for complex selections")
        return source_shape


def guess_shape(sid):
    """The shape of what a dataspace has selected, in elements.

    It is a tuple of the dataspace's rank where the selection is a grid, else a tuple of one number,
    and None for a null dataspace.
    """
    return _selections.guess_shape(sid)
