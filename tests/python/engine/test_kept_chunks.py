"""What is kept of a dataset, chunks and where they lie, is never old.

Stories (engine_scenes.py) in which each read is made three times: the third comes from memory,
unless something was written.
"""

from itertools import count

import engine_scenes as scenes
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SHAPE = (60, 40)
NAMES = count()

LAYOUTS = [
    {"chunks": (16, 12)},
    {"chunks": (16, 12), "compression": "gzip"},
    {"chunks": (1, 40), "shuffle": True, "compression": "lzf"},
    {"chunks": (60, 3), "fletcher32": True},
    {"chunks": (60, 40), "compression": "gzip"},
]


class KeptStory(scenes.Story):
    """With what the reader of one dataset may not notice."""

    def open_dataset_again(self):
        self.dataset = None
        self.dataset = self.file["d"]

    def write_another(self):
        if self.writable:
            self.seed += 1
            self.file.require_dataset("other", (10,), "f8")[...] = self.seed

    def write_everything(self):
        self.write(tuple(slice(0, n) for n in self.data.shape))

    def copy_chunk(self):
        """Puts the first chunk in the place of the last whole one of its row, past the filters."""
        d = self.dataset.id
        if not self.writable or self.data.shape != SHAPE:
            return
        if d.get_chunk_info_by_coord((0, 0)).byte_offset is None:
            return
        rows, columns = self.dataset.chunks
        last = SHAPE[1] // columns * columns - columns
        mask, stored = d.read_direct_chunk((0, 0))  # a chunk that deflate did not shrink has a mask
        d.write_direct_chunk((0, last), stored, filter_mask=mask)
        self.data[:rows, last : last + columns] = self.data[:rows, :columns]


STEPS = [
    KeptStory.write,
    KeptStory.write_everything,
    KeptStory.resize,
    KeptStory.write_another,
    KeptStory.copy_chunk,
    KeptStory.flush,
    KeptStory.open_dataset_again,
    KeptStory.reopen,
]


def read_thrice(story):
    args = story.draw(st.sampled_from([None, None, (slice(None),)])) or story.selection()
    for _ in range(3):
        found = story.dataset[scenes.of_hyperslab(args)]
        assert np.array_equal(found, story.expected(args))


@pytest.mark.parametrize("engine", ["automatic", "direct"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draws=st.data(), cache=st.sampled_from([None, 0, 4000, 1 << 20]))
def test_stories(tmp_path, engine, layout, draws, cache):
    path = tmp_path / f"{next(NAMES)}.h5"
    story = KeptStory(path, draws.draw, {"rdcc_nbytes": cache} if cache is not None else {})
    hyperslab.set_engine(engine)
    try:
        story.begin((np.dtype("<i8"), SHAPE, {"maxshape": (None, SHAPE[1]), **layout}))
        for _ in range(draws.draw(st.integers(3, 15))):
            read_thrice(story)
            draws.draw(st.sampled_from(STEPS))(story)
        read_thrice(story)
    finally:
        hyperslab.set_engine("automatic")
        story.close()
        path.unlink()
