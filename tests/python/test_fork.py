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
