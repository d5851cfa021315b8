"""Numbers of another type than the file's, written in large blocks, as h5py writes them."""

import h5py
import hyperslab
import numpy as np
import pytest

ROWS, COLUMNS = 700, 1_000  # more than two blocks of each of the types


def numbers(dtype):
    values = np.random.default_rng(0).normal(scale=1e3, size=(ROWS, COLUMNS))
    if np.dtype(dtype).kind == "f":
        values[0, :6] = [np.nan, np.inf, -np.inf, 1e300, -1e300, 1e-300]
    return values.astype(dtype)


CASES = [("f8", "f4"), (">f8", "f4"), ("f8", ">f8"), ("f8", "i4"), ("i8", "i2"), ("i4", "f8")]
LAYOUTS = {
    "contiguous": {},
    "fill value": {"fillvalue": 5},
    "chunked": {"chunks": (64, 300)},
    "growing": {"chunks": (64, 300), "maxshape": (None, None)},
}


def made(module, path, source, stored, **layout):
    data = numbers(source)
    with module.File(path, "w") as file:
        file.create_dataset("whole", data=data, dtype=stored, **layout)
        part = file.create_dataset("part", data.shape, stored, **layout)
        part[3:690, 10:] = data[3:690, 10:]
        part[0:700:350] = data[0:2]
        twice = file.create_dataset("twice", (2, *data.shape), stored)
        twice[1] = data[:, ::-1]
    with h5py.File(path) as file:
        return {name: file[name][()] for name in file}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("source, stored", CASES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_as_h5py(tmp_path, source, stored, layout):
    ours = made(hyperslab, tmp_path / "ours.h5", source, stored, **LAYOUTS[layout])
    theirs = made(h5py, tmp_path / "theirs.h5", source, stored, **LAYOUTS[layout])
    assert ours.keys() == theirs.keys()
    for name, values in theirs.items():
        assert values.tobytes() == ours[name].tobytes(), name
