"""Chunks that are written part by part, and encoded past libhdf5 once they are complete."""

import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FILTERS = {
    "gzip": {"compression": "gzip", "shuffle": True},
    "lzf": {"compression": "lzf"},
    "checked gzip": {"compression": "gzip", "fletcher32": True},
}


def encoded(work):
    hyperslab.io_stats(reset=True)
    work()
    return hyperslab.io_stats(reset=True)["encoded_chunks"]


def smooth(shape, dtype="f4"):
    return np.arange(np.prod(shape)).reshape(shape).astype(dtype) / 8


def written_in_blocks(dataset, data, rows):
    for i in range(0, len(data), rows):
        dataset[i : i + rows] = data[i : i + rows]


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("rows", [16, 64, 50])  # parts of chunks, straddling them with 50
def test_blocks_of_rows(tmp_path, name, rows):
    data = smooth((300, 200))  # chunks at both edges are cut
    path = tmp_path / "a.h5"
    with hyperslab.File(path, "w") as file:
        dataset = file.create_dataset(
            "x", data.shape, "f4", chunks=(128, 64), fillvalue=7, **FILTERS[name]
        )
        assert encoded(lambda: written_in_blocks(dataset, data, rows)) == 3 * 4
        assert np.array_equal(dataset[()], data)
    with h5py.File(path) as file:
        assert np.array_equal(file["x"][()], data)


def test_chunks_that_stay_in_part_are_libhdf5s(tmp_path):
    path = tmp_path / "a.h5"
    data = smooth((256, 128))
    with hyperslab.File(path, "w") as file:
        dataset = file.create_dataset("x", data.shape, "f4", chunks=(128, 64), **FILTERS["gzip"])

        def work():
            dataset[:64] = data[:64]
            dataset[65:128] = data[65:128]  # a row is missing
            dataset[128:192, 10:60] = data[128:192, 10:60]  # cut along both axes
            dataset[192:, 10:60] = data[192:, 10:60]

        assert encoded(work) == 0
        expected = dataset[()]
    with h5py.File(path) as file:
        assert np.array_equal(file["x"][()], expected)


def test_a_chunk_that_is_written_again_stays_in_the_cache(tmp_path):
    path = tmp_path / "a.h5"
    data = smooth((128, 64))
    with hyperslab.File(path, "w") as file:
        dataset = file.create_dataset("x", data.shape, "f4", chunks=(128, 64), **FILTERS["gzip"])
        assert encoded(lambda: written_in_blocks(dataset, data, 32)) == 1
        assert encoded(lambda: [written_in_blocks(dataset, data + i, 32) for i in range(5)]) == 0
    with h5py.File(path) as file:
        assert np.array_equal(file["x"][()], data + 4)


def test_a_mask_of_an_older_chunk_does_not_stay(tmp_path):
    """A chunk that libhdf5 stored without lzf is replaced by one with it, and the reverse."""
    noise = np.random.default_rng(1).integers(0, 256, (128, 64)).astype("u1")
    zeros = np.zeros_like(noise)
    path = tmp_path / "a.h5"
    for first, then in ((noise, zeros), (zeros, noise)):
        with hyperslab.File(path, "w") as file:
            file.create_dataset("x", (128, 640), "u1", chunks=(128, 64), compression="lzf")
        for values in (first, then):
            with hyperslab.File(path, "r+") as file:
                written_in_blocks(file["x"], np.tile(values, (1, 10)), 64)
        with h5py.File(path) as file:
            assert np.array_equal(file["x"][()], np.tile(then, (1, 10)))


def test_columns_and_growth(tmp_path):
    data = smooth((100, 300), "f8")
    path = tmp_path / "a.h5"
    with hyperslab.File(path, "w") as file:
        columns = file.create_dataset("c", data.shape, "f8", chunks=(100, 64), **FILTERS["gzip"])

        def by_columns():
            for j in range(0, 300, 32):
                columns[:, j : j + 32] = data[:, j : j + 32]

        assert encoded(by_columns) == 5
        grown = file.create_dataset(
            "g", (0, 300), "f8", maxshape=(None, 300), chunks=(64, 300), **FILTERS["gzip"]
        )
        for i in range(0, 100, 10):
            grown.resize(i + 10, axis=0)
            grown[i : i + 10] = data[i : i + 10]
        assert np.array_equal(grown[()], data)
    with h5py.File(path) as file:
        assert np.array_equal(file["c"][()], data)
        assert np.array_equal(file["g"][()], data)


@st.composite
def blocks(draw):
    """Boxes whose borders are often those of chunks."""
    ends = []
    for length, chunk in ((96, 32), (80, 40)):
        near = st.sampled_from([i for i in range(0, length + 1, chunk // 2) if i <= length])
        begin, end = sorted(draw(st.tuples(near | st.integers(0, length), near)))
        ends.append(slice(begin, end))
    return tuple(ends)


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=25), st.sampled_from(sorted(FILTERS)), st.data())
def test_any_blocks_in_any_order(tmp_path_factory, boxes, name, choices):
    path = tmp_path_factory.mktemp("blocks") / "a.h5"
    expected = np.full((90, 80), 3.0)
    with hyperslab.File(path, "w") as file:
        dataset = file.create_dataset(
            "x",
            expected.shape,
            "f8",
            chunks=(32, 80) if choices.draw(st.booleans()) else (32, 64),
            maxshape=(None, None),
            fillvalue=3.0,
            **FILTERS[name],
        )
        for i, box in enumerate(boxes):
            value = np.random.default_rng(i).integers(0, 9, expected[box].shape).astype("f4")
            dataset[box] = value
            expected[box] = value
            if choices.draw(st.integers(0, 9)) == 0:
                dataset.resize((50, 80))
                dataset.resize((90, 80))
                expected[50:] = 3.0
        assert np.array_equal(dataset[()], expected)
    with h5py.File(path) as file:
        assert np.array_equal(file["x"][()], expected)
