"""Files that HDF5 2.0 wrote with libver='latest' (files_of_hdf5_2.py has them, made by stock h5py)
read the same, and changed by us they are sound, on whatever HDF5 this build is."""

import h5py
import hyperslab
import numpy as np
import pytest
import tree
from files_of_hdf5_2 import CHANGE, WRITE, of_types

if h5py.version.hdf5_version_tuple < (2,):
    pytest.skip("the h5py here has HDF5 1.14", allow_module_level=True)

needs_1 = pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple >= (2,),
    reason="this build writes the formats of HDF5 2.x itself",
)
READ_BY_ANY = ("contiguous", "chunked", "references")  # are as HDF5 1.14 writes them


@pytest.fixture(params=WRITE)
def kind(request):
    return request.param


@pytest.fixture
def written(tmp_path, kind):
    return write(tmp_path, kind)


@pytest.fixture(autouse=True)
def automatic_engine():
    yield
    hyperslab.set_engine("automatic")


def write(folder, kind):
    path = folder / "written.h5"
    with h5py.File(path, "w", libver="latest") as f:
        WRITE[kind](h5py, f)
    return path


@pytest.mark.parametrize("engine", ["direct", "library"])
def test_they_read_the_same(written, engine):
    hyperslab.set_engine(engine)
    assert tree.of(hyperslab, written) == tree.of(h5py, written)


@pytest.mark.parametrize("libver", [None, "latest"])
def test_changed_by_either_they_are_the_same(kind, tmp_path, libver):
    trees = []
    for package in (hyperslab, h5py):
        folder = tmp_path / package.__name__
        folder.mkdir()
        path = write(folder, kind)
        with package.File(path, "r+", libver=libver) as f:
            CHANGE[kind](package, f)
        trees += [tree.of(reader, path) for reader in (hyperslab, h5py)]
    assert trees[0] == trees[1], "changed by us, read by us and by h5py"
    assert trees[2] == trees[3], "changed by h5py, read by us and by h5py"
    assert trees[0] == trees[2], "changed by us and by h5py"


@pytest.mark.parametrize("first, second", [(hyperslab, h5py), (h5py, hyperslab)])
def test_what_one_changed_the_other_can_change_and_empty(kind, written, first, second):
    with first.File(written, "r+") as f:
        CHANGE[kind](first, f)
    with second.File(written, "r+", libver="latest") as f:
        f.move(next(name for name in f), "renamed")
        f.create_dataset("last", data=of_types("compound"), chunks=(2,), compression="gzip")
        for name in [name for name in f if name != "last"]:
            del f[name]
    assert tree.of(hyperslab, written) == tree.of(h5py, written)


# ---- what is made anew is for every HDF5 ----


@pytest.fixture(scope="module")
def judge():
    judge = pytest.importorskip("plain_hdf5_1_14")
    if judge.library() is None:
        pytest.skip("the PyTables here brings no HDF5 1.14")
    return judge


def make_alike(f, old):
    """Datasets and attributes made again by the low level, which hands on types and lists."""
    for name, item in old.items():
        if isinstance(item, hyperslab.Dataset) and not item.is_virtual:
            f.copy(item, name)
            plist, space = item.id.get_create_plist(), item.id.get_space()
            new = hyperslab.h5d.create(
                f.id, b"new " + name.encode(), item.id.get_type(), space, plist
            )
            if item.dtype.kind != "O":
                hyperslab.Dataset(new)[...] = item[...]
        else:
            old.copy(name, f)
    for name in old.attrs:
        attribute = old.attrs.get_id(name)
        hyperslab.h5a.create(f.id, name.encode(), attribute.get_type(), attribute.get_space())


@needs_1
def test_what_is_made_of_them_is_read_by_any_hdf5_1_14(kind, written, judge, tmp_path):
    if kind not in READ_BY_ANY:
        with pytest.raises(OSError):
            judge.open_all(written)
    new = tmp_path / "new.h5"
    with hyperslab.File(written) as old, hyperslab.File(new, "w", libver="latest") as f:
        make_alike(f, old)
    judge.open_all(new)
    assert tree.of(hyperslab, new) == tree.of(h5py, new)


# ---- complex numbers of their own class, which HDF5 1.14 does not have ----


CODES = ["c8", ">c8", "c16", ">c16"]


def complex_type(code):
    bits = np.dtype(code).itemsize * 4
    return getattr(h5py.h5t, f"COMPLEX_IEEE_F{bits}{'BE' if code[0] == '>' else 'LE'}")


def complex_values(code, *shape):
    values = (np.arange(np.prod(shape)) * (1 - 0.5j)).astype(code)
    values[1] = complex(np.inf, np.nan)
    return values.reshape(shape)


@pytest.fixture(params=CODES)
def code(request):
    return request.param


@pytest.fixture
def complex_file(tmp_path, code):
    """Native complex numbers in a dataset, an attribute, a record and an array, and as a type."""
    kind, values, h5t = complex_type(code), complex_values(code, 6, 4), h5py.h5t
    record = h5t.create(h5t.COMPOUND, 4 + kind.get_size())
    record.insert(b"a", 0, h5t.STD_I32LE)
    record.insert(b"c", 4, kind)
    everything, one = h5py.h5s.ALL, h5py.h5s.create_simple((6,))
    with h5py.File(tmp_path / "complex.h5", "w") as f:
        chunked = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        chunked.set_chunk((4, 3))
        chunked.set_deflate(4)
        space = h5py.h5s.create_simple(values.shape, (h5py.h5s.UNLIMITED, 4))
        h5py.h5d.create(f.id, b"x", kind, space, chunked).write(everything, everything, values)
        h5py.h5a.create(f.id, b"a", kind, one).write(np.ascontiguousarray(values[:, 0]))
        records = np.zeros(6, [("a", "<i4"), ("c", code)])
        records["a"], records["c"] = range(6), values[:, 1]
        h5py.h5d.create(f.id, b"record", record, one)
        h5py.h5d.create(f.id, b"array", h5t.array_create(kind, (4,)), one)
        h5py.h5d.create(f.id, b"sequence", h5t.vlen_create(kind), one)
        kind.copy().commit(f.id, b"type")
    return tmp_path / "complex.h5", values, records


@pytest.mark.parametrize("engine", ["direct", "library"])
def test_native_complex_numbers_are_read(complex_file, code, engine):
    path, values, _ = complex_file
    hyperslab.set_engine(engine)
    with hyperslab.File(path) as f:
        assert f["x"].dtype == code
        for index in [(), (slice(1, 5), slice(None, None, 2)), (2, 3), ([0, 3, 4], 1)]:
            assert np.array_equal(f["x"][index], values[index], equal_nan=True)
        assert np.array_equal(f["x"].astype("c16")[...], values, equal_nan=True)
        assert f.attrs["a"].dtype == code
        assert np.array_equal(f.attrs["a"], values[:, 0])
        assert f["type"].dtype == code
        assert f["record"].dtype == [("a", "<i4"), ("c", code)]
        assert f["array"].dtype == np.dtype((code, (4,)))
        assert hyperslab.check_vlen_dtype(f["sequence"].dtype) == code


def test_native_complex_numbers_are_written_where_they_are(complex_file, code):
    path, values, records = complex_file
    with hyperslab.File(path, "r+") as f:
        f["record"][...] = records
        f["array"][...] = values
        f["sequence"][2] = values[2]
        f["x"].resize((9, 4))
        f["x"][6:] = values[:3] * 2
        f["x"][1, 1] = 5
        f.attrs.get_id("a").write(np.ascontiguousarray(values[:, 3]))
        f["x"].attrs["added"] = 1
    with h5py.File(path) as f:
        assert isinstance(f["x"].id.get_type(), h5py.h5t.TypeComplexID)
        assert isinstance(f.attrs.get_id("a").get_type(), h5py.h5t.TypeComplexID)
        assert f["x"].dtype == f.attrs["a"].dtype == code
        expected = np.concatenate([values, values[:3] * 2])
        expected[1, 1] = 5
        assert np.array_equal(f["x"][...], expected, equal_nan=True)
        assert np.array_equal(f.attrs["a"], values[:, 3])
        assert f["record"][...].tobytes() == records.tobytes()
        assert np.array_equal(f["array"][...], values, equal_nan=True)
        if code[0] != ">":  # h5py reads sequences of the other byte order wrong
            assert np.array_equal(f["sequence"][2], values[2])
    with hyperslab.File(path) as f:
        assert np.array_equal(f["sequence"][2], values[2])


@needs_1
def test_what_is_made_of_native_complex_numbers_is_read_by_any(complex_file, code, judge, tmp_path):
    path, values, _ = complex_file
    new = tmp_path / "new.h5"
    with hyperslab.File(path) as old, hyperslab.File(new, "w", libver="latest") as f:
        make_alike(f, old)
        old.copy("x", f, "again")
        f["type again"] = old["type"].dtype
    assert judge.open_all(new) == 12
    with h5py.File(new) as f:
        assert np.array_equal(f["x"][...], values, equal_nan=True)
        assert np.array_equal(f["new x"][...], values, equal_nan=True)
        assert f["type"].dtype == f["type again"].dtype == f["new array"].dtype.base == code
