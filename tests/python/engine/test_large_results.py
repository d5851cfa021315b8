"""Results so large that their memory comes from the system as zeros."""

import hyperslab
import numpy as np
import pytest

SIDE = 3_000  # 36 MB of singles
CHUNKS = (100, 1_000)


@pytest.mark.parametrize("fill", [0, -0.0, 7.5])
@pytest.mark.parametrize("filters", [{}, {"compression": "gzip"}])
def test_what_was_never_written_is_the_fill_value(tmp_path, fill, filters):
    expected = np.full((SIDE, SIDE), fill, "f4")
    expected[550:750, 20:1_500] = 3
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        dataset = file.create_dataset(
            "x", (SIDE, SIDE), "f4", chunks=CHUNKS, fillvalue=fill, **filters
        )
        dataset[550:750, 20:1_500] = 3
    with hyperslab.File(tmp_path / "a.h5") as file:
        for _ in range(2):
            found = file["x"][()]
            assert np.array_equal(found, expected)
            assert np.array_equal(np.signbit(found), np.signbit(expected))


def test_a_contiguous_dataset_never_written_is_zeros(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("x", (SIDE, SIDE), "f4")
    with hyperslab.File(tmp_path / "a.h5") as file:
        assert not file["x"][()].any()


def test_zeros_that_were_written_over_others_are_read(tmp_path):
    """Memory that was full before is not taken for fresh."""
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        full = file.create_dataset("full", (SIDE, SIDE), "f4", chunks=CHUNKS)
        file.create_dataset("empty", (SIDE, SIDE), "f4", chunks=CHUNKS)
        full[...] = 1
    with hyperslab.File(tmp_path / "a.h5") as file:
        for _ in range(5):
            assert (file["full"][()] == 1).all()
            assert not file["empty"][()].any()
        target = np.ones((SIDE, SIDE), "f4")
        file["empty"].read_direct(target)
        assert not target.any()
