"""repack: what stock h5py reads in the new file is what it reads in the old one."""

import os
import shutil
import stat
import subprocess

import everything
import h5py
import hyperslab
import numpy as np
import pytest
import tree
from files_of_hdf5_2 import CHANGE, WRITE
from hypothesis import given
from hypothesis import strategies as st
from run_python import run


def is_same(old, new, folder=None):
    """Compared from the folder of the old file, for links and virtual datasets to other files."""
    assert tree.of(h5py, old) == tree.of(h5py, new)
    assert tree.of(hyperslab, old) == tree.of(hyperslab, new)


FILES = {
    "oldest format": {},
    "newest format": {"libver": "latest"},
    "pages": {"fs_strategy": "page", "fs_page_size": 8192, "fs_persist": True},
    "user block": {"userblock_size": 1024},
}


@pytest.mark.parametrize("keywords", FILES.values(), ids=FILES)
def test_everything_is_copied(tmp_path, keywords):
    old, new = everything.make(tmp_path / "old.h5", **keywords), tmp_path / "new.h5"
    done = hyperslab.repack(old, new)
    is_same(old, new)
    with h5py.File(new) as f, h5py.File(old) as before:
        assert f["aa/hard"] == f["zz/gz"] and f["aa/loop"] == f["/"]
        assert f[f["references"][0]] == f["zz/gz"] and f[f["references"][1]] == f["zz"]
        assert f[f["lists of references"][1][1]] == f["zz"]
        assert f["zz/gz"].dims[1]["xs"] == f["x"]
        assert f["typed"].id.get_type().equal(f["type"].id)
        assert f["typed"].id.get_type().committed()
        assert f["of a deleted type"].id.get_type().committed()
        assert f["sparse"].id.get_num_chunks() == 1
        assert f["unwritten"].id.get_storage_size() == 0
        assert f.userblock_size == before.userblock_size
        creation = f.id.get_create_plist()
        assert creation.get_version()[0] == before.id.get_create_plist().get_version()[0]
        assert (
            creation.get_file_space_strategy()
            == before.id.get_create_plist().get_file_space_strategy()
        )
    with hyperslab.File(new) as f:
        assert hyperslab.h5o.get_comment(f["many"].id, b"") == b"a comment"
    assert os.path.getsize(new) <= os.path.getsize(old)
    assert done["bytes_before"] == os.path.getsize(old)
    assert done["bytes_after"] == os.path.getsize(new)
    assert done["copied_chunks"] > 0 and done["encoded_chunks"] == 0


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("kind", WRITE)
def test_each_kind_of_object_before_and_after_changes(tmp_path, monkeypatch, kind, libver):
    monkeypatch.chdir(tmp_path)
    with h5py.File("o.h5", "w") as f:
        f["one"] = np.arange(12.0).reshape(4, 3)
    with h5py.File("old.h5", "w", libver=libver) as f:
        WRITE[kind](h5py, f)
    hyperslab.repack("old.h5", "new.h5")
    is_same("old.h5", "new.h5")
    with h5py.File("old.h5", "r+", libver=libver) as f:
        CHANGE[kind](h5py, f)
    hyperslab.repack("old.h5", "new.h5", overwrite=True)
    is_same("old.h5", "new.h5")


def test_objects_keep_their_format(tmp_path):
    """A file may have objects of several: groups that know the order of their links are newer."""
    with h5py.File(tmp_path / "a.h5", "w", libver=("earliest", "v108")) as f:
        f.create_group("old")
        f.create_group("ordered", track_order=True)
        f["x"] = np.arange(3)
    with h5py.File(tmp_path / "a.h5", "r+", libver="latest") as f:
        f.create_group("new")
        f["y"] = np.arange(3)

    def versions(path):
        with h5py.File(path) as f:
            return {name: h5py.h5o.get_info(f[name].id).hdr.version for name in ["/", *f]}

    hyperslab.repack(tmp_path / "a.h5", tmp_path / "b.h5")
    assert versions(tmp_path / "a.h5") == versions(tmp_path / "b.h5")
    assert set(versions(tmp_path / "a.h5").values()) == {1, 2}
    hyperslab.repack(tmp_path / "a.h5", tmp_path / "c.h5", libver="latest")
    assert set(versions(tmp_path / "c.h5").values()) == {2}


def test_references_to_what_was_deleted(tmp_path):
    old, new = everything.make(tmp_path / "old.h5"), tmp_path / "new.h5"
    with h5py.File(old, "r+") as f:
        f["gone"] = np.arange(10)
        f["references"][2] = f["gone"].ref
        f.attrs["gone"] = f["gone"].regionref[:2]
        del f["gone"]
    notes = hyperslab.repack(old, new)["notes"]
    assert notes == ["2 references lead to no object of the file, and to nothing in the new one"]
    with h5py.File(new) as f:
        assert f["references"][1] and not f["references"][2] and not f.attrs["gone"]


def test_files_without_anything(tmp_path):
    with h5py.File(tmp_path / "old.h5", "w"):
        pass
    done = hyperslab.repack(tmp_path / "old.h5", tmp_path / "new.h5")
    is_same(tmp_path / "old.h5", tmp_path / "new.h5")
    assert (done["objects"], done["datasets"], done["notes"]) == (1, 0, [])


@pytest.mark.skipif(shutil.which("h5repack") is None, reason="h5repack is not installed")
@pytest.mark.parametrize(
    ("arguments", "keywords"),
    [
        ([], {}),
        (["-f", "GZIP=5"], {"compression": "gzip", "compression_opts": 5}),
        (["-f", "SHUF", "-f", "GZIP=1"], {"compression": 1, "shuffle": True}),
        (["-f", "FLET"], {"fletcher32": True}),
        (["-f", "NONE"], {"compression": False}),
        (["-l", "CHUNK=7"], {"chunks": (7,)}),
        (["-l", "CHUNK=7", "-f", "GZIP=2"], {"chunks": (7,), "compression": 2}),
        (["-l", "CONTI"], {"chunks": False}),
    ],
)
def test_as_h5repack_does(tmp_path, arguments, keywords):
    """h5repack guesses no chunks, so the old file has some wherever it would need them."""
    old, ours, theirs = (tmp_path / name for name in ("old.h5", "ours.h5", "theirs.h5"))
    with h5py.File(old, "w") as f:
        f.create_dataset("a", data=np.arange(300.0), chunks=(50,), compression=3)
        f.create_dataset("b", data=np.arange(300), chunks=(41,), shuffle=True)
        f.create_dataset("g/c", data=np.arange(30.0), chunks=(10,))
        f["g/c"].attrs["unit"] = "Jy"
        f["d"] = h5py.SoftLink("/a")
    hyperslab.repack(old, ours, **keywords)
    subprocess.run(["h5repack", *arguments, old, theirs], check=True)
    is_same(theirs, ours)


@pytest.mark.parametrize(
    "keywords",
    [
        {"compression": "gzip", "compression_opts": 6, "shuffle": True},
        {"compression": "lzf"},
        {"compression": "szip"},
        {"fletcher32": True},
        {"compression": False},
        {"chunks": True},
        {"chunks": False},
        {"chunks": (13, 17)},
        {"chunks": (50,), "compression": "gzip", "only": ["sums", "offset", "strings"]},
        {"compression": "gzip", "only": "zz"},
        {"libver": "latest"},
        {"libver": "v108", "compression": "gzip"},
    ],
    ids=repr,
)
def test_other_storage_holds_the_same(tmp_path, keywords):
    old, new = everything.make(tmp_path / "old.h5"), tmp_path / "new.h5"
    hyperslab.repack(old, new, **keywords)
    assert elements_and_attributes(old) == elements_and_attributes(new)


def elements_and_attributes(path):
    """What a file says, without how it is stored."""
    found = {}
    for name, entry in tree.of(h5py, path).items():
        is_dataset = isinstance(entry, tuple) and entry and entry[0] == "Dataset"
        found[name] = (entry[1:3], entry[3][:2], entry[6:]) if is_dataset else entry
    return found


def test_filters_are_those_that_were_asked_for(tmp_path):
    old, new = everything.make(tmp_path / "old.h5"), tmp_path / "new.h5"
    done = hyperslab.repack(old, new, compression="gzip", compression_opts=7, shuffle=True)
    assert done["encoded_chunks"] > 0
    with h5py.File(new) as f:
        for name in ("zz/gz", "sparse", "sums", "offset", "big endian", "strings", "x", "compact"):
            x = f[name]
            assert (x.compression, x.compression_opts, x.shuffle) == ("gzip", 7, True), name
            assert not x.fletcher32 and x.scaleoffset is None
        assert f["zz/gz"].chunks == (64, 32)
        assert f["scalar"].chunks is None and f["virtual"].is_virtual
    notes = "\n".join(done["notes"])
    assert "'/scalar' stays as it is stored: it has no dimensions" in notes
    assert "'/virtual' stays as it is stored: it is virtual" in notes


def test_only_some_datasets_are_changed(tmp_path):
    old, new = everything.make(tmp_path / "old.h5"), tmp_path / "new.h5"
    hyperslab.repack(old, new, compression="lzf", only=["/zz", "x"])
    with h5py.File(new) as f:
        assert f["zz/gz"].compression == f["x"].compression == "lzf"
        assert f["sums"].compression is None and f["sums"].fletcher32
        assert f["early"].compression == "gzip"
    with pytest.raises(KeyError, match="nothing here"):
        hyperslab.repack(old, tmp_path / "c.h5", compression="lzf", only=["nothing here"])
    assert not (tmp_path / "c.h5").exists()


DTYPES = ["i1", "<u4", ">f8", "S3", [("a", "f4"), ("b", "i2", (3,))]]
FILTERS = [
    {},
    {"compression": 4},
    {"compression": "gzip", "compression_opts": 9, "shuffle": True},
    {"compression": "lzf", "fletcher32": True},
    {"shuffle": True},
]


@st.composite
def copies(draw):
    """A dataset, the part of it that is written, and how it is to be stored."""
    rank = draw(st.integers(1, 3))
    shape = tuple(draw(st.integers(1, 12)) for _ in range(rank))
    chunks = tuple(draw(st.integers(1, n)) for n in shape)
    grows = [draw(st.sampled_from([n, n + 5, None])) for n in shape]
    written = tuple(slice(0, draw(st.integers(0, n))) for n in shape)
    old = draw(st.sampled_from(FILTERS))
    new = dict(draw(st.sampled_from([*FILTERS, {"compression": False}])))
    new["chunks"] = draw(
        st.sampled_from([None, True, tuple(draw(st.integers(1, n + 3)) for n in shape)])
    )
    if draw(st.booleans()):
        new["libver"] = draw(st.sampled_from(["earliest", "v108", "latest"]))
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    return shape, chunks, grows, written, dtype, old, new, draw(st.integers(0, 99))


@given(copies(), st.sampled_from(["earliest", "latest"]))
def test_any_storage_to_any_other(tmp_path_factory, drawn, libver):
    shape, chunks, grows, written, dtype, before, after, seed = drawn
    folder = tmp_path_factory.mktemp("repack")
    values = np.random.default_rng(seed).integers(0, 3, (*shape, dtype.itemsize), "u1")
    values = np.ascontiguousarray(values).view(dtype).reshape(shape)
    with h5py.File(folder / "old.h5", "w", libver=libver) as f:
        x = f.create_dataset("x", shape, dtype, chunks=chunks, maxshape=grows, **before)
        if values[written].size:
            x[written] = values[written]
    hyperslab.repack(folder / "old.h5", folder / "new.h5", **after)
    with h5py.File(folder / "old.h5") as f, h5py.File(folder / "new.h5") as g:
        assert f["x"][()].tobytes() == g["x"][()].tobytes()
        assert f["x"].maxshape == g["x"].maxshape
        asked = after["chunks"]
        if asked is None:
            assert g["x"].chunks == chunks
        elif asked is not True:
            most = [n or k for n, k in zip(grows, asked, strict=True)]
            assert g["x"].chunks == tuple(map(min, asked, most))
    shutil.rmtree(folder)


def test_references_of_hdf5_1_12(tmp_path):
    from hyperslab import h5r

    with hyperslab.File(tmp_path / "old.h5", "w") as f:
        f["gone"] = np.arange(10_000)
        f.create_group("g")
        f["x"] = np.arange(20).reshape(4, 5)
        f["x"].attrs["unit"] = 7
        space = f["x"].id.get_space()
        space.select_hyperslab((1, 1), (2, 3))
        references = [
            h5r.create_object(f.id, b"g"),
            h5r.create_region(f.id, b"x", space),
            h5r.create_attr(f.id, b"x", b"unit"),
            h5r.StandardReference(),
            h5r.create_object(f.id, b"gone"),
        ]
        made = f.create_dataset("references", (5,), hyperslab.std_ref_dtype, maxshape=(None,))
        for i, reference in enumerate(references):
            made[i] = reference
        f["x"].attrs.create("to g", references[0], dtype=hyperslab.std_ref_dtype)
        del f["gone"]
    done = hyperslab.repack(tmp_path / "old.h5", tmp_path / "new.h5")
    assert any("1 reference leads" in note for note in done["notes"])
    os.remove(tmp_path / "old.h5")
    with hyperslab.File(tmp_path / "new.h5") as f:
        to_group, to_region, to_attribute, null, lost = f["references"][()]
        assert h5r.open_object(to_group) == f["g"].id
        region = h5r.open_region(to_region)
        assert region.get_select_bounds() == ((1, 1), (2, 3))
        assert h5r.get_attr_name(to_attribute) == b"unit"
        assert not null and not lost
        assert h5r.open_object(f["x"].attrs["to g"]) == f["g"].id


def test_in_place(tmp_path):
    path, link = everything.make(tmp_path / "a.h5"), tmp_path / "link.h5"
    shutil.copy(path, tmp_path / "before.h5")
    link.symlink_to("a.h5")
    os.chmod(path, 0o640)
    reader = hyperslab.File(path)
    done = hyperslab.repack(link, in_place=True)
    assert done["bytes_after"] == os.path.getsize(path) < done["bytes_before"]
    assert link.is_symlink() and stat.S_IMODE(path.stat().st_mode) == 0o640
    assert reader["zz/gz"][5, 5] == 505  # it has the old file still
    reader.close()
    is_same(tmp_path / "before.h5", path)
    assert sorted(os.listdir(tmp_path)) == ["a.h5", "before.h5", "link.h5"]


SYNCS = """
import ctypes, sys
import h5py, hyperslab, numpy as np

SYNC = 2
shim = ctypes.CDLL(None)
old, new = sys.argv[1] + "/old.h5", sys.argv[1] + "/new.h5"
with h5py.File(old, "w") as f:
    f.create_dataset("x", data=np.arange(1000), chunks=(100,))

shim.fault_arm(SYNC, 28, ctypes.c_long(1), ctypes.c_long(1 << 40))
hyperslab.repack(old, new)
print("new", shim.fault_hits(SYNC))
for arguments in ((old, new), (old,)):
    try:
        hyperslab.repack(*arguments, overwrite=True, in_place=len(arguments) == 1, compression=1)
    except OSError as error:
        print(error.errno, shim.fault_hits(SYNC))
for path in (old, new):
    with h5py.File(path) as f:
        assert f["x"].compression is None and f["x"][999] == 999
"""


def test_only_where_it_takes_anothers_place_the_disk_is_waited_for(tmp_path, faulty_io):
    output = run(SYNCS, tmp_path, LD_PRELOAD=str(faulty_io))
    assert output == "new 0\n28 1\n28 2\n"
    assert sorted(os.listdir(tmp_path)) == ["new.h5", "old.h5"]


def test_what_is_not_yet_on_the_disk_is_copied_too(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as f:
        f["x"] = np.arange(1000)
        hyperslab.repack(tmp_path / "a.h5", tmp_path / "b.h5")
        with pytest.raises(ValueError, match="open for writing"):
            hyperslab.repack(tmp_path / "a.h5", in_place=True)
        f["y"] = 1
    with h5py.File(tmp_path / "b.h5") as f:
        assert list(f) == ["x"] and f["x"][7] == 7


def test_progress_counts_the_bytes_of_the_old_file(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as f:
        for name in "abc":
            data = np.random.default_rng(1).random((400, 1000))
            f.create_dataset(name, data=data, chunks=(10, 1000), compression=1)
    seen = []
    with hyperslab.progress(lambda done, total: seen.append((done, total)), after=0):
        hyperslab.repack(path, tmp_path / "b.h5", compression="lzf")
    assert {total for _, total in seen} == {os.path.getsize(path)}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len({done for done, _ in seen}) > 1
