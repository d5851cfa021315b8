"""Where stock h5py fails its users and hyperslab does not."""

import multiprocessing
import os
import pickle

import hyperslab
import numpy as np
import pytest
from run_python import run


@pytest.mark.parametrize("how", ["a.close()", "del a", "del a; gc.collect()"])
def test_one_of_two_handles_of_a_file_may_be_closed(tmp_path, how):
    # h5py's issue 2920: the process ends.
    run(
        f"""
        import gc, sys, numpy as np, hyperslab as h5
        path = sys.argv[1]
        dtype = np.dtype([("a", "i4"), ("text", h5.string_dtype()), ("v", h5.vlen_dtype("i4"))])
        with h5.File(path, "w") as file:
            data = np.empty(3, dtype)
            for i in range(3):
                data[i] = (i, str(i) * 3, np.arange(i + 1, dtype="i4"))
            file["x"] = data
        a, b = h5.File(path), h5.File(path)
        first, second = a["x"], b["x"]
        first[0]
        {how}
        for _ in range(3):
            assert [list(v) for v in second["v"]] == [[0], [0, 1], [0, 1, 2]]
            assert second[1]["text"] == b"111" and b["x"][2]["a"] == 2
        del first, second
        b.close()
        with h5.File(path, "r+") as file:  # it is closed everywhere
            assert h5.h5f.get_obj_count(h5.h5f.OBJ_ALL, h5.h5f.OBJ_FILE) == 1
        """,
        tmp_path / "file.h5",
    )


LISTS = [
    (np.s_[::3], 0),
    (np.s_[::2], 1),
    (np.r_[5:90:2, 1000:1190:2, 1999], 0),
    (np.arange(0, 2000, 19), 0),
]


@pytest.mark.parametrize("positions, axis", LISTS)
@pytest.mark.parametrize("dtype", ["f8", "i2", "S3", [("a", "i2"), ("b", "f4")]])
@pytest.mark.parametrize("options", [{}, {"chunks": (100, 7, 3), "compression": "lzf"}])
def test_long_lists_give_what_numpy_gives(same, positions, axis, dtype, options):
    shape = (2000, 8, 3) if axis == 0 else (8, 2000, 3)
    values = np.zeros(shape, dtype)
    numbers = np.arange(48000).reshape(shape)
    if values.dtype.names:
        values["a"], values["b"] = numbers % 1000, numbers
    else:
        values[...] = numbers % 1000
    chosen = np.arange(2000)[positions]
    index = (chosen, np.s_[1:6:2]) if axis == 0 else (np.s_[1:6:2], chosen, 2)

    def scenario(h5, file):
        if "chunks" in options:
            options["chunks"] = tuple(min(n, 100) for n in shape)
        dataset = file.create_dataset("x", data=values, **options)
        return dataset[index], dataset[index] == values[index]

    assert np.all(same(scenario)[1])


def test_large_attributes_say_what_to_do_and_the_old_value_stays(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        file.attrs["x"] = 5
        with pytest.raises(OSError, match="track_order=True.*libver='v108'.*dataset"):
            file.attrs["x"] = np.zeros(70000, "u1")
        assert list(file.attrs.items()) == [("x", 5)]


@pytest.mark.parametrize("options", [{"track_order": True}, {"libver": ("v108", "v114")}])
def test_large_attributes_are_stored_where_the_format_allows(tmp_path, options):
    with hyperslab.File(tmp_path / "file.h5", "w", **options) as file:
        file.attrs["x"] = values = np.arange(100000)
        assert (file.attrs["x"] == values).all()


class Elsewhere:
    """A path that is no str and no pathlib.Path."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return os.fspath(self.path)


def test_paths_of_any_kind_are_taken_everywhere(tmp_path):
    name = Elsewhere(tmp_path / "file.h5")
    with hyperslab.File(name, "w") as file:
        file["x"] = np.arange(5.0)
        file["link"] = hyperslab.ExternalLink(name, "/x")
        file.create_dataset("raw", (5,), "i1", external=Elsewhere(tmp_path / "raw"))
        entries = [("raw", 0, 5)]
        again = file.create_dataset(
            "raw2", (5,), "i1", external=entries, efile_prefix=Elsewhere(tmp_path)
        )
        layout = hyperslab.VirtualLayout((5,), "f8", filename=name)
        layout[:] = hyperslab.VirtualSource(name, "x", shape=(5,))
        file.create_virtual_dataset("virtual", layout)
        file["raw"][:] = range(5)
        assert list(again) == list(file["virtual"]) == list(file["link"]) == list(range(5))
        file.create_dataset("y", (5,), "i1", virtual_prefix=Elsewhere(tmp_path))
    assert hyperslab.is_hdf5(name)
    for driver in (None, "core", "stdio", "sec2"):
        with hyperslab.File(name, driver=driver) as file:
            assert file["x"][1] == 1


def test_fields_of_sequences_are_written_as_datasets_of_sequences(tmp_path):
    record = np.dtype([("n", "i4"), ("v", hyperslab.vlen_dtype("f4"))])
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        both = [file.create_dataset("record", (3,), record)]
        both.append(file.create_dataset("alone", (3,), record["v"]))
        lists = np.empty(3, "O")
        lists[:] = [np.arange(2), np.arange(0), np.arange(1)]
        for where, value in [
            (np.s_[:], [1, 2, 3]),
            (np.s_[2], [4.5]),
            (np.s_[0:2], np.ones((2, 3))),
            (np.s_[:], lists),
            (np.s_[1], np.arange(4)),
        ]:
            both[0]["v", where] = value
            both[1][where] = value
            for one, other in zip(both[0]["v"], both[1][()], strict=True):
                np.testing.assert_array_equal(one, other)


def total(dataset):
    return os.getpid(), dataset[:].sum()


@pytest.fixture
def path(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        file["group/x"] = np.arange(1000)
        file["group"].attrs["a"] = 1
        file["type"] = np.dtype("f8")
    return tmp_path / "file.h5"


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_portable_datasets_reach_workers(path, method):
    with hyperslab.File(path) as file:
        dataset = hyperslab.portable(file["group/x"])
        assert isinstance(dataset, hyperslab.Dataset) and dataset == file["group/x"]
        with multiprocessing.get_context(method).Pool(2) as pool:
            for pid, value in pool.map(total, [dataset] * 4):
                assert value == 499500 and pid != os.getpid()


def test_portable_objects_come_back_as_they_were(path):
    with hyperslab.File(path, locking=False) as file:
        for obj in (file, file["group"], file["type"], file["group/x"]):
            again = pickle.loads(pickle.dumps(hyperslab.portable(obj)))
            assert isinstance(again, type(obj)) and again.name == obj.name
            assert again.file.filename == file.filename and again.file.mode == "r"
        group = pickle.loads(pickle.dumps(hyperslab.portable(file["group"])))
        with pytest.raises(TypeError, match="portable"):
            pickle.dumps(file["group"])
    assert group.attrs["a"] == 1  # it has its own file
    assert list(group["x"][:3]) == [0, 1, 2]


def test_what_is_not_portable_is_refused_with_a_reason(path, tmp_path):
    with hyperslab.File(path, "r+") as file, pytest.raises(ValueError, match="mode 'r'"):
        hyperslab.portable(file)
    with hyperslab.File(path, driver="core") as file, pytest.raises(ValueError, match="core"):
        hyperslab.portable(file["group"])
    with pytest.raises(TypeError):
        hyperslab.portable(5)


def test_a_read_only_file_works_after_fork(path):
    run(
        """
        import os, sys, hyperslab as h5, numpy as np
        file = h5.File(sys.argv[1])
        dataset = file["group/x"]
        dataset[:10]
        children = []
        for i in range(4):
            child = os.fork()
            if child == 0:
                right = all((dataset[j::7] == np.arange(j, 1000, 7)).all() for j in range(50))
                os._exit(0 if right and file["group"].attrs["a"] == 1 else 1)
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
        """,
        path,
    )


def test_identifiers_cannot_be_pickled(path):
    with hyperslab.File(path) as file:
        for thing in (file.id, file["group/x"].id, file.id.links, iter(file["group"].id)):
            with pytest.raises(TypeError):
                pickle.dumps(thing)
        space = file["group/x"].id.get_space()
        assert pickle.loads(pickle.dumps(space)).shape == (1000,)


def test_what_is_no_property_list_is_a_type_error(path):
    h5p, h5d = hyperslab.h5p, hyperslab.h5d
    with hyperslab.File(path) as file:
        for wrong in (h5p.LINK_ACCESS, h5p.DATASET_ACCESS):
            with pytest.raises(TypeError):
                file.id.links.exists(b"group", lapl=wrong)
            with pytest.raises(TypeError):
                h5d.open(file.id, b"group/x", wrong)
        with pytest.raises(TypeError):
            hyperslab.h5t.open(file.id, b"type", file["type"].id)


def test_numpys_own_strings_are_numpys_business():
    with pytest.raises(NotImplementedError):
        hyperslab._npystrings.npystrings_pack(0, 0, 0, 0)
    with pytest.raises(NotImplementedError):
        hyperslab._npystrings.npystrings_unpack(0, 0, 0, 0, 0)
