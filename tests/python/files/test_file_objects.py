"""Python file objects that cannot do all that a file needs: refused before anything is lost."""

import bz2
import gzip
import io
import os
import tempfile

import hyperslab
import numpy as np
import pytest


@pytest.fixture
def path(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as f:
        f["x"] = np.arange(10)
    return tmp_path / "a.h5"


class Appending(io.BytesIO):
    mode = "ab+"


APPENDING = {
    "ab": lambda path: open(path, "ab"),
    "ab+": lambda path: open(path, "ab+"),
    "ab+ unbuffered": lambda path: open(path, "ab+", buffering=0),
    "a descriptor": lambda path: os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND), "r+b"),
    "an object that says so": lambda path: Appending(path.read_bytes()),
}


@pytest.mark.parametrize("kind", APPENDING)
@pytest.mark.parametrize("mode", ["r+", "a", "w", "x"])
def test_streams_that_append_are_refused(path, kind, mode):
    before = path.read_bytes()
    with APPENDING[kind](path) as stream:
        with pytest.raises(io.UnsupportedOperation, match="open for appending"):
            hyperslab.File(stream, mode)
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", [kind for kind in APPENDING if kind != "ab"])
def test_they_can_be_read(h5, path, kind):
    with APPENDING[kind](path) as stream, h5.File(stream, "r") as f:
        assert f["x"][3] == 3


def test_temporary_files_with_that_mode_write_anywhere(h5):
    with tempfile.NamedTemporaryFile("ab+") as stream:
        with h5.File(stream, "w") as f:
            f["x"] = np.arange(1000)
        with h5.File(stream) as f:
            assert f["x"][999] == 999


def test_the_low_level_refuses_them_too(path):
    fapl = hyperslab.h5p.create(hyperslab.h5p.FILE_ACCESS)
    with open(path, "ab+") as stream:
        fapl.set_fileobj_driver(hyperslab.h5fd.fileobj_driver, stream)
        with pytest.raises(io.UnsupportedOperation):
            hyperslab.h5f.open(b"x", hyperslab.h5f.ACC_RDWR, fapl)


@pytest.mark.parametrize("mode", ["r", "r+", "a", "w", "x"])
@pytest.mark.parametrize("opened", ["r", "r+", "a+"])
def test_streams_for_text_are_refused(path, opened, mode):
    before = path.read_bytes()
    with open(path, opened, encoding="latin-1") as stream, pytest.raises(TypeError):
        hyperslab.File(stream, mode)
    assert path.read_bytes() == before


OTHERS = {
    "a pipe": lambda path: os.fdopen(os.pipe()[0], "rb"),
    "a compressor": lambda path: gzip.open(str(path) + ".gz", "wb"),
    "another": lambda path: bz2.open(str(path) + ".bz2", "wb"),
    "closed": lambda path: (lambda stream: (stream.close(), stream)[1])(io.BytesIO()),
    "text in memory": lambda path: io.StringIO(),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("mode", ["r", "r+", "w"])
def test_what_cannot_be_moved_about_in_is_refused(path, kind, mode):
    with pytest.raises((io.UnsupportedOperation, ValueError, TypeError)):
        hyperslab.File(OTHERS[kind](path), mode)


def test_a_stream_for_writing_alone_takes_a_new_file(h5, tmp_path):
    with open(tmp_path / "new.h5", "wb") as stream, h5.File(stream, "w") as f:
        f["x"] = np.arange(1000)
    with h5.File(tmp_path / "new.h5") as f:
        assert f["x"][999] == 999


def test_a_stream_for_reading_alone_says_so_when_it_is_written(path):
    with open(path, "rb") as stream:
        f = hyperslab.File(stream, "r+")
        with pytest.raises(io.UnsupportedOperation):
            f["y"] = np.arange(10)
        with pytest.raises(io.UnsupportedOperation):
            f.close()
    with hyperslab.File(path) as f:
        assert list(f) == ["x"]
