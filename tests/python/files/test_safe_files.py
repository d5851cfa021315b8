"""durable=True and atomic=True: what is on the disk when calls fail, and when processes are killed.

safety_workload.py has what needs failing system calls.
"""

import io
import os
import random
import signal
import stat
import sys
import time

import h5py
import hyperslab
import numpy as np
import pytest
from run_python import run, run_with_faults, start

WORKLOAD = os.path.join(os.path.dirname(__file__), "safety_workload.py")
CASES = [
    "syncs",
    "no_syncs",
    "failing_sync",
    "failing_sync_of_the_folder",
    "failing_sync_at_closing",
    "replaced",
    "not_replaced",
    "names_without_links",
]


@pytest.mark.parametrize("case", CASES)
def test_with_system_calls_seen_and_failing(tmp_path, faulty_io, case):
    run_with_faults(faulty_io, WORKLOAD, tmp_path, case)


def names(path):
    """What stock h5py finds in a file."""
    with h5py.File(path) as f:
        return sorted(f)


@pytest.fixture
def path(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as f:
        f["old"] = 1
    return tmp_path / "f.h5"


def test_the_old_file_is_there_until_the_new_one_is_closed(path):
    reader = hyperslab.File(path)
    with hyperslab.File(path, "w", atomic=True) as f:
        f["new"] = np.arange(1000)
        assert f.filename == str(path) == f["new"].file.filename
        assert f.mode == "r+" and f.driver == "sec2" and repr(f) == '<HDF5 file "f.h5" (mode r+)>'
        assert f["new"][7] == 7
        f.flush()
        assert names(path) == ["old"]
    assert names(path) == ["new"]
    assert list(reader) == ["old"]  # it has the old one still
    assert os.listdir(path.parent) == ["f.h5"]


@pytest.mark.parametrize("driver", ["sec2", "stdio", "core"])
@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_any_file_on_disk_can_be_replaced(path, driver, libver):
    keywords = {"userblock_size": 512} if driver == "sec2" else {}
    with hyperslab.File(path, "w", driver=driver, libver=libver, atomic=True, **keywords) as f:
        f.create_dataset("x", data=np.arange(1000), chunks=(10,), compression="gzip")
    with h5py.File(path) as stock:
        assert stock["x"][...].tolist() == list(range(1000))


def test_an_exception_drops_it(path):
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            with hyperslab.File(path, "w", atomic=True) as f:
                f["new"] = np.arange(1000)
                raise error
        assert not f
        assert names(path) == ["old"]
    assert os.listdir(path.parent) == ["f.h5"]


def test_an_exception_after_closing_does_not(path):
    with pytest.raises(ValueError):
        with hyperslab.File(path, "w", atomic=True) as f:
            f["new"] = 1
            f.close()
            raise ValueError
    assert names(path) == ["new"]


def test_other_files_are_closed_as_usual_after_an_exception(h5, path):
    with pytest.raises(ValueError):
        with h5.File(path, "w") as f:
            f["new"] = 1
            raise ValueError
    assert names(path) == ["new"]


def test_it_can_be_discarded(path):
    f = hyperslab.File(path, "w", atomic=True)
    f["new"] = 1
    f.discard()
    f.discard()
    f.close()
    assert not f and names(path) == ["old"]
    with hyperslab.File(path, "r+") as f, pytest.raises(ValueError, match="atomic=True"):
        f.discard()


def test_without_close_it_is_dropped_and_that_is_told(path):
    f = hyperslab.File(path, "w", atomic=True)
    f["new"] = 1
    with pytest.raises(OSError, match="is as it was"):
        f.id.close()  # gives up the identifier only
    assert names(path) == ["old"]
    code = """
import hyperslab, sys
kept = hyperslab.File(sys.argv[1], "w", atomic=True)
kept["new"] = 1
"""
    process = start(code, path)
    assert "is as it was" in process.communicate(timeout=60)[1] and process.returncode == 0
    assert names(path) == ["old"]
    process = start(code + "hyperslab.h5i.inc_ref(kept.id)", path)  # open until the very end
    assert "is dropped" in process.communicate(timeout=60)[1] and process.returncode == 0
    assert names(path) == ["old"] and os.listdir(path.parent) == ["f.h5"]


def test_a_child_of_fork_neither_drops_nor_keeps_it(path):
    run(
        """
        import hyperslab, os, sys
        with hyperslab.File(sys.argv[1], "w", atomic=True) as f:
            f["new"] = 1
            f.flush()
            child = os.fork()
            if child == 0:
                f.close()
                sys.exit()
            assert os.waitpid(child, 0)[1] == 0
            f["more"] = 1
        """,
        path,
    )
    assert names(path) == ["more", "new"]


def test_permissions_and_links_stay(path):
    link, dangling = path.parent / "link.h5", path.parent / "dangling.h5"
    folder = path.parent / "folder"
    folder.mkdir()
    link.symlink_to("f.h5")
    dangling.symlink_to("folder/made.h5")
    path.chmod(0o640)
    for name in (link, dangling):
        with hyperslab.File(name, "w", atomic=True) as f:
            f["new"] = 1
            assert f.filename == str(name)
        assert name.is_symlink() and names(name) == ["new"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(folder) == ["made.h5"]


def test_a_file_that_must_be_new(path):
    with pytest.raises(FileExistsError):
        hyperslab.File(path, "x", atomic=True)
    other = path.parent / "other.h5"
    with hyperslab.File(other, "w-", atomic=True) as f:
        f["new"] = 1
    assert names(other) == ["new"]
    third = path.parent / "third.h5"
    f = hyperslab.File(third, "x", atomic=True)
    with h5py.File(third, "w") as meanwhile:
        meanwhile["theirs"] = 1
    with pytest.raises(FileExistsError):
        f.close()
    assert names(third) == ["theirs"] and len(os.listdir(path.parent)) == 3


def test_what_cannot_be_replaced_or_made_durable(path):
    for mode in ("r", "r+", "a"):
        with pytest.raises(ValueError, match="mode 'w' or 'x'"):
            hyperslab.File(path, mode, atomic=True)
    for name, error in [
        (path.parent, IsADirectoryError),
        (path.parent / "none" / "f.h5", FileNotFoundError),
        ("/dev/null", ValueError),
    ]:
        with pytest.raises(error):
            hyperslab.File(name, "w", atomic=True)
    on_disk = path.parent / "new-%d.h5"
    for keywords in (
        {"driver": "family"},
        {"driver": "split"},
        {"driver": "core", "backing_store": False},
    ):
        with pytest.raises(ValueError, match="one file on disk"):
            hyperslab.File(on_disk, "w", atomic=True, **keywords)
    for keyword in ("durable", "atomic"):
        with pytest.raises(ValueError, match="on disk"):
            hyperslab.File(io.BytesIO(), "w", **{keyword: True})
        with pytest.raises(ValueError, match="on disk"):
            hyperslab.File.in_memory(**{keyword: True})
    assert os.listdir(path.parent) == ["f.h5"] and names(path) == ["old"]


def test_two_writers_do_not_meet(path):
    first = hyperslab.File(path, "w", atomic=True)
    second = hyperslab.File(path, "w", atomic=True)
    first["first"] = 1
    second["second"] = 1
    second.close()
    assert names(path) == ["second"]
    first.close()
    assert names(path) == ["first"]


# --- processes that are killed ---


# A shell starts its background jobs with SIGINT ignored, which a child would inherit.
REPLACING = """
import signal, sys, hyperslab, numpy as np
signal.signal(signal.SIGINT, signal.default_int_handler)
for version in range(1, 1 << 40):
    with hyperslab.File(sys.argv[1], "w", atomic=True) as f:
        f["first"] = version
        data = np.full(20_000, version)
        f.create_dataset("x", data=data, chunks=(1000,), compression="gzip")
        f["last"] = version
    print(version, flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_process_leaves_the_old_file_or_the_new_one(tmp_path, seed):
    path = tmp_path / "f.h5"
    process = start(REPLACING, path)
    assert process.stdout.readline() == "1\n"
    time.sleep(random.Random(seed).random() * 0.1)
    process.kill()
    out, _ = process.communicate()
    finished = max(map(int, out.split()), default=1)
    with h5py.File(path) as f:
        version = f["first"][()]
        assert f["last"][()] == version and (f["x"][...] == version).all()
    assert version - finished in (0, 1)
    left = sorted(os.listdir(tmp_path))
    assert left[-1] == "f.h5" and all(name.startswith(".f.h5.") for name in left[:-1])


@pytest.mark.parametrize("seed", range(4))
def test_ctrl_c_leaves_the_old_file_or_the_new_one_alone(tmp_path, seed):
    path = tmp_path / "f.h5"
    process = start(REPLACING, path)
    assert process.stdout.readline() == "1\n"
    time.sleep(random.Random(seed).random() * 0.1)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in error
    with h5py.File(path) as f:
        version = f["first"][()]
        assert f["last"][()] == version and (f["x"][...] == version).all()
    assert version - max(map(int, out.split()), default=1) in (0, 1)
    assert os.listdir(tmp_path) == ["f.h5"]


@pytest.mark.parametrize("of", ["a path", "a file object"])
def test_an_exception_on_its_way_survives_the_end_of_a_file(tmp_path, monkeypatch, of):
    """The file dies while the exception that ends the expression is set in the interpreter."""
    said = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: said.append(str(told.exc_value)))
    device = io.BytesIO()
    with pytest.raises(ZeroDivisionError):
        if of == "a path":
            (hyperslab.File(tmp_path / "f.h5", "w", atomic=True), 1 / 0)
        else:
            (hyperslab.File(device, "w"), 1 / 0)
    assert len(said) == (of == "a path")
    if of == "a file object":
        with h5py.File(device) as f:
            assert list(f) == []


FLUSHING = """
import sys, hyperslab, numpy as np
path, libver, durable, mode = sys.argv[1:]
if mode == "r+":
    with hyperslab.File(path, "w", libver=libver) as f:
        f["old"] = np.arange(1000)
f = hyperslab.File(path, mode, libver=libver, durable=durable == "durable")
x = f.create_dataset("x", (0,), "i4", maxshape=(None,), chunks=(100,), compression="gzip")
for i in range(20):
    x.append(np.full(70, i))
    f.create_group(f"group {i}").attrs["i"] = i
f.flush()
print("flushed", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("mode", ["w", "r+"])
@pytest.mark.parametrize("durable", ["durable", "plain"])
@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.filterwarnings("ignore:.* was not closed")
def test_what_was_flushed_outlives_a_killed_process(tmp_path, libver, durable, mode):
    path = tmp_path / "f.h5"
    process = start(FLUSHING, path, libver, durable, mode)
    assert process.stdout.readline() == "flushed\n"
    process.kill()
    process.communicate()
    with hyperslab.File(path) as f:
        assert mode == "w" or f["old"][...].tolist() == list(range(1000))
        assert f["x"][...].tolist() == np.repeat(range(20), 70).tolist()
        assert [f[f"group {i}"].attrs["i"] for i in range(20)] == list(range(20))
