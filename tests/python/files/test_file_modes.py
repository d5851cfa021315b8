"""Opening files: modes, what each does to a file that is there or is not, and what a File tells."""

import os
import pickle
from pathlib import Path

import h5py
import hyperslab
import numpy as np
import pytest
from describe import call


def make(path, value=1):
    with h5py.File(path, "w") as f:
        f["value"] = value
    return path


def test_a_file_opens_for_reading_by_default(h5, tmp_path):
    with h5.File(make(tmp_path / "f.h5")) as f:
        assert f.mode == "r"
        with pytest.raises(ValueError):
            f.create_group("g")


def test_r_plus_changes_a_file_that_is_there(h5, tmp_path):
    path = make(tmp_path / "f.h5")
    with h5.File(path, "r+") as f:
        assert f.mode == "r+"
        f["more"] = 2
    with h5py.File(path) as f:
        assert (f["value"][()], f["more"][()]) == (1, 2)


def test_w_replaces_a_file_that_is_there(h5, tmp_path):
    path = make(tmp_path / "f.h5")
    with h5.File(path, "w") as f:
        assert f.mode == "r+"
        assert list(f) == []


@pytest.mark.parametrize("mode", ["w-", "x"])
def test_exclusive_modes_refuse_a_file_that_is_there(h5, tmp_path, mode):
    path = make(tmp_path / "f.h5")
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        h5.File(path, mode)
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", ["w", "w-", "x", "a"])
def test_creating_modes_make_a_file(h5, tmp_path, mode):
    with h5.File(tmp_path / "new.h5", mode) as f:
        f["value"] = 3
    with h5py.File(tmp_path / "new.h5") as f:
        assert f["value"][()] == 3


def test_a_keeps_what_is_there(h5, tmp_path):
    path = make(tmp_path / "f.h5")
    with h5.File(path, "a") as f:
        assert f["value"][()] == 1
        f["more"] = 2


@pytest.mark.parametrize("mode", ["r", "r+"])
def test_a_missing_file_is_not_found(h5, tmp_path, mode):
    with pytest.raises(FileNotFoundError) as caught:
        h5.File(tmp_path / "none.h5", mode)
    assert caught.value.errno == 2


@pytest.mark.parametrize("mode", ["", "rw", "R", "wb", None, 1])
def test_a_mode_that_is_none_is_a_valueerror(h5, tmp_path, mode):
    with pytest.raises(ValueError, match="mode"):
        h5.File(tmp_path / "f.h5", mode)
    assert not (tmp_path / "f.h5").exists()


@pytest.mark.parametrize("mode", ["r", "r+", "a"])
@pytest.mark.parametrize("content", [b"not HDF5 at all" * 100, b"\x89HDF\r\n\x1a\n"])
def test_what_is_no_hdf5_file_is_an_oserror(tmp_path, mode, content):
    path = tmp_path / "f.h5"
    outcomes = []
    for package in (hyperslab, h5py):
        path.write_bytes(content)
        outcomes.append(call(lambda package=package: package.File(path, mode).close()))
        assert path.read_bytes() == content
    assert outcomes[0] == outcomes[1] == ("raised", "OSError")


def test_an_empty_file_can_be_written_but_not_read(h5, tmp_path):
    path = tmp_path / "f.h5"
    path.touch()
    with pytest.raises(OSError):
        h5.File(path)
    with h5.File(path, "r+") as f:
        assert list(f) == []


@pytest.mark.parametrize("kind", [str, os.fsencode, Path])
def test_a_name_is_text_bytes_or_a_path(h5, tmp_path, kind):
    name = kind(tmp_path / "f.h5")
    with h5.File(name, "w") as f:
        assert f.filename == str(tmp_path / "f.h5")


@pytest.mark.parametrize("name", ["grün.h5", "文件.h5", "with space.h5"])
def test_a_name_may_be_unicode(same, name):
    same.name = name
    assert same(lambda h5, f: f.filename) == name


def test_a_name_that_is_not_utf8_is_kept(h5, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff\xfe.h5"
    with h5.File(name, "w") as f:
        f["x"] = 1
    assert os.path.exists(name)
    with h5.File(os.fsdecode(name)) as f:
        assert f.filename == os.fsdecode(name)


def test_a_name_with_a_null_character_is_refused(tmp_path):
    """Stock h5py empties the file whose name comes before it."""
    make(tmp_path / "f")
    with pytest.raises(ValueError, match="null"):
        hyperslab.File(str(tmp_path / "f\0.h5"), "w")
    with h5py.File(tmp_path / "f") as f:
        assert f["value"][()] == 1


def test_a_file_opened_twice_for_reading_is_two_files(h5, tmp_path):
    path = make(tmp_path / "f.h5")
    with h5.File(path) as a, h5.File(path) as b:
        a.close()
        assert not a and b["value"][()] == 1


@pytest.mark.parametrize("first, second", [("r", "r+"), ("r", "w"), ("r+", "w"), ("w", "w-")])
def test_opening_an_open_file_differently_is_refused_alike(tmp_path, first, second):
    outcomes = []
    for package in (hyperslab, h5py):
        path = make(tmp_path / f"{package.__name__}.h5")
        size = path.stat().st_size
        with package.File(path, first):
            outcomes.append(call(lambda p=path, h=package: h.File(p, second)))
        assert first == "w" or path.stat().st_size == size
    assert outcomes[0] == outcomes[1]
    assert outcomes[0][0] == "raised"


def test_contexts_nest(h5, tmp_path):
    path = make(tmp_path / "f.h5")
    with h5.File(path) as f, f:
        assert f["value"][()] == 1
    assert not f
    f.close()
    with f:
        pass


def test_an_exception_in_the_context_closes_the_file(h5, tmp_path):
    with pytest.raises(ZeroDivisionError), h5.File(tmp_path / "f.h5", "w") as f:
        1 / 0  # noqa: B018
    assert not f


def test_file_of_an_object_is_the_file(same):
    def scenario(h5, f):
        g = f.create_group("a/b")
        return g.file == f, g.file.name, h5.File(g.id) == f, g.file.mode, len({f, g.file})

    assert same(scenario) == (True, "/", True, "r+", 1)


def test_repr_tells_name_and_mode(h5, tmp_path):
    path = make(tmp_path / "f.h5")
    with h5.File(path) as f:
        assert repr(f) == '<HDF5 file "f.h5" (mode r)>'
    assert repr(f) == "<Closed HDF5 file>"


def test_a_file_cannot_be_pickled(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w") as f, pytest.raises(TypeError):
        pickle.dumps(f)


def test_flush_shows_what_was_written_to_others(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["x"] = np.arange(10)
        f.flush()
        with h5py.File(tmp_path / "f.h5", locking=False) as other:
            assert other["x"][9] == 9


def test_is_hdf5_tells_files_apart(h5, tmp_path):
    (tmp_path / "text").write_text("hello")
    made = make(tmp_path / "f.h5")
    assert h5.is_hdf5(made) and h5.is_hdf5(str(made))
    assert not h5.is_hdf5(tmp_path / "text")
    assert not h5.is_hdf5(tmp_path / "missing")
    assert not h5.is_hdf5(tmp_path)


def test_a_file_dropped_without_closing_is_complete(tmp_path):
    f = hyperslab.File(tmp_path / "f.h5", "w")
    d = f.create_dataset("x", data=np.arange(1000), chunks=(10,))
    del f
    d[5] = -1
    del d
    with h5py.File(tmp_path / "f.h5") as f:
        assert f["x"][5] == -1 and f["x"][999] == 999
