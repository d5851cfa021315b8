"""Group.create_many and attrs.update: what many calls would make, in one step, or nothing."""

import errno
import io

import h5py
import hyperslab
import numpy as np
import pytest
import tree

TEXT = h5py.string_dtype()
TABLE = np.array([(1, "one"), (2, "two")], np.dtype([("n", "i4"), ("s", TEXT)]))

MEMBERS = {
    "numbers": np.arange(6.0).reshape(2, 3),
    "list": [1, 2, 3],
    "text": "words",
    "texts": ["a", "bc"],
    "scalar": 7,
    "strided": np.arange(20, dtype="i2")[::3],
    "empty": h5py.Empty("f4"),
    "none": np.zeros((0, 3)),
    "table": TABLE,
    "half": np.array([1.5, 2.5], "f2"),
    "big-endian": np.arange(3, dtype=">i4"),
    b"bytes \xc3\xa9": True,
    "é": 1j,
    "deep/er/x": {"data": [1.5], "dtype": "f4"},
    "shape": {"shape": (3, 4), "dtype": "i1", "fillvalue": 9},
    "chunks": {"data": np.arange(1000), "chunks": (64,), "compression": "gzip", "shuffle": True},
    "grows": {"shape": (0, 2), "dtype": TEXT, "maxshape": (None, 2)},
}


def as_package(package, value):
    return package.Empty(value.dtype) if isinstance(value, h5py.Empty) else value


def create_one_by_one(file, members, **keywords):
    for name, value in members.items():
        arguments = value if isinstance(value, dict) else {"data": as_package(h5py, value)}
        file.create_dataset(name, **{**keywords, **arguments})


@pytest.mark.parametrize("keywords", [{}, {"track_order": True}])
@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_datasets_are_what_h5py_creates_one_by_one(tmp_path, libver, keywords):
    with hyperslab.File(tmp_path / "ours.h5", "w", libver=libver) as file:
        ours = {name: as_package(hyperslab, value) for name, value in MEMBERS.items()}
        assert file.create_many(ours, **keywords) is None
    with h5py.File(tmp_path / "stock.h5", "w", libver=libver) as file:
        create_one_by_one(file, MEMBERS, **keywords)
    assert tree.of(h5py, tmp_path / "ours.h5") == tree.of(h5py, tmp_path / "stock.h5")


class Told(dict):
    """A mapping that hands out one dict again and again, with other contents each time."""

    def items(self):
        arguments = {}
        for name, value in super().items():
            arguments.clear()
            arguments.update(value)
            yield name, arguments


FILLED = np.array(3, "i4")
# Each member is nearly like the one before it.
NEARLY_ALIKE = [
    {"shape": (2,), "dtype": "i4"},
    {"shape": (2,), "dtype": "i4"},
    {"shape": (3,), "dtype": "i4"},
    {"shape": (3,), "dtype": "i2"},
    {"shape": 3, "dtype": "i2"},
    {"shape": [3], "dtype": "i2"},
    {"shape": [3, 1], "dtype": "i2"},
    {"shape": (3, 1), "dtype": TEXT},
    {"shape": (3, 1), "dtype": h5py.string_dtype("ascii")},
    {"shape": (3, 1), "dtype": h5py.vlen_dtype("i4")},
    {"shape": (3, 1), "dtype": np.dtype("i4")},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": FILLED},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": FILLED},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": 4},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": 4, "chunks": (2, 1)},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": 4, "chunks": True},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": 4, "compression": "gzip"},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": 4, "compression": "gzip", "shuffle": True},
    {"shape": (3, 1), "dtype": np.int32, "fillvalue": 4, "compression": "gzip", "shuffle": True},
    {"shape": (3, 1), "maxshape": (None, 1), "dtype": np.int32},
    {"shape": (3, 1), "maxshape": (None, None), "dtype": np.int32},
    {"data": [1, 2]},
    {"data": [1, 2]},
    {"data": [1, 2], "dtype": "f4"},
    {"data": [3, 2], "dtype": "f4"},
]


@pytest.mark.parametrize("mapping", [dict, Told])
def test_members_that_are_nearly_alike(tmp_path, mapping):
    members = {f"{number:02}": member for number, member in enumerate(NEARLY_ALIKE)}
    with hyperslab.File(tmp_path / "ours.h5", "w") as file:
        file.create_many(mapping(members))
    with h5py.File(tmp_path / "stock.h5", "w") as file:
        create_one_by_one(file, members)
    assert tree.of(h5py, tmp_path / "ours.h5") == tree.of(h5py, tmp_path / "stock.h5")


def test_keywords_apply_where_a_dataset_does_not_say_otherwise(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        members = {"x": np.arange(100), "y": {"data": np.arange(50), "compression": "lzf"}}
        file.create_many(members, compression="gzip", chunks=(10,))
        assert members["y"].keys() == {"data", "compression"}
        assert (file["x"].compression, file["y"].compression) == ("gzip", "lzf")
        assert file["x"].chunks == file["y"].chunks == (10,)
        assert (file["y"][...] == np.arange(50)).all()
        file.create_many({})
        file.create_group("g").create_many({"z": 1})
        assert file["g/z"][()] == 1


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"new": 1, "taken": 2}, ValueError),
        ({"new": 1, "deep/taken/x": 2}, (TypeError, ValueError)),
        ({"new": 1, "bad": object()}, TypeError),
        ({"new": 1, "bad": {"data": 1, "chunks": (1,)}}, TypeError),
        ({"new": 1, "bad": {"shape": (3,), "dtype": "i4", "what": 1}}, TypeError),
        ({"new": 1, None: 2}, TypeError),
        ({"new": 1, 5: 2}, (TypeError, AttributeError)),
        ({"new": 1, "bad": ["a\0b"]}, ValueError),
        ([("new", 1)], AttributeError),
    ],
)
def test_all_datasets_are_created_or_none(tmp_path, members, error):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        file["taken"] = 0
        file["deep/taken"] = 0
        with pytest.raises(error):
            file.create_many(members)
        assert sorted(file) == ["deep", "taken"]
        assert file["taken"][()] == 0


class Full(io.BytesIO):
    full = False

    def write(self, data):
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def test_when_the_disk_is_full_there_are_none(tmp_path):
    device = Full()
    noise = np.random.default_rng(0).random(30_000_000)
    with hyperslab.File(device, "w") as file:
        file["old"] = 1
        file.flush()
        device.full = True
        with pytest.raises(OSError, match="No space"):
            file.create_many({"a": [1, 2], "b": noise, "c": noise})
        assert list(file) == ["old"]
        device.full = False
    with h5py.File(device) as file:
        assert list(file) == ["old"]


# --- attributes ---


VALUES = {
    "number": 3,
    "vector": [1.5, 2],
    "text": "words",
    "texts": ["a", "bc"],
    "bytes": b"raw",
    "table": TABLE,
    "array type": np.zeros(2, "(3,)i4"),
    "flag": np.bool_(True),
    "old": "another type now",
    "older": [9, 9],
}


@pytest.mark.parametrize("track_order", [False, True])
@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_attributes_are_what_h5py_makes_one_by_one(same, libver, track_order):
    def scenario(package, file):
        group = file.create_group("g", track_order=track_order)
        group.attrs["old"] = 1
        group.attrs["older"] = 2
        group.attrs["kept"] = 3
        group.attrs.update(VALUES, keyword=np.float32(0.5))
        group.attrs.update([("pair", 1), ("pair", 2)])
        group.attrs.update(file.attrs, empty=package.Empty("i4"))
        group.attrs.update()
        return list(group.attrs), group.attrs["keyword"], group.attrs["pair"]

    same(scenario, libver=libver)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"new": 1, "old": 2, "bad": object()}, TypeError),
        ({"new": 1, "old": 2, "bad": ["a\0b"]}, ValueError),
        ({"new": 1, "old": 2, 5: 3}, (TypeError, AttributeError)),
        ({"new": 1, "old": 2, "large": np.zeros(70_000, "u1")}, Exception),
        (5, TypeError),
    ],
)
def test_all_attributes_are_set_or_none(tmp_path, values, error):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        file.attrs["old"] = 1
        with pytest.raises(error):
            file.attrs.update(values)
        assert dict(file.attrs) == {"old": 1}


def test_names_that_look_like_those_of_the_moment(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        file.attrs["a"] = 0
        file.attrs.update({"a": 1, "a (new 0)": 2, b"b": 3, "b": 4})
        assert dict(file.attrs) == {"a": 1, "a (new 0)": 2, "b": 4}


def test_in_a_file_that_is_only_read(same):
    def scenario(package, file):
        file.attrs["a"] = 1
        file.flush()
        with package.File(file.filename, "r", locking=False) as again:
            again.attrs.update(a=2)

    same.fails_alike(scenario)


def test_a_subclass_that_sets_its_own_way_is_asked(h5, tmp_path):
    class Manager(h5.AttributeManager):
        def __setitem__(self, name, value):
            super().__setitem__(name.upper(), value)

    with h5.File(tmp_path / "a.h5", "w") as file:
        Manager(file).update({"a": 1}, b=2)
        assert dict(file.attrs) == {"A": 1, "B": 2}
