"""Random index expressions, and which elements NumPy says that they mean.

The oracle knows one thing only: which positions each axis contributes.
"""

import numpy as np
from hypothesis import strategies as st


class Block:
    """A MultiBlockSlice, before it is known of which package."""

    def __init__(self, start, stride, count, block):
        self.arguments = (start, stride, count, block)

    def __repr__(self):
        return f"Block{self.arguments}"


@st.composite
def slices(draw, length):
    bound = st.none() | st.integers(-length - 2, length + 2)
    return slice(draw(bound), draw(bound), draw(st.none() | st.integers(1, 4)))


@st.composite
def lists(draw, length):
    """Positions that rise, some counted from the end, as a list or an array."""
    chosen = sorted(draw(st.sets(st.integers(0, length - 1)))) if length else []
    signed = [n - length if draw(st.booleans()) else n for n in chosen]
    return draw(st.sampled_from([list, lambda v: np.array(v, int)]))(signed)


@st.composite
def masks(draw, length):
    values = draw(st.lists(st.booleans(), min_size=length, max_size=length))
    return np.array(values, bool)


@st.composite
def blocks(draw, length):
    start = draw(st.integers(0, length - 1))
    stride = draw(st.integers(1, 4))
    block = draw(st.integers(1, min(stride, length - start)))
    most = (length - start - block) // stride + 1
    return Block(start, stride, draw(st.none() | st.integers(1, most)), block)


@st.composite
def expressions(draw, shape):
    """An index expression that is right for the shape, as a tuple."""
    given_axes = draw(st.integers(0, len(shape)))
    fancy_at = draw(st.none() | st.integers(0, max(given_axes - 1, 0)))
    parts = []
    for axis in range(given_axes):
        n = shape[axis]
        kinds = [slices(n)]
        if n:
            kinds += [st.integers(-n, n - 1), st.integers(0, n - 1).map(np.int16), blocks(n)]
        if axis == fancy_at:
            kinds = [lists(n), masks(n)]
        parts.append(draw(st.one_of(kinds)))
    h5py_fails = len(shape) == 1 and isinstance(parts[0] if parts else None, np.ndarray)
    if not h5py_fails and draw(st.booleans()):
        # An ellipsis stands for the axes that are not given, or for none.
        at = draw(st.integers(0, len(parts)))
        tail = len(parts) - at
        if tail == 0 or given_axes == len(shape):
            parts.insert(at, Ellipsis)
    return tuple(parts)


def positions(part, length):
    """Which positions of an axis a part means, and whether it keeps the axis."""
    if isinstance(part, (int, np.integer)):
        return np.array([int(part) % length]), False
    if isinstance(part, slice):
        return np.arange(*part.indices(length)), True
    if isinstance(part, Block):
        start, stride, count, block = part.arguments
        count = (length - start - block) // stride + 1 if count is None else count
        return np.concatenate([np.arange(block) + start + i * stride for i in range(count)]), True
    part = np.asarray(part)
    return (np.flatnonzero(part) if part.dtype == bool else part.astype(int) % length), True


def resolve(args, shape):
    """The positions on all axes, and the shape of the result."""
    missing = len(shape) - sum(part is not Ellipsis for part in args)
    if Ellipsis not in [part for part in args if not isinstance(part, np.ndarray)]:
        args = (*args, Ellipsis)
    at = next(i for i, part in enumerate(args) if part is Ellipsis)
    full = (*args[:at], *[slice(None)] * missing, *args[at + 1 :])
    found = [positions(part, n) for part, n in zip(full, shape, strict=True)]
    return [p for p, _ in found], tuple(len(p) for p, kept in found if kept)


def of_package(package, args):
    return tuple(
        package.MultiBlockSlice(*part.arguments) if isinstance(part, Block) else part
        for part in args
    )
