"""`hyperslab summarize`: the minimum and the maximum of each chunk, in a file beside the file."""

import json
import math
import os

import h5py
import numpy as np
import pytest
from run_cli import complaint, output

KINDS = "i1 <i2 >i4 <i8 u1 >u2 <u4 >u8 <f2 >f2 <f4 >f4 <f8 >f8 ?".split()


def summary_of(path):
    output("summarize", path, "--quiet")
    with open(f"{path}.summary.json") as text:
        return json.load(text)


def expected(values, part):
    """What NumPy finds in each part, in row-major order of the parts."""
    least, most, with_nan = [], [], []
    grid = [range(0, n, p) for n, p in zip(values.shape, part, strict=True)]
    for number, start in enumerate(np.ndindex(*[len(axis) for axis in grid])):
        box = tuple(
            slice(axis[i], axis[i] + p) for axis, i, p in zip(grid, start, part, strict=True)
        )
        some = values[box].ravel()
        if some.dtype.kind == "f" and np.isnan(some).any():
            with_nan.append(number)
            some = some[~np.isnan(some)]
        least.append(some.min().item() if some.size else None)
        most.append(some.max().item() if some.size else None)
    return {"least": least, "most": most, "nan": with_nan}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("shape", "chunks"), [((1000,), (37,)), ((50, 9), (7, 4)), ((9, 8, 20), (2, 8, 7))]
)
def test_the_ranges_of_chunks(tmp_path, kind, shape, chunks):
    rng = np.random.default_rng(1)
    dtype = np.dtype(kind)
    if dtype.kind == "b":
        values = rng.random(shape) < 0.05
    elif dtype.kind == "f":
        values = rng.normal(size=shape).astype(dtype)
        values[rng.random(shape) < 0.01] = np.nan
        values.ravel()[:2] = np.inf, -np.inf
    else:
        limits = np.iinfo(dtype)
        values = rng.integers(limits.min, limits.max, shape, dtype.newbyteorder("="), endpoint=True)
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("d", data=values.astype(dtype), chunks=chunks, compression=1)
    entry = summary_of(path)["datasets"]["/d"]
    assert (entry["shape"], entry["part"]) == (list(shape), list(chunks))
    assert entry["columns"] == {"": expected(values, chunks)}


def test_members_of_compounds(tmp_path):
    rows = np.zeros(
        90,
        [
            ("id", ">i8"), ("name", "S5"), ("text", h5py.string_dtype()), ("on", bool),
            ("kind", h5py.enum_dtype({"A": 0, "B": 1}, "i1")), ("grid", "f4", (2,)),
            ("inner", [("x", "<f8"), ("list", h5py.vlen_dtype("i4"))]), ("a.b", "i4"),
        ],
    )  # fmt: skip
    rows["id"] = np.arange(90)[::-1]
    rows["name"] = [b"x%03d" % (7 * i % 90) for i in range(90)]
    rows["text"] = [f"é{7 * i % 90:03}" for i in range(90)]
    rows["on"] = np.arange(90) > 40
    rows["inner"]["x"] = np.arange(90) / 4
    for row in rows:
        row["inner"]["list"] = np.arange(2, dtype="i4")
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("t", data=rows, chunks=(40,))
        file.create_dataset("square", data=rows[:4].reshape(2, 2))
    datasets = summary_of(path)["datasets"]
    assert list(datasets) == ["/t"]
    columns = datasets["/t"]["columns"]
    assert set(columns) == {"id", "name", "text", "on", "inner.x"}
    for name, values in [("id", rows["id"]), ("on", rows["on"]), ("inner.x", rows["inner"]["x"])]:
        assert columns[name] == expected(values, (40,))
    for name in ("name", "text"):
        texts = [t.decode() if isinstance(t, bytes) else t for t in rows[name]]
        parts = [texts[i : i + 40] for i in range(0, 90, 40)]
        assert columns[name]["least"] == [min(part) for part in parts]
        assert columns[name]["most"] == [max(part) for part in parts]


def test_datasets_without_chunks_elements_or_values(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file["plain"] = np.arange(600_000, dtype="f4").reshape(-1, 2)
        file.create_dataset("empty", (0, 3), "i4", maxshape=(None, 3), chunks=(5, 3))
        file.create_dataset("never", (10,), "i4", chunks=(5,), fillvalue=3)
        file.create_dataset("nothing", (5, 0), "i4")
        file["nan"] = np.full(3, np.nan)
        file["scalar"], file["null"] = 1, h5py.Empty("f4")
        file["complex"] = np.array([1j])
    datasets = summary_of(path)["datasets"]
    plain = datasets["/plain"]
    assert plain["part"] == [131072, 2]  # of 1 MB
    assert plain["columns"][""]["least"] == [0, 262144, 524288]
    assert datasets["/empty"]["columns"][""] == {"least": [], "most": [], "nan": []}
    assert datasets["/never"]["columns"][""]["most"] == [3, 3]
    assert datasets["/nothing"]["columns"][""]["least"] == []
    assert datasets["/nan"]["columns"][""] == {"least": [None], "most": [None], "nan": [0]}
    assert not {"/scalar", "/null"} & set(datasets)


def test_very_many_chunks_are_taken_together(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w", libver="latest") as file:
        file.create_dataset("d", data=np.arange(70_000, dtype="i4"), chunks=(1,))
    entry = summary_of(path)["datasets"]["/d"]
    assert entry["part"] == [2]
    assert entry["columns"][""] == expected(np.arange(70_000), (2,))


def test_what_a_summary_cannot_say_is_noted(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file["d"] = [1.5]
        file["long"] = ["x" * 300]
        file["bytes"] = np.array([b"\xff\xfe"])
        layout = h5py.VirtualLayout((1,), "f8")
        layout[:] = h5py.VirtualSource(".", "d", (1,))
        file.create_virtual_dataset("virtual", layout)
        file.create_dataset("outside", (2,), "i4", external=[("raw.bin", 0, 8)])
        file["other"] = h5py.ExternalLink("b.h5", "d")
    with h5py.File(tmp_path / "b.h5", "w") as file:
        file["d"] = [1.0]
    text = output("summarize", path)
    assert text.splitlines()[-1] == f"{path}.summary.json: 1 dataset, 1 column, 1 chunk"
    for name, why in [("long", "long texts"), ("bytes", "no UTF-8"), ("virtual", "it is virtual"),
                      ("outside", "in other files")]:  # fmt: skip
        assert any(f"'/{name}'" in line and why in line for line in text.splitlines())
    for name, why in [("virtual", "is virtual"), ("outside", "other files"),
                      ("other", "another file")]:  # fmt: skip
        assert why in complaint("summarize", path, "--only", name)


def test_only_what_is_asked_for(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        for name in ("a", "g/b", "g/h/c", "d"):
            file[name] = [1, 2]
        file["g/again"] = file["d"]
    output("summarize", path, "--only", "g", "--only", "/a/", "--quiet")
    with open(f"{path}.summary.json") as text:
        assert set(json.load(text)["datasets"]) == {"/a", "/g/b", "/g/h/c", "/g/again"}


def test_size_and_time_of_many_files(tmp_path):
    paths = [tmp_path / f"{i}.h5" for i in range(3)]
    for path in paths:
        with h5py.File(path, "w") as file:
            file["d"] = [1, 2]
    assert len(output("summarize", *paths).splitlines()) == 3
    for path in paths:
        with open(f"{path}.summary.json") as text:
            summary = json.load(text)
        status = os.stat(path)
        assert (summary["size"], summary["time_ns"]) == (status.st_size, status.st_mtime_ns)


def test_failures_leave_the_old_summary(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("d", data=np.arange(1000), chunks=(100,), compression=1)
        place = file["d"].id.get_chunk_info(3)
    output("summarize", path)
    before = (tmp_path / "a.h5.summary.json").read_bytes()
    with open(path, "r+b") as file:
        file.seek(place.byte_offset)
        file.write(b"\xff" * place.size)
    said = complaint("summarize", path)
    assert "/d" in said and str(path) in said
    assert (tmp_path / "a.h5.summary.json").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["a.h5", "a.h5.summary.json"]


def test_bad_arguments_are_one_line(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file["d"] = [1]
    (tmp_path / "text.h5").write_text("no HDF5")
    assert "No such file" in complaint("summarize", tmp_path / "none.h5")
    assert "text.h5" in complaint("summarize", tmp_path / "text.h5")
    assert "nothing" in complaint("summarize", path, "--only", "nothing")
    os.mkdir(tmp_path / "a.h5.summary.json")
    assert "a.h5.summary.json" in complaint("summarize", path)
    assert not [name for name in os.listdir(tmp_path) if ".part-" in name]


def test_infinities_are_read_as_such(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file["d"] = [-math.inf, math.inf]
    column = summary_of(path)["datasets"]["/d"]["columns"][""]
    assert (column["least"], column["most"]) == ([-math.inf], [math.inf])
