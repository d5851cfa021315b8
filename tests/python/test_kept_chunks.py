"""What is kept of a dataset, chunks and where they lie, is never old.

Random sequences of the same few reads and of all that may change what they find, against a NumPy
array: the third read of a selection comes from memory, unless something was written.
"""

from itertools import count

import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROWS, COLUMNS = 60, 40
NAMES = count()

LAYOUTS = [
    {"chunks": (16, 12)},
    {"chunks": (16, 12), "compression": "gzip"},
    {"chunks": (1, 40), "shuffle": True, "compression": "lzf"},
    {"chunks": (60, 3), "fletcher32": True},
    {"chunks": (60, 40), "compression": "gzip"},
]
SELECTIONS = [
    np.s_[()],
    np.s_[:, 5],
    np.s_[:, 7:12],
    np.s_[::2, ::3],
    np.s_[10:50],
    np.s_[[3, 4, 9, 40], 2:38],
    np.s_[7, 8],
]
CHANGES = ["write", "write whole", "resize", "other", "chunk", "flush"]
WAYS = ["dataset anew", "file anew to write", "file anew to read"]

stories = st.lists(
    st.tuples(
        st.sampled_from(["read", "read", "read", *CHANGES, *WAYS]),
        st.sampled_from(SELECTIONS),
        st.integers(1, 3),
    ),
    min_size=5,
    max_size=40,
)


class Told:
    """A dataset and what it should be."""

    def __init__(self, path, layout, cache):
        self.path = path
        self.cache = cache
        self.value = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS) % 999
        self.next = count(1000)
        self.file = None
        self.writable = True
        with hyperslab.File(path, "w") as file:
            file.create_dataset("x", data=self.value, maxshape=(None, COLUMNS), **layout)
            file["other"] = np.zeros(10)
        self.open("r+")

    def open(self, mode):
        if self.file is not None:
            self.file.close()
        self.writable = mode == "r+"
        self.file = hyperslab.File(self.path, mode, rdcc_nbytes=self.cache)
        self.dataset = self.file["x"]

    def read(self, selection):
        assert np.array_equal(self.dataset[selection], self.value[selection])

    def change(self, what, selection):
        if not self.writable:
            self.open("r+")
        if what == "write":
            self.dataset[selection] = self.value[selection] = next(self.next)
        elif what == "write whole":
            self.value = self.value + 1
            self.dataset[...] = self.value
        elif what == "resize":
            rows = ROWS + next(self.next) % 7
            self.dataset.resize(rows, axis=0)
            grown = np.zeros((rows, COLUMNS), self.value.dtype)
            kept = min(rows, len(self.value))
            grown[:kept] = self.value[:kept]
            self.value = grown
        elif what == "other":
            self.file["other"][...] = next(self.next)
        elif what == "chunk":  # past the dataset's own cache
            chunk = self.dataset.chunks
            stored = self.dataset.id.read_direct_chunk((0, 0))
            self.dataset.id.write_direct_chunk((0, chunk[1] * (COLUMNS // chunk[1] - 1)), stored[1])
            self.value[: chunk[0], chunk[1] * (COLUMNS // chunk[1] - 1) :][:, : chunk[1]] = (
                self.value[: chunk[0], : chunk[1]]
            )
        else:
            self.file.flush()


@pytest.mark.parametrize("engine", ["automatic", "direct"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories, cache=st.sampled_from([None, 0, 4000, 1 << 20]))
def test_stories(tmp_path, engine, layout, story, cache):
    told = Told(tmp_path / f"{next(NAMES)}.h5", layout, cache)
    hyperslab.set_engine(engine)
    try:
        for what, selection, times in story:
            if what == "dataset anew":
                told.dataset = None
                told.dataset = told.file["x"]
            elif what.startswith("file anew"):
                told.open("r+" if what.endswith("write") else "r")
            elif what != "read":
                told.change(what, selection)
            for _ in range(times):
                told.read(selection)
    finally:
        hyperslab.set_engine("automatic")
        told.file.close()
        told.path.unlink()
