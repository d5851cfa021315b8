"""The end of a program that leaves files open and threads running: the files are complete."""

import concurrent.futures

import h5py
import pytest
from run_python import run, start

BEGIN = """
import atexit, gc, io, os, sys, threading, time
import numpy as np
path = sys.argv[1]
"""

OPEN = """
import hyperslab as h5
f = h5.File(path, "w")
f["x"] = np.arange(10)
z = f.create_dataset("z", (400, 1000), "f8", chunks=(50, 100), compression="gzip", fillvalue=7)
z[:50] = 1
f.attrs["number"] = 5
f["groups/a/b"] = "text"
"""


def is_complete(path):
    with h5py.File(path) as f:
        assert f["x"][:].tolist() == list(range(10))
        rows = f["z"][:, 0]
        assert set(rows[:50]) <= {1, 2} and set(rows[50:]) <= {2, 7}
        assert f.attrs["number"] >= 5
        assert f["groups/a/b"][()] == b"text"
        f.visititems(lambda _, found: found[()] if isinstance(found, h5py.Dataset) else None)


def ends(tmp_path, code, times=1):
    """Runs it that often, two at a time; returns the paths of the files."""
    paths = [tmp_path / f"{i}.h5" for i in range(times)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda path: run(BEGIN + code, path), paths))
    return paths


LEFT_OPEN = {
    "a file": "",
    "objects": "kept = [f['x'], f['groups'], f['groups'].attrs, iter(f), z.id.get_type(), z.dims]",
    "the same file twice": "again = h5.File(path, 'r+'); again.attrs['again'] = 1",
    "only an object": "kept = f['groups']; kept['c'] = 1; del f, z",
    "a cycle": "f.itself = f; class_ = type(f); del f, z",
    "a held iterator": "it = f.visititems(lambda n, o: o)",
    "a thread's local": "local = threading.local(); local.f = f; del f",
    "an error that holds it": """
try:
    f["none"]
except KeyError as error:
    kept = error
""",
    "collecting off": "gc.disable(); f.itself = f",
    "a pool that waits": """
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2)
pool.submit(lambda: z[:50].sum()).result()
""",
    "an exit in a thread": "t = threading.Thread(target=sys.exit, args=(3,)); t.start(); t.join()",
}


@pytest.mark.parametrize("name", LEFT_OPEN)
def test_files_left_open_are_complete(tmp_path, name):
    is_complete(*ends(tmp_path, OPEN + LEFT_OPEN[name]))


def test_an_exception_that_ends_the_program_leaves_a_complete_file(tmp_path):
    with start(BEGIN + OPEN + "raise SystemExit('on purpose')", tmp_path / "f.h5") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1 and err.strip() == "on purpose"
    is_complete(tmp_path / "f.h5")


DAEMONS = {
    "read": "z[...]",
    "read one": "z[0, 0], f['x'][3]",
    "write": "z[:200] = 2",
    "attributes": "f.attrs['number'] += 1; list(f.attrs.items())",
    "visit": "f.visititems(lambda name, found: None)",
    "visit and collect": "f.visititems(lambda name, found: gc.collect(0) and None)",
    "create": "f.create_group(str(time.monotonic_ns()) + threading.current_thread().name)",
    "open": "h5.File(path + threading.current_thread().name, 'w').close()",
    "strings": "f['groups/a/b'][()], f['groups'].keys(), repr(f['groups/a'])",
    "resize": "f['r'].resize((f['r'].shape[0] % 5 + 1,)); f['r'][0] = 2",
    "the lock": "exec('with h5._objects.phil: z[0, 0]')",
}


@pytest.mark.parametrize("name", DAEMONS)
def test_daemon_threads_that_still_work(tmp_path, name):
    code = f"""
f.create_dataset("r", (5,), maxshape=(None,), chunks=(2,))
ready = threading.Semaphore(0)
def work():
    while True:
        {DAEMONS[name]}
        ready.release()
for i in range(3):
    threading.Thread(target=work, daemon=True, name=str(i)).start()
for _ in range(6):
    assert ready.acquire(timeout=30)
"""
    for path in ends(tmp_path, OPEN + code, times=2):
        is_complete(path)


def test_daemon_threads_with_a_python_file_object(tmp_path):
    code = (
        """
raw = open(path, "w+b")
import builtins
name, path = path, raw
"""
        + OPEN
        + """
ready = threading.Semaphore(0)
def work():
    while True:
        z[:60] = 2
        f.flush()
        ready.release()
threading.Thread(target=work, daemon=True).start()
assert ready.acquire(timeout=30)
"""
    )
    for path in ends(tmp_path, code, times=2):
        is_complete(path)


LATE = "f.attrs['number'] = 6; f['late'] = np.arange(4); f['x'][()]"

LATE_WORK = {
    "a handler older than the import": f"atexit.register(lambda: exec({LATE!r}, globals()))" + OPEN,
    "a handler younger than the import": OPEN
    + f"atexit.register(lambda: exec({LATE!r}, globals()))",
    "a destructor": OPEN
    + f"""
class Late:
    def __del__(self, f=f, np=np):
        {LATE}
late = Late()
""",
    "a destructor in a cycle": OPEN
    + f"""
class Late:
    def __del__(self, f=f, np=np):
        {LATE}
late = Late()
late.itself = late
del late
""",
    "a thread that is no daemon": OPEN
    + f"""
def work():
    time.sleep(0.3)
    {LATE}
threading.Thread(target=work).start()
""",
}


@pytest.mark.parametrize("name", LATE_WORK)
def test_what_is_written_while_the_program_ends(tmp_path, name):
    (path,) = ends(tmp_path, LATE_WORK[name])
    is_complete(path)
    with h5py.File(path) as f:
        assert f.attrs["number"] == 6 and f["late"][:].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "more", ["", "kept = on_disk['y']; del f, on_disk", "on_disk.itself = on_disk"]
)
def test_file_objects_left_open_are_complete(tmp_path, more):
    code = """
import hyperslab as h5
raw = open(path, "w+b")
in_memory, on_disk = h5.File(io.BytesIO(), "w"), h5.File(raw, "w")
for f in in_memory, on_disk:
    f["y"] = np.arange(5)
"""
    (path,) = ends(tmp_path, code + more)
    with h5py.File(path) as f:
        assert f["y"][:].tolist() == [0, 1, 2, 3, 4]


FAILING = """
import hyperslab as h5
class Full(io.BytesIO):
    full = False
    def write(self, data):
        if self.full:
            raise OSError(28, "full")
        return super().write(data)
raw = Full()
f = h5.File(raw, "w")
f["y"] = np.arange(5)
raw.full = True
try:
    f["z"] = np.arange(5)
except OSError as error:
    assert error.errno == 28
    print("told")
"""


@pytest.mark.parametrize("more", ["", "g = f['y']; del f", "f.close = None; f.itself = f; del f"])
def test_a_file_object_that_cannot_be_written(tmp_path, more):
    with start(BEGIN + FAILING + more, tmp_path) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and out == "told\n"
    assert "full" in err  # nobody is left to catch it


def test_a_disk_that_is_full_at_the_end_is_told(tmp_path, faulty_io):
    code = """
import ctypes, hyperslab as h5
f = h5.File(path, "w")
f["x"] = np.arange(5)
ctypes.CDLL(None).fault_arm(0, 28, ctypes.c_long(1), ctypes.c_long(1 << 40))
"""
    with start(BEGIN + code, tmp_path / "f.h5", LD_PRELOAD=str(faulty_io)) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "f.h5" in err and "No space left" in err


def test_a_program_that_is_cut_off_would_be_noticed(tmp_path):
    (path,) = ends(tmp_path, OPEN + "os._exit(0)")
    with pytest.raises(OSError):
        is_complete(path)
