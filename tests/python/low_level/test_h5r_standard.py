"""h5r: the references of HDF5 1.12, which h5py does not have. What HDF5's documentation says."""

import copy
import gc
import pickle

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import h5a, h5d, h5f, h5o, h5p, h5r, h5s, h5t


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        file.create_group("g/h")
        file["x"] = np.arange(20).reshape(4, 5)
        file["x"].attrs["unit"] = 7
        file["type"] = np.dtype("f4")
        yield file


def open_files(folder):
    """Those in that folder: other tests may have left one for the garbage collector."""
    names = [h5f.get_name(file) for file in h5f.get_obj_ids(types=h5f.OBJ_FILE)]
    return [name for name in names if name.startswith(bytes(folder))]


def region(file, *args):
    space = file["x"].id.get_space()
    space.select_hyperslab(*args)
    return h5r.create_region(file.id, b"x", space)


def all_kinds(file):
    return [
        h5r.create_object(file.id, b"g/h"),
        region(file, (1, 1), (2, 3)),
        h5r.create_attr(file.id, b"x", b"unit"),
        h5r.StandardReference(),
    ]


def test_each_kind_leads_where_it_was_made_to(file):
    to_group, to_region, to_attribute, null = all_kinds(file)
    assert [h5r.get_type(r) for r in (to_group, to_region, to_attribute)] == [
        h5r.OBJECT2,
        h5r.DATASET_REGION2,
        h5r.ATTR,
    ]
    assert h5r.open_object(to_group) == file["g/h"].id
    assert h5r.open_object(to_region) == h5r.open_object(to_attribute) == file["x"].id
    assert h5r.get_obj_type3(to_group) == h5o.TYPE_GROUP
    assert h5r.get_obj_type3(to_region) == h5o.TYPE_DATASET
    assert h5r.open_region(to_region).get_select_bounds() == ((1, 1), (2, 3))
    assert h5r.open_region(to_region).shape == (4, 5)
    value = np.zeros((), "i8")
    h5r.open_attr(to_attribute).read(value)
    assert value == 7
    assert [bool(r) for r in (to_group, to_region, to_attribute, null)] == [True] * 3 + [False]


def test_names(file):
    to_group, to_region, to_attribute, _ = all_kinds(file)
    assert h5r.get_obj_name(to_group) == b"/g/h"
    assert h5r.get_obj_name(to_region) == h5r.get_obj_name(to_attribute) == b"/x"
    assert h5r.get_attr_name(to_attribute) == b"unit"
    assert h5r.get_file_name(to_group).endswith(b"file.h5")
    anonymous = file.create_dataset(None, (3,), "f4")
    assert h5r.get_obj_name(h5r.create_object(anonymous.id, b".")) is None


def test_copies_are_equal(file):
    references = all_kinds(file)
    for one in references:
        for other in references:
            assert h5r.equal(one, other) == (one is other)
        assert h5r.equal(one, h5r.copy(one)) and h5r.equal(one, copy.copy(one))
    assert h5r.equal(references[0], h5r.create_object(file["g"].id, b"h"))


def test_destroying_makes_null(file):
    reference = h5r.create_object(file.id, b"x")
    kept = h5r.copy(reference)
    h5r.destroy(reference)
    h5r.destroy(reference)
    assert not reference and kept
    assert h5r.open_object(kept) == file["x"].id


def test_null_and_wrong_kinds_are_value_errors(file):
    to_group, to_region, to_attribute, null = all_kinds(file)
    for function in (
        h5r.open_object, h5r.open_region, h5r.open_attr, h5r.get_type, h5r.get_obj_type3,
        h5r.get_file_name, h5r.get_obj_name, h5r.get_attr_name,
    ):  # fmt: skip
        with pytest.raises(ValueError, match="null"):
            function(null)
        with pytest.raises(TypeError):
            function(file["x"].ref)
    for reference in (to_group, to_region):
        with pytest.raises(ValueError, match="no attribute"):
            h5r.open_attr(reference)
        with pytest.raises(ValueError, match="no attribute"):
            h5r.get_attr_name(reference)
    for reference in (to_group, to_attribute):
        with pytest.raises(ValueError, match="no region"):
            h5r.open_region(reference)


@pytest.mark.parametrize(
    "make",
    [
        lambda file: h5r.create_object(file.id, b"missing"),
        lambda file: h5r.create_object(file.id, b""),
        lambda file: h5r.create_attr(file.id, b"missing", b"a"),
        lambda file: h5r.create_region(file.id, b"missing", h5s.create(h5s.SCALAR)),
        lambda file: h5r.create_object(h5s.create(h5s.SCALAR), b"x"),
    ],
)
def test_what_cannot_be_made_is_an_error(file, make):
    with pytest.raises((KeyError, ValueError, RuntimeError, TypeError)):
        make(file)


def test_an_attribute_that_is_not_there_is_found_out_when_opened(file):
    reference = h5r.create_attr(file.id, b"x", b"missing")
    assert h5r.get_attr_name(reference) == b"missing"
    with pytest.raises((KeyError, RuntimeError)):
        h5r.open_attr(reference)


# --- stored ---


def stored(file, name="refs"):
    references = all_kinds(file)
    dataset = h5d.create(file.id, name.encode(), h5t.STD_REF, h5s.create_simple((4,)))
    array = np.array(references, "O")
    dataset.write(h5s.ALL, h5s.ALL, array)
    return references, dataset


def test_the_low_level_writes_and_reads_them(file):
    references, dataset = stored(file)
    assert dataset.dtype.metadata == {"ref": h5r.StandardReference}
    assert h5t.check_ref_dtype(dataset.dtype) is h5r.StandardReference
    back = np.empty(4, "O")
    dataset.read(h5s.ALL, h5s.ALL, back)
    assert all(h5r.equal(*pair) for pair in zip(references, back, strict=True))
    attribute = h5a.create(file.id, b"refs", h5t.STD_REF, h5s.create_simple((4,)))
    attribute.write(np.array(references, "O"))
    back = np.empty(4, "O")
    attribute.read(back)
    assert all(h5r.equal(*pair) for pair in zip(references, back, strict=True))


def test_the_high_level_reads_what_h5py_cannot(file, tmp_path):
    references, _ = stored(file)
    file.attrs.create("refs", np.array(references, "O"), dtype=hyperslab.std_ref_dtype)
    file.close()
    with h5py.File(tmp_path / "file.h5") as theirs:
        with pytest.raises(TypeError):
            theirs["refs"][()]
    with hyperslab.File(tmp_path / "file.h5") as file:
        for refs in (file["refs"][()], file.attrs["refs"], file["refs"][[0, 1, 2, 3]]):
            assert file[refs[0]] == file["g/h"]
            assert file[refs[1]] == file[refs[2]] == file["x"]
            assert (file["x"][refs[1]] == file["x"][()][1:3, 1:4]).all()
            assert not refs[3]
            with pytest.raises(ValueError):
                file[refs[3]]
            with pytest.raises(ValueError):
                file["x"][refs[0]]
        assert repr(file["refs"]) == '<HDF5 dataset "refs": shape (4,), type "|O">'
        assert file["refs"].fillvalue is None


def test_datasets_of_them_are_made_from_lists_and_dtypes(file):
    references = all_kinds(file)
    file["list"] = references
    assert file["list"].id.get_type() == h5t.STD_REF
    empty = file.create_dataset("empty", (3,), hyperslab.std_ref_dtype, maxshape=(None,))
    assert not any(empty[()])
    empty[1] = references[0]
    empty.append(references[:2])
    assert [bool(r) for r in empty[()]] == [False, True, False, True, True]
    assert h5r.equal(empty[4], references[1])
    empty[1] = None
    assert not empty[1]
    for wrong in (file["x"].ref, 5, "x"):
        with pytest.raises(TypeError):
            empty[0] = wrong
    with pytest.raises(TypeError):
        file.create_dataset("f", (3,), hyperslab.std_ref_dtype, fillvalue=references[0])


def test_in_records_arrays_and_sequences(file):
    references = all_kinds(file)
    record = np.dtype([("n", "i4"), ("r", hyperslab.std_ref_dtype), ("s", h5py.string_dtype())])
    file.create_dataset("records", (2,), record)
    file["records"][0] = (3, references[1], "a")
    row = file["records"][0]
    assert row["n"] == 3 and row["s"] == b"a" and h5r.equal(row["r"], references[1])
    assert not file["records"]["r"][1]
    file.create_dataset("lists", (2,), hyperslab.vlen_dtype(hyperslab.std_ref_dtype))
    file["lists"][1] = references
    back = file["lists"][1]
    assert all(h5r.equal(*pair) for pair in zip(references, back, strict=True))
    assert len(file["lists"][0]) == 0


def test_they_lead_into_another_file(file, tmp_path):
    with hyperslab.File(tmp_path / "other.h5", "w") as other:
        other["refs"] = all_kinds(file)
    file.close()
    with hyperslab.File(tmp_path / "other.h5") as other:
        refs = other["refs"][()]
        assert h5r.get_file_name(refs[0]) == str(tmp_path / "file.h5").encode()
        there = h5r.open_object(refs[1], h5p.create(h5p.FILE_ACCESS))
        assert h5f.get_name(there) == str(tmp_path / "file.h5").encode()
        assert other[refs[1]][0, 4] == 4
        assert h5r.get_obj_name(refs[2]) == b"/x"
        there.close()
    assert open_files(tmp_path) == []


def test_closing_the_file_closes_it(file, tmp_path):
    references, _ = stored(file)
    read = file["refs"][()]
    file.close()
    for reference in [*references[:3], *read[:3]]:
        assert reference
        with pytest.raises((ValueError, KeyError, RuntimeError, OSError)):
            h5r.open_object(reference)
        assert "standard reference" in repr(reference)
    assert open_files(tmp_path) == []


def test_they_hold_the_file_no_longer_than_they_live(tmp_path):
    file = hyperslab.File(tmp_path / "file.h5", "w")
    file["x"] = 1
    reference = h5r.create_object(file.id, b"x")
    file["r"] = [reference]
    read = file["r"][0]
    del file, reference
    gc.collect()
    assert h5r.get_obj_name(read) == b"/x"
    del read
    gc.collect()
    assert open_files(tmp_path) == []


def test_reading_many_leaves_nothing_behind(file):
    stored(file)
    before = h5f.get_obj_count(file.id)
    for _ in range(200):
        file["refs"][()]
        file["refs"][1]
    gc.collect()
    assert h5f.get_obj_count(file.id) == before


def test_they_cannot_be_pickled(file):
    with pytest.raises(TypeError):
        pickle.dumps(h5r.create_object(file.id, b"x"))


def test_copying_a_dataset_of_them(file, tmp_path):
    stored(file)
    with hyperslab.File(tmp_path / "copy.h5", "w") as other:
        file.copy("refs", other)
        assert other["refs"].shape == (4,)
    file.copy("refs", "again")
    assert file[file["again"][0]] == file["g/h"]
