"""Object references and region references."""

import hyperslab
import numpy as np
import pytest

REGIONS = [
    np.s_[...],
    np.s_[1:3],
    np.s_[0, 1],
    np.s_[::2, 1:],
    np.s_[[0, 2]],
    np.s_[:, [1, 3]],
    np.s_[1:1],
]


def data(f):
    return f.create_dataset("g/data", data=np.arange(12).reshape(3, 4))


def test_a_reference_leads_to_its_object(same):
    def scenario(h5, f):
        x = data(f)
        f["t"] = np.dtype("i4")
        refs = [x.ref, f["g"].ref, f["t"].ref, f.ref]
        return [f[ref].name for ref in refs], [bool(ref) for ref in refs], f["g"][x.ref] == x

    assert same(scenario)[0] == ["/g/data", "/g", "/t", "/"]


def test_a_null_reference_is_false_and_leads_nowhere(same):
    def scenario(h5, f):
        return bool(h5.Reference()), bool(h5.RegionReference()), repr(h5.Reference())

    assert same(scenario) == (False, False, "<HDF5 object reference (null)>")
    same.raises(ValueError, lambda h5, f: f[h5.Reference()])


def test_a_reference_to_what_was_deleted_leads_nowhere(same):
    def scenario(h5, f):
        ref = data(f).ref
        del f["g"]
        f.flush()
        return f[ref]

    same.fails_alike(scenario)


def test_datasets_of_references(same):
    def scenario(h5, f):
        x = data(f)
        refs = f.create_dataset("refs", (2, 2), h5.ref_dtype)
        refs[0, 0] = x.ref
        refs[1] = [f["g"].ref, f.ref]
        read = refs[...]
        names = [f[ref].name if ref else None for ref in read.ravel()]
        return names, h5.check_ref_dtype(refs.dtype) is h5.Reference, f[refs[0, 0]] == x

    assert same(scenario)[0] == ["/g/data", None, "/g", "/"]


@pytest.mark.parametrize("args", REGIONS, ids=str)
def test_a_region_reference_selects(same, args):
    def scenario(h5, f):
        x = data(f)
        ref = x.regionref[args]
        return f[ref] == x, x[ref], x.regionref.shape(ref), x.regionref.selection(ref)

    same(scenario)


def test_a_mask_makes_a_region(same):
    def scenario(h5, f):
        x = data(f)
        ref = x.regionref[x[...] % 5 == 0]
        return x[ref], x.regionref.selection(ref)

    assert same(scenario)[0].tolist() == [0, 5, 10]


def test_writing_through_a_region(same):
    def scenario(h5, f):
        x = data(f)
        x[x.regionref[1:, ::2]] = [-1, -2, -3, -4]
        return x[...]

    assert same(scenario)[1].tolist() == [-1, 5, -2, 7]


def test_a_region_of_another_shape_does_not_fit(same):
    def scenario(h5, f):
        other = f.create_dataset("other", data=np.arange(5))
        return data(f)[other.regionref[1:3]]

    same.fails_alike(scenario)


def test_datasets_of_region_references(same):
    def scenario(h5, f):
        x = data(f)
        refs = f.create_dataset("refs", (3,), h5.regionref_dtype)
        for i in range(3):
            refs[i] = x.regionref[i]
        read = refs[()]
        return [f[ref][ref].ravel().tolist() for ref in read], h5.check_ref_dtype(
            refs.dtype
        ).__name__

    assert same(scenario)[0] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


def test_sequences_of_region_references_are_read(tmp_path):
    """Stock h5py dies of a valid file here, with SIGSEGV, unless the sequences are empty."""
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        x = data(f)
        refs = np.array([x.regionref[0], x.regionref[1:]], dtype=hyperslab.regionref_dtype)
        d = f.create_dataset("v", (2,), hyperslab.vlen_dtype(hyperslab.regionref_dtype))
        d[0] = refs
        del refs
    with hyperslab.File(tmp_path / "f.h5") as f:
        first, second = f["v"][...]
        assert [f["g/data"][ref].size for ref in first] == [4, 8]
        assert len(second) == 0


def test_sequences_of_object_references(same):
    def scenario(h5, f):
        x = data(f)
        d = f.create_dataset("v", (2,), h5.vlen_dtype(h5.ref_dtype))
        d[0] = np.array([x.ref, f.ref], dtype=h5.ref_dtype)
        return [f[ref].name for ref in d[0]], len(d[1])

    assert same(scenario) == (["/g/data", "/"], 0)


def test_references_are_equal_only_to_themselves_alike(same):
    def scenario(h5, f):
        x = data(f)
        return x.ref == x.ref, x.ref == f.ref, isinstance(x.regionref[:], h5.Reference), repr(x.ref)

    same(scenario)


def test_a_reference_of_the_wrong_kind_fails_alike(same):
    def scenario(h5, f):
        f.create_dataset("refs", (1,), h5.regionref_dtype)[0] = data(f).ref

    same.fails_alike(scenario)


@pytest.mark.parametrize("value", [5, "text", b"bytes", [1]])
def test_what_is_no_reference_cannot_be_written_as_one(same, value):
    def scenario(h5, f):
        f.create_dataset("refs", (1,), h5.ref_dtype)[0] = value

    same.fails_alike(scenario)


def test_a_reference_by_the_low_level(same):
    def scenario(h5, f):
        x = data(f)
        ref = h5.h5r.create(f.id, b"g/data", h5.h5r.OBJECT)
        return h5.h5r.get_name(ref, f.id), h5.h5r.get_obj_type(ref, f.id), f[ref] == x

    assert same(scenario) == (b"/g/data", 1, True)
