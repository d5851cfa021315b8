"""Ctrl-C: KeyboardInterrupt arrives, and the file is sound."""

import h5py
import pytest
from run_python import run

BEGIN = """
import os, signal, sys, threading, time
import numpy as np
import hyperslab as h5
path = sys.argv[1]
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
f = h5.File(path, "w")
z = f.create_dataset("z", (1000, 1000), "f4", chunks=(100, 100), compression="gzip", fillvalue=1)
z[...] = 1
for i in range(300):
    f.create_group(f"groups/{i}").attrs["n"] = i

def interrupt_after(seconds):
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGINT)).start()
"""

WORK = {
    "reading": "z[...]",
    "writing": "z[...] = 2",
    "rows": "[row.sum() for row in z]",
    "visiting": "f.visititems(lambda name, found: None)",
    "attributes": "f.attrs['n'] = [n.attrs['n'] for n in f['groups'].values()]",
    "creating": "f.require_group(f'new/{time.monotonic_ns() % 5000}')",
    "opening": "h5.File(path + 'other', 'w').close()",
}


def is_sound(path):
    with h5py.File(path) as f:
        assert set(f["z"][:].ravel()) <= {1, 2}
        assert [f[f"groups/{i}"].attrs["n"] for i in range(300)] == list(range(300))
        f.visititems(lambda _, found: dict(found.attrs))


@pytest.mark.parametrize("name", WORK)
def test_an_interrupt_arrives_and_the_file_is_sound(tmp_path, name):
    code = f"""
try:
    interrupt_after(0.2)
    while True:
        {WORK[name]}
except KeyboardInterrupt:
    print("interrupted")
f["after"] = 5
f.close()
"""
    assert run(BEGIN + code, tmp_path / "f.h5") == "interrupted\n"
    is_sound(tmp_path / "f.h5")


def test_one_long_write_does_not_swallow_an_interrupt(tmp_path):
    code = """
data = np.random.default_rng(1).random((1000, 1000)).repeat(3, 0)
signal.signal(signal.SIGALRM, signal.default_int_handler)
try:
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    f.create_dataset("long", data=data, chunks=(100, 1000), compression="gzip", compression_opts=9)
    time.sleep(0)
except KeyboardInterrupt:
    print("interrupted")
f.close()
"""
    assert run(BEGIN + code, tmp_path / "f.h5") == "interrupted\n"
    is_sound(tmp_path / "f.h5")


def test_a_storm_of_interrupts(tmp_path):
    code = """
class Storm(Exception):
    pass
armed = False
def handler(*_):
    global armed
    if armed:
        armed = False
        raise Storm
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
arrived = made = 0
work = [
    lambda: f.create_group(f"more/{made}"),
    lambda: z[:100].sum(),
    lambda: z.__setitem__(slice(0, 50), 2),
    lambda: f.attrs.__setitem__("made", made),
    lambda: f["groups"].visititems(lambda name, found: None),
    lambda: [g.name for g in f["groups"].values()],
]
while arrived < 150:
    try:
        armed = True
        for each in work:
            made += 1
            each()
        armed = False  # outside of the try no exception is to come
    except Storm:
        arrived += 1
signal.setitimer(signal.ITIMER_REAL, 0)
f.close()
"""
    run(BEGIN + code, tmp_path / "f.h5")
    is_sound(tmp_path / "f.h5")


def test_a_handler_may_use_the_file(tmp_path):
    code = """
seen = []
signal.signal(signal.SIGALRM, lambda *_: seen.append(f["z"][0, 0] + f["groups/5"].attrs["n"]))
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
while len(seen) < 100:
    f.visititems(lambda name, found: None)
    z[:100]
signal.setitimer(signal.ITIMER_REAL, 0)
assert set(seen) == {6}
f.close()
"""
    run(BEGIN + code, tmp_path / "f.h5")
    is_sound(tmp_path / "f.h5")


HUGE = """
import os, signal, sys, threading, zlib
import numpy as np
import hyperslab as h5
path = sys.argv[1]
signal.signal(signal.SIGALRM, signal.default_int_handler)
h5.set_num_threads(2)

# A chunk of 256 MiB: blocks that refer to nothing before them, so one is as good as the next.
N = 1 << 22
block = (np.random.default_rng(1).integers(0, 30, N)).astype("u1").tobytes()
squeezer = zlib.compressobj(1, wbits=-15)
stream = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
check = 1
for _ in range(64):
    check = zlib.adler32(block, check)
end = zlib.compressobj(1, wbits=-15).flush()
with h5.File(path, "w") as f:
    d = f.create_dataset("huge", (64 * N,), "u1", chunks=(64 * N,), compression="gzip")
    d.id.write_direct_chunk((0,), b"\\x78\\x01" + stream * 64 + end + check.to_bytes(4, "big"))
    f["other"] = np.arange(1000)

# What was decoded when the interrupt came, which is sent when the chunk has been fetched.
def interrupted(read):
    h5.io_stats(reset=True)
    begun = threading.Thread(target=interrupt_when_fetched)
    try:
        begun.start()
        read()
    except KeyboardInterrupt:
        return h5.io_stats()["decoded_bytes"]
    finally:
        begun.join()
    raise AssertionError("no interrupt")

def interrupt_when_fetched():
    while h5.io_stats()["fetched_bytes"] == 0:
        pass
    signal.raise_signal(signal.SIGALRM)

def wait_for_the_chunk():
    while h5.io_stats()["decoded_bytes"] == 0:
        pass

expected = np.frombuffer(block * 64, "u1")
"""


def test_nobody_waits_for_the_end_of_a_huge_chunk(tmp_path):
    code = """
f = h5.File(path)
print(interrupted(lambda: f["huge"][...]))
print(f["other"][5])
assert (f["huge"][...] == expected).all()
wait_for_the_chunk()
h5.set_engine("direct")  # so little would be left to libhdf5
print(interrupted(lambda: f["huge"][:1000]))
assert (f["huge"][100:N] == expected[100:N]).all()
f.close()
"""
    assert run(HUGE + code, tmp_path / "f.h5", timeout=300) == "0\n5\n0\n"


def test_a_file_is_closed_and_changed_while_a_huge_chunk_is_still_decoded(tmp_path):
    code = """
f = h5.File(path, "r+")
print(interrupted(lambda: f["huge"][...]))
f["huge"][:5] = 7
f.close()
os.truncate(path, 2048)
os.remove(path)
"""
    assert run(HUGE + code, tmp_path / "f.h5", timeout=300) == "0\n"


def test_the_process_ends_while_a_huge_chunk_is_still_decoded(tmp_path):
    code = """
f = h5.File(path)
print(interrupted(lambda: f["huge"][...]))
"""
    assert run(HUGE + code, tmp_path / "f.h5", timeout=300) == "0\n"
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["other"][5] == 5


def test_memory_of_the_callers_is_not_written_after_an_interrupt(tmp_path):
    code = """
f = h5.File(path)
out = np.zeros(expected.shape, "u1")
decoded = interrupted(lambda: f["huge"].read_direct(out))
assert decoded == 64 * N, "it has waited"
before = out.copy()
assert (f["huge"][...] == expected).all()
assert (out == before).all()
print("sound")
"""
    assert run(HUGE + code, tmp_path / "f.h5", timeout=300) == "sound\n"


def test_a_thread_that_reads_a_huge_chunk_lets_others_run(tmp_path):
    code = """
f = h5.File(path)
thread = threading.Thread(target=lambda: f["huge"][...])
h5.io_stats(reset=True)
thread.start()
reads = 0
while thread.is_alive():
    assert f["other"][5] == 5
    reads += 1
print(reads > 10)
"""
    assert run(HUGE + code, tmp_path / "f.h5", timeout=300) == "True\n"


HUGE_WRITE = """
import os, signal, sys, threading, time
import numpy as np
import hyperslab as h5
path = sys.argv[1]
signal.signal(signal.SIGALRM, signal.default_int_handler)
h5.set_num_threads(2)
data = np.random.default_rng(1).random((4, 3_000_000))  # 96 MB

def interrupt_when(begun):
    while not begun():
        pass
    time.sleep(0.01)
    signal.raise_signal(signal.SIGALRM)

def interrupted(write, begun):
    h5.io_stats(reset=True)
    thread = threading.Thread(target=interrupt_when, args=(begun,))
    try:
        thread.start()
        write()
    except KeyboardInterrupt:
        return h5.io_stats()["encoded_chunks"]
    finally:
        thread.join()
    raise AssertionError("no interrupt")

def soon():
    time.sleep(0.05)
    return True
"""


def test_nobody_waits_for_huge_chunks_to_be_encoded(tmp_path):
    """Chunks of 24 MB take longer to encode than a person waits; none of them is then complete."""
    code = """
f = h5.File(path, "w")
old = f.create_dataset("old", data=np.arange(1000.0), chunks=(100,), compression="gzip")
keywords = {"chunks": (1, 3_000_000), "compression": "gzip", "compression_opts": 9}
print(interrupted(lambda: f.create_dataset("huge", data=data, **keywords), soon))
print("huge" in f)
x = f.create_dataset("huge", data.shape, "f8", **keywords)
print(interrupted(lambda: x.__setitem__(..., data), soon))
del data
f["after"] = 5
old[...] = 7
f.close()
"""
    assert run(HUGE_WRITE + code, tmp_path / "f.h5", timeout=300) == "0\nFalse\n0\n"
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["after"][()] == 5 and set(f["old"][...]) == {7}
        assert not f["huge"][0, :1000].any()


def test_a_process_ends_while_huge_chunks_are_encoded(tmp_path):
    code = """
with h5.File(path, "w") as f:
    f["before"] = 5
    x = f.create_dataset("x", data.shape, "f8", chunks=(1, 3_000_000), compression=9)
    print(interrupted(lambda: x.__setitem__(..., data), soon))
"""
    assert run(HUGE_WRITE + code, tmp_path / "f.h5", timeout=300) == "0\n"
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["before"][()] == 5 and f["x"].shape == (4, 3_000_000)
