"""Bad input: the exception is h5py's, the message names the file and the object."""

import contextlib
import operator
import os
import re
import traceback

import h5py
import hyperslab
import numpy as np
import pytest
from describe import call

PACKAGES = (hyperslab, h5py)


@pytest.fixture
def path(tmp_path):
    """A file with a bit of everything."""
    with h5py.File(tmp_path / "file.h5", "w") as f:
        f["group/data"] = np.arange(10)
        f["group/text"] = "text"
        f["group/table"] = np.zeros(3, dtype=[("a", "i4")])
        f["group"].attrs["unit"] = "m"
        f["group/dangling"] = h5py.SoftLink("/missing")
        f["group/outside"] = h5py.ExternalLink("missing.h5", "/x")
    return tmp_path / "file.h5"


# (what is done with a file that is open for reading, the exception, a name that the message has)
READING = {
    "missing member": (lambda f: f["group/none"], KeyError, "/group/none"),
    "missing group": (lambda f: f["none/x"], KeyError, "/none/x"),
    "below a dataset": (lambda f: f["group/data/x"], KeyError, "/group/data/x"),
    "dangling soft link": (lambda f: f["group/dangling"], KeyError, "/group/dangling"),
    "dangling external link": (lambda f: f["group/outside"], KeyError, "/group/outside"),
    "missing attribute": (lambda f: f["group"].attrs["none"], KeyError, "none"),
    "deleting when read-only": (lambda f: f.__delitem__("group"), KeyError, "/group"),
    "creating when read-only": (lambda f: f.create_group("new"), ValueError, "/new"),
    "writing when read-only": (lambda f: f["group/data"].__setitem__(0, 1), OSError, "/group/data"),
    "attribute when read-only": (lambda f: f["group"].attrs.create("x", 1), OSError, "/group"),
    "move when read-only": (lambda f: f.move("group", "new"), ValueError, "/group"),
}

# The same for a file open for writing.
WRITING = {
    "name taken": (lambda f: f.create_group("group"), ValueError, "/group"),
    "name of a dataset taken": (
        lambda f: f.create_dataset("group/data", data=1),
        ValueError,
        "data",
    ),
    "deleting what is not there": (lambda f: f.__delitem__("group/none"), KeyError, "/group/none"),
    "moving what is not there": (lambda f: f.move("group/none", "x"), ValueError, "/group/none"),
    "group where a dataset is": (
        lambda f: f.create_group("group/data/x"),
        ValueError,
        "/group/data/x",
    ),
    "required group is none": (lambda f: f.require_group("group/data"), TypeError, None),
    "required dataset is none": (lambda f: f.require_dataset("group", (1,), "i4"), TypeError, None),
    "required shape differs": (
        lambda f: f.require_dataset("group/data", (9,), "i8"),
        TypeError,
        None,
    ),
}

# Mistakes with the arguments, found before HDF5 is asked.
ARGUMENTS = {
    "out of range": (lambda f: f["group/data"][10], IndexError),
    "list out of range": (lambda f: f["group/data"][[0, 11]], IndexError),
    "too many axes": (lambda f: f["group/data"][0, 0], ValueError),
    "backwards": (lambda f: f["group/data"][::-1], ValueError),
    "no such field": (lambda f: f["group/table"]["b"], ValueError),
    "not a table": (lambda f: f["group/data"]["b"], ValueError),
    "wrong shape": (lambda f: f["group/data"].__setitem__(slice(0, 3), [1, 2]), TypeError),
    "text to numbers": (lambda f: f["group/data"].__setitem__(0, "x"), ValueError),
    "not text": (lambda f: f["group/data"].asstr(), TypeError),
    "not chunked": (lambda f: f["group/data"].resize((20,)), TypeError),
    "name is no text": (lambda f: f[5], TypeError),
    "length of a scalar": (lambda f: len(f["group/text"]), TypeError),
    "iteration over a scalar": (lambda f: list(f["group/text"]), TypeError),
}


@pytest.mark.parametrize("action, error, name", READING.values(), ids=READING)
def test_failures_when_reading(path, action, error, name):
    for package in PACKAGES:
        with package.File(path) as f, pytest.raises(error) as caught:
            action(f)
        assert caught.type is error
        if package is hyperslab:
            assert name in str(caught.value)
            assert str(path) in str(caught.value)


@pytest.mark.parametrize("action, error, name", WRITING.values(), ids=WRITING)
def test_failures_when_writing(path, action, error, name):
    for package in PACKAGES:
        with package.File(path, "r+") as f, pytest.raises(error) as caught:
            action(f)
        assert caught.type is error
        if package is hyperslab and name is not None:
            assert name in str(caught.value)
            assert str(path) in str(caught.value)


@pytest.mark.parametrize("action, error", ARGUMENTS.values(), ids=ARGUMENTS)
def test_mistakes_in_arguments(path, action, error):
    for package in PACKAGES:
        with package.File(path, "r+") as f, pytest.raises(error) as caught:
            action(f)
        assert caught.type is error
        assert str(caught.value)


@pytest.mark.parametrize("mode", ["r", "r+", "a", "w", "w-"])
def test_a_directory_is_no_file(tmp_path, mode):
    (tmp_path / "folder").mkdir()
    found = [call(lambda h=h: h.File(tmp_path / "folder", mode)) for h in PACKAGES]
    assert found[0] == found[1] and found[0][0] == "raised"
    with pytest.raises(OSError, match="folder"):
        hyperslab.File(tmp_path / "folder", mode)


def test_a_folder_that_is_not_there(tmp_path):
    for package in PACKAGES:
        with pytest.raises(FileNotFoundError) as caught:
            package.File(tmp_path / "none" / "f.h5", "w")
        assert caught.value.errno == 2 and "none/f.h5" in str(caught.value)


@contextlib.contextmanager
def without_root():
    """Root may read and write everything; nobody may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("mode, rights", [("r", 0o000), ("r+", 0o444), ("w", 0o444), ("a", 0o000)])
def test_no_permission(path, mode, rights):
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        folder.chmod(0o777)
    before = path.read_bytes()
    path.chmod(rights)
    try:
        for package in PACKAGES:
            with without_root(), pytest.raises(PermissionError) as caught:
                package.File(path, mode)
            assert caught.value.errno == 13 and str(path) in str(caught.value)
    finally:
        path.chmod(0o644)
    assert path.read_bytes() == before


def test_a_file_that_only_others_may_write_opens_for_reading_by_a(path):
    """'a' asks for writing first, and takes what it gets where h5py does."""
    path.chmod(0o444)
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        folder.chmod(0o777)
    with without_root():
        found = [call(lambda h=h: h.File(path, "a").mode) for h in PACKAGES]
    assert found[0] == found[1]


@pytest.mark.parametrize("keep", [0, 1, 7, 8, 40, 95, 96, 500, 1500, 2047, -1])
def test_a_truncated_file_is_refused_alike(path, keep):
    content = path.read_bytes()
    path.write_bytes(content[:keep])

    def read(package):
        with package.File(path) as f:
            return f["group/data"][...].tolist()

    found = [call(read, package) for package in PACKAGES]
    assert found[0] == found[1]
    assert found[0][0] == "raised"
    with pytest.raises((OSError, KeyError)) as caught:
        read(hyperslab)
    assert "file.h5" in str(caught.value)


def test_every_byte_wrong_is_survived(path):
    """One byte after the other is turned over: an answer or an exception, as h5py has it."""
    content = path.read_bytes()

    def read(package):
        with package.File(path) as f:
            names = []
            f.visit(names.append)
            return names, f["group/data"][...].tolist()

    for position in range(0, len(content), 97):
        path.write_bytes(
            content[:position] + bytes([content[position] ^ 0xFF]) + content[position + 1 :]
        )
        with contextlib.suppress(Exception):
            read(hyperslab)
    path.write_bytes(content)
    assert read(hyperslab) == read(h5py)


def test_the_message_for_what_is_no_hdf5_file_names_it(tmp_path):
    (tmp_path / "text.h5").write_text("not HDF5")
    with pytest.raises(OSError, match="text.h5"):
        hyperslab.File(tmp_path / "text.h5")


def test_file_names_that_are_no_text_can_be_in_messages(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.h5"
    with pytest.raises(FileNotFoundError):
        hyperslab.File(name)


def test_a_time_type_is_refused_clearly(tmp_path):
    """H5T_TIME has no meaning that anybody agreed on; h5py refuses it as well."""
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        space = hyperslab.h5s.create_simple((2,))
        hyperslab.h5d.create(f.id, b"x", hyperslab.h5t.UNIX_D32LE, space)
    for package in PACKAGES:
        with package.File(tmp_path / "f.h5") as f, pytest.raises(TypeError) as caught:
            f["x"].dtype  # noqa: B018
        assert str(caught.value)


@pytest.mark.parametrize(
    "action",
    [
        lambda h5, f: f.__delitem__("gone"),
        lambda h5, f: f.id.unlink(b"gone"),
        lambda h5, f: f.id.get_linkval(b"x"),
        lambda h5, f: f.require_group("x"),
        lambda h5, f: f.require_dataset("g", (1,), "i4"),
        lambda h5, f: f.create_dataset("x/y", data=1),
    ],
)
def test_sentences_begin_as_those_of_h5py(path, action):
    def begin(h5):
        with h5.File(path, "r+") as f, pytest.raises(Exception) as caught:
            f.require_group("g")
            f.require_dataset("x", (), "i4")
            action(h5, f)
        sentence = caught.value.args[0]
        return type(caught.value).__name__, re.match(r"(Incompatible object )?[^(]*", sentence)[0]

    assert begin(hyperslab) == begin(h5py)


def test_a_name_that_is_missing_is_no_missing_file(path):
    """Programs tell broken external links by the word "file" in what h5py says of names."""
    with hyperslab.File(path) as f, pytest.raises(KeyError) as caught:
        f["gone"]
    assert "file" not in str(caught.value).replace(str(path), "")


def test_errors_print_nothing(path, capfd):
    with hyperslab.File(path) as f:
        for action, _, _ in READING.values():
            with contextlib.suppress(Exception):
                action(f)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("module", [h5py, hyperslab])
def test_tracebacks_name_the_package(module, tmp_path):
    """Programs look there for whose failure it is (silx retries those of h5py)."""
    with module.File(tmp_path / "file.h5", "w") as f:
        f["x"] = [1, 2]
        for fail in (
            lambda: f["nothing"],
            lambda: f.attrs["nothing"],
            lambda: f["x"][5],
            lambda: operator.setitem(f["x"], 5, 1),
        ):
            with pytest.raises((KeyError, IndexError)) as caught:
                fail()
            frames = [frame for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
            packages = [frame.f_globals.get("__package__") or "" for frame in frames]
            assert packages[-1].split(".")[0] == module.__name__
