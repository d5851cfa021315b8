"""Property lists with any values: an exception or an effect, never a crash."""

import subprocess
import sys

import pytest

PROGRAM = """
import inspect, io, random, re, sys
import numpy as np
import hyperslab
from hyperslab import h5ac, h5d, h5f, h5fd, h5p, h5s, h5t

choose = random.Random(int(sys.argv[1]))
CLASSES = [getattr(h5p, n) for n in dir(h5p) if isinstance(getattr(h5p, n), h5p.PropClassID)]
CLASSES.remove(h5p.NO_CLASS)

def new_list():
    return h5p.create(choose.choice(CLASSES))

def closed_list():
    plist = new_list()
    plist.close()
    return plist

lists = [new_list() for _ in range(20)]
space = h5s.create_simple((4, 5))
text = hyperslab.string_dtype()

def anything():
    return choose.choice([
        lambda: choose.choice([None, True, 0, -1, 2**31, 2**63, 2**64 - 1, 2**70, 1.5]),
        lambda: choose.choice(["", "x", b"", b"a\\0b", b"%s%n", b"x" * 5000]),
        lambda: choose.choice([(), (0,), (1, 2, 3), (2**32,), (2**40, 2**40), (1,) * 300, [1], {}]),
        lambda: np.zeros(choose.choice([(), 0, 3]), choose.choice(["f8", "S4", "U3", "O", text])),
        lambda: np.zeros(1, [("a", "i4"), ("b", text)]),
        lambda: np.array(["abc"], text),
        lambda: np.arange(10)[::2],
        new_list, closed_list, object, io.BytesIO, h5ac.CacheConfig,
        lambda: choose.choice([space, h5t.NATIVE_INT32, h5p.FILE_ACCESS, h5fd.SEC2, h5fd.CORE]),
    ])()

NUMBERS = [0, 1, 2, 3, 4, 5, 8, 10, 32, 100, 255, 256, 512, 4096, 65535, 65536]
NUMBERS += [2**31 - 1, 2**31, 2**32, 2**62, 2**63, 2**64 - 1, -1]

def argument(annotation):
    if choose.random() < 0.15:
        return anything()
    if "int" in annotation:
        return choose.choice(NUMBERS)
    if "float" in annotation:
        return choose.choice([0, 0.5, 1, -1, 2, float("nan")])
    if "bytes" in annotation:
        return choose.choice([b"", b"x", b"/a/b", b"%s", b".", b"x" * 3000])
    if "bool" in annotation:
        return choose.choice([0, 1, True, False])
    if "PropID" in annotation:
        return choose.choice([*lists, None])
    if "SpaceID" in annotation:
        growing = h5s.create_simple((4,), (h5s.UNLIMITED,))
        return choose.choice([space, h5s.create(0), h5s.create(2), growing])
    return anything()

def arguments(owner, name):
    signature = inspect.getattr_static(owner, name).__nb_signature__[0][0]
    inside = signature[signature.index("(") + 1 : signature.rindex(")")]
    parameters = re.split(r",\\s*(?![^\\[]*\\])", inside)[1:]
    return [argument(p.partition(":")[2]) for p in parameters]

def call_something():
    plist = choose.choice(lists)
    skipped = ("id", "locked", "fileno", "valid", "close", "_close")
    names = [n for n in dir(type(plist)) if not n.startswith("__") and n not in skipped]
    name = choose.choice(names)
    getattr(plist, name)(*arguments(type(plist), name))

def use_something():
    plist = choose.choice(lists)
    memory = h5p.create(h5p.FILE_ACCESS)
    memory.set_fapl_core(backing_store=False)
    if isinstance(plist, h5p.PropDCID):
        with hyperslab.File(io.BytesIO(), "w") as f:
            h5d.create(f.id, b"x", h5t.NATIVE_INT32, h5s.create_simple((10,)), plist)
    elif isinstance(plist, h5p.PropFAID):
        other = plist.copy()
        other.set_fapl_core(backing_store=False)
        h5f.create(b"memory", fapl=other).close()
    elif isinstance(plist, h5p.PropFCID):
        h5f.create(b"memory", fcpl=plist, fapl=memory).close()

def renew():
    lists[choose.randrange(len(lists))] = choose.choice([new_list, choose.choice(lists).copy])()

for number in range(int(sys.argv[2])):
    try:
        choose.choice([call_something] * 20 + [use_something, renew])()
    except Exception:
        pass
"""


@pytest.mark.parametrize("seed", range(3))
def test_no_crash(seed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(seed), "5000"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
