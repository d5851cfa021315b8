"""`hyperslab tree` and `hyperslab info`, on files that stock h5py made."""

import os
import pty
import re
import subprocess

import h5py
import numpy as np
import pytest
from run_cli import complaint, from_json, output, program, run


@pytest.fixture
def path(tmp_path):
    """One of everything."""
    path = tmp_path / "file.h5"
    with h5py.File(path, "w") as file:
        file.attrs["title"] = "test"
        plate = file.create_group("4857/55711")
        rows = np.zeros(10, [("FLUX", "f4"), ("IVAR", "f8")])
        plate.create_dataset("coadd", data=rows, chunks=(5,), compression="lzf", shuffle=True)
        flux = file.create_dataset("flux", (4, 6), "i2", maxshape=(None, 6), fillvalue=-1)
        flux.attrs["unit"] = "Jy"
        flux.attrs["range"] = [0.5, 1.5]
        flux.attrs["nothing"] = h5py.Empty("f4")
        file["wave"] = np.arange(6.0)
        file["wave"].make_scale()
        flux.dims[1].attach_scale(file["wave"])
        flux.dims[1].label = "lambda"
        file["scalar"] = 1
        file["null"] = h5py.Empty("f8")
        file["type"] = np.dtype("i4")
        file["soft"] = h5py.SoftLink("/nowhere")
        file["external"] = h5py.ExternalLink("other.h5", "/a")
        file["again"] = flux
        plate["up"] = file["4857"]
    return path


def test_tree_shows_what_is_in_a_file(path):
    assert output("tree", path).splitlines() == [
        f"{path}  1 attribute",
        "├── 4857",
        "│   └── 55711",
        "│       ├── coadd  (10,) compound {FLUX: float32, IVAR: float64}"
        ", chunks (5,), shuffle, lzf",
        "│       └── up  is /4857",
        "├── again  (4, 6) int16, chunks (4, 6)  5 attributes",
        "├── external  -> /a in other.h5",
        "├── flux  is /again",
        "├── null  null float64",
        "├── scalar  () int64",
        "├── soft  -> /nowhere",
        "├── type  type int32",
        "└── wave  (6,) float64  3 attributes",
    ]


def test_tree_stops_at_a_depth(path):
    assert output("tree", path, "--depth", 0).count("\n") == 1
    assert "55711" not in output("tree", path, "--depth", 1)
    lines = output("tree", path, "--depth", 2)
    assert "55711" in lines and "coadd" not in lines


def test_tree_as_json_has_the_same(path):
    root = from_json("tree", path)
    assert root["kind"] == "group" and root["attributes"] == 1
    members = {member["name"]: member for member in root["members"]}
    with h5py.File(path) as file:
        assert list(members) == list(file)
        assert members["again"]["shape"] == list(file["again"].shape)
        assert members["again"]["chunks"] == list(file["again"].chunks)
    assert members["flux"] == {"name": "flux", "kind": "dataset", "same_as": "/again"}
    assert members["null"]["shape"] is None
    assert members["soft"] == {"name": "soft", "kind": "soft link", "path": "/nowhere"}
    assert members["external"]["file"] == "other.h5"
    (spectra,) = members["4857"]["members"]
    coadd = spectra["members"][0]
    assert [stage["name"] for stage in coadd["filters"]] == ["shuffle", "lzf"]
    assert spectra["members"][1]["same_as"] == "/4857"


def test_info_of_a_file(path):
    facts = from_json("info", path)
    assert facts["bytes"] == path.stat().st_size
    assert facts["groups"] == 3 and facts["datasets"] == 5
    assert facts["attributes"]["title"]["value"] == "test"
    with h5py.File(path) as file:
        assert facts["names"] == list(file)
    assert "title  " in output("info", path)


def test_info_of_a_dataset(path):
    facts = from_json("info", path, "flux")
    assert facts["name"] == "/flux" and facts["kind"] == "dataset"
    assert facts["hard_links"] == 2
    assert facts["type"] == "int16"
    assert facts["shape"] == [4, 6] and facts["maximum_shape"] == [None, 6]
    assert facts["bytes"] == 48 and facts["stored_bytes"] == 0
    assert facts["layout"] == "chunked" and facts["filters"] == []
    assert facts["fill_value"] == -1
    assert facts["dimensions"] == [
        {"label": "", "scales": []},
        {"label": "lambda", "scales": ["/wave"]},
    ]
    attributes = facts["attributes"]
    assert attributes["unit"]["value"] == "Jy"
    assert attributes["range"] == {"type": "float64", "shape": [2], "value": [0.5, 1.5]}
    assert attributes["nothing"] == {"type": "float32", "shape": None, "value": None}
    text = output("info", path, "flux")
    assert "maximum shape  (unlimited, 6)" in text
    assert re.search(r'unit +"Jy"', text)


def test_info_of_other_objects(path):
    assert from_json("info", path, "4857/55711")["members"] == 2
    assert from_json("info", path, "type")["type"] == "int32"
    assert from_json("info", path, "null")["shape"] is None
    assert from_json("info", path, "scalar")["shape"] == []


def test_info_of_unusual_storage(tmp_path):
    source, path = tmp_path / "source.h5", tmp_path / "virtual.h5"
    with h5py.File(source, "w") as file:
        file["x"] = [1, 2, 3]
    with h5py.File(path, "w") as file:
        layout = h5py.VirtualLayout((2, 3), "i8")
        layout[0] = h5py.VirtualSource(str(source), "x", (3,))
        file.create_virtual_dataset("v", layout)
        file.create_dataset("e", (4,), "i1", external=[("raw.bin", 0, 4)])
    assert from_json("info", path, "v")["virtual_sources"] == [
        {"file": str(source), "dataset": "x", "elements": 3}
    ]
    assert from_json("info", path, "e")["external_file"] == "raw.bin"


def test_names_cannot_command_a_terminal(tmp_path):
    path = tmp_path / "names.h5"
    with h5py.File(path, "w") as file:
        file["red\x1b[31m\n"] = 1
        file["größe"] = "tab\there"
        file.attrs[b"latin-\xe9"] = "x\x07"
    text = output("tree", path) + output("info", path) + output("dump", path, "größe")
    assert "\x1b" not in text and "\x07" not in text
    assert "red\\x1b[31m\\x0a" in text and "größe" in text
    assert "tab\\there" in text
    assert "latin-\\xe9" in text
    assert [m["name"] for m in from_json("tree", path)["members"]] == ["größe", "red\x1b[31m\n"]


def test_colours_are_for_terminals_only(path):
    def on_a_terminal(**environment):
        ours, theirs = pty.openpty()
        done = subprocess.Popen(
            [program(), "tree", path, "--depth", "0"],
            stdout=theirs,
            env={**os.environ, "TERM": "xterm", **environment},
        )
        done.wait()
        os.close(theirs)
        with os.fdopen(ours, "rb") as terminal:
            return terminal.read1()

    assert b"\x1b[" in on_a_terminal()
    assert b"\x1b[" not in on_a_terminal(NO_COLOR="1")
    assert b"\x1b[" not in on_a_terminal(TERM="dumb")
    assert "\x1b[" not in output("tree", path)
    assert "\x1b[" in output("tree", path, "--color", "always")


def test_an_object_that_cannot_be_read_does_not_hide_the_others(tmp_path):
    path = tmp_path / "damaged.h5"
    with h5py.File(path, "w") as file:
        file["first"] = 1
        file["broken"] = 2
        file["last"] = 3
        address = h5py.h5o.get_info(file["broken"].id).addr
    contents = bytearray(path.read_bytes())
    contents[address : address + 16] = b"\xff" * 16
    path.write_bytes(contents)
    done = run("tree", path)
    assert done.returncode == 1
    assert "first  () int64" in done.stdout and "last  () int64" in done.stdout
    assert "broken  cannot be read" in done.stdout
    assert done.stderr == "hyperslab: 1 object could not be read\n"


def test_version():
    assert re.fullmatch(r"hyperslab \d+\.\d+\.\d+ \(HDF5 \d+\.\d+\.\d+\)\n", output("--version"))


def test_help_is_no_error():
    for arguments in (["--help"], ["tree", "--help"], ["dump", "--help"]):
        assert "[OPTIONS]" in output(*arguments)


def test_what_fails_is_one_line(path, tmp_path):
    text = tmp_path / "text.h5"
    text.write_text("This is no HDF5 file.")
    assert "missing.h5" in complaint("tree", tmp_path / "missing.h5")
    assert "text.h5" in complaint("tree", text)
    assert "nothing" in complaint("info", path, "nothing")
    assert "soft" in complaint("info", path, "soft")
    for wrong in ([], ["tree"], ["tree", path, "--bogus"], ["bogus", path], ["tree", path, "x"]):
        complaint(*wrong, status=2)


def test_a_full_disk_is_an_error(path):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [program(), "tree", path], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "hyperslab: Cannot write the output: No space left on device\n"


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    path = tmp_path / "large.h5"
    with h5py.File(path, "w") as file:
        file["x"] = np.zeros(1_000_000)
    done = subprocess.Popen(
        [program(), "dump", path, "x", "--full"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    done.stdout.read(10)
    done.stdout.close()
    assert done.stderr.read() == b""
    done.wait()
