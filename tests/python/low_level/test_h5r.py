"""h5r: references, by stock h5py's example."""

import pickle

import h5py
import hyperslab
import pytest
from hyperslab import h5r
from same_in_a_file import assert_same_in_a_file, attempt


def references(h, file):
    space = h.h5s.create_simple((4,))
    h.h5d.create(file, b"data", h.h5t.NATIVE_INT32, space)
    h.h5g.create(file, b"g")
    h.h5t.NATIVE_INT32.copy().commit(file, b"type")
    space.select_hyperslab((1,), (2,))
    create, region = h.h5r.create, h.h5r.DATASET_REGION
    return [create(file, name, h.h5r.OBJECT) for name in (b"data", b"g", b"type")] + [
        create(file, b"data", region, space),
        h.h5r.Reference(),
        h.h5r.RegionReference(),
    ]


def test_references_lead_where_they_did(tmp_path):
    def scenario(h, file):
        for ref in references(h, file):
            yield repr(ref), bool(ref), ref.typecode, ref.typesize, isinstance(ref, h.h5r.Reference)
            yield attempt(h.h5r.dereference, ref, file), attempt(h.h5r.get_name, ref, file)
            yield attempt(h.h5r.get_obj_type, ref, file), attempt(h.h5r.get_region, ref, file)
            yield attempt(h.h5r.dereference, ref, h.h5s.create(h.h5s.SCALAR))
            yield attempt(h.h5r.dereference, ref, None), attempt(h.h5r.dereference, ref, file, 5)
            yield attempt(setattr, ref, "typecode", 1), ref == ref

    assert_same_in_a_file(scenario, tmp_path)


def test_creation(tmp_path):
    def scenario(h, file):
        references(h, file)
        space = h.h5s.create_simple((4,))
        for args in (
            (file, b"missing", 0),
            (file, b"data", 1),
            (file, b"data", 5),
            (file, b"g", 1, space),
            (file, b"data", 1, file),
            (file, "data", 0),
            (None, b"data", 0),
            (space, b"data", 0),
        ):
            yield attempt(h.h5r.create, *args)
        one, two = (h.h5r.create(file, b"data", 0) for _ in range(2))
        yield one == two, one == one, len({one, two})
        yield [t.__name__ for t in h.h5r.RegionReference.__mro__]

    assert_same_in_a_file(scenario, tmp_path)


def test_a_region_is_the_selection(tmp_path):
    path = tmp_path / "f.h5"
    with h5py.File(path, "w") as file:
        data = file.create_dataset("data", (10, 10), "f4")
        file["ref"] = data.regionref[2:4, 5:8]
        file["object"] = data.ref
    file = hyperslab.h5f.open(str(path).encode(), hyperslab.h5f.ACC_RDONLY)
    data = hyperslab.h5d.open(file, b"data")
    with hyperslab.File(path) as high:
        region = high["ref"][()]
        selected = h5r.get_region(region, file)
        assert selected.get_select_bounds() == ((2, 5), (3, 7))
        assert h5r.get_name(region, file) == b"/data"
        assert h5r.dereference(high["object"][()], file) == data


def test_references_are_not_pickled():
    for ref in (h5r.Reference(), h5r.RegionReference()):
        with pytest.raises(TypeError):
            pickle.dumps(ref)
