"""Random index expressions on random datasets read and write what NumPy and h5py say."""

import h5py
import hyperslab
import numpy as np
import pytest
from describe import call
from hypothesis import assume, given
from hypothesis import strategies as st
from selections import Block, expressions, of_package, resolve

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
