"""Attributes made of Python's own numbers and texts, which are stored without an array."""

import enum

import h5py
import hyperslab
import numpy as np
import pytest
from run_python import run as run_python


class Colour(enum.IntEnum):
    RED = 2


class Text(str):
    pass


VALUES = [
    0, 5, -1, 2**62, -(2**63), 2**63 - 1, 2**63, 2**64 - 1, True, False, 1.5, -0.0, float("inf"),
    float("nan"), "", "text", "Grüße", "日本", "\U0001f600", Colour.RED, np.float64(2.5),
    np.int64(3), np.bool_(True), b"bytes", 1j, (0.0, 1.0), [True, False],
]  # fmt: skip


def described(path):
    with h5py.File(path) as file:
        found = {}
        for name, value in file.attrs.items():
            attribute = file.attrs.get_id(name)
            stored = attribute.get_type()
            found[name] = (
                repr(value), type(value), attribute.shape, attribute.dtype, stored.get_class(),
                stored.get_size(), bytes(stored.encode()),
            )  # fmt: skip
        return found


def made(module, path, values):
    with module.File(path, "w") as file:
        for i, value in enumerate(values):
            file.attrs[f"a{i}"] = value
    return described(path)


def test_same_as_h5py(tmp_path):
    ours = made(hyperslab, tmp_path / "ours.h5", VALUES)
    assert ours == made(h5py, tmp_path / "theirs.h5", VALUES)


def test_together(tmp_path):
    path = tmp_path / "a.h5"
    with hyperslab.File(path, "w") as file:
        file.attrs.update({f"a{i}": value for i, value in enumerate(VALUES)})
    assert described(path) == made(h5py, tmp_path / "theirs.h5", VALUES)


OTHERS = ["a\0b", "\0", "lone \udc80", "\ud800", 2**64, -(2**63) - 1, Text("a"), np.str_("a")]


@pytest.mark.parametrize("value", OTHERS)
def test_what_cannot_be_stored_fails_as_in_h5py(tmp_path, value):
    ends = []
    for module in (hyperslab, h5py):
        with module.File(tmp_path / f"{module.__name__}.h5", "w") as file:
            try:
                file.attrs["a"] = value
                ends.append(file.attrs["a"])
            except Exception as error:
                ends.append(type(error))
            assert list(file.attrs) == ([] if isinstance(ends[-1], type) else ["a"])
    assert ends[0] == ends[1]


def test_names_of_booleans_are_those_of_the_configuration(tmp_path):
    path = tmp_path / "a.h5"
    run_python(
        """
        import sys
        import hyperslab
        config = hyperslab.get_config()
        with hyperslab.File(sys.argv[1], "w") as file:
            file.attrs["first"] = True
            config.bool_names = ("no", "yes")
            file.attrs["second"] = True
            file["array"] = [True]
            config.bool_names = ("FALSE", "TRUE")
            file.attrs["third"] = True
        """,
        path,
    )
    with h5py.File(path) as file:
        names = [
            file.attrs.get_id(name).get_type().get_member_name(1)
            for name in ("first", "second", "third")
        ]
        assert names == [b"TRUE", b"yes", b"TRUE"]
        assert file["array"].id.get_type().get_member_name(1) == b"yes"


def test_replacing_one(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        for value in (1, "text", 2.5, True, "longer text"):
            file.attrs["a"] = value
            assert file.attrs["a"] == value
        assert list(file.attrs) == ["a"]
