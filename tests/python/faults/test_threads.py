"""Many threads, the garbage collector and callbacks, all at once: right data or an exception."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor

import h5py
import hyperslab
import numpy as np
import pytest
from run_python import run

VALUES = np.arange(40000, dtype="i4").reshape(200, 200)


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("z", data=VALUES, chunks=(20, 50), compression="gzip")
        f["plain"] = VALUES
        for i in range(20):
            f[f"groups/{i}/text"] = f"text {i}"
            f[f"groups/{i}"].attrs["n"] = i
        yield f


def together(count, work):
    """Runs work(number) in that many threads, all starting at once; raises what one raised."""
    barrier = threading.Barrier(count)

    def begin(number):
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_sixteen_threads_of_mixed_work(file):
    own = [file.create_dataset(f"own {i}", (50, 20), "f8", chunks=(10, 20)) for i in range(16)]

    def work(number):
        rng = np.random.default_rng(number)
        for step in range(12):
            row = int(rng.integers(200))
            assert (file["z"][row] == VALUES[row]).all()
            assert file["plain"][row, 7] == VALUES[row, 7]
            own[number][step] = number + step
            file[f"groups/{number}"].attrs["mine"] = step
            group = file.create_group(f"made/{number}/{step}")
            group["x"] = np.full(10, step)
            assert file[f"groups/{row % 20}/text"].asstr()[()] == f"text {row % 20}"
            assert group.name in [each.name for each in file[f"made/{number}"].values()]
            if step % 4 == 3:
                del file[f"made/{number}/{step}"]
                file.flush()

    together(16, work)
    path = file.filename
    file.close()
    with h5py.File(path) as f:
        for number in range(16):
            assert f[f"own {number}"][:12, 0].tolist() == [number + step for step in range(12)]
            assert len(f[f"made/{number}"]) == 9
            assert f[f"groups/{number}"].attrs["mine"] == 11


def test_replacing_an_attribute_is_seen_whole(file):
    """Other threads find the old value or the new one."""
    file.attrs["pair"] = [0, 0]
    stop = threading.Event()

    def look():
        while not stop.is_set():
            first, second = file.attrs["pair"]
            assert first == second

    with ThreadPoolExecutor(3) as pool:
        lookers = [pool.submit(look) for _ in range(3)]
        for i in range(1, 500):
            file.attrs["pair"] = [i, i]
        stop.set()
        for each in lookers:
            each.result()


def test_a_failed_replacement_leaves_the_attribute(file):
    file.attrs["n"] = 5
    with pytest.raises(TypeError):
        file.attrs["n"] = object()
    with pytest.raises(Exception):  # noqa: B017
        file.attrs["n"] = np.zeros(20000)  # larger than an object header takes
    assert file.attrs["n"] == 5 and list(file.attrs) == ["n"]


@pytest.mark.parametrize("what", ["file", "dataset"])
def test_closing_under_the_use_of_others(tmp_path, what):
    """They get the right data until it is closed, and an ordinary exception from then on."""
    for _ in range(8):
        f = hyperslab.File(tmp_path / "f.h5", "w")
        z = f.create_dataset("z", data=VALUES, chunks=(20, 50), compression="gzip")
        closing = f if what == "file" else z.id

        def use(number, f=f, z=z, closing=closing):
            if number == 0:
                closing.close()
                return
            try:
                for step in range(100):
                    if number % 3 == 0:
                        z[0] = VALUES[0]
                        z.attrs["x"] = step
                    assert (z[number] == VALUES[number]).all()
                    assert z.shape == (200, 200) and z.name in ("/z", None)
                    list(z.attrs)
            except (ValueError, OSError, KeyError, RuntimeError, TypeError):
                pass

        together(8, use)
        f.close()
        assert not f and not z


def test_closing_a_walk_away(file):
    """What a callback closes is closed for the rest of the walk."""
    seen = []

    def close(name, found):
        seen.append(name)
        if len(seen) == 5:
            file.close()

    try:
        file.visititems(close)
    except (ValueError, OSError, KeyError, RuntimeError):
        pass
    assert 5 <= len(seen) < 42
    assert not file


def test_collecting_garbage_in_callbacks_and_other_threads(tmp_path):
    """On HDF5 1.14 this crashes stock h5py: files in cycles are closed while libhdf5 is at work."""
    code = """
import gc, sys, threading
import numpy as np
import hyperslab as h5
path = sys.argv[1]
f = h5.File(path, "w")
for i in range(50):
    f[f"groups/{i}/x"] = np.arange(10)

numbers = iter(range(10**6))
def litter(n):
    for _ in range(n):
        other = h5.File(f"{path}{next(numbers)}", "w")
        other["x"] = np.arange(10)
        other.cycle = [other["x"], other]

stop = threading.Event()
def collect():
    while not stop.wait(0.002):
        gc.collect(1)
t = threading.Thread(target=collect, daemon=True)
t.start()
for _ in range(3):
    names = []
    def see(name, found):
        names.append(name)
        if len(names) % 3 == 0:
            litter(1)
        if len(names) % 10 == 0:
            gc.collect()
    f.visititems(see)
    assert len(names) == 101
    f["groups"].visit(lambda name: litter(name.endswith("9")))
stop.set()
t.join()
gc.collect()
assert f["groups/49/x"][9] == 9
f.close()
"""
    run(code, tmp_path / "f.h5")


def test_callbacks_that_raise_in_many_threads(file):
    class Stop(Exception):
        pass

    def work(number):
        seen = []

        def raise_later(*arguments):
            seen.append(arguments)
            if len(seen) > number:
                raise Stop

        walks = (file.visit, file.visititems, file.visit_links, file.visititems_links)
        for walk in walks:
            with pytest.raises(Stop):
                walk(raise_later)
        return True

    assert all(together(16, work))
    gc.collect()
    assert file["plain"][0, 1] == 1
