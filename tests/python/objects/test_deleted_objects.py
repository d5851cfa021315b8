"""References outlive what they lead to. They are errors then, and no harm to what comes after."""

import h5py
import hyperslab
import numpy as np
import pytest
import tree

pytestmark = pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple >= (2,),
    reason="HDF5 2 is the machine's, without our patch: such a reference opens what is left of the"
    " object, and closing the file can then abort the process, from C alone too",
)

FORMATS = {
    "earliest": {"libver": "earliest"},
    "latest": {"libver": "latest"},
    "kept": {"fs_strategy": "fsm", "fs_persist": True},
    "paged": {"fs_strategy": "page", "libver": "latest"},
    "paged, kept": {"fs_strategy": "page", "fs_persist": True},
    "in memory": {"driver": "core", "backing_store": True},
}
KINDS = {
    "contiguous": lambda f, name: f.create_dataset(name, data=np.arange(5)),
    "chunked": lambda f, name: f.create_dataset(name, data=np.arange(50), chunks=(7,)),
    "group": lambda f, name: f.create_group(name),
    "type": lambda f, name: f.__setitem__(name, np.dtype("i2")),
    "attributes": lambda f, name: f.create_group(name).attrs.update(
        {f"attribute {i}": np.arange(20) for i in range(30)}
    ),
}


@pytest.fixture(params=FORMATS)
def options(request):
    return FORMATS[request.param]


def is_gone(file, reference):
    with pytest.raises((KeyError, ValueError)):
        file[reference]
    with pytest.raises((KeyError, ValueError, RuntimeError)):
        hyperslab.h5r.get_obj_type(reference, file.id)
    return True


@pytest.mark.parametrize("flushed", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_references_to_them_are_errors(tmp_path, options, kind, flushed):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", **options) as f:
        KINDS[kind](f, "x")
        f["refs"] = np.array([f["x"].ref], dtype=hyperslab.ref_dtype)
        reference = f["x"].ref
        if flushed:
            f.flush()
        del f["x"]
        assert is_gone(f, reference)
        f.flush()
        assert is_gone(f, f["refs"][0])
    with hyperslab.File(path) as f:
        assert is_gone(f, f["refs"][0])
    with hyperslab.File(path, "r+") as f:
        assert is_gone(f, f["refs"][0])
        for i in range(50):
            f[f"new {i}"] = i
    assert tree.of(hyperslab, path) == tree.of(h5py, path)


def test_one_deleted_by_a_later_program(tmp_path, options):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", **options) as f:
        for name in "ab":
            f[name] = np.arange(10)
        f["refs"] = np.array([f["a"].ref, f["b"].ref], dtype=hyperslab.ref_dtype)
    with hyperslab.File(path, "r+") as f:
        del f["a"]
    with hyperslab.File(path, "r+") as f:
        assert is_gone(f, f["refs"][0])
        assert f[f["refs"][1]].name == "/b"
        f["c"] = np.arange(10)
    with h5py.File(path) as f:
        assert f["c"][9] == f["b"][9] == 9


def test_one_that_is_open_is_there_until_it_is_closed(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        kept = f.create_dataset("x", data=np.arange(5))
        reference = kept.ref
        del f["x"]
        assert f[reference][...].tolist() == kept[...].tolist() == [0, 1, 2, 3, 4]
        del kept
        assert is_gone(f, reference)


def test_others_that_come_and_go(tmp_path, options):
    """Whatever is made and deleted, what is there is found, also where something else was."""
    random = np.random.default_rng(7)
    path = tmp_path / "f.h5"
    living, dead = {}, {}
    f = hyperslab.File(path, "w", **options)
    for step in range(300):
        if living and random.random() < 0.45:
            name = random.choice(sorted(living))
            dead[name] = living.pop(name)
            del f[name]
        else:
            name = f"{step}"
            KINDS[random.choice(sorted(KINDS))](f, name)
            living[name] = f[name].ref
        if random.random() < 0.1:
            f.flush()
        if random.random() < 0.05:
            f.close()
            f = hyperslab.File(path, "r+")
        for name, reference in living.items():
            assert f[reference].name == f"/{name}"
        for reference in dead.values():
            try:
                assert f[reference].name.lstrip("/") in living  # it lies where the old one lay
            except (KeyError, ValueError):
                pass
    f.close()
    found = tree.of(h5py, path)
    assert sorted(living) == sorted(name for name in found["/"][1])
    assert tree.of(hyperslab, path) == found


def test_dimension_scales_deleted_while_attached(tmp_path, options):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", **options) as f:
        for name, n in (("x", 3), ("y", 4)):
            f[name] = np.arange(n)
            f[name].make_scale(name)
        f["d"] = np.zeros((3, 4))
        for i, name in enumerate("xy"):
            f["d"].dims[i].attach_scale(f[name])
    with hyperslab.File(path, "r+") as f:
        del f["x"]
        with pytest.raises((RuntimeError, KeyError)):
            f["d"].dims[0].items()
        for i in range(60):
            f[f"new {i}"] = i
        f["x"] = np.arange(3) * 2
        f["x"].make_scale("x")
        f["d"].dims[0].attach_scale(f["x"])
        assert f["d"].dims[1]["y"][...].tolist() == [0, 1, 2, 3]
    with h5py.File(path) as f:
        assert sorted(f) == sorted(["d", "x", "y", *[f"new {i}" for i in range(60)]])
        assert f["d"][...].sum() == 0
        assert f["d"].dims[1]["y"][...].tolist() == [0, 1, 2, 3]
