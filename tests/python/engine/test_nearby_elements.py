"""Elements read one beside the other come from memory, and those that lie apart from the file
itself; neither are ever old ones.

Random sequences of reads and of all that may change what they find, against a NumPy array.
"""

import threading

import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

LAYOUTS = [
    {},
    {"chunks": (5, 7)},
    {"chunks": (5, 7), "compression": "gzip"},
    {"chunks": (5, 7), "shuffle": True, "fletcher32": True},
    {"chunks": (5, 7), "fill_time": "never", "compression": "lzf"},
]
DTYPES = ["<f8", ">i2", "u1", "S3", "<f2", "c16", "?"]


def values(shape, dtype):
    return (np.arange(np.prod(shape)).reshape(shape) % 120).astype(dtype)


def sample(folder, mode="r", shape=(20, 30), dtype="f8", **layout):
    path = folder / "sample.h5"
    data = values(shape, dtype)
    with hyperslab.File(path, "w") as file:
        file.create_dataset("x", data=data, **layout)
    return hyperslab.File(path, mode), data


def warm(dataset):
    """Reads until elements near the first are at hand."""
    for j in range(8):
        dataset[0, j % 4]


def direct_reads():
    return hyperslab.io_stats()["direct_reads"]


def fetched_bytes():
    return hyperslab.io_stats()["fetched_bytes"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_elements_side_by_side_are_found_in_memory(tmp_path, layout):
    file, data = sample(tmp_path, **layout)
    with file:
        dataset = file["x"]
        warm(dataset)
        hyperslab.io_stats(reset=True)
        for i, j in np.ndindex(5, 7):
            assert dataset[i, j] == data[i, j]
        assert dataset[-20, -30] == data[0, 0]
        assert direct_reads() == 36
        assert hyperslab.io_stats()["library_reads"] == 0


steps = st.one_of(
    st.tuples(st.just("read"), st.integers(-22, 22), st.integers(-32, 32)),
    st.tuples(st.just("near"), st.integers(0, 4), st.integers(0, 6)),
    st.tuples(st.just("near"), st.integers(0, 4), st.integers(0, 6)),
    st.tuples(st.just("write"), st.integers(0, 4), st.integers(0, 6)),
    st.tuples(st.just("write by another"), st.integers(0, 4), st.integers(0, 6)),
    st.tuples(st.just("resize"), st.integers(1, 20), st.integers(1, 30)),
    st.tuples(st.just("engine"), st.sampled_from(["automatic", "library", "direct"]), st.just(0)),
)


@settings(max_examples=30)
@given(
    layout=st.sampled_from(LAYOUTS),
    dtype=st.sampled_from(DTYPES),
    todo=st.lists(steps, max_size=60),
)
def test_random_reads_writes_and_resizes(tmp_path_factory, layout, dtype, todo):
    if "chunks" in layout:
        layout = {**layout, "maxshape": (None, None)}
    file, data = sample(tmp_path_factory.mktemp("near"), "r+", dtype=dtype, **layout)
    with file:
        dataset, other = file["x"], hyperslab.File(file.filename, "r+")["x"]
        warm(dataset)
        for kind, a, b in todo:
            if kind in ("read", "near"):
                try:
                    expected = data[a, b]
                except IndexError:
                    with pytest.raises(IndexError):
                        dataset[a, b]
                else:
                    found = dataset[a, b]
                    assert found == expected and type(found) is type(expected)
            elif kind.startswith("write"):
                if a < data.shape[0] and b < data.shape[1]:
                    value = values((1,), dtype)[0] if data[a, b] else values((9,), dtype)[8]
                    (other if "another" in kind else dataset)[a, b] = data[a, b] = value
            elif kind == "resize" and "chunks" in layout:
                other.resize((a, b))
                kept = np.zeros((a, b), dtype)
                overlap = np.s_[: min(a, data.shape[0]), : min(b, data.shape[1])]
                kept[overlap] = data[overlap]
                data = kept
            elif kind == "engine":
                hyperslab.set_engine(a)
        hyperslab.set_engine("automatic")


@pytest.mark.parametrize("close", ["file", "dataset", "identifier", "other file", "reference"])
def test_nothing_is_read_of_what_is_closed(tmp_path, close):
    file, data = sample(tmp_path)
    dataset = file["x"]
    other = hyperslab.File(file.filename, "r")
    warm(dataset)
    if close == "file":
        file.close()
    elif close == "dataset":
        dataset.id.close()
    elif close == "identifier":
        dataset.id._close()
    elif close == "reference":
        hyperslab.h5i.dec_ref(dataset.id)
    else:
        other.close()
        assert dataset[0, 1] == data[0, 1]
        file.close()
    for _ in range(5):
        with pytest.raises((ValueError, OSError, RuntimeError)):
            dataset[0, 1]
    other.close()
    file.close()


def test_errors_of_closed_datasets_are_those_of_others(tmp_path):
    def message(reads):
        file, _ = sample(tmp_path)
        dataset = file["x"]
        for _ in range(reads):
            dataset[0, 1]
        file.close()
        with pytest.raises(Exception) as caught:  # noqa: PT011 - it is compared
            dataset[0, 1]
        return type(caught.value), str(caught.value)

    assert message(1) == message(2) == message(3) == message(4) == message(20)


def test_a_refresh_drops_them(tmp_path):
    file, data = sample(tmp_path)
    with file:
        dataset = file["x"]
        warm(dataset)
        dataset.refresh()
        hyperslab.io_stats(reset=True)
        assert dataset[0, 1] == data[0, 1]
        assert fetched_bytes() == data.itemsize


def test_readers_of_a_growing_file_ask_each_time(tmp_path):
    path = tmp_path / "swmr.h5"
    with hyperslab.File(path, "w", libver="latest") as writer:
        growing = writer.create_dataset("x", data=np.zeros(10), chunks=(10,), maxshape=(None,))
        writer.swmr_mode = True
        with h5py.File(path, "r", libver="latest", swmr=True) as stock:
            reader = hyperslab.File(path, "r", libver="latest", swmr=True)
            hyperslab.io_stats(reset=True)
            for n in range(20):
                growing[3] = n
                growing.flush()
                reader["x"].refresh()
                stock["x"].refresh()
                assert reader["x"][3] == stock["x"][3] == n
            reader.close()


def test_caching_that_is_off_stays_off(tmp_path):
    path = tmp_path / "off.h5"
    sample(tmp_path, chunks=(5, 7))[0].close()
    with hyperslab.File(tmp_path / "sample.h5", "r", rdcc_nbytes=0) as file:
        hyperslab.io_stats(reset=True)
        warm(file["x"])
        assert path.exists() is False
        assert fetched_bytes() <= 8 * direct_reads()


def test_pairs_far_apart_do_not_read_blocks_for_nothing(tmp_path):
    file, _ = sample(tmp_path, shape=(400, 3000), chunks=(50, 500))
    with file:
        dataset = file["x"]
        hyperslab.io_stats(reset=True)
        for n in range(400):
            row = (n * 73) % 400
            dataset[row, 7], dataset[row, 8]
        assert fetched_bytes() < 2 * 65_536


def test_elements_that_lie_apart_are_read_from_the_file(tmp_path):
    for layout in ({}, {"chunks": (50, 500)}):
        file, data = sample(tmp_path, shape=(400, 3000), dtype=">i4", **layout)
        with file:
            assert file["x"][()].shape == data.shape  # the chunk index is known from now on
            dataset = file["x"]
            hyperslab.io_stats(reset=True)
            for n in range(200):
                row, column = n * 73 % 400, n * 977 % 3000
                assert dataset[row, -column] == data[row, -column]
            assert direct_reads() >= 196
            assert fetched_bytes() <= 4 * 200


def test_elements_that_lie_apart_are_never_old(tmp_path):
    file, data = sample(tmp_path, "r+", shape=(400, 300))
    with file:
        dataset = file["x"]
        for n in range(400):
            row, column = n * 73 % 400, n * 97 % 300
            assert dataset[row, column] == data[row, column]
            if n % 40 == 0:  # after so many reads in a row that they go past libhdf5
                dataset[(n + 1) * 73 % 400, (n + 1) * 97 % 300] = -n - 1
                data[(n + 1) * 73 % 400, (n + 1) * 97 % 300] = -n - 1


def test_elements_never_written_are_fill_values(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("chunked", (400, 300), "i2", chunks=(7, 9), fillvalue=-3)[:20] = 1
        file.create_dataset("contiguous", (400, 300), "i2", fillvalue=-3)
    with hyperslab.File(tmp_path / "a.h5") as file:
        for n in range(100):
            row, column = n * 73 % 400, n * 97 % 300
            assert file["contiguous"][row, column] == -3
        chunked = file["chunked"]
        for n in range(100):
            row, column = n * 73 % 400, n * 97 % 300
            assert chunked[row, column] == (1 if row < 20 else -3)


def test_threads_read_while_another_writes_and_resizes(tmp_path):
    file, _ = sample(tmp_path, "r+", chunks=(5, 7), maxshape=(None, 30))
    dataset = file["x"]
    dataset[...] = 0
    done = threading.Event()
    wrong = []

    def look():
        last = 0
        while not done.is_set():
            now = dataset[1, 1]
            if now < last:
                wrong.append((last, now))
            last = now

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(1, 300):
        dataset[1, 1] = n
        assert dataset[1, 1] == n
        if n % 10 == 0:
            dataset.resize(20 + n % 3, axis=0)
    done.set()
    for reader in readers:
        reader.join()
    file.close()
    assert not wrong


def test_threads_read_while_another_closes(tmp_path):
    for _ in range(20):
        file, data = sample(tmp_path)
        dataset = file["x"]
        warm(dataset)
        seen = []

        def look(dataset=dataset, seen=seen):
            try:
                while True:
                    seen.append(dataset[0, 1])
            except (ValueError, OSError, RuntimeError):
                pass

        readers = [threading.Thread(target=look) for _ in range(2)]
        for reader in readers:
            reader.start()
        file.close()
        for reader in readers:
            reader.join()
        assert set(seen) <= {data[0, 1]}
