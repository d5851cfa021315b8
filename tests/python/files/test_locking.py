"""Files that others hold, and files that change under a reader."""

import errno
import os

import h5py
import hyperslab
import numpy as np
import pytest
from run_python import run, start

HOLD = """
import sys, hyperslab as h5
f = h5.File(sys.argv[1], "r+", **eval(sys.argv[2]))
print("open", flush=True)
sys.stdin.read()
"""

KINDS = {
    "sec2": {},
    "stdio": {"driver": "stdio"},
    "core": {"driver": "core"},
    "family": {"driver": "family", "memb_size": 4096},
    "split": {"driver": "split"},
}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_w_leaves_a_file_alone_that_another_process_holds(tmp_path, kind):
    keywords = KINDS[kind]
    path = tmp_path / ("f-%d.h5" if kind == "family" else "f.h5")
    with hyperslab.File(path, "w", **keywords) as f:
        f["x"] = np.arange(1000)
    before = contents(tmp_path)
    assert all(before.values())
    with start(HOLD, path, repr(keywords)) as holder:
        assert holder.stdout.readline() == "open\n"
        for mode in ("w", "r+", "a"):
            # As in h5py, "a" tries to create the file when another driver than sec2 cannot open it.
            creates = mode == "a" and kind != "sec2"
            with pytest.raises(OSError if creates else BlockingIOError) as caught:
                hyperslab.File(path, mode, **keywords)
            if not creates:
                assert caught.value.errno == errno.EAGAIN
                assert "locking=False" in str(caught.value)
                assert "HDF5_USE_FILE_LOCKING=FALSE" in str(caught.value)
        with pytest.raises(OSError):
            hyperslab.File(path, "x", **keywords)
        holder.communicate("")
    assert {name: len(data) for name, data in contents(tmp_path).items()} == {
        name: len(data) for name, data in before.items()
    }
    with hyperslab.File(path, **keywords) as f:
        assert f["x"][999] == 999
    with hyperslab.File(path, "w", **keywords) as f:  # free again
        assert list(f) == []


def test_w_without_locking_takes_the_file(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["x"] = 1
    with start(HOLD, tmp_path / "f.h5", "{}") as holder:
        assert holder.stdout.readline() == "open\n"
        with hyperslab.File(tmp_path / "f.h5", "w", locking=False) as f:
            f["y"] = 2
        holder.kill()
        holder.communicate()
    with h5py.File(tmp_path / "f.h5", locking=False) as f:
        assert list(f) == ["y"]


def test_w_on_a_file_that_this_process_holds(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["x"] = 1
        with pytest.raises(OSError, match="f.h5"):
            hyperslab.File(tmp_path / "f.h5", "w")
        assert f["x"][()] == 1
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["x"][()] == 1
        with pytest.raises(BlockingIOError):
            hyperslab.File(tmp_path / "f.h5", "w")
        assert f["x"][()] == 1


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.ENOLCK, errno.ENOSYS, 524])
def test_a_file_system_that_cannot_lock(tmp_path, faulty_io, number):
    """The message names the two settings, both work, and 'w' has not cut the file."""
    with h5py.File(tmp_path / "f.h5", "w") as f:
        f["x"] = 1
    before = (tmp_path / "f.h5").read_bytes()
    code = f"""
import os, sys, hyperslab as h5
path = sys.argv[1]
best = {number} == {errno.ENOSYS}
for mode in "r", "r+", "a", "w":
    try:
        h5.File(path, mode, locking=True)
    except OSError as error:
        assert error.errno == {number}, error
        for words in "locking=False", "HDF5_USE_FILE_LOCKING=FALSE", "f.h5", "errno = {number}":
            assert words in str(error), error
    else:
        raise AssertionError(mode)
    assert os.path.getsize(path) == {len(before)}
with h5.File(path, "r+", locking=False) as f:
    f["y"] = 2
if best:
    h5.File(path, "r+", locking="best-effort").close()
os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"
"""
    variables = {"LD_PRELOAD": str(faulty_io), "FAULT_FLOCK": str(number)}
    run(code, tmp_path / "f.h5", **variables)
    again = 'import sys, hyperslab as h5\nwith h5.File(sys.argv[1], "w") as f: f["z"] = 3'
    run(again, tmp_path / "f.h5", HDF5_USE_FILE_LOCKING="FALSE", **variables)
    with h5py.File(tmp_path / "f.h5") as f:
        assert list(f) == ["z"]


@pytest.mark.parametrize("mode", ["r", "r+"])
@pytest.mark.parametrize("kind", ["sec2", "stdio"])
def test_a_file_that_is_cut_under_a_reader_is_no_zeros(tmp_path, mode, kind):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w") as f:
        f["x"] = np.arange(1, 100001)
    f = hyperslab.File(path, mode, **KINDS[kind])
    x = f["x"]
    assert x[0] == 1
    os.truncate(path, 5000)
    with pytest.raises(OSError, match="cut while it was open"):
        x[50000:]
    with pytest.raises(OSError, match="cut while it was open"):
        x[...]
    f.close()


def test_space_that_was_never_written_reads_as_the_fill_value(h5, tmp_path):
    """It lies beyond the end of the file until the file is closed."""
    with h5.File(tmp_path / "f.h5", "w") as f:
        plist = h5.h5p.create(h5.h5p.DATASET_CREATE)
        plist.set_alloc_time(h5.h5d.ALLOC_TIME_EARLY)
        plist.set_fill_time(h5.h5d.FILL_TIME_NEVER)
        space = h5.h5s.create_simple((100000,))
        made = h5.Dataset(h5.h5d.create(f.id, b"x", h5.h5t.NATIVE_INT32, space, plist))
        assert not made[...].any()
