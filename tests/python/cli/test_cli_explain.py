"""`hyperslab explain`: the same as dataset.explain(), for people and for programs."""

import h5py
import hyperslab
import numpy as np
import pytest
from run_cli import complaint, from_json, output


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file.h5"
    with h5py.File(path, "w", locking=False) as file:
        data = np.zeros((512, 1024), "f4")
        file.create_dataset("x", data=data, chunks=(64, 1024), compression="gzip", shuffle=True)
        file["table"] = np.zeros(10, [("a", "f4"), ("b", "i8")])
        file["null"] = h5py.Empty("f4")
        file["null strings"] = h5py.Empty(h5py.string_dtype())
        file["strings"] = np.array([f"{i}" for i in range(5_000)], object)
        file["odd[name]"] = [1, 2]
        file.create_group("group")
    return path


@pytest.mark.parametrize(
    "place, args",
    [
        ("x", ()),
        ("x[:, 100:200]", np.s_[:, 100:200]),
        ("x[3]", 3),
        ("null", ()),
        ("null strings", ()),
        ("strings", ()),
    ],
)
def test_programs_are_told_what_python_is(path, place, args):
    told = from_json("explain", path, place)
    with hyperslab.File(path) as file:
        expected = file[place.split("[")[0]].explain(args).as_dict()
    for name in set(told) - {"filters", "advice"}:
        value = expected[name]
        value = list(value) if isinstance(value, tuple) else value
        assert told[name] == ([] if value is None and name == "chunk_shape" else value), name
    assert [one["text"] for one in told["advice"]] == [one["text"] for one in expected["advice"]]
    assert tuple(one["name"] for one in told["filters"]) == expected["filters"]


def test_people_are_told_in_lines(path):
    lines = output("explain", path, "x[:, 100:200]").splitlines()
    assert lines[0].startswith("engine   direct: past libhdf5, on ")
    assert "layout   chunked (64, 1024), B-tree index" in lines
    assert "filters  shuffle, deflate" in lines
    assert any(line.startswith("advice   Chunks are read across") for line in lines)


def test_fields_and_names_with_brackets(path):
    assert from_json("explain", path, "table['a']")["result_bytes"] == 40
    assert from_json("explain", path, "odd[name]")["elements"] == 2


def test_failures(path):
    assert "group" in complaint("explain", path, "group")
    assert "nothing" in complaint("explain", path, "nothing")
    complaint("explain", path, "x[1, 2, 3]")
    complaint("explain", path, status=2)
