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
interrupt_after(0.2)
try:
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
