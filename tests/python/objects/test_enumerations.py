"""Values of one enumeration as those of another: by name, which is what HDF5's documentation says.

h5py takes enumerations as their numbers, except with a type made by
``h5t.py_create(dtype, logical=True)``. HDF5 1.14 gives wrong numbers then, so stock
h5py is no oracle here.
"""

import hyperslab as h5py
import numpy as np
import pytest

KIND = h5py.enum_dtype({"galaxy": 0, "quasar": 5, "star": 6}, "u1")
MORE, MORE_BIG = (
    h5py.enum_dtype({"comet": -3, "star": 1, "galaxy": 2, "quasar": 9}, base)
    for base in ("<i2", ">i2")
)
OTHER = h5py.enum_dtype({"star": 1, "galaxy": 2}, ">i4")
ALL = h5py.h5s.ALL


def read(dataset, dtype):
    out = np.zeros(dataset.shape, dtype)
    dataset.id.read(ALL, ALL, out, h5py.h5t.py_create(np.dtype(dtype), logical=True))
    return out


@pytest.fixture(params=["contiguous", "compressed"])
def kinds(request, tmp_path):
    """A dataset large enough for the direct engine."""
    options = {"chunks": (5000,), "compression": "gzip"} if request.param == "compressed" else {}
    with h5py.File(tmp_path / "kinds.h5", "w") as f:
        f.create_dataset("k", data=np.tile(np.array([6, 0, 5], "u1"), 20000), dtype=KIND, **options)
    with h5py.File(tmp_path / "kinds.h5", "r+") as f:
        yield f["k"]


@pytest.mark.parametrize("dtype", [MORE, MORE_BIG])
def test_values_are_read_by_name(kinds, dtype):
    assert (read(kinds, dtype) == np.tile([1, 2, 9], 20000)).all()


def test_a_value_that_is_lacking_is_an_error(kinds):
    with pytest.raises(TypeError, match="value 5 'quasar' of .* is not in .*star = 1"):
        read(kinds, OTHER)


def test_values_are_written_by_name(kinds):
    memory = h5py.h5t.py_create(MORE, logical=True)
    kinds.id.write(ALL, ALL, np.tile(np.array([9, 2, 1], "i2"), 20000), memory)
    assert kinds[:3].tolist() == [5, 0, 6]
    with pytest.raises(TypeError, match="comet"):
        kinds.id.write(ALL, ALL, np.full(60000, -3, "i2"), memory)


def test_attributes_are_read_by_name(tmp_path):
    with h5py.File(tmp_path / "attribute.h5", "w") as f:
        f.attrs.create("kind", np.array([6, 0, 5], "u1"), dtype=KIND)
        out = np.zeros(3, "i2")
        attribute = h5py.h5a.open(f.id, b"kind")
        attribute.read(out, h5py.h5t.py_create(MORE, logical=True))
        assert out.tolist() == [1, 2, 9]


def test_fields_are_read_by_name(tmp_path):
    with h5py.File(tmp_path / "records.h5", "w") as f:
        rows = np.array([(1, 6), (2, 5)] * 10000, [("id", "i4"), ("kind", KIND)])
        dataset = f.create_dataset("r", data=rows)
        f.flush()
        assert read(dataset, [("kind", MORE), ("id", "i8")])[:2].tolist() == [(1, 1), (9, 2)]
        with pytest.raises(TypeError, match="quasar"):
            read(dataset, [("kind", OTHER)])


def test_numbers_without_a_name_stay_where_the_names_mean_the_same(tmp_path):
    with h5py.File(tmp_path / "flags.h5", "w") as f:
        flags = h5py.enum_dtype({"a": 1, "b": 2}, ">u4")
        dataset = f.create_dataset("f", data=[3, 0, 70000], dtype=flags)
        wider = h5py.enum_dtype({"a": 1, "b": 2, "c": 4}, "i8")
        assert read(dataset, wider).tolist() == [3, 0, 70000]
        with pytest.raises(TypeError, match="70000"):
            read(dataset, h5py.enum_dtype({"a": 1, "b": 2}, "u1"))
