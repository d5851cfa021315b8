"""Virtual datasets."""

import h5py
import hyperslab
import numpy as np
import pytest


def sources(h5, count=3, length=5):
    for i in range(count):
        with h5.File(f"{i}.h5", "w") as f:
            f["data"] = np.arange(length) + 10 * i


def test_rows_of_several_files(same):
    def scenario(h5, f):
        sources(h5)
        layout = h5.VirtualLayout((4, 5), "i4")
        for i in range(3):
            layout[i] = h5.VirtualSource(f"{i}.h5", "data", shape=(5,))
        x = f.create_virtual_dataset("x", layout, fillvalue=-1)
        return x[...], x.is_virtual, x.virtual_sources(), x.fillvalue, x.chunks

    result = same(scenario)
    assert result[0].tolist() == [[10 * i + j for j in range(5)] for i in range(3)] + [[-1] * 5]


def test_the_context_that_builds_one(same):
    def scenario(h5, f):
        sources(h5)
        with f.build_virtual_dataset("g/x", (15,), "f8", maxshape=(None,), fillvalue=0) as layout:
            for i in range(3):
                layout[i * 5 : i * 5 + 5] = h5.VirtualSource(f"{i}.h5", "data", shape=(5,))
        return f["g/x"][::4], f["g/x"].maxshape

    assert same(scenario)[0].tolist() == [0, 4, 13, 22]


@pytest.mark.parametrize(
    "key, part",
    [
        (np.s_[0:2], np.s_[1:3]),
        (np.s_[0:3], np.s_[::2]),
        (np.s_[4], np.s_[2]),
        (np.s_[...], np.s_[:]),
        (np.s_[1:4], np.s_[2:]),
        (np.s_[[0, 2]], np.s_[[1, 3]]),
    ],
    ids=str,
)
def test_parts_go_to_parts(same, key, part):
    def scenario(h5, f):
        sources(h5, 1)
        layout = h5.VirtualLayout((5,), "i8")
        layout[key] = h5.VirtualSource("0.h5", "data", shape=(5,))[part]
        return f.create_virtual_dataset("x", layout, fillvalue=-9)[...]

    same(scenario)


def test_a_source_in_the_same_file(same, tmp_path):
    def scenario(h5, f):
        f["data"] = np.arange(6).reshape(2, 3)
        layout = h5.VirtualLayout((3, 2), int)
        for i in range(2):
            layout[:, i] = h5.VirtualSource(f["data"])[i]
        x = f.create_virtual_dataset("x", layout)
        return x[...], x.virtual_sources()[0].file_name, x.virtual_sources()[0].dset_name

    assert same(scenario)[1:] == (".", "/data")


def test_a_source_that_is_missing_reads_as_the_fill_value(same):
    def scenario(h5, f):
        layout = h5.VirtualLayout((2,), "i4")
        layout[:] = h5.VirtualSource("none.h5", "data", shape=(2,))
        return f.create_virtual_dataset("x", layout, fillvalue=5)[...]

    assert same(scenario).tolist() == [5, 5]


def test_sources_that_grow_are_followed(same):
    def scenario(h5, f):
        with h5.File("s.h5", "w") as s:
            s.create_dataset("data", data=[1, 2], maxshape=(None,))
        layout = h5.VirtualLayout((2,), "i4", maxshape=(None,))
        source = h5.VirtualSource("s.h5", "data", shape=(2,), maxshape=(None,))
        layout[: h5.h5s.UNLIMITED] = source[: h5.h5s.UNLIMITED]
        f.create_virtual_dataset("x", layout)
        before = f["x"][...]
        with h5.File("s.h5", "r+") as s:
            s["data"].resize((4,))
            s["data"][2:] = [3, 4]
        return before, f["x"][...], f["x"].shape

    assert same(scenario)[1].tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("dtype", ["f4", ">i2", "S4", [("a", "i4"), ("b", "f8")]], ids=str)
def test_other_types(same, dtype):
    def scenario(h5, f):
        with h5.File("s.h5", "w") as s:
            s["data"] = np.zeros(3, dtype)
        layout = h5.VirtualLayout((3,), np.dtype(dtype))
        layout[...] = h5.VirtualSource("s.h5", "data", shape=(3,), dtype=dtype)
        return f.create_virtual_dataset("x", layout)[...]

    same(scenario)


def test_writing_goes_to_the_sources(same):
    def scenario(h5, f):
        sources(h5, 2)
        layout = h5.VirtualLayout((2, 5), "i8")
        for i in range(2):
            layout[i] = h5.VirtualSource(f"{i}.h5", "data", shape=(5,))
        f.create_virtual_dataset("x", layout)[:, 2] = [-1, -2]
        f.flush()
        f["x"].id.close()
        f.close()
        with h5.File("1.h5") as s:
            found = s["data"][...]
        with h5.File("file.h5", "w"):
            return found

    assert same(scenario).tolist() == [10, 11, -2, 13, 14]


def test_a_scalar_virtual_dataset(same):
    def scenario(h5, f):
        with h5.File("s.h5", "w") as s:
            s["data"] = 7
        layout = h5.VirtualLayout((), "i4")
        layout[()] = h5.VirtualSource("s.h5", "data", shape=())
        return f.create_virtual_dataset("x", layout)[()]

    assert same(scenario) == 7


@pytest.mark.parametrize(
    "use",
    [
        lambda h5: h5.VirtualSource("f.h5"),
        lambda h5: h5.VirtualSource("f.h5", "x"),
        lambda h5: h5.VirtualSource("f.h5", "x", shape=(5,))[9],
        lambda h5: h5.VirtualSource("f.h5", "x", shape=(5,))[1:][1:],
        lambda h5: h5.VirtualLayout((5,), "i4").__setitem__(
            9, h5.VirtualSource("f", "x", shape=(1,))
        ),
        lambda h5: h5.VirtualLayout((5,), "i4").__setitem__(0, "text"),
    ],
    ids=range(6),
)
def test_wrong_uses_fail_alike(same, use):
    same.fails_alike(lambda h5, f: use(h5))


def test_a_source_of_another_size_is_refused(same):
    def scenario(h5, f):
        layout = h5.VirtualLayout((5,), "i4")
        layout[0:3] = h5.VirtualSource("f.h5", "x", shape=(5,))
        f.create_virtual_dataset("x", layout)

    same.fails_alike(scenario)


def test_only_virtual_datasets_have_sources(same):
    same.raises(RuntimeError, lambda h5, f: f.create_dataset("x", data=1).virtual_sources())


@pytest.mark.parametrize("writer, reader", [(hyperslab, h5py), (h5py, hyperslab)])
def test_sources_of_one_package_are_read_by_the_other(tmp_path, monkeypatch, writer, reader):
    monkeypatch.chdir(tmp_path)
    sources(writer)
    with writer.File("all.h5", "w") as f:
        layout = writer.VirtualLayout((3, 5), "i4")
        for i in range(3):
            layout[i] = writer.VirtualSource(f"{i}.h5", "data", shape=(5,))
        f.create_virtual_dataset("x", layout)
    with reader.File("all.h5") as f:
        assert f["x"][:, 1].tolist() == [1, 11, 21]


def test_the_list_of_a_layout_is_the_programs_to_change(same):
    def scenario(h5, f):
        f["raw"], f["other"] = np.arange(5.0), np.arange(5.0) + 10
        layout = h5.VirtualLayout((10,), "f8")
        assert layout.dcpl is layout.dcpl
        layout[:5] = h5.VirtualSource(f["other"])
        layout._src_filenames.add(b".")
        part = h5.h5s.create_simple((10,))
        part.select_hyperslab((5,), (5,))
        layout.dcpl.set_virtual(part, b".", b"/raw", h5.h5s.create_simple((5,)))
        x = f.create_virtual_dataset("x", layout)
        sources = [(s.file_name, s.dset_name) for s in x.virtual_sources()]
        return x[:], sources, layout.dcpl.get_virtual_count(), sorted(layout._src_filenames)

    result = same(scenario)
    assert result[0].tolist() == [10, 11, 12, 13, 14, 0, 1, 2, 3, 4]


def test_a_list_of_ones_own(same):
    def scenario(h5, f):
        f["raw"] = np.arange(5.0)
        layout = h5.VirtualLayout((5,), "f8", filename=f.filename)
        layout.dcpl = h5.h5p.create(h5.h5p.DATASET_CREATE)
        whole = h5.h5s.create_simple((5,))
        layout.dcpl.set_virtual(whole, b".", b"/raw", whole)
        return f.create_virtual_dataset("x", layout, fillvalue=-1)[:], layout._src_filenames

    same(scenario)


def test_what_else_the_list_says_is_kept_when_a_source_is_in_the_file_itself():
    """In h5py it is lost: the mappings are put into a new list."""
    with hyperslab.File.in_memory() as f:
        f["raw"] = np.arange(5.0)
        layout = hyperslab.VirtualLayout((7,), "f8")
        layout[:5] = hyperslab.VirtualSource(f["raw"])
        layout.dcpl.set_fill_value(np.array([9.0]))
        x = f.create_virtual_dataset("x", layout)
        assert x[:].tolist() == [0, 1, 2, 3, 4, 9, 9]
        assert x.virtual_sources()[0].file_name == "."
        assert layout.dcpl.get_virtual_filename(0) == f.filename
