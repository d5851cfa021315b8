"""Writes past libhdf5 that end early: every chunk is the old or the new one, and the file opens.

A failing call, a disk that is full, Ctrl-C, a process that is killed, no memory for a helper.
"""

import errno
import signal
import time

import h5py
import numpy as np
import pytest
from run_python import run, start

ROWS, COLUMNS, CHUNK = 64, 1000, 4
SHAPE = (ROWS, COLUMNS)

BEGIN = f"""
import ctypes, os, resource, signal, sys, threading, time
import numpy as np
import hyperslab as h5

path = sys.argv[1]
ROWS, COLUMNS, CHUNK = {ROWS}, {COLUMNS}, {CHUNK}
rng = np.random.default_rng(1)
old, new = (rng.integers(0, 1000, (ROWS, COLUMNS)) + n for n in (0, 1000))
h5.set_engine("direct")

def make(file, **keywords):
    keywords = {{"compression": "gzip", "shuffle": True}} | keywords
    return file.create_dataset("x", data=old, chunks=(CHUNK, COLUMNS), **keywords)
"""


def chunks_of(values):
    return values.reshape(ROWS // CHUNK, -1)


def old_and_new():
    rng = np.random.default_rng(1)
    return [rng.integers(0, 1000, SHAPE) + n for n in (0, 1000)]


def new_chunks(path):
    """For each chunk whether it is the new one; it must be one of the two."""
    old, new = (chunks_of(values) for values in old_and_new())
    with h5py.File(path) as file:
        found = chunks_of(file["x"][()])
    is_new = (found == new).all(axis=1)
    assert (is_new | (found == old).all(axis=1)).all()
    return is_new.tolist()


FAILS = """
engine, errno = sys.argv[2], int(sys.argv[3])
h5.set_engine(engine)
shim = ctypes.CDLL(None)
told = []
for n in range(1, 400, 13):
    with h5.File(path, "w", rdcc_nbytes=0) as file:  # else libhdf5 keeps all that it writes
        dataset = make(file)
        file.flush()
        shim.fault_arm(0, errno, ctypes.c_long(n), ctypes.c_long(1 << 40))
        try:
            dataset[...] = new
        except OSError as error:
            assert error.errno == errno, error
            told.append(n)
        shim.fault_arm(0, 0, ctypes.c_long(1), ctypes.c_long(1))
        found = dataset[...].reshape(ROWS // CHUNK, -1)
        is_new = (found == new.reshape(found.shape)).all(axis=1)
        is_old = (found == old.reshape(found.shape)).all(axis=1)
        assert (is_new | is_old).all(), n
        assert is_new.tolist() == sorted(is_new.tolist(), reverse=True), "not in the file's order"
        if n % 2:
            dataset[...] = new
            assert (dataset[...] == new).all()
print(len(told) > 1)
"""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
@pytest.mark.parametrize("engine", ["direct", "automatic", "library"])
def test_a_failing_call_leaves_the_chunks_before_it_new_and_the_others_old(
    tmp_path, faulty_io, engine, number
):
    path = tmp_path / "a.h5"
    child = run(BEGIN + FAILS, path, engine, number, timeout=300, LD_PRELOAD=str(faulty_io))
    assert child == "True\n"
    new_chunks(path)


FULL = """
with h5.File(path, "w") as file:
    make(file)
size = os.path.getsize(path)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 30_000, resource.RLIM_INFINITY))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
file = h5.File(path, "r+")
try:
    file.create_dataset("y", data=new, chunks=(CHUNK, COLUMNS), compression="gzip")
    print("written")
except OSError:
    print("told")
if "y" in file:
    del file["y"]
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
file["x"][:CHUNK] = new[:CHUNK]
file.close()
"""


def test_where_there_is_no_room_the_rest_of_the_file_stays_usable(tmp_path):
    assert run(BEGIN + FULL, tmp_path / "a.h5") == "told\n"
    assert new_chunks(tmp_path / "a.h5") == [True] + [False] * (ROWS // CHUNK - 1)


INTERRUPTED = """
engine, begun = sys.argv[2:]
h5.set_engine(engine)
signal.signal(signal.SIGALRM, signal.default_int_handler)
h5.set_num_threads(2)
file = h5.File(path, "w")
big = file.create_dataset("big", (2000, 4000), "f8", chunks=(20, 4000), compression="gzip")
x = make(file)
data = rng.random(big.shape)

def interrupt():
    while h5.io_stats()[begun] == 0:
        pass
    signal.raise_signal(signal.SIGALRM)

h5.io_stats(reset=True)
thread = threading.Thread(target=interrupt)
thread.start()
try:
    big[...] = data
    print("not interrupted")
except KeyboardInterrupt:
    print("interrupted")
thread.join()
found = big[...].reshape(100, -1)
is_new = [(a == b).all() for a, b in zip(found, data.reshape(100, -1))]
assert not all(is_new)
assert all(new or not chunk.any() for new, chunk in zip(is_new, found))
x[...] = new
file.close()
"""


@pytest.mark.parametrize(
    ("engine", "begun"), [("automatic", "encoded_chunks"), ("library", "library_writes")]
)
def test_ctrl_c_ends_a_long_write_between_two_chunks(tmp_path, engine, begun):
    code = BEGIN + INTERRUPTED
    assert run(code, tmp_path / "a.h5", engine, begun, timeout=120) == "interrupted\n"
    assert all(new_chunks(tmp_path / "a.h5"))


KILLED = """
with h5.File(path, "w") as file:
    make(file)
file = h5.File(path, "r+")
print("begun", flush=True)
for i in range(10_000):
    file.create_dataset(f"more {i}", data=new, chunks=(CHUNK, COLUMNS), compression="gzip")
"""


@pytest.mark.parametrize("after", [0.0, 0.05, 0.3])
def test_what_was_closed_is_there_when_a_writer_was_killed(tmp_path, after):
    process = start(BEGIN + KILLED, tmp_path / "a.h5")
    try:
        assert process.stdout.readline() == "begun\n"
        time.sleep(after)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert not any(new_chunks(tmp_path / "a.h5"))


NO_MEMORY = """
with h5.File(path, "w") as file:
    dataset = make(file)
    big = file.create_dataset("big", (8, 4 << 20), "u1", chunks=(1, 4 << 20), compression="gzip")
    used = int(open("/proc/self/statm").read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    data = np.ones((8, 4 << 20), "u1")
    ended = 0
    for more in range(0, 96, 8):
        limit = used + (32 + more << 20)
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
        try:
            big[...] = data
            ended += 1
        except (MemoryError, OSError, RuntimeError):
            pass
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    big[...] = data
    assert (big[...] == data).all()
    dataset[...] = new
print("sound")
"""


def test_helpers_without_memory_do_no_harm(tmp_path):
    assert run(BEGIN + NO_MEMORY, tmp_path / "a.h5", timeout=120) == "sound\n"
    assert all(new_chunks(tmp_path / "a.h5"))


# What the writing thread allocates itself does not fail, and libhdf5 needs no other thread.
HELPER_WITHOUT_MEMORY = """
h5.set_num_threads(3)
shim = ctypes.CDLL(None)
shim.malloc_arm.argtypes = [ctypes.c_size_t, ctypes.c_long, ctypes.c_long]
with h5.File(path, "w") as file:
    dataset = make(file, **eval(sys.argv[2]))
    big = file.create_dataset(
        "big", (8, 2 << 20), "u1", chunks=(1, 2 << 20), compression="gzip", compression_opts=1
    )
    noise = rng.integers(0, 256, big.shape, dtype="u1")
    failures = 0
    for n in (*range(1, 12), 1 << 40):
        shim.malloc_arm(10_000, n if n < 1 << 40 else 1, n)
        dataset[...] = new
        dataset[1:-1:2] = old[1:-1:2]
        big[...] = noise
        failures += shim.malloc_failures()
        shim.malloc_arm(1 << 62, 1, 1)
        expected = new.copy()
        expected[1:-1:2] = old[1:-1:2]
        assert (dataset[...] == expected).all() and (big[...] == noise).all()
        big[...] = 0
    dataset[...] = new
print(failures > 0)
"""


@pytest.mark.parametrize("filters", [{}, {"compression": "lzf"}])
def test_a_helper_that_throws_is_replaced_by_libhdf5(tmp_path, faulty_malloc, filters):
    code = BEGIN + HELPER_WITHOUT_MEMORY
    preload = {"LD_PRELOAD": str(faulty_malloc)}
    assert run(code, tmp_path / "a.h5", filters, timeout=120, **preload) == "True\n"
    assert all(new_chunks(tmp_path / "a.h5"))
