"""Attributes: setting, reading, changing, listing; every kind of value."""

import h5py
import hyperslab
import numpy as np
import pytest

VALUES = {
    "int": 5,
    "negative": -(2**40),
    "float": 2.5,
    "bool": True,
    "complex": 1 + 2j,
    "str": "text ä",
    "empty str": "",
    "bytes": b"bytes",
    "list": [1, 2, 3],
    "nested list": [[1.5, 2], [3, 4]],
    "list of str": ["a", "bc", "ü"],
    "list of bytes": [b"a", b"bc"],
    "tuple": (1, 2),
    "array": np.arange(6, dtype=">i2").reshape(2, 3),
    "array of no elements": np.zeros((0, 3)),
    "scalar array": np.array(7, "u1"),
    "numpy scalar": np.float32(1.5),
    "numpy bytes": np.bytes_(b"nb"),
    "fixed strings": np.array([b"a", b"bcd"]),
    "void": np.void(b"abc"),
    "record": np.array((1, 2.5), dtype=[("a", "i4"), ("b", "f8")]),
    "records": np.zeros(3, dtype=[("a", "i4"), ("s", "S3"), ("m", "f4", (2,))]),
    "long double": np.longdouble("1.25"),
    "half": np.float16(0.5),
    "range": range(4),
    "empty list": [],
}

UNWRITABLE = [
    None,
    object(),
    {"a": 1},
    [1, "a"],
    np.array(["a"]),
    np.str_("a"),
    np.datetime64("2020"),
    [None],
    {1},
]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_comes_back(same, value):
    def scenario(h5, f):
        f.attrs["x"] = value
        return f.attrs["x"], f.attrs.get_id("x").dtype, f.attrs.get_id("x").shape

    same(scenario)


@pytest.mark.parametrize("value", UNWRITABLE, ids=str)
def test_an_unwritable_value_fails_alike_and_leaves_the_old_one(same, value):
    def scenario(h5, f):
        f.attrs["x"] = 1
        f.attrs["x"] = value

    same.fails_alike(scenario)
    with hyperslab.File.in_memory() as f:
        f.attrs["x"] = 1
        with pytest.raises((TypeError, ValueError)):
            f.attrs["x"] = value
        assert f.attrs["x"] == 1
        assert list(f.attrs) == ["x"]


def test_stringdtype_is_text():
    """Stock h5py refuses it for attributes."""
    with hyperslab.File.in_memory() as f:
        f.attrs["x"] = np.array(["x", "yy"], dtype=np.dtypes.StringDType())
        f.flush()
        image = f.id.get_file_image()
    for package in (hyperslab, h5py):
        with package.File.in_memory(image) as f:
            assert f.attrs["x"].tolist() == ["x", "yy"]


def test_attributes_are_on_groups_datasets_and_types(same):
    def scenario(h5, f):
        f.create_group("g").attrs["a"] = 1
        f.create_dataset("d", data=[1]).attrs["a"] = 2
        f["t"] = np.dtype("i4")
        f["t"].attrs["a"] = 3
        f.attrs["a"] = 4
        return [obj.attrs["a"] for obj in (f["g"], f["d"], f["t"], f)]

    assert same(scenario) == [1, 2, 3, 4]


def test_special_dtypes(same):
    def scenario(h5, f):
        f["target"] = np.arange(4)
        enum = h5.enum_dtype({"RED": 0, "BLUE": 1})
        f.attrs.create("enum", [0, 1, 0], dtype=enum)
        f.attrs.create("ascii", "abc", dtype=h5.string_dtype("ascii"))
        f.attrs.create("fixed", ["ab", "cdef"], dtype=h5.string_dtype("utf-8", 5))
        f.attrs.create(
            "vlen", np.array([np.arange(2), np.arange(3)], object), dtype=h5.vlen_dtype("i2")
        )
        f.attrs["ref"] = f["target"].ref
        f.attrs["region"] = f["target"].regionref[1:3]
        f.attrs.create("refs", [f["target"].ref, f.ref], dtype=h5.ref_dtype)
        f.attrs["empty"] = h5.Empty("f4")
        f.attrs.create("opaque", np.array("2020-01-02", "M8[D]"), dtype=h5.opaque_dtype("M8[D]"))
        f.attrs["bools"] = [True, False]
        kinds = [f.attrs.get_id(name).dtype for name in f.attrs]
        values = [f.attrs[name] for name in ("enum", "ascii", "fixed", "empty", "opaque", "bools")]
        return kinds, values, f[f.attrs["ref"]].name, f[f.attrs["refs"][1]].name

    same(scenario)


def test_a_vlen_attribute_holds_arrays(same):
    def scenario(h5, f):
        f.attrs.create(
            "x", np.array([np.arange(2), np.arange(3)], object), dtype=h5.vlen_dtype("i2")
        )
        return [list(row) for row in f.attrs["x"]]

    assert same(scenario) == [[0, 1], [0, 1, 2]]


@pytest.mark.parametrize(
    "data, shape, dtype",
    [
        ([1, 2, 3, 4], (2, 2), None), ([1, 2, 3, 4], (4,), "f4"), (5, (1,), "i2"), (5, None, "c8"),
        ([1.5, 2.7], None, "i4"), ("x", None, "S5"), ([[1, 2]], (2,), None), (1, (), None),
        (np.arange(4), 4, None),
    ],
    ids=str,
)  # fmt: skip
def test_create_takes_shape_and_dtype(same, data, shape, dtype):
    def scenario(h5, f):
        f.attrs.create("x", data, shape, dtype)
        return f.attrs["x"], f.attrs.get_id("x").shape, f.attrs.get_id("x").dtype

    same(scenario)


@pytest.mark.parametrize(
    "arguments",
    [
        ([1, 2, 3], (2,)), ("text", None, "i4"), ([1, 2], (2,), "no such"),
        ([1, 2], None, np.dtype(("i4", (3,)))), (object(), None, "i4"),
    ],
    ids=str,
)  # fmt: skip
def test_create_with_what_does_not_fit_fails_alike(same, arguments):
    same.fails_alike(lambda h5, f: f.attrs.create("x", *arguments))


def test_create_with_a_committed_type(same):
    def scenario(h5, f):
        f["t"] = np.dtype("f4")
        f.attrs.create("x", [1, 2], dtype=f["t"])
        return f.attrs["x"], f.attrs.get_id("x").get_type().committed()

    assert same(scenario)[1]


def test_setting_again_changes_type_and_shape(same):
    def scenario(h5, f):
        f.attrs["x"] = 1
        f.attrs["x"] = ["now", "text"]
        return f.attrs["x"], len(f.attrs)

    assert same(scenario)[1] == 1


def test_modify_keeps_type_and_shape(same):
    def scenario(h5, f):
        f.attrs.create("x", [1, 2], dtype="i2")
        f.attrs.modify("x", [3.7, 4])
        f.attrs.modify("new", 2.5)
        f.attrs.create("one", [1], dtype="i4")
        f.attrs.modify("one", 9)
        return f.attrs["x"], f.attrs["new"], f.attrs["one"]

    assert same(scenario)[0].tolist() == [3, 4]


@pytest.mark.parametrize("value", [[1, 2, 3], "text", [[1, 2]], object()], ids=str)
def test_modify_with_what_does_not_fit_fails_alike(same, value):
    def scenario(h5, f):
        f.attrs.create("x", [1, 2], dtype="i2")
        f.attrs.modify("x", value)

    same.fails_alike(scenario)


def test_the_mapping_interface(same):
    def scenario(h5, f):
        f.attrs.update(b=1, a="x", c=[1, 2])
        del f.attrs["b"]
        attrs = f.attrs
        return (
            list(attrs), list(attrs.keys()), list(attrs.values()), list(attrs.items()), len(attrs),
            "a" in attrs, "b" in attrs, b"a" in attrs, attrs.get("b", 5), attrs.pop("c"),
            dict(attrs), attrs.setdefault("d", 7), attrs == f["/"].attrs,
        )  # fmt: skip

    assert same(scenario)[0] == ["a", "c"]


@pytest.mark.parametrize("name", ["ä", b"bytes", "with/slash", "a b", "x" * 300, ".", " "])
def test_names(same, name):
    def scenario(h5, f):
        f.attrs[name] = 1
        return list(f.attrs), f.attrs[name], name in f.attrs

    same(scenario)


@pytest.mark.parametrize("name", [5, None, ("a",), 1.5])
def test_names_that_are_no_text_fail_alike(same, name):
    same.fails_alike(lambda h5, f: f.attrs[name])
    same.fails_alike(lambda h5, f: f.attrs.create(name, 1))
    same.fails_alike(lambda h5, f: name in f.attrs)


def test_what_is_not_there_is_a_keyerror(same):
    same.raises(KeyError, lambda h5, f: f.attrs["none"])
    same.raises(KeyError, lambda h5, f: f.attrs.__delitem__("none"))
    same.raises(KeyError, lambda h5, f: f.attrs.get_id("none"))


def test_creation_order_is_kept_when_asked_for(same):
    def scenario(h5, f):
        g = f.create_group("g", track_order=True)
        d = f.create_dataset("d", data=1, track_order=True)
        for obj in (g, d):
            for name in "zyxab":
                obj.attrs[name] = 1
            obj.attrs["y"] = 2
        return list(g.attrs), list(d.attrs)

    assert same(scenario)[0] == list("zxaby")


@pytest.mark.parametrize("track_order", [False, True])
def test_many_attributes_move_to_dense_storage(same, track_order):
    def scenario(h5, f):
        g = f.create_group("g", track_order=track_order)
        for i in range(60):
            g.attrs[f"name {i}"] = np.arange(i)
        for i in range(0, 60, 7):
            del g.attrs[f"name {i}"]
        return len(g.attrs), list(g.attrs)

    assert same(scenario)[0] == 51


@pytest.mark.parametrize("libver", ["earliest", "v110"])
def test_large_attributes(same, libver):
    """64 KiB is the limit of the older format, but not of dense storage."""
    value = np.arange(20000.0)

    def scenario(h5, f):
        g = f.create_group("g", track_order=True)
        g.attrs["large"] = value
        return g.attrs["large"]

    same(scenario, libver=(libver, "v114"))
    if libver == "earliest":
        same.fails_alike(lambda h5, f: f.attrs.create("large", value))


def test_an_attribute_of_a_read_only_file_cannot_be_set(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w") as f:
        f.attrs["x"] = 1
    with h5.File(tmp_path / "f.h5") as f:
        for change in (
            lambda: f.attrs.__setitem__("x", 2),
            lambda: f.attrs.__delitem__("x"),
            lambda: f.attrs.modify("x", 3),
        ):
            with pytest.raises((OSError, KeyError, RuntimeError)):
                change()
    with h5.File(tmp_path / "f.h5") as f:
        assert f.attrs["x"] == 1


def test_in_a_read_only_file_that_is_what_is_wrong_and_not_the_value(h5, tmp_path):
    h5.File(tmp_path / "f.h5", "w").close()
    with h5.File(tmp_path / "f.h5") as f:
        for value in (b"a\0b", "a\0b", ["a\0b"]):
            with pytest.raises(OSError, match="no write intent"):
                f.attrs["x"] = value
    with h5.File(tmp_path / "f.h5", "r+") as f:
        with pytest.raises(ValueError, match="embedded NULLs"):
            f.attrs["x"] = b"a\0b"


def test_repr(h5):
    with h5.File.in_memory() as f:
        attrs = f.attrs
        assert repr(attrs).startswith("<Attributes of HDF5 object at")
    assert repr(attrs) == "<Attributes of closed HDF5 object>"


def test_strings_of_older_files_come_as_text(tmp_path):
    """Fixed-length strings are bytes, variable ones are text, whatever their character set."""
    with h5py.File(tmp_path / "f.h5", "w") as f:
        f.attrs.create("ascii", "abc", dtype=h5py.string_dtype("ascii"))
        f.attrs.create("fixed", "abc", dtype=h5py.string_dtype("ascii", 5))
        f.attrs.create("no text", b"\xff", dtype=h5py.string_dtype("ascii"))
    for package in (hyperslab, h5py):
        with package.File(tmp_path / "f.h5") as f:
            assert f.attrs["ascii"] == "abc" and isinstance(f.attrs["ascii"], str)
            assert f.attrs["fixed"] == b"abc" and isinstance(f.attrs["fixed"], bytes)
            assert f.attrs["no text"] == "\udcff"
