"""`hyperslab repack`: what it prints, what it refuses, and what is left when it ends early."""

import os
import re
import signal
import subprocess
import time

import everything
import h5py
import numpy as np
import pytest
import tree
from run_cli import complaint, output, program, run


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as f:
        f["deleted"] = np.arange(10_000)
        f.create_dataset("x", data=np.arange(1000.0), chunks=(100,), compression=1)
        f.create_dataset("g/y", data=np.arange(60).reshape(6, 10))
        f["scalar"] = 1
        del f["deleted"]
    return path


def test_it_says_what_it_has_done(path):
    line = output("repack", path, path.parent / "b.h5")
    before, after = os.path.getsize(path), os.path.getsize(path.parent / "b.h5")
    assert line == (
        f"{before} bytes -> {after} bytes: 5 objects, 3 datasets, 10 chunks copied, "
        "0 encoded anew\n"
    )
    assert after < before / 4
    assert output("repack", path, path.parent / "c.h5", "--quiet") == ""
    assert tree.of(h5py, path) == tree.of(h5py, path.parent / "b.h5")


@pytest.mark.parametrize(
    ("arguments", "x", "y"),
    [
        (["--filter", "gzip=9"], ("gzip", 9, (100,)), ("gzip", 9, (6, 10))),
        (["--filter", "gzip"], ("gzip", 4, (100,)), ("gzip", 4, (6, 10))),
        (["--filter", "lzf"], ("lzf", None, (100,)), ("lzf", None, (6, 10))),
        (["--filter", "szip=ec:16"], ("szip", ("ec", 16), (100,)), ("szip", ("ec", 16), (6, 10))),
        (["--filter", "none"], (None, None, (100,)), (None, None, None)),
        (["--chunks", "50"], ("gzip", 1, (50,)), (None, None, None)),
        (["--chunks", "5x4"], ("gzip", 1, (100,)), (None, None, (5, 4))),
        (["--chunks", "none"], (None, None, None), (None, None, None)),
        (["--filter", "lzf", "--only", "/g"], ("gzip", 1, (100,)), ("lzf", None, (6, 10))),
        (["--filter", "1=3"], ("gzip", 3, (100,)), ("gzip", 3, (6, 10))),
    ],
)
def test_storage_as_it_is_asked_for(path, arguments, x, y):
    output("repack", path, path.parent / "b.h5", *arguments)
    with h5py.File(path.parent / "b.h5") as f, h5py.File(path) as before:
        for name, expected in (("x", x), ("g/y", y)):
            found = f[name]
            assert (found.compression, found.compression_opts, found.chunks) == expected
            assert (found[()] == before[name][()]).all()


def test_filters_are_in_the_order_that_is_written(path):
    output("repack", path, path.parent / "b.h5", "--filter", "shuffle,gzip=2,fletcher32")
    with h5py.File(path.parent / "b.h5") as f:
        plist = f["x"].id.get_create_plist()
        assert [plist.get_filter(i)[0] for i in range(3)] == [2, 1, 3]
    output("repack", path, path.parent / "c.h5", "--filter", "shuffle", "--filter", "lzf")
    with h5py.File(path.parent / "c.h5") as f:
        assert f["g/y"].shuffle and f["g/y"].compression == "lzf"


def test_in_place_and_over_a_file_that_exists(path):
    before = tree.of(h5py, path)
    size = os.path.getsize(path)
    output("repack", path, path.parent / "b.h5")
    output("repack", path, "--in-place", "--libver", "latest")
    assert os.path.getsize(path) < size
    assert tree.of(h5py, path) == before
    with h5py.File(path) as f:
        assert f.id.get_create_plist().get_version()[0] >= 2
    assert complaint("repack", path, path.parent / "b.h5").endswith("'File exists')\n")
    output("repack", path, path.parent / "b.h5", "--force")
    with h5py.File(path.parent / "b.h5") as f:
        assert f.id.get_create_plist().get_version()[0] >= 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--filter", "gzip=10"], "A value of the filter gzip is at most 9, not 10"),
        (["--filter", "gzip=x"], "A value of the filter gzip is a whole number, not 'x'"),
        (["--filter", "gzip=1:2"], "The filter gzip takes at most 1 values"),
        (["--filter", "zip"], "'zip' is no filter"),
        (["--filter", ""], "'' is no filter"),
        (["--filter", "lzf,none"], "'none' stands alone"),
        (["--filter", "lzf=1"], "The filter lzf takes no values"),
        (["--filter", "szip=nn:33"], "at most 32, not 33"),
        (["--filter", "szip=nn:7"], "an even number of pixels"),
        (["--filter", "65536"], "Filters have numbers from 1 to 65535"),
        (["--filter", "32999=1"], "32999"),
        (["--chunks", "0"], "one element along each"),
        (["--chunks", "4x-1"], "The length of a chunk is a whole number, not '-1'"),
        (["--chunks", "x"], "The length of a chunk is a whole number, not ''"),
        (["--chunks", "none", "--filter", "lzf"], "Only datasets with chunks can have filters"),
        (["--libver", "v109"], "--libver is earliest, v108, v110, v112, v114 or latest"),
        (["--only", "nothing", "--filter", "lzf"], "nothing"),
        (["--in-place"], "--in-place replaces FILE itself, so there is no OUT"),
    ],
)
def test_what_cannot_be_is_one_line(path, arguments, said):
    assert said in complaint("repack", path, path.parent / "b.h5", *arguments)
    assert os.listdir(path.parent) == ["a.h5"]


def test_files_that_cannot_be_copied(path):
    folder = path.parent
    assert "is missing" in complaint("repack", path)
    assert "are one file" in complaint("repack", path, path)
    assert "no such.h5" in complaint("repack", folder / "no such.h5", folder / "b.h5")
    assert "No such file" in complaint("repack", path, folder / "no folder" / "b.h5")
    (folder / "text.h5").write_text("no HDF5")
    assert "text.h5" in complaint("repack", folder / "text.h5", folder / "b.h5")
    (folder / "text.h5").write_bytes(path.read_bytes()[:3000])
    assert "text.h5" in complaint("repack", folder / "text.h5", folder / "b.h5")
    complaint("repack", path, folder / "b.h5", "--no-such-option", status=2)
    complaint("repack", status=2)
    assert sorted(os.listdir(folder)) == ["a.h5", "text.h5"]


def test_a_file_that_is_open_for_writing_elsewhere_stays(path):
    with h5py.File(path, "r+"):
        assert "a.h5" in complaint("repack", path, path.parent / "b.h5")
        assert "a.h5" in complaint("repack", path, "--in-place")


def test_a_chunk_that_is_damaged(path):
    """As it is it can be copied, though not decoded."""
    with h5py.File(path) as f:
        place = f["x"].id.get_chunk_info(3)
    with open(path, "r+b") as raw:
        raw.seek(place.byte_offset + 20)
        raw.write(bytes(60))
    line = complaint("repack", path, path.parent / "b.h5", "--filter", "lzf")
    assert "'/x'" in line and "chunk at (300,)" in line
    assert os.listdir(path.parent) == ["a.h5"]
    output("repack", path, path.parent / "b.h5")
    with h5py.File(path.parent / "b.h5") as f:
        assert f["x"][299] == 299
        with pytest.raises(OSError):
            f["x"][300]


def test_a_disk_that_is_full(path, tmp_path):
    """The limit of a file's size stands for the disk's."""
    with h5py.File(path, "r+") as f:
        f["large"] = np.random.default_rng(1).random(100_000)
        f.create_dataset("z", data=f["large"], chunks=(1000,), compression=1)
    before = path.read_bytes()
    for kilobytes in (1, 200, 900, 1500):
        for arguments in ([path, tmp_path / "b.h5"], [path, "--in-place"]):
            done = subprocess.run(
                ["bash", "-c", f'ulimit -f {kilobytes}; trap "" XFSZ; exec "$@"', "-"]
                + [program(), "repack", *map(str, arguments), "--filter", "shuffle"],
                capture_output=True,
                text=True,
            )
            assert done.returncode == 1
            assert re.fullmatch(r"hyperslab: .*File too large.*\n", done.stderr), done.stderr
            assert os.listdir(tmp_path) == ["a.h5"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_leaves_nothing(tmp_path, number):
    path = tmp_path / "a.h5"
    noise = np.random.default_rng(1).random((64, 1 << 17))
    with h5py.File(path, "w") as f:
        f.create_dataset("x", data=noise, chunks=(1, 1 << 17))
    before = os.stat(path).st_mtime_ns
    process = subprocess.Popen(
        [program(), "repack", path, tmp_path / "b.h5", "--filter", "shuffle,gzip=9"],
        stderr=subprocess.PIPE,
        text=True,
    )
    while len(os.listdir(tmp_path)) == 1:
        assert process.poll() is None
        time.sleep(0.001)
    process.send_signal(number)
    assert process.communicate(timeout=60)[1] == "hyperslab: interrupted; nothing was changed\n"
    assert process.returncode == 128 + number
    assert os.listdir(tmp_path) == ["a.h5"]
    assert os.stat(path).st_mtime_ns == before


def test_filters_that_are_not_installed(tmp_path):
    """Chunks stay as they are; what would have to be decoded cannot be."""
    old, new = tmp_path / "old.h5", tmp_path / "new.h5"
    with h5py.File(old, "w") as f:
        dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        dcpl.set_chunk((10,))
        dcpl.set_filter(31999, h5py.h5z.FLAG_OPTIONAL, (1, 2, 3))
        space = h5py.h5s.create_simple((25,), (h5py.h5s.UNLIMITED,))
        made = h5py.h5d.create(f.id, b"x", h5py.h5t.NATIVE_INT16, space, dcpl)
        for i in range(3):
            made.write_direct_chunk((10 * i,), bytes(range(i, i + 15)))
        f["x"].attrs["unit"] = "Jy"
        f["again"] = f["x"]
        f["y"] = np.arange(5)
    output("repack", old, new)
    with h5py.File(new) as f, h5py.File(old) as before:
        assert f["again"] == f["x"] and f["x"].attrs["unit"] == "Jy"
        assert f["x"].maxshape == (None,) and (f["y"][()] == np.arange(5)).all()
        assert f["x"].id.get_create_plist().get_filter(0)[:3] == (31999, 1, (1, 2, 3))
        for i in range(3):
            chunk = f["x"].id.read_direct_chunk((10 * i,))
            assert chunk == before["x"].id.read_direct_chunk((10 * i,))
    assert "31999" in complaint("repack", old, tmp_path / "c.h5", "--filter", "lzf")
    assert "31999" in complaint("repack", old, tmp_path / "c.h5", "--chunks", "7")
    output("repack", old, tmp_path / "c.h5", "--filter", "lzf", "--only", "y")


def test_one_of_everything(tmp_path):
    old = everything.make(tmp_path / "old.h5")
    done = run("repack", old, tmp_path / "new.h5", "--filter", "shuffle,gzip=1", "--chunks", "auto")
    assert (done.returncode, done.stderr) == (0, "")
    assert "note: '/virtual' stays as it is stored: it is virtual\n" in done.stdout
    with h5py.File(tmp_path / "new.h5") as f, h5py.File(old) as before:
        for name in ("zz/gz", "virtual", "sparse", "strings", "offset"):
            assert (f[name][()] == before[name][()]).all(), name
