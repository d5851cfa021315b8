"""Random index expressions on random datasets read and write what NumPy and h5py say.

The oracle knows one thing only: which positions each axis contributes.
"""

import h5py
import hyperslab
import numpy as np
import pytest
from describe import call
from hypothesis import assume, given
from hypothesis import strategies as st

FILES = {package: package.File.in_memory() for package in (hyperslab, h5py)}

dims = st.lists(st.integers(0, 7), min_size=1, max_size=4).map(tuple)


@st.composite
def datasets(draw):
    """(shape, keywords for create_dataset)"""
    shape = draw(dims)
    if 0 in shape or draw(st.booleans()):
        return shape, {}
    keywords = {"chunks": tuple(draw(st.integers(1, n)) for n in shape)}
    if draw(st.booleans()):
        keywords["compression"] = draw(st.sampled_from(["gzip", "lzf"]))
    return shape, keywords


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


def make(package, shape, keywords):
    size = int(np.prod(shape))
    data = np.arange(size, dtype="i4").reshape(shape)
    return FILES[package].create_dataset(None, data=data, **keywords), data


cases = datasets().flatmap(lambda d: st.tuples(st.just(d), expressions(d[0])))


@given(cases)
def test_reading_is_what_numpy_and_h5py_say(case):
    (shape, keywords), args = case
    axes, result_shape = resolve(args, shape)
    results = []
    for package in (hyperslab, h5py):
        dataset, data = make(package, shape, keywords)
        results.append(dataset[of_package(package, args)])
    expected = data[np.ix_(*axes)].reshape(result_shape)
    assert np.shape(results[0]) == np.shape(results[1]) == result_shape
    assert type(results[0]) is type(results[1])
    np.testing.assert_array_equal(results[0], expected)


@given(cases, st.data())
def test_writing_is_what_numpy_and_h5py_say(case, draws):
    (shape, keywords), args = case
    axes, result_shape = resolve(args, shape)
    values = -np.arange(1, np.prod(result_shape, dtype=int) + 1).reshape(result_shape)
    if draws.draw(st.booleans()):
        values = values.astype("f8")
    contents = []
    for package in (hyperslab, h5py):
        dataset, data = make(package, shape, keywords)
        dataset[of_package(package, args)] = values
        contents.append(dataset[...])
    data[np.ix_(*axes)] = values.reshape([len(p) for p in axes])
    np.testing.assert_array_equal(contents[0], data)
    np.testing.assert_array_equal(contents[1], data)


@given(cases, st.data())
def test_broadcasting_is_what_numpy_and_h5py_say(case, draws):
    (shape, keywords), args = case
    axes, result_shape = resolve(args, shape)
    source_shape = tuple(1 if draws.draw(st.booleans()) else n for n in result_shape)
    source_shape = source_shape[draws.draw(st.integers(0, len(source_shape))) :]
    values = -np.arange(1, np.prod(source_shape, dtype=int) + 1).reshape(source_shape)

    def write(package):
        dataset, _ = make(package, shape, keywords)
        dataset[of_package(package, args)] = values
        return dataset[...]

    ours, stock = call(write, hyperslab), call(write, h5py)
    if ours[0] == "returned":
        _, expected = make(h5py, shape, keywords)
        spread = np.broadcast_to(values, result_shape)
        expected[np.ix_(*axes)] = spread.reshape([len(p) for p in axes])
        assert ours == call(lambda: expected)
    # h5py 3.16 puts what it broadcasts to blocks in other places, and refuses scalars for lists.
    fancy = any(isinstance(part, (list, np.ndarray)) for part in args)
    if not any(isinstance(part, Block) for part in args) and not (fancy and source_shape == ()):
        assert ours == stock


@given(datasets(), st.data())
def test_a_mask_of_the_whole_shape(case, draws):
    shape, keywords = case
    size = int(np.prod(shape))
    bits = draws.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    mask = np.array(bits, bool).reshape(shape)
    for package in (hyperslab, h5py):
        dataset, data = make(package, shape, keywords)
        np.testing.assert_array_equal(dataset[mask], data[mask])
        dataset[mask] = -data[mask]
        data[mask] = -data[mask]
        np.testing.assert_array_equal(dataset[...], data)


@given(cases, st.data())
def test_read_direct_and_write_direct_are_what_numpy_says(case, draws):
    (shape, keywords), args = case
    args = tuple(slice(None) if isinstance(part, Block) else part for part in args)
    axes, result_shape = resolve(args, shape)
    offset = draws.draw(st.integers(0, 2))
    target = np.full(tuple(n + offset for n in result_shape) or (1,), -1, dtype="i8")
    inner = tuple(slice(offset, None) for _ in result_shape) or 0
    for package in (hyperslab, h5py):
        dataset, data = make(package, shape, keywords)
        if 0 in result_shape:
            continue
        out = target.copy()
        dataset.read_direct(out, args, inner)
        expected = target.copy()
        expected[inner] = data[np.ix_(*axes)].reshape(result_shape)
        np.testing.assert_array_equal(out, expected)
        dataset.write_direct(out * 2, inner, args)
        assert (dataset[args] == expected[inner] * 2).all()


number = st.integers(-9, 9)
anything = st.one_of(
    number,
    st.builds(slice, st.none() | number, st.none() | number, st.none() | st.integers(-2, 3)),
    st.lists(number, max_size=4),
    st.lists(st.booleans(), max_size=4),
    st.just(Ellipsis),
    st.none(),
    st.sampled_from([1.0, "x", b"x", (), (1, 2), np.array(3), np.array([[1]]), True, 2**65]),
)


@st.composite
def expressions_with_one_fault(draw):
    (shape, keywords), args = draw(cases)
    places = [i for i, part in enumerate(args) if part is not Ellipsis]
    at = draw(st.sampled_from(places)) if places else len(args)
    return shape, keywords, (*args[:at], draw(anything), *args[at + 1 :])


@given(expressions_with_one_fault())
def test_any_expression_reads_or_fails_as_with_h5py(case):
    shape, keywords, args = case
    # What h5py reports in its own way: masks in one dimension, lists where there is nothing.
    fancy = any(isinstance(part, (list, tuple, np.ndarray)) for part in args)
    assume(not fancy or (len(shape) > 1 and 0 not in shape))

    def read(package):
        return make(package, shape, keywords)[0][of_package(package, args)]

    ours, stock = call(read, hyperslab), call(read, h5py)
    if fancy and stock == ("raised", "OSError"):  # a list that goes one too far
        assert ours == ("raised", "IndexError")
    else:
        assert ours == stock


@pytest.mark.parametrize("package", FILES)
def test_the_files_are_still_sound(package):
    """Last in this file: what was done before has hurt nothing."""
    dataset, data = make(package, (5,), {"chunks": (2,)})
    assert (dataset[...] == data).all()
