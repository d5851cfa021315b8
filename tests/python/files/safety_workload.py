"""What File(durable=True) and File(atomic=True) do when system calls fail, and in which order they
make them. Runs in a child with faulty_io.c preloaded.

    python safety_workload.py FOLDER CASE

Raises when something is wrong.
"""

import contextlib
import ctypes
import errno
import os
import re
import sys

import h5py
import hyperslab

CHANGE, READ, SYNC, NAME = range(4)
FOREVER = 1 << 40
shim = ctypes.CDLL(None)
shim.fault_order.restype = ctypes.c_char_p


def arm(kind, error, first=1):
    shim.fault_arm(kind, error, ctypes.c_long(first), ctypes.c_long(FOREVER))


def order(work, *arguments):
    """The calls that some work makes; w for a write or several."""
    shim.fault_forget()
    work(*arguments)
    return called()


def called():
    return re.sub("w+", "w", shim.fault_order().decode())


def told(work):
    """The errno of the OSError that it has to raise."""
    try:
        work()
    except OSError as error:
        assert error.errno, repr(error)
        return error.errno
    raise AssertionError("no error")


DRIVERS = {
    "sec2": {},
    "stdio": {"driver": "stdio"},
    "core": {"driver": "core"},
    "family": {"driver": "family", "memb_size": 4096},
    "split": {"driver": "split"},
}


def each_driver(folder):
    for name, keywords in DRIVERS.items():
        path = os.path.join(folder, name + ("-%d" if name == "family" else ""))
        yield path, keywords, f"{name}: "


def syncs(folder):
    """After flush and close nothing is left that the disk was not told of."""
    for path, keywords, label in each_driver(folder):
        shim.fault_forget()
        f = hyperslab.File(path, "w", durable=True, **keywords)
        f["x"] = list(range(2000))
        f.flush()
        first = called()
        assert "d" in first and re.fullmatch(r"(w?sd?)+", first), label + first
        f["y"] = list(range(2000))
        second = order(f.flush)
        assert re.fullmatch(r"(w?sd?)+", second), label + second
        assert order(f.flush) == "", label
        f["z"] = 1
        last = order(f.close)
        assert re.fullmatch(r"(w?sd?)+", last), label + last
        with h5py.File(path, **keywords) as stock:
            assert sorted(stock) == ["x", "y", "z"], label
        with hyperslab.File(path, "r+", durable=True, **keywords) as f:
            f["more"] = 1
            more = order(f.flush)
        assert re.fullmatch(r"(w?sd?)+", more), label + more
        assert "s" not in order(read, path, keywords), label


def read(path, keywords):
    with hyperslab.File(path, durable=True, **keywords) as f:
        f["x"][...]


def write_and_flush(path, keywords):
    with hyperslab.File(path, "w", **keywords) as f:
        f["x"] = list(range(2000))
        f.flush()


def no_syncs(folder):
    """Nothing waits for the disk where nobody asked for that."""
    for path, keywords, label in each_driver(folder):
        made = order(write_and_flush, path, keywords)
        assert set(made) == {"w"}, label + made


def failing_sync(folder):
    """It is told by each flush from then on, and by close: the system forgets what it lost."""
    for path, keywords, label in each_driver(folder):
        f = hyperslab.File(path, "w", durable=True, **keywords)
        f["x"] = 1
        arm(SYNC, errno.EIO)
        assert told(f.flush) == errno.EIO, label
        arm(SYNC, 0)
        assert told(f.flush) == errno.EIO, label
        f["y"] = 1
        assert told(f.flush) == errno.EIO, label
        assert told(f.close) == errno.EIO, label
        assert not f, label
        arm(SYNC, 0)
        with hyperslab.File(path, "w", durable=True, **keywords) as f:
            f["x"] = 2


def failing_sync_of_the_folder(folder):
    """Whichever call comes to it."""
    arm(SYNC, errno.EIO, 2)
    with contextlib.suppress(OSError):
        f = hyperslab.File(os.path.join(folder, "f.h5"), "w", durable=True)
        assert told(f.flush) == errno.EIO
        assert told(f.close) == errno.EIO
    assert shim.fault_hits(SYNC) == 1, "the folder is not synced, or again after a failure"
    arm(SYNC, 0)


def failing_sync_at_closing(folder):
    f = hyperslab.File(os.path.join(folder, "f.h5"), "w", durable=True)
    f["x"] = 1
    arm(SYNC, errno.ENOSPC)
    assert told(f.close) == errno.ENOSPC
    arm(SYNC, 0)
    assert not f


def replace(path, mode):
    with hyperslab.File(path, mode, atomic=True) as f:
        f[mode] = list(range(2000))


def replaced(folder):
    """The disk has the new file before its name is there, and then the name."""
    path = os.path.join(folder, "f.h5")
    for mode in ("x", "w"):
        made = order(replace, path, mode)
        assert re.fullmatch("w[ws]*srd", made), made
        assert os.listdir(folder) == ["f.h5"]
        with h5py.File(path) as stock:
            assert list(stock) == [mode]


def replace_failing(path, kind, error, first):
    """Calls from that number on fail. Whether it was told."""
    with h5py.File(path, "w") as f:
        f["old"] = 1
    f = hyperslab.File(path, "w", atomic=True)
    f["new"] = list(range(2000))
    arm(kind, error, first)
    try:
        f.close()
    except OSError as caught:
        assert caught.errno == error, repr(caught)
        return True
    finally:
        arm(kind, 0)
    return False


def not_replaced(folder):
    """Whatever fails before the renaming is done, the old file is there and nothing else."""
    path = os.path.join(folder, "f.h5")
    for kind, error in [(CHANGE, errno.ENOSPC), (SYNC, errno.EIO), (NAME, errno.EACCES)]:
        first = 1
        while replace_failing(path, kind, error, first):
            is_folder = kind == SYNC and first == 2
            assert names(path) == (["new"] if is_folder else ["old"]), (kind, first)
            assert os.listdir(folder) == ["f.h5"], (kind, first)
            first += 1
        assert first > 1 and names(path) == ["new"], kind


def names(path):
    with h5py.File(path) as f:
        return list(f)


def names_without_links(folder):
    """Mode x where the file system has no links: somebody's file is found all the same."""
    path = os.path.join(folder, "f.h5")
    shim.fault_arm(NAME, errno.EPERM, ctypes.c_long(1), ctypes.c_long(1))
    with hyperslab.File(path, "x", atomic=True) as f:
        f["ours"] = 1
    assert list(hyperslab.File(path)) == ["ours"]
    os.remove(path)
    f = hyperslab.File(path, "x", atomic=True)
    with h5py.File(path, "w") as other:
        other["theirs"] = 1
    shim.fault_arm(NAME, errno.EPERM, ctypes.c_long(1), ctypes.c_long(1))
    assert told(f.close) == errno.EEXIST
    assert os.listdir(folder) == ["f.h5"]
    assert list(h5py.File(path)) == ["theirs"]


if __name__ == "__main__":
    globals()[sys.argv[2]](sys.argv[1])
