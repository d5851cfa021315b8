"""h5a: attributes, by stock h5py's example."""

import hyperslab
import numpy as np
import pytest
from hyperslab import h5a, h5f, h5s, h5t
from same_in_a_file import assert_same_in_a_file, attempt


def three_attributes(h, file):
    space = h.h5s.create_simple((3,))
    data = h.h5d.create(file, b"data", h.h5t.NATIVE_INT32, space)
    h.h5a.create(data, b"z", h.h5t.NATIVE_FLOAT, space)
    h.h5a.create(data, b"m", h.h5t.STD_I16BE, h.h5s.create(h.h5s.SCALAR))
    h.h5a.create(data, b"a", h.h5t.C_S1, h.h5s.create(h.h5s.NULL))
    return data


def test_create_open_and_delete(tmp_path):
    def scenario(h, file):
        data, h5a, t = three_attributes(h, file), h.h5a, h.h5t.NATIVE_INT8
        scalar = h.h5s.create(h.h5s.SCALAR)
        for name in (b"new", b"z", b"", "text", None):
            yield name, attempt(h5a.create, data, name, t, scalar)
        yield attempt(h5a.create, file, b"far", t, scalar, obj_name=b"data")
        yield attempt(h5a.create, file, b"far", t, scalar, obj_name=b"missing")
        yield (
            attempt(h5a.create, data, b"x", None, scalar),
            attempt(h5a.create, data, b"x", t, None),
        )
        for args, kwds in (
            ((data, b"z"), {}),
            ((data, b"missing"), {}),
            ((data,), {"index": 1}),
            ((data,), {"index": 77}),
            ((data,), {}),
            ((data, b"z", 1), {}),
            ((file, b"z"), {"obj_name": b"data"}),
            ((data, "z"), {}),
            ((data,), {"index": 0, "order": 1}),
        ):
            yield attempt(h5a.open, *args, **kwds)
            if attempt(h5a.open, *args, **kwds) == "AttrID":
                yield h5a.open(*args, **kwds).name
            yield attempt(h5a.get_info, *args, **kwds)
        for args, kwds in (
            ((data, b"z"), {}),
            ((data, b"missing"), {}),
            ((file, b"z"), {}),
            ((file, b"z"), {"obj_name": b"data"}),
            ((file, b"z"), {"obj_name": b"q"}),
        ):
            yield attempt(h5a.exists, *args, **kwds)
        yield attempt(h5a.rename, data, b"m", b"m2"), attempt(h5a.rename, data, b"q", b"x")
        yield (
            attempt(h5a.rename, data, b"m2", b"z"),
            h5a.get_num_attrs(data),
            h5a.get_num_attrs(file),
        )
        for args, kwds in (
            ((data, b"missing"), {}),
            ((data, b"new"), {}),
            ((data,), {}),
            ((data, b"z", 3), {}),
            ((data,), {"index": 0}),
            ((file, b"z"), {"obj_name": b"data"}),
        ):
            yield attempt(h5a.delete, *args, **kwds), h5a.get_num_attrs(data)
        yield attempt(h5a.get_num_attrs, scalar)

    assert_same_in_a_file(scenario, tmp_path)


def test_iterate(tmp_path):
    def scenario(h, file):
        data = three_attributes(h, file)
        for how in (
            {},
            {"index": 1},
            {"index": 3},
            {"index": 99},
            {"index": -1},
            {"order": 1},
            {"index_type": 1},
            {"index_type": 77},
            {"order": 1, "index": 1},
        ):
            seen = []
            yield how, attempt(h.h5a.iterate, data, seen.append, **how), seen
        seen = []
        yield h.h5a.iterate(data, lambda n, i: seen.append((n, i.data_size, i.cset)), info=1), seen
        yield h.h5a.iterate(data, lambda n: 0), h.h5a.iterate(file, seen.append)
        yield attempt(h.h5a.iterate, h.h5s.create(h.h5s.SCALAR), seen.append)

    assert_same_in_a_file(scenario, tmp_path)


def test_what_an_attribute_says(tmp_path):
    def scenario(h, file):
        data = three_attributes(h, file)
        for name in (b"z", b"m", b"a"):
            attr = h.h5a.open(data, name)
            yield attr.name, attr.get_name(), attr.shape, attr.dtype
            yield attr.get_storage_size() if name != b"a" else 0
            yield attempt(attr.get_space), attempt(attr.get_type), attr == h.h5a.open(data, name)
            info = h.h5a.get_info(attr)
            yield info.data_size, info.cset, info.corder_valid
        attr.close()
        yield bool(attr), attr.id, attempt(attr.get_name), attempt(lambda: attr.shape)
        yield attempt(attr.get_storage_size), attempt(h.h5a.get_info, attr)
        yield attempt(attr.read, np.zeros(3))

    assert_same_in_a_file(scenario, tmp_path)


def test_values(tmp_path):
    def scenario(h, file):
        attr = h.h5a.open(three_attributes(h, file), b"z")
        values = np.arange(3, dtype="f4")
        yield attempt(attr.write, values)
        for dtype in ("f8", ">i2", "f4"):
            read = np.zeros(3, dtype)
            yield attempt(attr.read, read), read.tolist()
        read = np.zeros(3, "i4")
        yield attempt(attr.read, read, h.h5t.NATIVE_INT32), read.tolist()
        yield attempt(attr.read, read, mtype=h.h5t.NATIVE_FLOAT), read.view("f4").tolist()
        readonly = np.zeros(3, "f4")
        readonly.flags.writeable = False
        for bad in (np.zeros((3, 2), "f4")[:, 0], [1, 2, 3], None, readonly, np.zeros(3, "S4")):
            yield attempt(attr.read, bad)
        yield attempt(attr.write, np.zeros((3, 2), "f4")[:, 0]), attempt(attr.write, values, "q")
        yield attempt(attr.write, np.ones((1, 3), "f4")), attempt(attr.read, read), read.tolist()

    assert_same_in_a_file(scenario, tmp_path)


def test_a_buffer_that_is_too_small_is_refused(tmp_path):
    # Stock h5py writes past its end.
    file = h5f.create(str(tmp_path / "f.h5").encode())
    attr = h5a.create(file, b"a", h5t.NATIVE_INT32, h5s.create_simple((1000,)))
    with pytest.raises(ValueError, match="too small"):
        attr.read(np.zeros(2, "i4"))
    with pytest.raises(ValueError, match="too small"):
        attr.write(np.zeros(2, "i4"))


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("count", [3, 3000])
def test_an_attribute_whose_name_another_one_has_by_now(tmp_path, libver, count):
    """In h5py the write goes behind the end of the smaller one."""
    with hyperslab.File(tmp_path / "f.h5", "w", libver=libver) as f:
        g = f.create_group("g")
        g.attrs["x"] = np.arange(count + 5.0)
        old = g.attrs.get_id("x")
        old.write(np.ones(count + 5))
        del g.attrs["x"]
        g.attrs["x"] = np.arange(3.0)
        with pytest.raises(ValueError, match="has another size"):
            old.write(np.ones(count + 5))
        del old
        assert (g.attrs["x"] == np.arange(3.0)).all()
        g.attrs.get_id("x").write(np.full(3, 7.0))
        assert (g.attrs["x"] == 7).all()
