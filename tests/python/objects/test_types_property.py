"""Values of random types survive being written and read, by one package and by the other."""

import describe
import dtypes
import h5py
import hyperslab
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

PACKAGES = (hyperslab, h5py)


def written_by(package, values, dt):
    """A file, in memory, with the values as a dataset and as an attribute."""
    with package.File.in_memory() as f:
        data = f.create_dataset("data", data=values, dtype=dt)
        data.attrs.create("attribute", values, dtype=dt)
        one_by_one = f.create_dataset("one_by_one", values.shape, dt)
        for index in np.ndindex(*values.shape):
            one_by_one[index] = values[index]
        f["committed"] = dt
        f.flush()
        return f.id.get_file_image()


def read_by(package, image):
    with package.File.in_memory(image) as f:
        data = f["data"]
        parts = data[...], data.attrs["attribute"], f["one_by_one"][()], data.fillvalue
        types = data.dtype, f["committed"].dtype, type(data.id.get_type()).__name__
        fields = [data[name] for name in data.dtype.names or ()]
        return describe.value((parts, types, fields))


@st.composite
def arrays_of_any_type(draw):
    dt = draw(dtypes.dtypes())
    shape = draw(st.sampled_from([(), (1,), (3,), (2, 2)]))
    return dt, draw(dtypes.array(dt, *shape))


@given(arrays_of_any_type())
def test_a_round_trip(case):
    dt, values = case
    types = [describe.call(package.h5t.py_create, dt, True) for package in PACKAGES]
    assert types[0] == types[1]
    if types[1][0] == "raised":  # aligned fields, where HDF5's types leave no gap
        return
    ours = written_by(hyperslab, values, dt)
    stock = written_by(h5py, values, dt)
    expected = read_by(h5py, stock)
    assert read_by(hyperslab, ours) == expected
    assert read_by(h5py, ours) == expected
    assert read_by(hyperslab, stock) == expected


@given(dtypes.leaves() | dtypes.fields())
def test_the_type_in_the_file_is_h5pys(dt):
    ours, stock = (package.h5t.py_create(dt, logical=True) for package in PACKAGES)
    assert ours.encode() == stock.encode()


@given(dtypes.numbers, dtypes.numbers, st.data())
def test_conversions_are_libhdf5s(stored, read, data):
    values = data.draw(dtypes.array(stored, 4))

    def convert(package):
        with package.File.in_memory() as f:
            x = f.create_dataset("x", data=values)
            as_read = x.astype(read)[...]
            y = f.create_dataset("y", (4,), read)
            y[...] = values
            return as_read, y[...]

    assert describe.call(convert, hyperslab) == describe.call(convert, h5py)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_stringdtype_reads_and_writes_text(texts):
    values = np.array(texts, dtype=np.dtypes.StringDType())

    def use(package):
        with package.File.in_memory() as f:
            f["vlen"] = values
            fixed = f.create_dataset("fixed", values.shape, package.string_dtype(length=200))
            fixed[...] = [text[:40] for text in texts]
            f["vlen"][0] = texts[-1]
            f["vlen"][:] = values
            return f["vlen"].astype("T")[...], f["vlen"][()], fixed.astype("T")[:1], fixed[()]

    assert describe.call(use, hyperslab) == describe.call(use, h5py)


@st.composite
def records_with_references(draw):
    count = draw(st.integers(1, 4))
    targets = st.sampled_from([None, "/", "a", "b"])
    return [(draw(targets), draw(st.integers(0, 3)), draw(st.text("xyz"))) for _ in range(count)]


@given(records_with_references())
def test_references_in_records(records):
    def use(package):
        with package.File.in_memory() as f:
            f["a"] = np.arange(4)
            f.create_group("b")
            dt = np.dtype(
                [
                    ("ref", package.ref_dtype),
                    ("part", package.regionref_dtype),
                    ("s", package.string_dtype()),
                ]
            )
            x = f.create_dataset("x", (len(records),), dt)
            for i, (target, end, text) in enumerate(records):
                ref = f[target].ref if target else package.Reference()
                x[i] = (ref, f["a"].regionref[:end], text)
            found = []
            for ref, part, text in x[...]:
                found.append((f[ref].name if ref else None, f["a"][part], text))
            return found

    assert describe.call(use, hyperslab) == describe.call(use, h5py)


@given(st.lists(st.lists(st.integers(-5, 5), max_size=5), min_size=1, max_size=4))
def test_sequences_of_sequences(rows):
    """Stock h5py cannot write them, but it can read what we wrote."""
    inner = hyperslab.vlen_dtype("i4")
    with hyperslab.File.in_memory() as f:
        x = f.create_dataset("x", (len(rows),), hyperslab.vlen_dtype(inner))
        for i, row in enumerate(rows):
            element = np.empty(len(row), dtype=inner)
            for j, n in enumerate(row):
                element[j] = np.arange(n)
            x[i] = element
        expected = [[list(range(n)) for n in row] for row in rows]
        assert [[list(item) for item in element] for element in x] == expected
