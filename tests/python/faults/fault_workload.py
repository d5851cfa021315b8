"""Work on a file while its system calls fail. Runs in a child with faulty_io.c preloaded.

    python fault_workload.py FOLDER '{"driver": …}' SCENARIO:STRIDE...

A scenario is run with the first call failing, then with the one STRIDE later, and so on. Prints as
JSON how many cases were run, and what was wrong.
"""

import contextlib
import ctypes
import errno
import functools
import itertools
import json
import os
import signal
import sys
import traceback

import h5py
import hyperslab
import numpy as np

CHANGE, READ = range(2)
FOREVER = 1 << 40
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS)

numbers = itertools.count()
shim = ctypes.CDLL(None)


def arm(kind, error, first=1, last=FOREVER):
    shim.fault_arm(kind, error, ctypes.c_long(first), ctypes.c_long(last))


def disarm():
    for kind in (CHANGE, READ):
        arm(kind, 0)


# ---- the work: every step can be repeated ----

ROWS = np.arange(24 * 256, dtype="i4").reshape(24, 256)


def replace(parent, name, **keywords):
    if name in parent:
        del parent[name]
    parent.create_dataset(name, **keywords)


def make_groups(f):
    for i in range(6):
        f.require_group(f"groups/{i}").attrs["number"] = i


def make_plain(f):
    replace(f, "plain", data=np.arange(3000))


def make_zipped(f):
    replace(f, "zipped", data=np.arange(5000), chunks=(500,), compression="gzip")


def make_rows(f):
    f.require_dataset("rows", (0, 256), "i4", chunks=(1, 256), maxshape=(None, 256), shuffle=True)


def write_row(i):
    def write(f):
        rows = getattr(f, "held", None) or f["rows"]
        if len(rows) <= i:
            rows.resize(i + 1, axis=0)
        rows[i] = ROWS[i]

    return write


def hold_rows(f):
    """From now on the rows wait in the dataset's chunk cache, and push each other out of it."""
    f.held = f["rows"]


def make_words(f):
    replace(f, "words", data=[f"word {i}" for i in range(50)])


def set_attributes(f):
    for i in range(12):
        f.attrs[f"text {i}"] = "x" * 50 * i


def delete(f):
    f.require_group("groups/new")
    del f["groups/new"]


def flush(f):
    f.flush()


STEPS = [
    make_groups,
    make_plain,
    make_rows,
    *(write_row(i) for i in range(12)),
    flush,
    make_zipped,
    hold_rows,
    *(write_row(i) for i in range(12, 24)),
    make_words,
    set_attributes,
    delete,
    flush,
]


def what_is_wrong(path, keywords):
    """Compares with what was written, as stock h5py reads it."""
    with h5py.File(path, "r", **keywords) as f:
        assert sorted(f) == ["groups", "plain", "rows", "words", "zipped"], list(f)
        assert f["plain"][:].tolist() == list(range(3000)), "plain"
        assert f["zipped"][:].tolist() == list(range(5000)), "zipped"
        bad = [i for i in range(24) if not (f["rows"][i] == ROWS[i]).all()]
        assert not bad, f"rows {bad}"
        assert f["words"].asstr()[:].tolist() == [f"word {i}" for i in range(50)], "words"
        assert len(f["groups"]) == 6
        assert [f[f"groups/{i}"].attrs["number"] for i in range(6)] == list(range(6))
        assert [len(f.attrs[f"text {i}"]) for i in range(12)] == [50 * i for i in range(12)]


# ---- cases ----


def without(keywords, *names):
    return {key: value for key, value in keywords.items() if key not in names}


class Case:
    """One file, and who was told of what."""

    def __init__(self, folder, keywords, label, error):
        self.keywords = dict(keywords)
        self.path = os.path.join(folder, f"{next(numbers)}{self.keywords.pop('ending', '')}")
        self.label = label
        self.error = error
        self.told = []
        self.problems = []

    def open(self, mode):
        keywords = self.keywords if mode == "w" else without(self.keywords, "fs_strategy")
        return hyperslab.File(self.path, mode, rdcc_nbytes=4096, **keywords)

    def attempt(self, action, *arguments):
        """Whether it worked; an error must be the one that was made."""
        try:
            action(*arguments)
            return True
        except OSError as error:
            self.told.append(error)
            if error.errno != self.error:
                self.problem(f"{action.__name__}: errno {error.errno}: {error}")
        except Exception as error:
            self.told.append(error)
            self.problem(f"{action.__name__}: {type(error).__name__}: {error}")
        return False

    def problem(self, text):
        self.problems.append(f"{self.label}: {text}")

    def must_be_complete(self):
        try:
            what_is_wrong(self.path, self.reading())
        except Exception as error:
            self.problem(f"incomplete ({len(self.told)} told): {type(error).__name__}: {error}")

    def must_be_readable(self):
        try:
            with h5py.File(self.path, locking=False, **self.reading()) as f:
                f.visititems(
                    lambda _, found: found[()] if isinstance(found, h5py.Dataset) else None
                )
        except Exception as error:
            self.problem(f"unreadable: {type(error).__name__}: {error}")

    def reading(self):
        found = {k: v for k, v in self.keywords.items() if k in ("driver", "memb_size")}
        return found if found.get("driver") in ("family", "split") else {}


def work(case):
    """All steps; returns those that failed."""
    return [step for step in STEPS if not case.attempt(step, case.file)]


def opened(case, mode="w"):
    case.file = None

    def open_file():
        case.file = case.open(mode)

    return case.attempt(open_file)


def repeated(case, kind, first, last):
    """The fault goes away, what failed is done again: then nothing may be missing."""
    arm(kind, case.error, first, last)
    failed = work(case) if opened(case) else None
    disarm()
    if failed is None:
        opened(case)
        failed = STEPS
    for step in failed:
        step(case.file)
    case.file.flush()
    case.file.close()
    case.must_be_complete()


def closed(case, kind, first, last):
    """The fault stays: closing tells, and the file is gone; a new one can be made."""
    arm(kind, case.error, first, last)
    if opened(case):
        work(case)
        case.attempt(case.file.close)
        if case.file:
            case.problem("still open")
    hits = shim.fault_hits(kind)
    disarm()
    if hits and not case.told:
        case.must_be_complete()
    with case.open("w") as f:
        f["x"] = 1


def left_open(case, kind, first, last):
    """The process ends with the file open: no crash, no hang."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        arm(kind, case.error, first, last)
        if opened(case):
            work(case)
        sys.exit(0)
    _, status = os.waitpid(child, 0)
    if status != 0:
        case.problem(f"wait status {status} at exit")


def reopened(case, kind, first, last):
    """A file that exists is read and changed."""
    work_on_existing(case, kind, first, last)
    case.must_be_complete()


def unread(case, kind, first, last):
    """A file that exists is changed while it cannot be read.

    libhdf5 forgets a chunk that it cannot find a place for, and may be left with an object that it
    cannot delete. So more may be missing than what the calls that failed would write; but nothing
    crashes, and what is on disk can be read.
    """
    work_on_existing(case, kind, first, last, lenient=True)
    case.must_be_readable()


def work_on_existing(case, kind, first, last, lenient=False):
    with case.open("w") as f:
        for step in STEPS[: len(STEPS) // 2]:
            step(f)
    arm(kind, case.error, first, last)
    failed = work(case) if opened(case, "r+") else None
    disarm()
    if failed is None:
        opened(case, "r+")
        failed = STEPS
    for action in (*(functools.partial(step, case.file) for step in failed), case.file.close):
        with contextlib.suppress(*([Exception] if lenient else [])):
            action()


def calls_of(run, folder, keywords, kind):
    """How many there are when nothing fails."""
    case = Case(folder, keywords, "no fault", 0)
    run(case, kind, FOREVER, FOREVER)
    assert not case.problems, case.problems
    disarm()
    existing = run in (reopened, unread)
    if existing:
        case.file = case.open("w")
        for step in STEPS[: len(STEPS) // 2]:
            step(case.file)
        case.file.close()
    arm(kind, 0)
    opened(case, "r+" if existing else "w")
    work(case)
    if run is closed:
        case.file.close()
    calls = shim.fault_calls(kind)
    case.file.close()
    return calls


def run_all(run, stride, folder, keywords):
    kind = READ if run is unread else CHANGE
    calls = calls_of(run, folder, keywords, kind)
    found = {"calls": calls, "cases": 0, "told": 0, "problems": []}
    for number, last in itertools.product(range(1, calls + 1, stride), ("once", "for good")):
        error = ERRORS[found["cases"] % len(ERRORS)]
        label = f"{run.__name__} {number}/{calls} {last} {errno.errorcode[error]}"
        print(label, file=sys.stderr, flush=True)  # for who has to explain a crash
        case = Case(folder, keywords, label, error)
        try:
            run(case, kind, number, number if last == "once" else FOREVER)
        except Exception:
            disarm()
            case.problem(traceback.format_exc(limit=-2))
        found["problems"] += case.problems
        found["told"] += len(case.told)
        found["cases"] += 1
    return found


def main():
    folder, keywords = sys.argv[1], json.loads(sys.argv[2])
    found = {}
    for argument in sys.argv[3:]:
        name, stride = argument.split(":")
        found[name] = run_all(globals()[name], int(stride), folder, keywords)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
