"""`hyperslab dump`, on files that stock h5py made, compared with what h5py reads."""

import json

import h5py
import numpy as np
import pytest
from run_cli import complaint, from_json, output


@pytest.fixture
def file(tmp_path):
    with h5py.File(tmp_path / "file.h5", "w", locking=False) as file:
        yield file


def flushed(file):
    file.flush()
    return file.filename


def dumped(file, place):
    """The data of a dump, as programs get them."""
    return from_json("dump", flushed(file), place)["data"]


def shown(file, *arguments):
    """The lines of a dump, as people get them."""
    return output("dump", flushed(file), *arguments).splitlines()


SLICES = {
    "": np.s_[...],
    "[...]": np.s_[...],
    "[2]": np.s_[2],
    "[-1, 3]": np.s_[-1, 3],
    "[0:10, 3, ::2]": np.s_[0:10, 3, ::2],
    "[1:3, ..., -2:]": np.s_[1:3, ..., -2:],
    "[[0, 2], 1:]": np.s_[[0, 2], 1:],
    "[..., [1, 3]]": np.s_[..., [1, 3]],
    "[3:1]": np.s_[3:1],
    "[ 1 , : , 2 ]": np.s_[1, :, 2],
}


@pytest.mark.parametrize("text", SLICES)
def test_slices_are_those_of_python(file, text):
    data = file.create_dataset("x", data=np.arange(4 * 5 * 6).reshape(4, 5, 6), chunks=(2, 2, 6))
    expected = data[SLICES[text]]
    found = from_json("dump", flushed(file), "x" + text)
    assert found["data"] == expected.tolist()
    assert found["shape"] == list(np.shape(expected))


def test_fields_are_those_of_python(file):
    rows = np.zeros(5, [("FLUX", "f4"), ("IVAR", "f8"), ("MASK", "i4")])
    rows["FLUX"] = np.arange(5) / 2
    file["x"] = rows
    assert dumped(file, "x['FLUX']") == rows["FLUX"].tolist()
    assert dumped(file, "x[1:3, 'FLUX']") == rows["FLUX"][1:3].tolist()
    both = [{"FLUX": row["FLUX"], "MASK": row["MASK"]} for row in rows[:2]]
    assert dumped(file, "x['FLUX','MASK'][0:2]") == both
    assert dumped(file, 'x[0, "FLUX", "MASK"]') == both[0]
    assert shown(file, "x['FLUX','MASK'][0:2]") == ["FLUX  MASK", " 0.0     0", " 0.5     0"]


def test_every_kind_of_number(file):
    for kind in ("i1", "<u2", ">i4", "<i8", "u8", "f2", "<f4", ">f8"):
        info = np.finfo(kind) if kind[-2] == "f" else np.iinfo(kind)
        file[kind] = np.array([info.min, 0, 1, info.max], kind)
        # As few digits as tell a value of its kind from the next.
        assert np.array(dumped(file, kind), kind).tolist() == file[kind][...].tolist()
    file["special"] = [np.nan, np.inf, -np.inf, 0.1]
    assert dumped(file, "special") == ["NaN", "Infinity", "-Infinity", 0.1]
    assert shown(file, "special") == ["[nan, inf, -inf, 0.1]"]
    file["f4"] = np.float32(0.1)
    assert shown(file, "f4") == ["0.1"]
    file["complex"] = [1 + 2j, -0.5 - 1j]
    assert dumped(file, "complex") == [[1, 2], [-0.5, -1]]
    assert shown(file, "complex") == ["[1.0+2.0j, -0.5-1.0j]"]
    file["bool"] = [True, False]
    assert dumped(file, "bool") == [True, False]


def test_every_kind_of_text(file):
    file["variable"] = ["a", "größe", ""]
    file["ascii"] = np.array([b"ab", b"c"], "S4")
    file["scalar"] = 'say "hi"\n'
    assert dumped(file, "variable") == ["a", "größe", ""]
    assert dumped(file, "ascii") == ["ab", "c"]
    assert dumped(file, "scalar") == 'say "hi"\n'
    assert shown(file, "scalar") == [r'"say \"hi\"\n"']
    file["bytes"] = np.array([b"\xff\xfe"], "S2")
    assert dumped(file, "bytes") == ["��"]
    assert shown(file, "bytes") == [r'["\xff\xfe"]']


def test_every_other_kind(file):
    colours = h5py.enum_dtype({"RED": 0, "GREEN": 1}, "u1")
    file.create_dataset("enum", data=[1, 0, 9], dtype=colours)
    assert dumped(file, "enum") == ["GREEN", "RED", 9]
    ragged = file.create_dataset("ragged", (3,), h5py.vlen_dtype("i4"))
    ragged[0], ragged[2] = [1, 2], [3]
    assert dumped(file, "ragged") == [[1, 2], [], [3]]
    file["array"] = np.zeros(1, [("m", "i2", (2, 3))])
    assert dumped(file, "array") == [{"m": [[0, 0, 0], [0, 0, 0]]}]
    file["opaque"] = np.array([b"\x01\x02"], "V2")
    assert dumped(file, "opaque") == ["0x0102"]
    file["null"] = h5py.Empty("f4")
    assert from_json("dump", flushed(file), "null") == {
        "name": "/null", "type": "float32", "shape": None, "data": None
    }  # fmt: skip
    assert shown(file, "null") == ["null"]


def test_references_are_paths(file):
    group = file.create_group("a/b")
    data = group.create_dataset("x", data=[1, 2, 3])
    objects = file.create_dataset("objects", (3,), h5py.ref_dtype)
    objects[0], objects[1] = group.ref, data.ref
    regions = file.create_dataset("regions", (1,), h5py.regionref_dtype)
    regions[0] = data.regionref[0:2]
    assert dumped(file, "objects") == ["/a/b", "/a/b/x", None]
    assert shown(file, "objects") == ["[-> /a/b, -> /a/b/x, null]"]
    assert dumped(file, "regions") == ["/a/b/x"]


def test_text_looks_like_numpys(file):
    file["x"] = np.arange(12).reshape(2, 2, 3) * 50
    assert shown(file, "x") == [
        "[[[  0,  50, 100],",
        "  [150, 200, 250]],",
        " [[300, 350, 400],",
        "  [450, 500, 550]]]",
    ]
    file["scalar"] = 2.5
    assert shown(file, "scalar") == ["2.5"]
    file["empty"] = np.zeros((0, 3))
    assert shown(file, "empty") == ["[]"]
    file["row"] = np.arange(100)
    assert max(map(len, shown(file, "row"))) <= 80


def test_large_arrays_are_shortened(file):
    file["x"] = np.arange(1_000_000)
    assert shown(file, "x") == ["[0, 1, 2, ..., 999997, 999998, 999999]"]
    assert len(dumped(file, "x")) == 1_000_000
    full = " ".join(shown(file, "x", "--full"))
    assert json.loads(full) == list(range(1_000_000))
    file["table"] = np.zeros(5000, [("a", "i4"), ("b", "f4")])
    assert shown(file, "table")[4] == "..." and len(shown(file, "table")) == 8
    assert len(shown(file, "table", "--full")) == 5001
    file["cube"] = np.zeros((100, 100, 100), "i1")
    assert sum(line.count("0") for line in shown(file, "cube")) == 6**3


def test_logically_enormous_datasets_are_shown_at_once(file):
    file.create_dataset("x", (30_000, 8_000_000), "f4", chunks=(60, 15625), fillvalue=7)
    lines = shown(file, "x")
    assert len(lines) == 7 and lines[0] == "[[7.0, 7.0, 7.0, ..., 7.0, 7.0, 7.0],"
    assert dumped(file, "x[29999, 7999990:7999993]") == [7, 7, 7]


def test_names_may_hold_brackets(file):
    file["x[0]"] = [1, 2]
    file["x"] = [3, 4]
    assert dumped(file, "x[0]") == [1, 2]
    assert dumped(file, "x[1]") == 4


@pytest.mark.parametrize(
    "place, words",
    [
        ("g", "is a group"),
        ("missing", "missing"),
        ("x[4]", "out of range"),
        ("x[1, 2]", "2 indexing arguments"),
        ("x[a]", "Cannot understand"),
        ("x[1:2:0]", "step"),
        ("x[::-1]", "Step"),
        ("x[99999999999999999999]", "Cannot understand"),
        ("x['FLUX']", "no field 'FLUX'"),
        ("x['FLUX]", "Cannot understand"),
        ("x[]", "Cannot understand"),
        ("x[0]]", "Cannot understand"),
    ],
)
def test_what_fails_is_one_line_that_says_what_was_asked(file, place, words):
    file.create_group("g")
    file["x"] = [1, 2, 3]
    assert words in complaint("dump", flushed(file), place)
