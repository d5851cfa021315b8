"""Floats that NumPy holds in more bytes: bfloat16, those of 8 bits, long doubles of 12 bytes.

As members of records they push what lies behind them. h5py leaves it where it is in the file:
members overlap, and reading writes past the end of the array. So NumPy is the judge here.
"""

import hyperslab as h5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

N = 40


def float_type(size, sign, exponent, mantissa, bias, base=h5.h5t.IEEE_F32LE):
    t = base.copy()
    if size > t.get_size():
        t.set_size(size)
    t.set_fields(sign, mantissa, exponent, 0, mantissa)
    t.set_ebias(bias)
    t.set_precision(sign + 1)
    t.set_size(size)
    return t


def x87(size):
    t = h5.h5t.IEEE_F64LE.copy()
    t.set_size(size)
    t.set_precision(80)
    t.set_fields(79, 64, 15, 0, 64)
    t.set_ebias(16383)
    t.set_norm(h5.h5t.NORM_NONE)
    return t


BF16 = float_type(2, 15, 8, 7, 127)
E5M2 = float_type(1, 7, 5, 2, 15)
X87_12 = x87(12)


def some_bf16(rng):
    bits = rng.integers(0, 0x7F00, N, "u2")
    return bits, (bits.astype("u4") << 16).view("f4")


def some_e5m2(rng):
    bits = rng.integers(0, 0x7C, N, "u1")
    return bits, (bits.astype("u2") << 8).view("f2")


def some_x87(rng):
    numbers = rng.normal(size=N).astype("g")
    return numbers.view("V16").astype("V12"), numbers


def plain(dtype):
    return lambda rng: (rng.integers(0, 100, N).astype(dtype),) * 2


# Name: (HDF5's type, NumPy's dtype, what makes stored and read values)
KINDS = {
    "bfloat16": (BF16, np.dtype("f4"), some_bf16),
    "e5m2": (E5M2, np.dtype("f2"), some_e5m2),
    "int32": (h5.h5t.STD_I32LE, np.dtype("i4"), plain("i4")),
    "int8": (h5.h5t.STD_I8LE, np.dtype("i1"), plain("i1")),
    "double": (h5.h5t.IEEE_F64LE, np.dtype("f8"), plain("f8")),
}
if np.dtype("g").itemsize == 16 and np.finfo("g").nmant == 63:
    KINDS["x87 in 12"] = (X87_12, np.dtype("g"), some_x87)


class Record:
    """A record of members in a given order, with gaps; its stored bytes and its values."""

    def __init__(self, kinds, gaps, seed=0):
        rng = np.random.default_rng(seed)
        self.names = [f"m{i}" for i in range(len(kinds))]
        types = [KINDS[kind][0] for kind in kinds]
        offsets, at = [], 0
        for t, gap in zip(types, gaps, strict=True):
            offsets.append(at + gap)
            at += gap + t.get_size()
        self.type = h5.h5t.create(h5.h5t.COMPOUND, at)
        self.stored = np.zeros(N, f"V{at}").view("u1").reshape(N, at)
        self.values = {}
        for name, kind, t, offset in zip(self.names, kinds, types, offsets, strict=True):
            self.type.insert(name.encode(), offset, t)
            stored, self.values[name] = KINDS[kind][2](rng)
            size = t.get_size()
            columns = np.ascontiguousarray(stored).view("u1").reshape(N, -1)[:, :size]
            self.stored[:, offset : offset + size] = columns

    def write(self, place, name):
        space = h5.h5s.create_simple((N,))
        dataset = h5.h5d.create(place.id, name.encode(), self.type, space)
        raw = np.ascontiguousarray(self.stored).view(f"V{self.type.get_size()}").reshape(N)
        dataset.write(h5.h5s.ALL, h5.h5s.ALL, raw, mtype=self.type)
        return h5.Dataset(dataset)

    def assert_read(self, got, where=slice(None)):
        assert got.dtype.names == tuple(self.names)
        for name in self.names:
            assert np.array_equal(got[name], self.values[name][where]), name


def assert_apart(dtype):
    """No member of a record lies in another one."""
    if dtype.subdtype:
        return assert_apart(dtype.subdtype[0])
    end = 0
    fields = sorted(dtype.fields.values(), key=lambda f: f[1]) if dtype.names else []
    for field, offset in fields:
        assert offset >= end
        end = offset + field.itemsize
        assert_apart(field)
    assert end <= dtype.itemsize or not dtype.names


@pytest.fixture
def f():
    with h5.File.in_memory() as file:
        yield file


records = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(0, 5)), min_size=1)


@given(records, st.integers(0, 1000))
def test_records_of_any_members_are_read(members, seed):
    record = Record([kind for kind, _ in members], [gap for _, gap in members], seed)
    with h5.File.in_memory() as file:
        x = record.write(file, "x")
        assert_apart(x.dtype)
        record.assert_read(x[...])
        record.assert_read(x[3::4], slice(3, None, 4))
        for name in record.names:
            assert np.array_equal(x[name], record.values[name])
            assert np.array_equal(x.fields(name)[:5], record.values[name][:5])
        one = x[7]
        assert [one[name] for name in record.names] == [record.values[n][7] for n in record.names]


@given(records, st.integers(0, 1000))
def test_what_is_read_can_be_written_back(members, seed):
    record = Record([kind for kind, _ in members], [gap for _, gap in members], seed)
    with h5.File.in_memory() as file:
        x = record.write(file, "x")
        values = x[...]
        x[...] = np.zeros_like(values)
        assert not x[...][record.names[0]].any()
        x[...] = values
        record.assert_read(x[...])
        name = record.names[-1]
        x[:5, name] = record.values[name][:5] * 0
        assert not x[:5][name].any()
        # The same in a dataset, and in an attribute, of NumPy's own type.
        file["y"] = values
        file.attrs["y"] = values
        record.assert_read(file["y"][...])
        record.assert_read(file.attrs["y"])


ORDERS = [
    ["int32", "bfloat16", "int8"],
    ["bfloat16", "e5m2", "double", "bfloat16"],
    ["e5m2", "e5m2"],
    ["bfloat16", "int32", "x87 in 12", "int8"],
]


@pytest.mark.parametrize("kinds", ORDERS, ids=str)
def test_attributes_nested_records_arrays_and_sequences(f, kinds):
    if not set(kinds) <= set(KINDS):
        pytest.skip("long doubles are something else here")
    record = Record(kinds, [0] * len(kinds))
    size = record.type.get_size()
    inner = np.ascontiguousarray(record.stored).view(f"V{size}").reshape(N)

    attribute = h5.h5a.create(f.id, b"a", record.type, h5.h5s.create_simple((N,)))
    attribute.write(inner, mtype=record.type)
    record.assert_read(f.attrs["a"])

    nested = h5.h5t.create(h5.h5t.COMPOUND, 1 + size + 4)
    nested.insert(b"first", 0, h5.h5t.STD_I8LE)
    nested.insert(b"inner", 1, record.type)
    nested.insert(b"last", 1 + size, h5.h5t.STD_I32LE)
    raw = np.zeros(N, [("first", "i1"), ("inner", f"V{size}"), ("last", "<i4")])
    raw["first"], raw["inner"], raw["last"] = 7, inner, np.arange(N)
    d = h5.h5d.create(f.id, b"nested", nested, h5.h5s.create_simple((N,)))
    d.write(h5.h5s.ALL, h5.h5s.ALL, raw.view(f"V{raw.itemsize}"), mtype=nested)
    got = f["nested"][...]
    assert_apart(got.dtype)
    record.assert_read(got["inner"])
    assert (got["first"] == 7).all() and (got["last"] == np.arange(N)).all()

    rows = h5.h5t.array_create(record.type, (N // 4,))
    d = h5.h5d.create(f.id, b"rows", rows, h5.h5s.create_simple((4,)))
    d.write(h5.h5s.ALL, h5.h5s.ALL, inner.view(f"V{size * N // 4}"), mtype=rows)
    assert f["rows"].shape == (4,)
    record.assert_read(f["rows"][...].reshape(N))

    d = h5.h5d.create(f.id, b"seqs", h5.h5t.vlen_create(record.type), h5.h5s.create_simple((2,)))
    x = h5.Dataset(d)
    element = f["nested"].dtype["inner"]
    values = np.zeros(N, element)
    for name in record.names:
        values[name] = record.values[name]
    x[0], x[1] = values, values[:3]
    record.assert_read(x[0])
    record.assert_read(x[1], slice(3))


def test_a_fill_value_of_such_a_record(f):
    record = Record(["int8", "bfloat16", "int32"], [0, 0, 0])
    dcpl = h5.h5p.create(h5.h5p.DATASET_CREATE)
    dtype = record.type.dtype
    dcpl.set_fill_value(np.array((3, 1.5, 9), dtype))
    d = h5.Dataset(h5.h5d.create(f.id, b"x", record.type, h5.h5s.create_simple((2,)), dcpl))
    assert d[0].item() == (3, 1.5, 9) and d.fillvalue.item() == (3, 1.5, 9)


def test_records_that_numpy_holds_as_they_are_keep_their_offsets(f):
    dtype = np.dtype(
        {"names": ["a", "b"], "formats": ["i2", "f8"], "offsets": [3, 9], "itemsize": 24}
    )
    f["x"] = np.zeros(3, dtype)
    assert f["x"].dtype == dtype
