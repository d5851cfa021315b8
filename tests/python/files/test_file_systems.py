"""Writes to a file system of their own: a small one that fills up, and one that is read-only.

A child mounts it where no other process sees it, so it is gone with the child.
"""

import functools

import pytest
from run_python import run

MOUNT = """
import ctypes, errno, os, sys
import h5py
import numpy as np
import hyperslab as h5

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_RDONLY, MS_REMOUNT, MS_REC, MS_PRIVATE = 0x20000, 1, 32, 0x4000, 0x40000

def call(function, *arguments):
    if function(*arguments) != 0:
        sys.exit(f"not allowed: {os.strerror(ctypes.get_errno())}")

folder = sys.argv[1]
path = os.path.join(folder, "a.h5")
call(libc.unshare, CLONE_NEWNS)
call(libc.mount, None, b"/", None, MS_REC | MS_PRIVATE, None)
call(libc.mount, b"none", os.fsencode(folder), b"tmpfs", 0, b"size=6m")
"""


@functools.cache
def may_mount(folder):
    try:
        return run(MOUNT + "print('mounted')", folder) == "mounted\n"
    except AssertionError as error:
        if "not allowed" in str(error):
            return False
        raise


@pytest.fixture
def folder(tmp_path):
    if not may_mount(tmp_path):
        pytest.skip("this process may not mount a file system")
    return tmp_path


FULL = """
h5.set_engine(sys.argv[2])
keywords = eval(sys.argv[3])
ROWS, COLUMNS = 64, 4000
rng = np.random.default_rng(1)
old, new = (rng.integers(0, 1 << 40, (ROWS, COLUMNS)) + (n << 50) for n in (0, 1))

def is_new(values):
    values, chunks = values.reshape(16, -1), new.reshape(16, -1)
    found = (values == chunks).all(axis=1)
    assert (found | (values == old.reshape(16, -1)).all(axis=1) | (values == 0).all(axis=1)).all()
    return found.tolist()

file = h5.File(path, "w", rdcc_nbytes=0)
x = file.create_dataset("x", data=old, **keywords)
texts = file.create_dataset("texts", data=["a", "bc"] * 50)
file.flush()
filler = os.path.join(folder, "filler")
room = os.statvfs(folder)
with open(filler, "wb") as f:
    f.write(bytes(max(room.f_bavail * room.f_frsize - 600_000, 0)))

failed = []
for write in (
    lambda: file.create_dataset("y", data=new, **keywords),
    lambda: file.create_many({"z": new[:2], "zz": new}, compression=2),
    lambda: x.__setitem__(..., new),
):
    try:
        write()
    except OSError as error:
        assert error.errno == errno.ENOSPC, error
        failed.append(True)
    else:
        failed.append(False)
assert not {"y", "z", "zz"} & set(file), list(file)
found = is_new(x[...])
assert found == sorted(found, reverse=True), found
grown = x.shape
if x.maxshape[0] is None:
    try:
        x.append(new)
        failed.append(False)
    except OSError as error:
        assert error.errno == errno.ENOSPC, error
        failed.append(True)
    assert x.shape == grown
os.remove(filler)
x[...] = new
file["y"] = new
file.close()
with h5py.File(path) as stock:
    assert (stock["x"][...] == new).all() and (stock["y"][...] == new).all()
    assert stock["texts"].asstr()[...].tolist() == ["a", "bc"] * 50
print(failed)
"""

STORED = {
    "gzip": {"chunks": (4, 4000), "compression": "gzip", "maxshape": (None, 4000)},
    "lzf": {"chunks": (4, 4000), "compression": "lzf", "shuffle": True},
    "chunks": {"chunks": (4, 4000), "maxshape": (None, 4000)},
    "contiguous": {},
}


@pytest.mark.parametrize("stored", STORED)
@pytest.mark.parametrize("engine", ["automatic", "direct", "library"])
def test_a_full_disk_leaves_what_was_there_and_the_file_goes_on(folder, engine, stored):
    out = run(MOUNT + FULL, folder, engine, STORED[stored], timeout=120)
    created, created_together, *in_place_and_grown = eval(out)
    assert created and created_together
    assert in_place_and_grown[1:] == ([True] if "maxshape" in STORED[stored] else [])


READ_ONLY = """
with h5.File(path, "w") as file:
    file.create_dataset("x", data=np.arange(1000), chunks=(100,), compression="gzip")
with h5.File(path, "r+", libver="latest") as file:
    file["y"] = 1
call(libc.mount, None, os.fsencode(folder), None, MS_REMOUNT | MS_RDONLY, None)
for package in (h5py, h5):
    said = []
    for mode, name, keywords in [
        ("r+", path, {}),
        ("a", path, {}),
        ("w", path, {}),
        ("x", path + ".new", {}),
        ("a", path + ".new", {}),
        ("w", path, {"driver": "stdio"}),
        ("r+", path, {"libver": "latest"}),
        ("w", path, {"atomic": True}),
        ("r+", path, {"durable": True}),
    ]:
        if package is h5py and {"atomic", "durable"} & set(keywords):
            continue
        try:
            package.File(name, mode, **keywords)
        except OSError as error:
            said.append((mode, error.errno))
        else:
            said.append((mode, None))
    print([number == errno.EROFS for _, number in said])
    with package.File(path) as file:
        assert file["x"][...].tolist() == list(range(1000)) and file["y"][()] == 1
        try:
            file["z"] = 1
        except (OSError, ValueError) as error:
            pass
        else:
            raise AssertionError
assert os.listdir(folder) == ["a.h5"]
"""


def test_a_read_only_file_system_is_read_and_refuses_the_rest(folder):
    stock, ours = run(MOUNT + READ_ONLY, folder).splitlines()
    keeps_errno = [True] * 5 + [False, True]  # the stdio driver keeps none
    assert stock == str(keeps_errno) and ours == str([*keeps_errno, True, True])
