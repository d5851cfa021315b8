"""Writing datasets: index expressions, broadcasting, fields, conversion, resizing."""

import hyperslab
import numpy as np
import pytest
from test_dataset_read import EXPRESSIONS, TABLE, WRONG_EXPRESSIONS, cube


@pytest.mark.parametrize("args", EXPRESSIONS, ids=str)
@pytest.mark.parametrize("chunks", [None, (2, 2, 3)], ids=["contiguous", "chunked"])
def test_index_expressions(same, args, chunks):
    def scenario(h5, f):
        x = cube(f, chunks=chunks)
        x[args] = -x[args]
        return x[...]

    same(scenario)


@pytest.mark.parametrize("args", WRONG_EXPRESSIONS, ids=str)
def test_wrong_index_expressions_fail_alike(same, args):
    def scenario(h5, f):
        cube(f)[args] = 5

    same.fails_alike(scenario)


@pytest.mark.parametrize(
    "args, shape",
    [
        (np.s_[...], (4, 5, 3)), (np.s_[...], (5, 3)), (np.s_[...], (3,)), (np.s_[...], (1,)),
        (np.s_[...], ()), (np.s_[...], (4, 1, 3)), (np.s_[...], (4, 5, 1)), (np.s_[0], (5, 3)),
        (np.s_[0], (1, 5, 3)), (np.s_[:, 0], (4, 3)), (np.s_[:, 0], (4, 1, 3)),
        (np.s_[1:3], (2, 5, 3)), (np.s_[1:3], (3,)), (np.s_[0, 0, 0], (1, 1)),
        (np.s_[..., 0], (4, 5, 1)), (np.s_[..., 0], (5,)), (np.s_[[0, 2]], (2, 5, 3)),
        (np.s_[[0, 2]], (5, 3)), (np.s_[[0, 2]], (1,)), (np.s_[:, :2], (2, 3)),
        (np.s_[0, :, [0, 2]], (5, 2)), (np.s_[:0], (0, 5, 3)), (np.s_[:0], ()),
        (np.s_[0], (4, 5, 3)), (np.s_[...], (60,)), (np.s_[...], (2, 3)), (np.s_[0], (2,)),
        (np.s_[...], (2, 4, 5, 3)), (np.s_[...], (1, 4, 5, 3)), (np.s_[::2], (5, 1)),
        (np.s_[1, 2], (0,)),
    ],
    ids=str,
)  # fmt: skip
def test_broadcasting_fits_or_fails_alike(same, args, shape):
    value = np.arange(np.prod(shape, dtype=int)).reshape(shape) + 100

    def scenario(h5, f):
        x = cube(f, chunks=(3, 2, 3))
        try:
            x[args] = value
        except Exception as error:
            return type(error).__name__
        return x[...]

    same(scenario)


@pytest.mark.parametrize("chunks", [None, (2, 2, 3)], ids=["contiguous", "chunked"])
def test_a_scalar_goes_to_all_that_a_list_selects(chunks):
    """Stock h5py refuses that, but for selections of one chunk's size."""
    with hyperslab.File.in_memory() as f:
        x = cube(f, chunks=chunks)
        expected = x[...]
        expected[[0, 2]] = 5
        expected[:, :, [1]] = 6
        x[[0, 2]] = 5
        x[:, :, [1]] = 6
        assert (x[...] == expected).all()


def test_masks(same):
    def scenario(h5, f):
        x = cube(f)
        mask = x[...] % 5 == 0
        x[mask] = -np.arange(mask.sum())
        x[x[...] == 7] = 70
        x[:, np.array([True, False, False, False, True])] = np.full((4, 2, 3), 9)
        return x[...]

    assert (same(scenario)[:, [0, 4]] == 9).all()


@pytest.mark.parametrize("count", [0, 2, 60])
def test_a_mask_and_values_of_another_number_fail_alike(same, count):
    def scenario(h5, f):
        x = cube(f)
        x[x[...] < 5] = np.zeros(count)

    same.fails_alike(scenario)


def test_multi_block_slices(same):
    def scenario(h5, f):
        x = f.create_dataset("x", data=np.zeros((20, 3), "i4"), chunks=(7, 2))
        x[h5.MultiBlockSlice(1, 5, 3, 2)] = np.arange(18).reshape(6, 3)
        x[h5.MultiBlockSlice(0, 10), 2] = [-1, -2]
        return x[...]

    assert same(scenario)[[1, 2, 6, 7, 11, 12], 0].tolist() == [0, 3, 6, 9, 12, 15]


@pytest.mark.parametrize(
    "args, value",
    [
        ("id", 5), ("id", np.arange(6) * 2), ("xy", [1.5, 2.5]), ("name", b"new"), ("name", "text"),
        (np.s_[2, "id"], 7), (np.s_["id", 1:3], [8, 9]), (np.s_[[0, 4], "xy"], np.ones((2, 2))),
        (np.s_[1], (7, b"x", [1, 2], True)), (np.s_[2:4], TABLE[:2]),
        (np.s_["id", "xy"], TABLE[["id", "xy"]]), (np.s_[...], TABLE[::-1]), (("ok",), True),
        (np.s_[0, "id"], 2.9), (np.s_[...], TABLE[0]),
        (np.s_[:2], [(1, b"a", [0, 0], False), (2, b"b", [1, 1], True)]),
    ],
    ids=str,
)  # fmt: skip
def test_fields(same, args, value):
    def scenario(h5, f):
        t = f.create_dataset("t", data=TABLE)
        try:
            t[args] = value
        except Exception as error:
            return type(error).__name__
        return t[...]

    same(scenario)


@pytest.mark.parametrize(
    "args, value",
    [
        ("none", 1),
        ("id", "text"),
        ("id", np.arange(7)),
        (np.s_[99, "id"], 1),
        (np.s_["id", "none"], 1),
    ],
    ids=str,
)
def test_fields_that_do_not_fit_fail_alike(same, args, value):
    def scenario(h5, f):
        f.create_dataset("t", data=TABLE)[args] = value

    same.fails_alike(scenario)


@pytest.mark.parametrize("stored", ["i1", "u2", ">i4", "f2", ">f8", "?", "c8", "S4"])
@pytest.mark.parametrize("given", ["i8", "f4", ">u2", "?", "c16", "S2", "U2", "O", "M8[s]"])
def test_conversion_on_the_way_or_failing_alike(same, stored, given):
    value = np.array([0, 1, 100]).astype(given)

    def scenario(h5, f):
        x = f.create_dataset("x", (3,), stored)
        try:
            x[...] = value
        except Exception as error:
            return type(error).__name__
        return x[...]

    same(scenario)


@pytest.mark.parametrize(
    "value", [None, "text", b"bytes", object(), [1, 2], {}, [None], ["a"], np.array(["a"]), 1j]
)
def test_unwritable_values_fail_alike(same, value):
    def scenario(h5, f):
        f.create_dataset("x", (3,), "i4")[...] = value

    same.fails_alike(scenario)


@pytest.mark.parametrize(
    "source, dest", [(None, None), (np.s_[1:3], np.s_[0:2]), (np.s_[0], np.s_[3])]
)
def test_write_direct(same, source, dest):
    def scenario(h5, f):
        x = f.create_dataset("x", (4, 5), "i4", chunks=(3, 3))
        x.write_direct(np.arange(20.0).reshape(4, 5), source, dest)
        return x[...]

    same(scenario)


def test_write_direct_of_what_does_not_fit_fails_alike(same):
    for value in (
        np.zeros((2, 2)),
        np.zeros((4, 5)).T,
        np.zeros(20, "S2"),
        np.zeros((4, 10))[:, ::2],
    ):
        same.fails_alike(
            lambda h5, f, value=value: f.create_dataset("x", (4, 5), "i4").write_direct(value)
        )


def test_lists_and_objects_become_strings(same):
    def scenario(h5, f):
        x = f.create_dataset("x", (4,), h5.string_dtype())
        x[0] = "grün"
        x[1] = b"bytes"
        x[2:] = ["a", "b"]
        y = f.create_dataset("y", (3,), h5.string_dtype("ascii", 4))
        y[:] = ["long text", b"b", "c"]
        x[1:3] = np.array(["c", "d"])
        return x[()], y[()]

    assert same(scenario)[0][0] == "grün".encode()


def test_vlen_elements(same):
    def scenario(h5, f):
        x = f.create_dataset("x", (4,), h5.vlen_dtype("i4"))
        x[0] = [1, 2, 3]
        x[1] = np.arange(5.0)
        x[2:] = [[1], [2, 3]]
        y = f.create_dataset("y", (2, 2), h5.vlen_dtype("f8"))
        y[0, 1] = [0.5]
        y[1] = np.array([[1, 2], [3, 4]])
        return list(x[()]), [list(row) for row in y[()]]

    same(scenario)


def test_elements_that_are_arrays(same):
    def scenario(h5, f):
        x = f.create_dataset("x", (3,), np.dtype(("i4", (2, 2))))
        x[0] = [[1, 2], [3, 4]]
        x[1:] = [np.eye(2), np.ones((2, 2))]
        x[2, ...] = [[5, 6], [7, 8]]
        return x[()], x[0], x.shape, x.dtype, x[1:3]

    same(scenario)


def test_resizing_keeps_what_remains_and_fills_the_rest(same):
    def scenario(h5, f):
        x = f.create_dataset(
            "x", data=np.ones((4, 4)), maxshape=(None, 8), chunks=(3, 3), fillvalue=7
        )
        x.resize((6, 2))
        x.resize(8, axis=1)
        x.resize(5, 0)
        return x[...], x.shape, x.maxshape

    result = same(scenario)[0]
    assert result[:4, :2].all() and (result[4:] == 7).all() and (result[:, 2:] == 7).all()


@pytest.mark.parametrize(
    "arguments",
    [
        ((9, 9),),
        ((2,),),
        (3, 5),
        (3, -1),
        ("a",),
        ((-1, 2),),
        (1.5,),
        ((2, 2), 0),
        (-1, 0),
        (None,),
    ],
    ids=str,
)
def test_resizing_wrongly_fails_alike(same, arguments):
    def scenario(h5, f):
        f.create_dataset("x", (4, 4), "i4", maxshape=(None, 8)).resize(*arguments)

    same.fails_alike(scenario)


def test_only_chunked_datasets_resize(same):
    same.raises(TypeError, lambda h5, f: cube(f).resize((1, 1, 1)))


def test_a_read_only_file_refuses_writing(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w") as f:
        cube(f, chunks=(1, 1, 1))
    with h5.File(tmp_path / "f.h5") as f:
        with pytest.raises(OSError):
            f["x"][0] = 1
        with pytest.raises((OSError, RuntimeError, TypeError)):
            f["x"].resize((1, 1, 1))


def test_a_source_changed_later_changes_nothing():
    with hyperslab.File.in_memory() as f:
        value = np.arange(5)
        f["x"] = value
        value[:] = 0
        assert list(f["x"]) == [0, 1, 2, 3, 4]


def test_chunks_are_written_and_read_directly(same):
    def scenario(h5, f):
        x = f.create_dataset("x", (6,), "i4", chunks=(3,), compression="gzip")
        x[:3] = [1, 2, 3]
        mask, data = x.id.read_direct_chunk((0,))
        x.id.write_direct_chunk((3,), data, mask)
        return x[...], x.id.get_num_chunks(), x.id.get_chunk_info(1).chunk_offset

    assert list(same(scenario)[0]) == [1, 2, 3] * 2
