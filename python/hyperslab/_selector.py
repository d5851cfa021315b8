"""Selecting and reading by h5py's internal names, for clients that use them."""

from ._core import selections as _selections
from ._core.selections import Reader, Selector
from ._objects import (  # noqa: F401
    __reduce_cython__,
    __setstate_cython__,
    phil,
    refuse_pickling,
    with_phil,
)

for _class in (Reader, Selector):
    _class.__module__ = __name__
    refuse_pickling(_class)
del _class


class MultiBlockSlice:
    """A slice of `count` blocks of `block` elements, whose beginnings lie `stride` apart.

    Without a count it has as many whole blocks as fit. Raises ValueError for negative or zero
    values, and for blocks that overlap. Source: H5Sselect_hyperslab.
    """

    def __init__(self, start=0, stride=1, count=None, block=1):
        if start < 0:
            raise ValueError("Start can't be negative")
        if stride < 1 or block < 1 or (count is not None and count < 1):
            raise ValueError("Stride, count and block can't be 0 or negative")
        if block > stride:
            raise ValueError("Blocks will overlap if block > stride")
        self.start = start
        self.stride = stride
        self.count = count
        self.block = block

    def indices(self, length):
        """The tuple (start, stride, count, block) on an axis of `length` elements.

        Raises ValueError when the slice does not fit.
        """
        return _selections.multi_block_indices(
            self.start, self.stride, self.count, self.block, length
        )

    def _repr(self, count=None):
        count = self.count if count is None else count
        return (
            f"{type(self).__name__}(start={self.start}, stride={self.stride}, "
            f"count={count}, block={self.block})"
        )

    def __repr__(self):
        return self._repr()
