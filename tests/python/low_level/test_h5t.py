"""h5t: datatypes. Most of it is what stock h5py does, value by value."""

import copy
import pickle
import random
import re

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import h5t
from same_in_a_file import assert_same_in_a_file, attempt

GETTERS = (
    "get_order get_precision get_offset get_sign get_cset get_strpad is_variable_str get_tag "
    "get_fields get_ebias get_norm get_pad get_inpad get_array_ndims get_array_dims get_nmembers"
).split()


def describe(tid):
    """All that a datatype says of itself, parts included."""
    said = [type(tid).__name__, tid.get_class(), tid.get_size()]
    said += [(name, attempt(getattr(tid, name))) for name in GETTERS if hasattr(tid, name)]
    for i in range(tid.get_nmembers() if hasattr(tid, "get_nmembers") else 0):
        said.append(tid.get_member_name(i))
        if hasattr(tid, "get_member_type"):
            said += [tid.get_member_offset(i), describe(tid.get_member_type(i))]
        else:
            said.append(tid.get_member_value(i))
    if tid.get_class() in (h5t.ENUM, h5t.VLEN, h5t.ARRAY):
        said.append(describe(tid.get_super()))
    return said


def note(dt):
    """A dtype with the notes that h5py keeps in its metadata."""
    notes = {
        key: repr(value).replace("hyperslab.", "h5py.")
        for key, value in (dt.metadata or {}).items()
    }
    return repr(dt).replace("hyperslab.", "h5py."), notes, dt.itemsize


def dtype_of(tid):
    try:
        return note(tid.dtype)
    except Exception as error:
        # h5py takes 4 bytes of a complex type for 32.
        return f"!{type(error).__name__}", re.sub(r"of size \d+", "of size", str(error))


def dtypes(h):
    """Dtypes of every kind, made by one of the packages."""
    text, blob = h.string_dtype(), h.string_dtype("ascii", 3)
    yield from ("i1 <i2 >i4 u8 >u2 f2 <f4 >f8 g >g c8 >c16 G ? S5 V7 O T M8[s] U4 V0 S0".split())
    yield from (("f4", (2, 3)), ("i2", (4,)), "i4,i4", ("?", (3,)))
    yield from (text, h.string_dtype("ascii"), blob, h.string_dtype("utf-8", 7))
    yield from (h.vlen_dtype("i4"), h.vlen_dtype(h.vlen_dtype("f8")), h.vlen_dtype(blob))
    yield from (h.enum_dtype({"b": -5, "a": 1}, "i2"), h.enum_dtype({"é": 1}, ">u4"))
    yield from (h.ref_dtype, h.regionref_dtype, h.opaque_dtype("M8[us]"))
    yield from (h.complex_compat_dtype("c8"), np.dtype([]), np.dtype([("é", "i4")]))
    yield np.dtype([("a", "i1"), ("b", "f8")], align=True)
    yield np.dtype(
        {"names": ["x", "y"], "formats": ["i4", "f4"], "offsets": [8, 0], "itemsize": 20}
    )
    yield np.dtype(
        [
            ("s", text),
            ("v", h.vlen_dtype("i2")),
            ("r", h.ref_dtype),
            ("n", [("q", "u1"), ("w", "f4", (2,))]),
            ("b", "?"),
            ("c", "c8"),
        ]
    )
    yield np.dtype([("s", text), ("i", "i1")], align=True)


@pytest.mark.parametrize("logical", [0, 1])
def test_every_dtype_makes_the_same_type_and_comes_back(tmp_path, logical):
    def scenario(h, file):
        for dt in dtypes(h):
            made = attempt(lambda dt=dt: describe(h.h5t.py_create(dt, logical)))
            yield str(dt), made
            if isinstance(made, list):
                yield dtype_of(h.h5t.py_create(dt, logical=logical))

    assert_same_in_a_file(scenario, tmp_path)


def test_predefined_types_are_the_same(tmp_path):
    ours_alone = {"STD_REF"}
    names = [n for n in dir(h5t) if isinstance(getattr(h5t, n), (h5t.TypeID, int))]
    names = [name for name in names if name not in ours_alone]
    assert len(names) > 90

    def scenario(h, file):
        for name in names:
            value = getattr(h.h5t, name)
            if isinstance(value, int):
                yield name, value
            else:
                yield name, describe(value), dtype_of(value), bool(value.locked), value.valid

    assert_same_in_a_file(scenario, tmp_path)


def test_the_dtype_functions_answer_the_same(tmp_path):
    makers = [
        ("string_dtype", a, k)
        for a, k in [
            ((), {}),
            (("ascii",), {}),
            (("UTF8", 4), {}),
            (("latin-1",), {}),
            (("ascii", 3.0), {}),
            ((), {"length": 0}),
        ]
    ] + [
        ("enum_dtype", ({"a": 1},), {}),
        ("enum_dtype", ({"a": 1}, "f4"), {}),
        ("opaque_dtype", ("O",), {}),
        ("opaque_dtype", ("i4,i4",), {}),
        ("opaque_dtype", (("f4", (3,)),), {}),
        ("opaque_dtype", ("S",), {}),
        ("opaque_dtype", ("M8[s]",), {}),
        ("special_dtype", (), {}),
        ("special_dtype", (), {"vlen": str, "enum": 1}),
        ("special_dtype", (), {"vlen": bytes}),
        ("special_dtype", (), {"enum": ("i4", {"a": 1})}),
        ("special_dtype", (), {"enum": 4}),
        ("special_dtype", (), {"ref": 5}),
        ("special_dtype", (), {"q": 5}),
        ("complex_compat_dtype", ("f4",), {}),
        ("complex_compat_dtype", (">c16", ("x", "y")), {}),
    ]
    checks = [n for n in dir(h5t) if n.startswith("check_")]

    def scenario(h, file):
        for name, args, kwds in makers:
            made = attempt(getattr(h.h5t, name), *args, **kwds)
            yield name, args, note(made) if isinstance(made, np.dtype) else made
        subjects = [dt for dt in dtypes(h) if isinstance(dt, np.dtype)]
        for dt in subjects + [np.dtype("i4"), np.dtype("T"), np.dtype("c8"), 5]:
            for name in checks:
                if name != "check_dtype":
                    yield (
                        name,
                        str(dt),
                        repr(attempt(getattr(h.h5t, name), dt)).replace("hyperslab.", "h5py."),
                    )
            for key in ("vlen", "enum", "ref", "q"):
                yield (
                    key,
                    repr(attempt(h.h5t.check_dtype, **{key: dt})).replace("hyperslab.", "h5py."),
                )

    assert_same_in_a_file(scenario, tmp_path)


def test_the_dtype_functions_are_this_module_s():
    for name in ("string_dtype", "vlen_dtype", "check_dtype", "string_info"):
        assert getattr(h5t, name).__module__ == "hyperslab.h5t"
    assert hyperslab.string_dtype is h5t.string_dtype
    assert pickle.loads(pickle.dumps(h5t.string_info("ascii", 3))) == ("ascii", 3)


def test_types_that_are_made_by_hand(tmp_path):
    def scenario(h, file):
        t = h.h5t
        record = t.create(t.COMPOUND, 16)
        yield attempt(record.insert, b"r", 0, t.IEEE_F64LE)
        yield attempt(record.insert, b"r", 8, t.IEEE_F64LE)
        yield attempt(record.insert, b"i", 8, t.IEEE_F64LE)
        yield dtype_of(record)
        for member in (0, 2, -1):
            yield [
                attempt(getattr(record, f), member)
                for f in ("get_member_name", "get_member_class", "get_member_type")
            ]
        yield attempt(record.get_member_index, b"i"), attempt(record.get_member_index, b"q")
        yield attempt(record.set_size, 8), attempt(record.detect_class, t.FLOAT)
        colours = t.enum_create(t.STD_U8BE)
        for name, value in ((b"red", 1), (b"red", 2), (b"most", 1000), (b"least", -3)):
            yield attempt(colours.enum_insert, name, value)
        yield [attempt(colours.enum_nameof, v) for v in (1, 255, 7)]
        yield [attempt(colours.enum_valueof, n) for n in (b"red", b"most", b"q")]
        yield [attempt(colours.get_member_value, i) for i in (0, 1, 9, -1)]
        yield describe(colours)
        small = t.IEEE_F32LE.copy()
        small.set_fields(15, 7, 8, 0, 7)
        small.set_size(2)
        yield describe(small), dtype_of(small)
        odd = t.STD_I32LE.copy()
        odd.set_precision(12)
        odd.set_offset(3)
        yield describe(odd), dtype_of(odd)
        opaque = t.create(t.OPAQUE, 8)
        for tag in (b"", b"NUMPY:<M8[s]", b"NUMPY:zzz"):
            opaque.set_tag(tag)
            yield opaque.get_tag(), dtype_of(opaque)
        for dims in ((2, 3), [2], (), (0,), (2, -1), (2, "a")):
            yield attempt(t.array_create, t.NATIVE_INT8, dims)
        for call in (
            lambda: t.create(t.INTEGER, 4),
            lambda: t.create(t.OPAQUE, -1),
            lambda: t.create(2**40, 1),
            lambda: t.create(5, "3"),
            lambda: t.enum_create(t.NATIVE_FLOAT),
            lambda: t.vlen_create(None),
            lambda: t.typewrap(-1),
            lambda: t.typewrap(file.id),
            lambda: t.NATIVE_INT8.set_size(3),
            lambda: t.NATIVE_INT8.get_super(),
            lambda: t.C_S1.copy().set_cset(9),
            lambda: t.C_S1.copy().set_strpad(9),
            lambda: t.NATIVE_INT8.copy().set_order(9),
            lambda: t.TypeID(-1).get_size(),
            lambda: t.TypeFloatID(-1).get_fields(),
            lambda: t.TypeID(0).get_class(),
        ):
            yield attempt(call)

    assert_same_in_a_file(scenario, tmp_path)


def test_committed_types(tmp_path):
    def scenario(h, file):
        t = h.h5t
        tid = t.NATIVE_INT32.copy()
        yield tid.committed(), attempt(hash, tid)
        yield attempt(tid.commit, file, b"number"), tid.committed(), attempt(tid.commit, file, b"n")
        again = t.open(file, b"number")
        yield again == tid, again.equal(t.NATIVE_INT32), hash(again) == hash(tid)
        yield attempt(again.set_size, 2), attempt(t.open, file, b"missing"), plain_hashable(again)
        yield attempt(t.NATIVE_INT32.commit, file, b"locked"), attempt(t.open, None, b"number")
        yield attempt(again.get_create_plist)

    def plain_hashable(tid):
        return isinstance(hash(tid), int)

    assert_same_in_a_file(scenario, tmp_path)


def test_equality_hash_copy_and_pickle():
    tid = h5t.NATIVE_INT32.copy()
    assert tid == h5t.NATIVE_INT32 and tid != h5t.NATIVE_INT64 and tid != 3
    assert hash(h5t.NATIVE_INT32) == hash(h5t.NATIVE_INT32.encode())
    with pytest.raises(TypeError, match="Only locked or committed types can be hashed"):
        hash(tid)
    tid.lock()
    assert hash(tid) == hash(h5t.NATIVE_INT32)
    for original in (tid, h5t.py_create([("a", "i4"), ("b", "S3")]), h5t.C_S1):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            back = pickle.loads(pickle.dumps(original, protocol))
            assert type(back) is type(original) and back == original
        assert copy.copy(original) == original
        assert h5t.decode(original.encode()) == original


def test_named_types_are_one_object():
    assert h5t.py_create("O") is h5t.PYTHON_OBJECT
    assert h5t.py_create("T") is h5t.NUMPY_VLEN_STRING
    assert h5t.py_create(hyperslab.ref_dtype, logical=True) is h5t.STD_REF_OBJ


def test_decoding_anything_but_a_type_raises():
    fields = [("a rather long name", "i4"), ("b", "S3"), ("c", ("f8", (3,)))]
    encoded = h5t.py_create(fields).encode()
    dice = random.Random(3)
    for length in range(len(encoded)):
        try:
            h5t.decode(encoded[:length])
        except Exception:
            pass
    for _ in range(2000):
        damaged = bytearray(encoded[: dice.randrange(3, len(encoded))])
        damaged[dice.randrange(2, len(damaged))] = dice.randrange(256)
        try:
            h5t.decode(bytes(damaged))
        except Exception:
            pass
    for bad in (b"", b"x", b"xxxx", encoded[:3]):
        with pytest.raises((RuntimeError, ValueError)):
            h5t.decode(bad)


def test_convert_checks_its_buffers():
    i4, i8 = h5t.NATIVE_INT32, h5t.NATIVE_INT64
    buffer = np.array([1, -2, 3, 0, 0, 0], "i4")
    h5t.convert(i4, i8, 3, buffer)
    assert list(buffer.view("i8")) == [1, -2, 3]
    h5t.convert(i8, i4, 3, buffer)
    assert list(buffer[:3]) == [1, -2, 3]
    with pytest.raises(ValueError, match="needs 32"):
        h5t.convert(i4, i8, 4, buffer)
    with pytest.raises(ValueError):
        h5t.convert(i4, i8, 2**63, buffer)
    with pytest.raises(TypeError):
        h5t.convert(i4, i8, 1, [1, 2])
    with pytest.raises(TypeError, match="C-contiguous"):
        h5t.convert(i4, i8, 1, buffer[::2])
    buffer.flags.writeable = False
    with pytest.raises(TypeError, match="writable"):
        h5t.convert(i4, i8, 1, buffer)
    with pytest.raises(TypeError):
        h5t.convert(i4, h5t.C_S1, 1, np.zeros(8, "u1"))


def test_convert_keeps_members_that_the_source_lacks():
    pair = h5t.py_create([("a", "i4"), ("b", "i4")])
    one = h5t.create(h5t.COMPOUND, 8)
    one.insert(b"a", 0, h5t.NATIVE_INT32)
    buffer = np.array([(7, 0)], [("a", "i4"), ("b", "i4")])
    background = np.array([(1, 2)], [("a", "i4"), ("b", "i4")])
    h5t.convert(one, pair, 1, buffer, background)
    assert tuple(buffer[0]) == (7, 2)


def test_find_says_whether_there_is_a_way(tmp_path):
    def scenario(h, file):
        t = h.h5t
        record = t.create(t.COMPOUND, 4)
        record.insert(b"a", 0, t.NATIVE_INT32)
        pair = t.py_create([("a", "i4"), ("b", "i4")])
        for a, b in ((t.NATIVE_INT32, t.NATIVE_FLOAT), (t.NATIVE_INT32, t.C_S1), (record, pair)):
            yield t.find(a, b)

    assert_same_in_a_file(scenario, tmp_path)


def test_what_stock_h5py_writes_has_the_same_types(tmp_path):
    path = tmp_path / "types.h5"
    with h5py.File(path, "w") as file:
        for i, dt in enumerate(dtypes(h5py)):
            try:
                file.create_dataset(str(i), (2,), dt)
            except (TypeError, ValueError):
                pass
        expected = {
            name: (dtype_of(d.id.get_type()), describe(d.id.get_type())) for name, d in file.items()
        }
    file = hyperslab.h5f.open(str(path).encode(), hyperslab.h5f.ACC_RDONLY)
    for name, (dt, said) in expected.items():
        tid = hyperslab.h5d.open(file, name.encode()).get_type()
        assert (dtype_of(tid), describe(tid)) == (dt, said)
