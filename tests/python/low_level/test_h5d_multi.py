"""h5d: several datasets in one call, and appending. h5py has neither."""

import threading

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import h5d, h5p, h5s, h5t

TEXT = h5py.string_dtype()


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        yield file


def everything(file):
    """Datasets of all ways that elements travel, with arrays for them."""
    made = {
        "plain": np.arange(60.0).reshape(6, 10),
        "chunked": np.arange(20, dtype="i2"),
        "text": np.array([b"one", b"two", b""], "O"),
        "scalar": np.array(3, "u1"),
    }
    file.create_dataset("plain", data=made["plain"])
    file.create_dataset("chunked", data=made["chunked"], chunks=(3,), compression="gzip")
    file.create_dataset("text", data=made["text"], dtype=TEXT)
    file.create_dataset("scalar", data=made["scalar"])
    return made


def test_reading_is_what_reading_each_is(file):
    made = everything(file)
    ids = [file[name].id for name in made]
    arrays = [np.zeros_like(array) for array in made.values()]
    every = [h5s.ALL] * len(ids)
    h5d.read_multi(ids, every, every, arrays)
    for array, wanted in zip(arrays, made.values(), strict=True):
        np.testing.assert_array_equal(array, wanted)


def test_writing_is_what_writing_each_is(file):
    made = everything(file)
    ids = tuple(file[name].id for name in made)
    arrays = [
        made["plain"] * 2,
        made["chunked"] + 1,
        np.array(["x", "", "é"], "O"),
        np.array(9, "u1"),
    ]
    every = [h5s.ALL] * len(ids)
    h5d.write_multi(ids, every, every, arrays)
    np.testing.assert_array_equal(file["plain"], arrays[0])
    np.testing.assert_array_equal(file["chunked"], arrays[1])
    assert list(file["text"].asstr()[()]) == ["x", "", "é"]
    assert file["scalar"][()] == 9


def test_selections_types_and_property_list(file):
    everything(file)
    ids = [file["plain"].id, file["chunked"].id]
    places = [dataset.get_space() for dataset in ids]
    places[0].select_hyperslab((2, 0), (1, 10))
    places[1].select_elements([[1], [19], [4]])
    memory = [h5s.create_simple((10,)), h5s.create_simple((3,))]
    arrays = [np.zeros(10, "f4"), np.zeros(3, "i8")]
    types = [h5t.NATIVE_FLOAT, None]
    h5d.read_multi(ids, memory, places, arrays, types, h5p.create(h5p.DATASET_XFER))
    assert list(arrays[0]) == list(range(20, 30)) and list(arrays[1]) == [1, 19, 4]
    h5d.write_multi(ids, memory, places, [-array for array in arrays], mtypes=types)
    assert file["plain"][2, 3] == -23 and file["chunked"][19] == -19


def test_what_one_call_for_each_refuses_is_refused(file):
    made = everything(file)
    ids = [file["plain"].id, file["chunked"].id]
    good = [np.zeros((6, 10)), np.zeros(20, "i2")]
    every = [h5s.ALL, h5s.ALL]
    whole = [dataset.get_space() for dataset in ids]
    frozen = np.zeros((6, 10))
    frozen.flags.writeable = False
    for call in (h5d.read_multi, h5d.write_multi):
        for error, args in [
            (ValueError, (ids, every[:1], every, good)),
            (ValueError, (ids, every, every, good[:1])),
            (ValueError, (ids, every, every, good, [None])),
            (ValueError, (ids, whole, every, [np.zeros(3), good[1]])),
            (TypeError, (ids, every, every, [good[0].T, good[1]])),
            (TypeError, ([*ids[:1], file.id], every, every, good)),
            (TypeError, (ids, [None, h5s.ALL], every, good)),
            (TypeError, (ids, every, every, good, [3, 4])),
            (TypeError, (5, every, every, good)),
            (TypeError, (ids, every, every, good, None, h5p.DATASET_XFER)),
        ]:
            with pytest.raises(error):
                call(*args)
    with pytest.raises(TypeError):
        h5d.read_multi(ids, every, every, [frozen, good[1]])
    with pytest.raises(TypeError):
        h5d.write_multi([file["text"].id], every[:1], every[:1], [np.array([1, 2, 3], "O")])
    ids[1].close()
    for call in (h5d.read_multi, h5d.write_multi):
        with pytest.raises(ValueError):
            call(ids, every, every, good)
    np.testing.assert_array_equal(file["plain"], made["plain"])


def test_of_no_dataset_at_all(file):
    assert h5d.read_multi([], [], [], []) is None
    assert h5d.write_multi((), (), (), (), (), None) is None


def test_string_dtype_arrays(file):
    if not hasattr(np.dtypes, "StringDType"):
        pytest.skip("NumPy 1 has no StringDType")
    everything(file)
    texts = np.array(["a", "bc", "d"], np.dtypes.StringDType())
    h5d.write_multi([file["text"].id], [h5s.ALL], [h5s.ALL], [texts])
    back = np.zeros(3, np.dtypes.StringDType())
    h5d.read_multi([file["text"].id], [h5s.ALL], [h5s.ALL], [back])
    assert list(back) == ["a", "bc", "d"]


# --- appending ---


def growing(file, shape=(2, 3), dtype="i4"):
    limits = (None,) * len(shape)
    return file.create_dataset("grows", shape, dtype, chunks=(2,) * len(shape), maxshape=limits)


def test_appending_on_either_axis(file):
    dataset = growing(file)
    dataset[...] = 1
    dataset.id.append(0, np.full((2, 3), 2, "i8"))
    dataset.id.append(1, np.full((4, 1), 3, "f4"))
    expected = np.ones((2, 3), "i4")
    expected = np.concatenate([expected, np.full((2, 3), 2)])
    expected = np.concatenate([expected, np.full((4, 1), 3)], axis=1)
    np.testing.assert_array_equal(dataset, expected)
    dataset.append([[9, 9, 9, 9]])
    dataset.append([8, 8, 8, 8])
    dataset.append(np.zeros((6, 2)), axis=1)
    dataset.append(np.zeros((0, 6)))
    assert dataset.shape == (6, 6)
    assert list(dataset[4:, 0]) == [9, 8]


def test_appending_strings_and_records(file):
    record = np.dtype([("a", "i4"), ("s", TEXT)])
    dataset = growing(file, (0,), record)
    dataset.append(np.array([(1, "x"), (2, "y")], record))
    dataset.append((3, "z"))
    dataset.id.append(0, np.array([(4, "w")], record))
    assert [tuple(row) for row in dataset[()]] == [(1, b"x"), (2, b"y"), (3, b"z"), (4, b"w")]


def test_what_cannot_be_appended_leaves_the_shape(file):
    dataset = growing(file)
    texts = file.create_dataset("texts", (1,), TEXT, maxshape=(None,))
    plain = file.create_dataset("plain", (2, 3), "f4")
    limited = file.create_dataset("limited", (2,), "f4", maxshape=(3,))
    for call, error in [
        (lambda: dataset.append(np.zeros((2, 4))), TypeError),
        (lambda: dataset.append(np.zeros((2, 3, 1))), TypeError),
        (lambda: dataset.append(np.zeros((2, 3)), axis=2), ValueError),
        (lambda: dataset.append(np.zeros((2, 3)), axis=-1), ValueError),
        (lambda: dataset.id.append(2, np.zeros((2, 3))), ValueError),
        (lambda: dataset.id.append(-1, np.zeros((2, 3))), OverflowError),
        (lambda: dataset.id.append(0, np.zeros((2, 4))), TypeError),
        (lambda: dataset.id.append(0, np.zeros(3)), TypeError),
        (lambda: dataset.id.append(0, np.zeros((3, 2)).T), TypeError),
        (lambda: dataset.id.append(0, np.zeros((2, 3)), h5t.NATIVE_INT8), ValueError),
        (lambda: texts.append(["x", 5]), TypeError),
        (lambda: texts.id.append(0, np.array(["x", 5], "O")), TypeError),
        (lambda: plain.append(np.zeros((1, 3))), TypeError),
        (lambda: limited.append([1, 2]), RuntimeError),
    ]:
        with pytest.raises(error):
            call()
    assert dataset.shape == (2, 3) and texts.shape == (1,) and limited.shape == (2,)
    dataset.id.close()
    with pytest.raises(ValueError):
        dataset.append([[1, 2, 3]])
    with pytest.raises(ValueError):
        dataset.id.append(0, np.zeros((1, 3)))


def test_threads_that_append_keep_out_of_each_others_way(file):
    dataset = growing(file, (0, 3))
    threads = [
        threading.Thread(target=lambda n=n: [dataset.append([[n] * 3] * 2) for _ in range(20)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert dataset.shape == (160, 3)
    assert sorted(dataset[:, 0]) == sorted(np.repeat(range(4), 40))
    assert (dataset[:, :1] == dataset[()]).all()


def test_a_chunk_that_grew_is_not_read_into_a_buffer_that_is_too_small(file):
    dataset = file.create_dataset("x", data=np.arange(100), chunks=(100,))
    with pytest.raises(ValueError):
        dataset.id.read_direct_chunk((0,), out=bytearray(10))


@pytest.mark.parametrize("call", ["read", "write", "read_multi", "write_multi"])
@pytest.mark.parametrize(
    ("mspace", "fspace"),
    [
        (h5s.ALL, h5s.ALL),
        (h5s.ALL, h5s.create_simple((4, 6))),
        (h5s.create_simple((4, 6)), h5s.ALL),
    ],
    ids=["all", "all of a selection", "a selection of all"],
)
def test_an_array_that_is_too_small_is_refused(tmp_path, call, mspace, fspace):
    """What "all" stands for does not fit either. In h5py memory beside the array is used."""
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        dset = f.create_dataset("x", data=np.arange(24).reshape(4, 6)).id
        for small in (np.zeros(3), np.zeros((4, 6), "i4"), np.zeros(23, "i8")):
            with pytest.raises(ValueError, match="too small"):
                if call in ("read", "write"):
                    mtype = hyperslab.h5t.NATIVE_INT64 if small.dtype == "i4" else None
                    getattr(dset, call)(mspace, fspace, small, mtype)
                else:
                    mtypes = [hyperslab.h5t.NATIVE_INT64] if small.dtype == "i4" else None
                    getattr(hyperslab.h5d, call)([dset], [mspace], [fspace], [small], mtypes)
        assert (f["x"][...] == np.arange(24).reshape(4, 6)).all()
        enough = np.zeros(30, "i8")
        dset.read(h5s.ALL, h5s.ALL, enough)
        assert enough[:24].tolist() == list(range(24)) and not enough[24:].any()
