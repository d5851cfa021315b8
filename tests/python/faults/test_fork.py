"""fork: both processes go on, and neither spoils the other's file."""

import h5py
import pytest
from run_python import run

BEGIN = """
import os, signal, sys, threading
import numpy as np
import hyperslab as h5
path = sys.argv[1]

def in_child(work):
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        work()
        os._exit(7)
    return child

def wait(child, status=7):
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == status
"""

FILE = """
f = h5.File(path, "w")
f["x"] = np.arange(1000)
values = np.arange(20000).reshape(200, 100)
z = f.create_dataset("z", data=values, chunks=(10, 10), compression="gzip")
"""


def test_a_child_reads_while_the_parent_goes_on(tmp_path):
    code = """
f.flush()
def read():
    assert (z[()] == np.arange(20000).reshape(200, 100)).all() and f["x"][5] == 5
children = [in_child(read) for _ in range(4)]
f["after"] = z[3]
[wait(child) for child in children]
f["x"][0] = 77
f.close()
"""
    run(BEGIN + FILE + code, tmp_path / "f.h5")
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["after"][0] == 300 and f["x"][0] == 77 and f["z"][199, 99] == 19999


@pytest.mark.parametrize("how", ["os._exit(7)", "sys.exit(7)"])
def test_a_child_that_does_not_touch_the_file(tmp_path, how):
    """By sys.exit the child closes what it has; what it writes is what the parent would."""
    code = f"""
f.attrs["before"] = 1
child = os.fork()
if child == 0:
    {how}
wait(child)
f["after"] = np.arange(50)
z[0] = 5
f.close()
"""
    run(BEGIN + FILE + code, tmp_path / "f.h5")
    with h5py.File(tmp_path / "f.h5") as f:
        assert f.attrs["before"] == 1 and f["after"][49] == 49
        assert f["z"][0].tolist() == [5] * 100 and f["z"][199, 99] == 19999


def test_forking_while_other_threads_are_inside(tmp_path):
    code = """
f.flush()
stop = threading.Event()
errors = []
def work(i):
    try:
        while not stop.is_set():
            z[...] if i else f["x"].attrs.create("n", 3)
    except BaseException as error:
        errors.append(error)
threads = [threading.Thread(target=work, args=(i,)) for i in range(3)]
[t.start() for t in threads]
def read():
    assert z[199, 99] == 19999 and f["x"][999] == 999
    h5.File(path + str(os.getpid()), "w").close()
for _ in range(15):
    wait(in_child(read))
stop.set()
[t.join() for t in threads]
assert not errors, errors
f.close()
"""
    run(BEGIN + FILE + code, tmp_path / "f.h5")
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["x"].attrs["n"] == 3


def test_forking_while_a_thread_holds_the_lock_in_python(tmp_path):
    code = """
from hyperslab._objects import phil
f.flush()
held, go = threading.Event(), threading.Event()
def hold():
    with phil:
        held.set()
        go.wait(0.2)
t = threading.Thread(target=hold)
t.start()
held.wait()
wait(in_child(lambda: z[0, 0]))
t.join()
"""
    run(BEGIN + FILE + code, tmp_path / "f.h5")


# The program itself does nothing but fork: each worker is a process that has done nothing yet.
FIRST_THINGS = """
import io, random, time

values = np.arange(300000.0).reshape(600, 500)  # much is read by several threads

def prepare():
    with h5.File(path, "w") as f:
        f["x"] = np.arange(1000)
        f.create_dataset("z", data=values, chunks=(64, 64), compression=1)
        f["words"], f["complex"] = ["one", "two"], np.array([0, 1j])
        f["ref"] = [f["x"].ref]
        f.attrs["n"] = 5

def read(f, z):
    assert z[199, 99] == 99599 and (f["z"][...] == values).all()
    assert list(f["words"].asstr()) == ["one", "two"] and f.attrs["n"] == 5
    assert f["complex"][1] == 1j and f[f["ref"][0]] == f["x"]

def read_chunks(f, z):
    assert (z[...] == values).all()

def write(*_):
    with h5.File(io.BytesIO(), "w") as f:
        f["x"] = [1, 2, 3]
        f.create_dataset("y", data=["a", "b"], chunks=(1,))
        f.require_group("a/b").attrs["text"] = "text"
        f["x"].make_scale("s")

def look(f, z):
    z.explain()
    f.visititems(lambda name, found: None)
    z.id.get_chunk_info(0)
    f["x"].cycle = [f, f["x"]]
    str(h5.h5t.STD_I32LE), h5.io_stats()

def configure(f, z):
    h5.get_config().track_order = random.random() < 0.5
    read(f, z)

THINGS = [read, read_chunks, write, look, configure]

def worker(number):
    random.seed(number)
    shared = h5.File(path)
    first = [read_chunks, read_chunks] + random.sample(THINGS, number % 2)
    gate = threading.Barrier(len(first) + 1)
    def work(thing):
        with h5.File(path) as f:
            z = f["z"]
            gate.wait()
            while True:
                thing(f, z)
    for thing in first:
        threading.Thread(target=work, args=(thing,), daemon=True).start()
    gate.wait()
    time.sleep(random.random() * 0.0006)
    def child():
        for thing in THINGS:
            thing(shared, shared["z"])
    wait(in_child(child))

wait(in_child(prepare))
for number in range(80):
    wait(in_child(lambda: worker(number)))
"""


@pytest.mark.parametrize("engine", ["automatic", "direct", "library"])
def test_forking_while_other_threads_do_things_for_the_first_time(tmp_path, engine):
    run(BEGIN + FIRST_THINGS, tmp_path / "f.h5", timeout=300, HYPERSLAB_ENGINE=engine)


@pytest.mark.parametrize("how", ["progress", "signal"])
def test_forking_in_the_middle_of_a_read(tmp_path, how):
    """Helpers of the read are not there in the child, which reads it all the same."""
    code = f"""
values = np.random.default_rng(1).integers(0, 50, (4000, 2000), "i4")
f.create_dataset("large", data=values, chunks=(100, 2000), compression="gzip")
f.close()
f = h5.File(path)
children = []
def fork(*_):
    if not children:
        children.append(os.fork())
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(50)
signal.signal(signal.SIGALRM, fork)
if {how!r} == "signal":
    signal.setitimer(signal.ITIMER_REAL, 0.03)
with h5.progress(fork if {how!r} == "progress" else lambda *_: None, after=0):
    while not children:
        found = f["large"][...]
same = (found == values).all()
if children == [0]:
    os._exit(7 if same else 8)
[child] = children
wait(child)
assert same
"""
    run(BEGIN + FILE + code, tmp_path / "f.h5", HYPERSLAB_NUM_THREADS="4")


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_a_pool_of_processes_after_a_file_was_opened(tmp_path, method):
    (tmp_path / "work_of_pool.py").write_text("""
import hyperslab as h5
def total(task):
    path, row = task
    with h5.File(path) as f:
        return int(f["z"][row].sum())
""")
    code = f"""
import multiprocessing
sys.path.insert(0, os.path.dirname(path))
os.environ["PYTHONPATH"] += os.pathsep + os.path.dirname(path)
import work_of_pool
f.close()
f = h5.File(path)
if __name__ == "__main__":
    with multiprocessing.get_context({method!r}).Pool(2) as pool:
        sums = pool.map(work_of_pool.total, [(path, row) for row in range(0, 200, 10)])
    assert sums == [int(f["z"][row].sum()) for row in range(0, 200, 10)]
    f.close()
"""
    run(BEGIN + FILE + code, tmp_path / "f.h5")
