"""What HDF5 2.x brought, where this build is on it; what any build reads is in
test_files_of_hdf5_2.py. For what is newer still, an error says what is needed and how to get it."""

import re

import h5py
import hyperslab
import numpy as np
import pytest
import tree
from run_cli import run

ON_2 = hyperslab.version.hdf5_version_tuple >= (2,)
needs_2 = pytest.mark.skipif(not ON_2, reason="this build is on HDF5 1.14")
needs_1 = pytest.mark.skipif(ON_2, reason="this build reads all that h5py's HDF5 writes")

if h5py.version.hdf5_version_tuple < (2,):
    pytest.skip("the h5py here has HDF5 1.14", allow_module_level=True)

RECORD = np.dtype([("number", "i4"), ("value", "f8", (2,))])


def fill(h5, f):
    """What differs between the formats of 1.14 and of 2.0, and what does not."""
    f.create_dataset("filtered", data=np.arange(100.0), chunks=(30,), compression="gzip")
    f.create_dataset("growing", data=np.arange(9), chunks=(2,), maxshape=(None,))
    f.create_dataset("records", data=np.ones(3, RECORD))
    f.create_dataset("array", data=np.ones(3, ("i2", (4,))))
    f.create_dataset("flags", data=np.array([True, False]))
    f.create_dataset("strings", data=["a", "bc"])
    f.create_dataset("complex", data=np.array([1 + 2j, 3j]))
    f["type"] = RECORD
    f["plain"] = np.arange(5)
    f.attrs["record"] = np.ones(2, RECORD)
    source = h5.VirtualSource("source.h5", "x", shape=(4,))
    layout = h5.VirtualLayout(shape=(2, 4), dtype="i4")
    layout[0] = source
    layout[1] = source
    f.create_virtual_dataset("virtual", layout)


def native_complex(h5, f):
    for name in ("F32LE", "F32BE", "F64LE", "F64BE"):
        kind = getattr(h5.h5t, "COMPLEX_IEEE_" + name)
        space = h5.h5s.create_simple((3,))
        data = h5.h5d.create(f.id, name.encode(), kind, space)
        values = np.array([1 + 2j, -0.5j, np.inf], dtype=kind.dtype)
        data.write(h5.h5s.ALL, h5.h5s.ALL, values)


# ---- formats newer than this build ----


def raise_version(path, near, back, version):
    """Sets a byte so many before others. The formats of HDF5 1.6 have no checksum."""
    data = bytearray(path.read_bytes())
    data[data.index(near) - back] = version
    path.write_bytes(data)


@pytest.fixture
def newest(tmp_path):
    """A file of which parts say that they have a format that nobody knows yet."""
    path = tmp_path / "newest.h5"
    with h5py.File(path, "w") as f:
        f.create_dataset("layout", (5,), "f8", chunks=(777,), maxshape=(None,))
        f["plain"] = np.arange(5)
        f["holder"] = 0
        kind = h5py.h5t.create(h5py.h5t.OPAQUE, 3)
        kind.set_tag(b"unmistakable")
        h5py.h5a.create(f["holder"].id, b"record", kind, h5py.h5s.create(h5py.h5s.SCALAR))
        other = kind.copy()
        other.set_tag(b"nobody else")
        h5py.h5d.create(f.id, b"opaque", other, h5py.h5s.create_simple((2,)))
        layout = h5py.VirtualLayout((4,), "i4")
        layout[:] = h5py.VirtualSource("other.h5", "x", (4,))
        f.create_virtual_dataset("virtual", layout)
    raise_version(path, np.array([777, 8], "<u4").tobytes(), 11, 9)
    raise_version(path, b"unmistakable", 8, 0x95)
    raise_version(path, b"nobody else", 8, 0x95)
    raise_version(path, b"other.h5\0", 9, 9)
    return path


def says_what_to_do(message, needed="a newer HDF5", bounds="libver=('earliest', 'v114')"):
    return (
        f"needs {needed}" in message
        and "HYPERSLAB_HDF5=SYSTEM" in message
        and "HYPERSLAB_HDF5_SOURCE" in message
        and hyperslab.version.hdf5_version in message
        and bounds in message
    )


@pytest.mark.parametrize("name", ["layout", "opaque", "virtual"])
def test_what_needs_a_newer_hdf5_says_so(newest, name):
    with hyperslab.File(newest) as f, pytest.raises(KeyError) as caught:
        f[name]
    message = str(caught.value)
    assert says_what_to_do(message)
    assert f"/{name}" in message and "newest.h5" in message


def test_what_does_not_need_one_is_read(newest):
    with hyperslab.File(newest) as f:
        assert sorted(f) == ["holder", "layout", "opaque", "plain", "virtual"]
        assert f["plain"][...].tolist() == [0, 1, 2, 3, 4]


def test_get_does_not_take_it_for_missing(newest):
    with hyperslab.File(newest) as f:
        assert f.get("none") is None
        with pytest.raises(KeyError) as caught:
            f.get("layout")
    assert says_what_to_do(str(caught.value))


@pytest.mark.parametrize(
    "what",
    [
        lambda f: f["holder"].attrs["record"],
        lambda f: list(f["holder"].attrs),
        lambda f: dict(f),
        lambda f: f.visititems(lambda name, obj: None),
    ],
    ids=["attribute", "attributes", "members", "visit"],
)
def test_every_way_to_it_says_so(newest, what):
    with hyperslab.File(newest) as f, pytest.raises((KeyError, OSError, RuntimeError)) as caught:
        what(f)
    assert says_what_to_do(str(caught.value))


def test_get_does_not_take_an_attribute_for_missing(newest):
    with hyperslab.File(newest) as f:
        with pytest.raises((KeyError, RuntimeError)) as caught:
            f["holder"].attrs.get("record")
        assert f["plain"].attrs.get("nothing") is None
    assert says_what_to_do(str(caught.value))


def test_the_command_line_says_so(newest):
    done = run("dump", newest, "layout")
    assert done.returncode != 0
    bounds = "FormatBounds{FormatVersion::earliest, FormatVersion::v114}"  # a C++ program's words
    assert says_what_to_do(re.sub(r"\s+", " ", done.stderr), bounds=bounds)


def test_other_errors_do_not_speak_of_versions(newest):
    with hyperslab.File(newest) as f, pytest.raises(KeyError) as caught:
        f["none"]
    assert "HYPERSLAB_HDF5" not in str(caught.value)


# ---- on 1.14 ----


@needs_1
@pytest.mark.parametrize("chunks", [(2**30,), (2**33,)])
def test_chunks_of_4_gib_need_hdf5_2(tmp_path, chunks):
    with h5py.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("x", (2**34,), "f8", chunks=chunks)
    with hyperslab.File(tmp_path / "f.h5") as f, pytest.raises(KeyError) as caught:
        f["x"]
    assert "chunks of 4 GiB or more" in str(caught.value)
    assert says_what_to_do(str(caught.value), "HDF5 2.0 or newer")


@needs_1
def test_the_format_that_the_message_recommends_is_read(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w", libver=("earliest", "v114")) as f:
        fill(h5py, f)
    assert tree.of(hyperslab, tmp_path / "f.h5") == tree.of(h5py, tmp_path / "f.h5")


# ---- on 2.x ----


@needs_2
@pytest.mark.parametrize("libver", ["latest", "v200", ("earliest", "v200"), ("v200", "v200")])
@pytest.mark.parametrize("content", [fill, native_complex])
def test_files_in_the_format_of_2_0_are_h5pys(same, libver, content):
    same(lambda h5, f: content(h5, f), libver=libver)


@needs_2
@pytest.mark.parametrize("code", ["c8", ">c8", "c16", ">c16"])
@pytest.mark.parametrize("writer, reader", [(h5py, hyperslab), (hyperslab, h5py)])
def test_native_complex_numbers_travel_both_ways(tmp_path, code, writer, reader):
    values = (np.arange(12).reshape(3, 4) * (1 - 0.5j)).astype(code)
    name = f"COMPLEX_IEEE_F{values.itemsize * 4}{'BE' if code[0] == '>' else 'LE'}"
    kind = getattr(writer.h5t, name)
    with writer.File(tmp_path / "f.h5", "w") as f:
        space = writer.h5s.create_simple(values.shape)
        writer.h5d.create(f.id, b"x", kind, space).write(writer.h5s.ALL, writer.h5s.ALL, values)
    with reader.File(tmp_path / "f.h5") as f:
        assert isinstance(f["x"].id.get_type(), reader.h5t.TypeComplexID)
        assert f["x"].dtype == values.dtype
        assert np.array_equal(f["x"][...], values)
        assert np.array_equal(f["x"][1:, ::2], values[1:, ::2])
        assert f["x"][2, 3] == values[2, 3]


@needs_2  # h5py converts to the same size and byte order only
def test_complex_numbers_are_converted(tmp_path):
    values = np.array([1 + 2j, 3 - 4j])
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        space = hyperslab.h5s.create_simple((2,))
        kind = hyperslab.h5t.COMPLEX_IEEE_F32LE
        hyperslab.h5d.create(f.id, b"x", kind, space)
        f["x"][...] = values
        f["x"][0] = 5
        assert f["x"].dtype == "c8"
        assert f["x"][...].tolist() == [5, 3 - 4j]
        assert f["x"].astype("c16")[...].tolist() == [5, 3 - 4j]
        assert f["x"].astype(">c16")[1] == 3 - 4j
