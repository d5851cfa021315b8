"""Reading datasets: index expressions, views, direct reading, iteration, conversion."""

import hyperslab
import numpy as np
import pytest

TABLE = np.zeros(6, dtype=[("id", "i4"), ("name", "S5"), ("xy", "f4", (2,)), ("ok", "?")])
TABLE["id"] = np.arange(6)
TABLE["name"] = [b"a", b"bb", b"ccc", b"dddd", b"eeeee", b""]
TABLE["xy"] = np.arange(12).reshape(6, 2)

EXPRESSIONS = [
    np.s_[...], np.s_[()], np.s_[:], np.s_[0], np.s_[-1], np.s_[2:4], np.s_[::2], np.s_[1:-1:3],
    np.s_[:, 3], np.s_[..., 0], np.s_[1, ...], np.s_[1, 4, 2], np.s_[..., -1, :], np.s_[5:5],
    np.s_[3:1], np.s_[100:], np.s_[-100:], np.s_[:100], np.s_[[0, 2]], np.s_[[1]], np.s_[[]],
    np.s_[[0, -1]], np.s_[:, [0, 3], :], np.s_[0, [1, 2]],
    np.s_[:, [True, False, True, False, True]],
    np.s_[np.array([0, 2]), 1:3], np.s_[np.int8(2)], np.s_[np.uint64(1), np.array(1)],
    np.s_[[0, 1, 3], :, ::2], np.s_[range(1, 3)], np.s_[(0, 1), :], np.s_[True],
    np.s_[0:2, 0:2, 0:2], np.s_[..., [0, 2], 1], np.s_[:, :, [0]],
    np.s_[np.array([True, False, True, False])], np.s_[np.array([], int)], np.s_[1:3, [0, 4], 2],
]  # fmt: skip

WRONG_EXPRESSIONS = [
    np.s_[4], np.s_[-5], np.s_[0, 5], np.s_[::-1], np.s_[::0], np.s_[0, 0, 0, 0], np.s_[1.5],
    np.s_[None], np.s_[np.newaxis, :], np.s_[..., ...], np.s_[[0, 9]], np.s_[[-9]], np.s_["field"],
    np.s_[[1, 0]], np.s_[[0, 0]], np.s_[[0, 1], [0, 1]], np.s_[{}], np.s_[[[0, 1]]],
    np.s_[[True, False]], np.s_[np.ones((2, 2), bool)], np.s_[object()], np.s_["a":"b"],
    np.s_[1.0:2], np.s_[[0.5]], np.s_[2**70], np.s_[-(2**70)], np.s_[[2**70]],
]  # fmt: skip


def cube(f, **options):
    return f.create_dataset("x", data=np.arange(4 * 5 * 3).reshape(4, 5, 3), **options)


@pytest.mark.parametrize("args", EXPRESSIONS, ids=str)
@pytest.mark.parametrize("chunks", [None, (2, 2, 3)], ids=["contiguous", "chunked"])
def test_index_expressions(same, args, chunks):
    assert np.asarray(same(lambda h5, f: cube(f, chunks=chunks)[args])).dtype == int


@pytest.mark.parametrize("args", WRONG_EXPRESSIONS, ids=str)
def test_wrong_index_expressions_fail_alike(same, args):
    error = same.fails_alike(lambda h5, f: cube(f)[args])
    assert error in ("IndexError", "TypeError", "ValueError", "OverflowError")


def test_a_mask_of_the_whole_shape(same):
    def scenario(h5, f):
        x = cube(f)
        mask = x[...] % 7 == 0
        return x[mask], x[np.zeros(x.shape, bool)], x[np.ones(x.shape, bool)]

    assert list(same(scenario)[0]) == list(range(0, 60, 7))


@pytest.mark.parametrize(
    "args", [np.s_[()], np.s_[...], np.s_[0], np.s_[:], np.s_[None], np.s_["a"]]
)
@pytest.mark.parametrize("value", [5, 2.5, b"abc", "text", True, 1 + 2j], ids=str)
def test_scalars(same, args, value):
    def scenario(h5, f):
        f["x"] = value
        try:
            return f["x"][args]
        except Exception as error:
            return type(error).__name__

    same(scenario)


def test_a_scalar_is_a_scalar_by_unit_and_an_array_by_ellipsis(h5):
    with h5.File.in_memory() as f:
        f["x"] = 5
        assert isinstance(f["x"][()], np.int64)
        assert isinstance(f["x"][...], np.ndarray)


@pytest.mark.parametrize("args", [np.s_[()], np.s_[...], np.s_[0:0], np.s_[:]])
def test_datasets_without_elements(same, args):
    def scenario(h5, f):
        x = f.create_dataset("x", (0, 3), "i2")
        y = f.create_dataset("y", (0,), h5.string_dtype())
        return x[args], y[args]

    assert same(scenario)[0].shape == (0, 3)


@pytest.mark.parametrize(
    "args",
    [
        "id", "xy", ("id", "name"), ("id",), np.s_["id", 2], np.s_[2, "id"], np.s_[1:3, "name"],
        np.s_[1:4, "id", "xy"], np.s_["name", [0, 2]], np.s_["ok", ...], ("name", "id"),
        np.s_[[0, 3], "xy"], np.s_["id", ()],
    ],
    ids=str,
)  # fmt: skip
def test_fields(same, args):
    def scenario(h5, f):
        return f.create_dataset("t", data=TABLE)[args]

    same(scenario)


@pytest.mark.parametrize("args", ["none", ("id", "none"), np.s_["none", 0], np.s_["id", 99]])
def test_fields_that_are_not_there_fail_alike(same, args):
    same.fails_alike(lambda h5, f: f.create_dataset("t", data=TABLE)[args])


def test_views_of_fields(same):
    def scenario(h5, f):
        t = f.create_dataset("t", data=TABLE)
        one, two = t.fields("id"), t.fields(["xy", "id"])
        return (
            one[2:4],
            one.dtype,
            len(one),
            one.shape,
            two[0],
            two.dtype,
            np.asarray(one),
            two[...],
        )

    same(scenario)


@pytest.mark.parametrize("dtype", ["f4", "i1", ">i8", "c16", "u2", "f2", "?", float])
def test_astype_converts_on_the_way(same, dtype):
    def scenario(h5, f):
        x = cube(f)
        if np.dtype(dtype).kind in "c?":
            try:
                return x.astype(dtype)[0]
            except Exception as error:
                return type(error).__name__
        view = x.astype(dtype)
        return (
            view[1:3, 0],
            view.dtype,
            view.shape,
            len(view),
            view.ndim,
            view.size,
            np.asarray(view),
        )

    same(scenario)


def test_astype_clips_as_hdf5_does(same):
    def scenario(h5, f):
        f["x"] = np.array([-1e9, -1.5, 0.5, 300.7, np.inf])
        return f["x"].astype("u1")[:], f["x"].astype("i2")[:]

    assert list(same(scenario)[0]) == [0, 0, 0, 255, 255]


@pytest.mark.parametrize("errors", ["strict", "ignore", "replace"])
def test_asstr_decodes(same, errors):
    def scenario(h5, f):
        f["v"] = ["grün", "b", ""]
        f["a"] = np.array([b"x", b"yy"])
        f["s"] = "one"
        views = [f[name].asstr(errors=errors) for name in "vas"]
        return (
            [view[()] for view in views],
            views[0][0],
            views[0][1:],
            len(views[0]),
            views[1].dtype,
        )

    assert list(same(scenario)[0][0]) == ["grün", "b", ""]


@pytest.mark.parametrize("errors", ["strict", "ignore", "replace"])
def test_asstr_meets_bytes_that_are_no_text(same, errors):
    def scenario(h5, f):
        f["v"] = np.array([b"\xff\xfea"], dtype=h5.string_dtype("ascii"))
        try:
            return f["v"].asstr(errors=errors)[0], f["v"].asstr("latin-1")[0]
        except UnicodeDecodeError as error:
            return type(error).__name__

    same(scenario)


def test_asstr_is_for_strings(same):
    same.raises(TypeError, lambda h5, f: cube(f).asstr())


@pytest.mark.parametrize(
    "source, dest", [(None, None), (np.s_[1:3], np.s_[0:2]), (np.s_[0], np.s_[3])]
)
def test_read_direct_fills_an_array(same, source, dest):
    def scenario(h5, f):
        out = np.full((4, 5, 3), -1, dtype="f8")
        cube(f).read_direct(out, source, dest)
        return out

    same(scenario)


@pytest.mark.parametrize(
    "out",
    [
        np.zeros((4, 5), "i8"), np.zeros((4, 5, 3), "i8").T, np.zeros(60, "S3"),
        np.zeros((4, 5, 6))[:, :, ::2],
    ],
    ids=["shape", "order", "type", "strided"],
)  # fmt: skip
def test_read_direct_into_what_does_not_fit_fails_alike(same, out):
    same.fails_alike(lambda h5, f: cube(f).read_direct(out))


def test_read_direct_into_a_read_only_array_fails(same):
    out = np.zeros((4, 5, 3), "i8")
    out.flags.writeable = False
    same.fails_alike(lambda h5, f: cube(f).read_direct(out))
    assert not out.any()


def test_arrays_of_datasets(same):
    def scenario(h5, f):
        x = cube(f)
        return np.array(x), np.asarray(x, dtype="f4"), np.sum(x), np.array(x, copy=True), list(x)[3]

    same(scenario)
    same.raises(ValueError, lambda h5, f: np.array(cube(f), copy=False))


def test_iteration_and_length(same):
    def scenario(h5, f):
        x = cube(f)
        return [row[0, 0] for row in x], len(x), x.len(), x.ndim, x.size, x.nbytes

    assert same(scenario)[:3] == ([0, 15, 30, 45], 4, 4)
    same.raises(TypeError, lambda h5, f: f.update(x=1) or list(f["x"]))
    same.raises(TypeError, lambda h5, f: f.update(x=1) or len(f["x"]))


@pytest.mark.parametrize(
    "sel", [None, np.s_[1:3, :, 0:1], np.s_[0, 0, 0], np.s_[1:4, 2:5, :]], ids=str
)
def test_iter_chunks_covers_the_dataset(same, sel):
    result = same(lambda h5, f: list(cube(f, chunks=(3, 2, 2)).iter_chunks(sel)))
    assert all(isinstance(part, slice) for chunk in result for part in chunk)


def test_iter_chunks_fails_alike(same):
    same.raises(TypeError, lambda h5, f: list(cube(f).iter_chunks()))
    for sel in (np.s_[0:9, :, :], np.s_[0:1], np.s_[-2:1, :, :], 1.5):
        same.fails_alike(lambda h5, f, sel=sel: list(cube(f, chunks=(3, 2, 2)).iter_chunks(sel)))


def test_multi_block_slices(same):
    def scenario(h5, f):
        block = h5.MultiBlockSlice
        x = f.create_dataset("x", data=np.arange(60).reshape(20, 3))
        return (
            x[block(1, 5, 3, 2)], x[block(0, 4), 1], x[block(stride=6, block=3), block(count=2)],
            repr(block(1, 5, 3, 2)), block(1, 5, None, 2).indices(20),
        )  # fmt: skip

    assert same(scenario)[1].tolist() == [1, 13, 25, 37, 49]


@pytest.mark.parametrize("arguments", [(-1,), (0, 0), (0, 2, 0), (0, 2, 1, 3), (0, 1, 1, 0)])
def test_multi_block_slices_that_overlap_or_are_negative_are_refused(h5, arguments):
    with pytest.raises(ValueError):
        h5.MultiBlockSlice(*arguments)


def test_a_block_outside_is_refused(same):
    same.fails_alike(lambda h5, f: cube(f)[h5.MultiBlockSlice(0, 3, 9, 1)])


def test_repr_of_datasets(h5):
    with h5.File.in_memory() as f:
        x = cube(f)
        assert repr(x) == '<HDF5 dataset "x": shape (4, 5, 3), type "<i8">'
    assert repr(x) == "<Closed HDF5 dataset>"


def test_a_reading_is_a_copy():
    with hyperslab.File.in_memory() as f:
        x = cube(f)
        x[...][0] = -1
        assert x[0, 0, 0] == 0
