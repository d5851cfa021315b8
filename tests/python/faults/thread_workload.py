"""Everything at once from many threads, on one file and on files of their own.

    python thread_workload.py FOLDER [THREADS [ROUNDS]]

Runs in a child: a crash or a deadlock is then a failure like another, and a Python without the
interpreter's lock can run it alone. Needs nothing but hyperslab and NumPy. Prints as JSON what was
done, and what was wrong.
"""

import faulthandler
import gc
import itertools
import json
import random
import sys
import threading
import traceback
from pathlib import Path

import hyperslab
import numpy as np

PATIENCE = 240  # seconds, of which a few are needed; then all stacks are printed and it ends

COMMON = np.arange(30_000, dtype="i4").reshape(150, 200)
TABLE = np.zeros(40, [("id", "i4"), ("flux", "f8", (3,)), ("ok", "?")])
TABLE["id"] = range(40)
WORDS = ["one", "", "ä" * 30]


def fill(f):
    """What all threads read."""
    f.create_dataset("common", data=COMMON, chunks=(11, 70), compression="gzip", shuffle=True)
    f["plain"] = COMMON
    f["table"] = TABLE
    f["words"] = WORDS
    f["complex"] = np.array([0, 1j, 1])
    f.create_dataset("ragged", (5,), hyperslab.vlen_dtype("i2"))
    for i in range(5):
        f["ragged"][i] = np.arange(i)
    f["soft"] = hyperslab.SoftLink("/plain")
    f.attrs["count"] = 150
    f.attrs["words"] = WORDS


def unread(f):
    return [f[name] for name in ("common", "table", "words")]


class Worker:
    """One thread's work. Each step can be done in any order, any number of times."""

    def __init__(self, folder, shared, number):
        self.folder = folder
        self.shared = shared
        self.number = number
        self.random = random.Random(number)
        self.group = shared.require_group(f"thread {number}")
        self.made = itertools.count()
        self.growing = self.group.create_dataset("growing", (0, 8), "f8", maxshape=(None, 8))

    def steps(self):
        return [getattr(self, name) for name in dir(self) if name.startswith("do_")]

    # ---- in the file that all share ----

    def do_read_numbers(self):
        row, column = self.random.randrange(150), self.random.randrange(200)
        for name in ("common", "plain", "soft"):
            data = self.shared[name]
            assert data.shape == (150, 200) and data.dtype == "i4"
            assert data[row, column] == COMMON[row, column]
            assert (data[row::7, column:] == COMMON[row::7, column:]).all()
        assert (self.shared["common"][...] == COMMON).all()
        assert (self.shared["plain"][:, [1, 5, 150]] == COMMON[:, [1, 5, 150]]).all()

    def do_read_records_and_words(self):
        assert (self.shared["table"]["flux", :5] == 0).all()
        assert (self.shared["table"][...] == TABLE).all()
        assert list(self.shared["words"].asstr()[...]) == WORDS
        for i, values in enumerate(self.shared["ragged"]):
            assert list(values) == list(range(i))
        assert list(self.shared.attrs["words"]) == WORDS and self.shared.attrs["count"] == 150

    def do_one_dataset_object(self):
        """Of one Python object, which may not have been read before."""
        data = self.shared.first_used
        assert data[3, 4] == COMMON[3, 4] and data.dtype == "i4" and len(data) == 150
        assert (data[10:20] == COMMON[10:20]).all()

    def do_objects_that_nobody_has_read(self):
        """What an object remembers is found out by several threads at once."""
        common, table, words = self.shared.unread
        assert common[3, 4] == COMMON[3, 4] and common.id.rank == 2 and table.dtype == TABLE.dtype
        assert (table["id", "ok"]["id"] == TABLE["id"]).all() and words[2].decode() == WORDS[2]
        assert table.id.dtype == TABLE.dtype and table._dxpl.valid
        assert len({common, self.shared["common"]}) == 1
        self.shared.unread = unread(self.shared)

    def do_many_elements(self):
        """Scalars, which are made in places of their type."""
        plain, record = self.shared.first_used, self.shared["table"]
        for _ in range(50):
            row, column = self.random.randrange(150), self.random.randrange(200)
            assert plain[row, column] == COMMON[row, column] and plain[-1, column] == 29800 + column
            assert self.shared.attrs["count"] == 150 and record[row % 40]["id"] == row % 40

    def do_grow(self):
        rows = len(self.growing)
        self.growing.resize(rows + 3, axis=0)
        self.growing[rows:] = self.number
        assert self.growing.shape == (rows + 3, 8)
        assert (self.growing[...] == self.number).all()
        if rows > 30:
            self.growing.resize((0, 8))

    def do_create_and_delete(self):
        name = f"made {next(self.made)}"
        data = np.full((6, 5), self.number, "i8")
        made = self.group.create_dataset(name, data=data, chunks=(2, 5), compression="lzf")
        assert (self.group[name][:, 1] == self.number).all() and name in self.group
        assert made == self.group[name] and made.name == f"/thread {self.number}/{name}"
        del self.group[name]
        assert name not in self.group and self.group.get(name) is None
        assert (made[...] == data).all()  # as long as it is open

    def do_attributes(self):
        attrs = self.group.attrs
        for value in (self.number, f"text {self.number}", np.arange(self.number), WORDS):
            attrs["value"] = value
            assert np.array_equal(attrs["value"], value)
        attrs.create("typed", 1, dtype="u1")
        attrs.modify("typed", 2)
        assert attrs["typed"] == 2 and sorted(attrs) == ["typed", "value"]
        del attrs["typed"]
        assert dict(attrs).keys() == {"value"}

    def do_strings_and_references(self):
        group = self.group.require_group("objects")
        words = group.require_dataset("words", (3,), hyperslab.string_dtype())
        words[...] = [f"{self.number}", "", "b" * 50]
        assert words.asstr()[0] == f"{self.number}" and words[2] == b"b" * 50
        references = group.require_dataset("references", (2,), hyperslab.ref_dtype)
        references[...] = [group.ref, words.ref]
        assert self.shared[references[0]] == group
        assert self.shared[references[1]].name == words.name
        region = self.shared["plain"].regionref[2:4, 5]
        assert self.shared["plain"][region].ravel().tolist() == COMMON[2:4, 5].tolist()

    def do_iterate(self):
        names = list(self.shared)
        assert {"common", "plain", "words"} <= set(names)
        for name, member in self.shared.items():
            assert member is not None and name
        seen = []
        self.group.visititems(lambda name, found: seen.append((name, found.name)))
        assert all(full.endswith(name) for name, full in seen)
        assert len(list(self.shared["common"].iter_chunks())) == 42

    def do_errors(self):
        for wrong, expected in [
            (lambda: self.shared["none"], KeyError),
            (lambda: self.shared["plain"][500], IndexError),
            (lambda: self.group.create_dataset("growing", (1,), "i4"), ValueError),
            (lambda: self.group.attrs["none"], KeyError),
            (lambda: hyperslab.File(self.folder / "none.h5", "r"), FileNotFoundError),
            (lambda: self.shared["plain"].resize((1, 1)), TypeError),
        ]:
            try:
                wrong()
            except expected:
                continue
            raise AssertionError(f"no {expected.__name__}")

    def do_share_iterators(self):
        for name in self.shared.names:  # each goes to one of the threads
            assert name.decode() in self.shared
        self.shared.names = iter(self.shared.id)
        for part in self.shared.parts:
            assert (self.shared["common"][part] == COMMON[part]).all()
        self.shared.parts = self.shared["common"].iter_chunks()

    def do_configure(self):
        config = hyperslab.get_config()
        config.track_order = self.random.random() < 0.5
        assert config.complex_names == ("r", "i") and self.shared["complex"][1] == 1j

    def do_virtual(self):
        layout = hyperslab.VirtualLayout((2, 200), "i4")
        source = hyperslab.VirtualSource(self.shared["plain"])
        for row in range(2):
            layout[row] = source[self.number + row]
        self.group.pop("virtual", None)
        virtual = self.group.create_virtual_dataset("virtual", layout)
        assert (virtual[...] == COMMON[self.number : self.number + 2]).all()

    # ---- in files of its own ----

    def do_own_file(self):
        path = self.folder / f"{self.number}.h5"
        with hyperslab.File(path, "w") as f:
            f.create_dataset("x", data=COMMON, chunks=(50, 50), compression="gzip")
            f["words"] = WORDS
        with hyperslab.File(path, "r") as f:
            assert (f["x"][...] == COMMON).all() and list(f["words"].asstr()) == WORDS
            left = f["x"]
        assert not left and not f
        with hyperslab.File(path, "a") as f:
            del f["words"]
            f["x"][0] = -1
            assert f["x"][0].sum() == -200

    def do_the_same_file_again(self):
        """Two handles of one file, of which another thread may be closing a third."""
        with hyperslab.File(self.folder / "read.h5", "r") as f:
            assert (f["common"][:30] == COMMON[:30]).all()
            assert f["words"].asstr()[2] == WORDS[2]

    def do_close_what_others_close(self):
        self.shared.to_close.close()
        self.shared.to_close = hyperslab.File(self.folder / "read.h5", "r")

    def do_leave_garbage(self):
        cycle = [hyperslab.File.in_memory()]
        cycle += [cycle, cycle[0].create_group("g")]
        if self.random.random() < 0.2:
            gc.collect()


def work(worker, rounds, barrier, failures, done):
    barrier.wait()
    try:
        for _ in range(rounds):
            steps = worker.steps()
            worker.random.shuffle(steps)
            for step in steps:
                step()
                done.append(step.__name__)
    except BaseException:
        failures.append(traceback.format_exc())


def main():
    folder = Path(sys.argv[1])
    threads, rounds = (int(text) for text in (*sys.argv[2:], "16", "3")[:2])
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    with hyperslab.File(folder / "read.h5", "w") as f:
        fill(f)
    failures, done = [], []
    with hyperslab.File(folder / "shared.h5", "w") as shared:
        fill(shared)
        shared.first_used = shared["plain"]
        shared.unread = unread(shared)
        shared.names = iter(shared.id)
        shared.parts = shared["common"].iter_chunks()
        shared.to_close = hyperslab.File(folder / "read.h5", "r")
        workers = [Worker(folder, shared, number) for number in range(threads)]
        barrier = threading.Barrier(threads)
        running = [
            threading.Thread(target=work, args=(worker, rounds, barrier, failures, done))
            for worker in workers
        ]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        faulthandler.cancel_dump_traceback_later()
        expected = threads * rounds * len(workers[0].steps())
    with hyperslab.File(folder / "shared.h5") as f:
        for number in range(threads):
            assert (f[f"thread {number}/growing"][...] == number).all()
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    print(json.dumps({"failures": failures, "missing": expected - len(done), "gil": gil}))


if __name__ == "__main__":
    main()
