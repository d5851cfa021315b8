"""Making datasets: every keyword, what it does to the file, and what a Dataset tells of it."""

import h5py
import hyperslab
import numpy as np
import pytest

ARRAY = np.arange(12).reshape(3, 4)


@pytest.mark.parametrize(
    "arguments",
    [
        {"shape": (3, 4), "dtype": "i4"},
        {"shape": 5, "dtype": "f8"},
        {"shape": (), "dtype": "u1"},
        {"shape": (0, 3), "dtype": "i2"},
        {"data": ARRAY},
        {"data": 3.5},
        {"data": [1, 2, 3], "dtype": "f4"},
        {"data": ARRAY, "shape": (4, 3)},
        {"data": range(5)},
        {"data": ARRAY, "shape": (12,), "dtype": ">i2"},
        {"data": b"bytes"},
        {"data": "text"},
        {"data": ["a", "bc"]},
        {"data": np.zeros((2, 0))},
        {"data": np.array(7, dtype="c8")},
        {"data": True},
        {"dtype": "f4", "shape": (np.float64(4), 2.9)},
        {"dtype": "f4", "shape": [2, 3]},
        {"shape": (np.uint8(2), 3), "dtype": int},
        {"data": ARRAY.T},
        {"data": ARRAY[::-1, ::2]},
        {"data": b"fill", "shape": (1,), "dtype": "S10"},
    ],
)
def test_shape_dtype_and_data(same, arguments):
    def scenario(h5, f):
        d = f.create_dataset("x", **arguments)
        return d.shape, d.dtype, d.size, d.ndim, d.nbytes, d.maxshape, d[()]

    same(scenario)


WRONG_ARGUMENTS = [
    ({}, TypeError),
    ({"data": ARRAY, "shape": (5,)}, ValueError),
    ({"shape": "ab", "dtype": "i4"}, TypeError),
    ({"shape": 2.5, "dtype": "i4"}, TypeError),
    ({"shape": -3, "dtype": "i4"}, OverflowError),
    ({"shape": (2, -1), "dtype": "i4"}, OverflowError),
    ({"shape": (2**70,), "dtype": "i4"}, OverflowError),
    ({"shape": (1,) * 33, "dtype": "i4"}, ValueError),
    ({"shape": (2,), "dtype": "no such"}, TypeError),
    ({"shape": (2,), "dtype": "O"}, TypeError),
    ({"data": np.array(["a"])}, TypeError),
    ({"data": np.array("2020", "M8[D]")}, TypeError),
    ({"data": np.array([object()])}, TypeError),
    ({"data": [1, "a", None]}, TypeError),
]

WRONG_STORAGE = [
    ({"maxshape": (2,)}, ValueError),
    ({"maxshape": (None, None)}, ValueError),
    ({"maxshape": (-1,)}, OverflowError),
    ({"maxshape": 1.5}, TypeError),
    ({"chunks": (5,)}, ValueError),
    ({"chunks": (0,)}, ValueError),
    ({"chunks": (1, 1)}, ValueError),
    ({"chunks": (-1,)}, OverflowError),
    ({"chunks": 1.5}, TypeError),
    ({"chunks": False, "compression": "gzip"}, ValueError),
    ({"chunks": False, "maxshape": (None,)}, ValueError),
    ({"shape": (), "chunks": True}, TypeError),
    ({"shape": (), "compression": "gzip"}, TypeError),
    ({"shape": (), "maxshape": (None,)}, TypeError),
    ({"compression": "no such"}, ValueError),
    ({"compression": 32123}, ValueError),
    ({"compression": "gzip", "compression_opts": 10}, ValueError),
    ({"compression": "gzip", "compression_opts": "x"}, ValueError),
    ({"compression_opts": 3}, TypeError),
    ({"compression": 4, "compression_opts": 3}, TypeError),
    ({"compression": 1, "compression_opts": (3,)}, TypeError),
    ({"compression": "lzf", "compression_opts": 3}, ValueError),
    ({"compression": "szip", "compression_opts": 3}, TypeError),
    ({"compression": "szip", "compression_opts": ("xx", 8)}, ValueError),
    ({"scaleoffset": -1}, ValueError),
    ({"scaleoffset": True, "dtype": "f4"}, ValueError),
    ({"scaleoffset": 1, "fletcher32": True}, ValueError),
    ({"scaleoffset": 1, "dtype": "S3"}, TypeError),
    ({"fillvalue": "text"}, TypeError),
    ({"fill_time": "later"}, ValueError),
    ({"track_times": "x"}, TypeError),
    ({"track_order": 1}, TypeError),
    ({"rdcc_nbytes": "x", "chunks": True}, TypeError),
    ({"rdcc_nbytes": -1, "chunks": True}, OverflowError),
    ({"external": 5}, TypeError),
    ({"external": [("f", 0)]}, ValueError),
    ({"external": [("f", 0, -1)]}, OverflowError),
    ({"no_such_keyword": 5}, TypeError),
]


@pytest.mark.parametrize("arguments, error", WRONG_ARGUMENTS)
def test_wrong_arguments_are_refused(same, arguments, error):
    same.raises(error, lambda h5, f: f.create_dataset("x", **arguments))


@pytest.mark.parametrize("arguments, error", WRONG_STORAGE)
def test_wrong_storage_keywords_are_refused(same, arguments, error):
    arguments = {"shape": (3,), "dtype": "i4", **arguments}
    same.raises(error, lambda h5, f: f.create_dataset("x", **arguments))


def test_without_dtype_and_data_it_is_f4_and_deprecated(h5):
    with h5.File.in_memory() as f:
        with pytest.warns(h5.h5py_warnings.H5pyDeprecationWarning):
            assert f.create_dataset("x", (3,)).dtype == "f4"


@pytest.mark.parametrize(
    "arguments",
    [
        {"chunks": True},
        {"chunks": (10, 20)},
        {"maxshape": (None, 200)},
        {"maxshape": (None, None), "chunks": (1, 1)},
        {"maxshape": [None, 200.0]},
        {"compression": "gzip"},
        {"compression": "gzip", "compression_opts": 9},
        {"compression": 4},
        {"compression": "lzf"},
        {"compression": "gzip", "compression_opts": 4.0},
        {"shuffle": True, "fletcher32": True},
        {"shuffle": True, "compression": "gzip", "fletcher32": True, "chunks": (7, 9)},
        {"scaleoffset": 3},
        {"scaleoffset": True},
        {"fillvalue": 7},
        {"fillvalue": 7, "fill_time": "never"},
        {"fillvalue": 7, "fill_time": "ifset", "chunks": True},
        {"fill_time": "alloc", "chunks": (10, 10)},
        {"track_order": True},
        {"track_times": False},
        {"track_times": np.True_},
        {"rdcc_nbytes": 1 << 16, "rdcc_nslots": 101, "rdcc_w0": 0.5, "chunks": True},
    ],
)
def test_storage_keywords(same, arguments):
    def scenario(h5, f):
        d = f.create_dataset("x", (100, 200), "i4", **arguments)
        d[3:7, ::5] = 5
        told = d.chunks, d.maxshape, d.fillvalue, d.scaleoffset, d.shuffle, d.fletcher32
        more = d.compression, d.compression_opts, d.filter_ids, d.filter_names, d.external
        cache = (
            d.id.get_access_plist().get_chunk_cache()[:2] if "rdcc_nbytes" in arguments else None
        )
        return told, more, cache, d[2:8, :6]

    same(scenario)


@pytest.mark.parametrize("shape", [(1,), (10000,), (3, 5), (1000, 1000), (7, 1, 100000), (0, 10)])
@pytest.mark.parametrize("dtype", ["u1", "f8", "S100"])
def test_chunk_shapes_are_guessed_as_h5py_does(same, shape, dtype):
    def scenario(h5, f):
        return [
            f.create_dataset(name, shape, dtype, **arguments).chunks
            for name, arguments in [
                ("a", {"chunks": True}),
                ("b", {"maxshape": (None,) * len(shape)}),
                ("c", {"compression": "gzip"}),
            ]
        ]

    same(scenario)


def test_a_partial_maxshape_is_kept(same):
    def scenario(h5, f):
        return f.create_dataset("x", (3, 4), "i4", maxshape=(None, 4)).maxshape

    assert same(scenario) == (None, 4)


def test_external_storage_lies_in_other_files(same):
    def scenario(h5, f):
        with open("raw.bin", "wb") as raw:
            raw.write(np.arange(10, dtype="i4").tobytes())
        d = f.create_dataset("x", (8,), "i4", external=[("raw.bin", 8, 32)])
        e = f.create_dataset("y", (2,), "i4", external="other.bin")
        return d.external, d[()], e.external

    assert same(scenario)[0] == [("raw.bin", 8, 32)]


def test_external_storage_can_be_written_and_found_by_a_prefix(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w") as f:
        where = [("data.bin", 0, h5.h5f.UNLIMITED)]
        d = f.create_dataset("x", (4,), "i4", external=where, efile_prefix=str(tmp_path))
        d[:] = [1, 2, 3, 4]
    assert np.frombuffer((tmp_path / "data.bin").read_bytes(), "i4").tolist() == [1, 2, 3, 4]


def test_create_dataset_like(same):
    def scenario(h5, f):
        f.create_dataset(
            "x",
            (10, 10),
            ">i2",
            chunks=(5, 2),
            maxshape=(None, 10),
            compression="gzip",
            compression_opts=7,
            shuffle=True,
            fletcher32=True,
            fillvalue=3,
        )
        f.create_dataset_like("y", f["x"])
        f.create_dataset_like("z", f["x"], dtype="f4", shape=(6, 10), chunks=(3, 3))
        return f["y"][0, 0], f["z"].dtype, f["z"].chunks

    same(scenario)


def test_require_dataset_opens_what_fits(same):
    def scenario(h5, f):
        made = f.require_dataset("x", (3, 4), "i4")
        made[:] = 5
        again = f.require_dataset("x", (3, 4), "i2")
        exact = f.require_dataset("x", (3, 4), "i4", exact=True)
        filled = f.require_dataset("y", (4,), "f8", data=[1, 2, 3, 4])
        return made == again == exact, again[0, 0], filled[()]

    assert same(scenario)[:2] == (True, 5)


@pytest.mark.parametrize(
    "arguments",
    [((3,), "i4"), ((4, 3), "i4"), ((3, 4), "S2"), ((3, 4), "i2", None, True)],
)
def test_require_dataset_refuses_what_differs(same, arguments):
    shape, dtype, data, exact = (*arguments, None, False)[:4]

    def scenario(h5, f):
        f["x"] = np.zeros((3, 4), "i4")
        f.require_dataset("x", shape, dtype, data=data, exact=exact)

    same.raises(TypeError, scenario)


def test_require_dataset_refuses_a_group(same):
    same.raises(TypeError, lambda h5, f: f.create_group("g") and f.require_dataset("g", (1,), "i4"))


def test_an_empty_dataset_has_a_type_but_no_elements(same):
    def scenario(h5, f):
        d = f.create_dataset("x", data=h5.Empty("f4"))
        f["y"] = h5.Empty(np.dtype("S10"))
        f["z"] = h5.Empty(h5.string_dtype())
        return d.shape, d.size, d.maxshape, d.nbytes, d[()], d[...], d.dtype, d.ndim, d.chunks

    assert same(scenario)[:2] == (None, None)


def test_a_dataset_may_have_no_name(same):
    def scenario(h5, f):
        d = f.create_dataset(None, data=[1, 2])
        text = repr(d)
        f["kept"] = d
        return text, d.name, f["kept"][1]

    assert same(scenario)[1:] == ("/kept", 2)


def test_groups_on_the_way_are_made(same):
    assert same(lambda h5, f: f.create_dataset("a/b/x", data=1).parent.name) == "/a/b"


def test_a_failed_creation_leaves_nothing(h5):
    with h5.File.in_memory() as f:
        for arguments in ({"data": [object()]}, {"shape": (3,), "dtype": "i4", "chunks": (9,)}):
            with pytest.raises((TypeError, ValueError)):
                f.create_dataset("x", **arguments)
            assert "x" not in f


def test_a_committed_type_can_be_used(same):
    def scenario(h5, f):
        f["named"] = np.dtype([("a", "i4"), ("b", "f8")])
        d = f.create_dataset("x", (2,), dtype=f["named"])
        return d.dtype, d.id.get_type().committed(), f["named"] == h5.Datatype(d.id.get_type())

    same(scenario)


# ---- extents of more elements than can be counted, which h5py makes ----

HUGE = [(2**40, 2**40), (2**32, 2**32), (2**63, 2), (3, 2**63, 5)]


@pytest.mark.parametrize("shape", HUGE)
def test_uncountable_extents_are_refused(tmp_path, shape):
    chunks = (1,) * len(shape)
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        attempts = [
            lambda: f.create_dataset("contiguous", shape, "i1"),
            lambda: f.create_dataset("chunked", shape, "i1", chunks=chunks),
            lambda: f.create_dataset("guessed", shape, "i1", chunks=True),
            lambda: f.create_virtual_dataset("virtual", hyperslab.VirtualLayout(shape, "i1")),
            lambda: hyperslab.h5s.create_simple(shape),
            lambda: hyperslab.h5s.create(hyperslab.h5s.SIMPLE).set_extent_simple(shape),
        ]
        for attempt in attempts:
            with pytest.raises(ValueError, match="more elements than can be counted"):
                attempt()
        f.create_dataset("grows", (1,) * len(shape), "i1", maxshape=(None,) * len(shape))
        with pytest.raises(ValueError, match="more elements than can be counted"):
            f["grows"].resize(shape)
        assert f["grows"].shape == (1,) * len(shape)
        assert list(f) == ["grows"]


def test_the_largest_extents_are_made(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("x", (2**32 - 1, 2**32), "i1", chunks=(10, 10))
        f.create_dataset("none", (2**60, 0, 2**60), "i1", chunks=(1, 1, 1), maxshape=(None,) * 3)
        assert f["x"].size == (2**32 - 1) * 2**32
        assert f["x"][5, 2**32 - 3 :].tolist() == [0, 0, 0]
        assert f["none"].size == 0
        assert f["none"].maxshape == (None, None, None)


def test_uncountable_extents_of_others_are_read(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("x", HUGE[0], "i1", chunks=(10, 10))
    with hyperslab.File(tmp_path / "f.h5") as f:
        assert f["x"].shape == HUGE[0]
        assert f["x"].size == 2**80
        assert f["x"][2:5, 4].tolist() == [0, 0, 0]


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("track_times", [True, False])
def test_one_like_another_keeps_times_as_that_does(h5, tmp_path, libver, track_times):
    with h5.File(tmp_path / "f.h5", "w", libver=libver) as f:
        first = f.create_dataset("x", data=[1, 2, 3], track_times=track_times)
        assert first.id.get_create_plist().get_obj_track_times() == track_times
        second = f.create_dataset_like("y", first)
        assert second.id.get_create_plist().get_obj_track_times() == track_times
        assert bool(h5.h5g.get_objinfo(second.id).mtime) == track_times


@pytest.mark.parametrize("alloc, code", [("early", 1), ("late", 2), ("incr", 3), ("default", 0)])
@pytest.mark.parametrize("chunks", [None, (2,)])
def test_allocation_time(tmp_path, alloc, code, chunks):
    with hyperslab.File(tmp_path / "a.h5", "w") as f:
        f.create_dataset("x", (4,), "i4", chunks=chunks, alloc_time=alloc)
    with h5py.File(tmp_path / "a.h5", "r") as f:
        found = f["x"].id.get_create_plist().get_alloc_time()
        # HDF5 puts the layout's own time in the place of "default".
        assert found == code or code == 0
        assert (f["x"].id.get_offset() is not None) == (alloc == "early" and chunks is None)
        assert f["x"][...].tolist() == [0, 0, 0, 0]


def test_an_allocation_time_that_is_none(tmp_path):
    with (
        hyperslab.File(tmp_path / "a.h5", "w") as f,
        pytest.raises(ValueError, match="alloc_time must be one of .* but it is soon"),
    ):
        f.create_dataset("x", (4,), "i4", alloc_time="soon")
