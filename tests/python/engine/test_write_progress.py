"""progress() of writes, of creating datasets, of appending and of repacking."""

import threading

import h5py
import hyperslab
import numpy as np
import pytest

DATA = np.random.default_rng(1).integers(0, 9, (6000, 500)).astype("i4")
STORED = {
    "gzip": {"chunks": (10, 500), "compression": "gzip", "compression_opts": 1},
    "chunks": {"chunks": (10, 500)},
    "contiguous": {},
}


@pytest.fixture(params=["automatic", "library"], autouse=True)
def engine(request):
    hyperslab.set_engine(request.param)
    yield request.param
    hyperslab.set_engine("automatic")


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        yield file


class Seen(list):
    """All reports, of one write after the other."""

    def __call__(self, done, total):
        self.append((done, total))

    def of(self, write):
        """The reports of one call, which are those of one write."""
        self.clear()
        with hyperslab.progress(self, after=0):
            write()
        done = [each[0] for each in self]
        assert done == sorted(done) and len(done) > 1, self
        return self


@pytest.fixture
def seen():
    return Seen()


def only_total(seen):
    totals = {total for _, total in seen}
    assert len(totals) == 1 and seen[-1][0] in totals, seen
    return totals.pop()


@pytest.mark.parametrize("stored", STORED)
def test_creating_with_data_and_writing_are_reported_once_each(file, seen, stored):
    seen.of(lambda: file.create_dataset("x", data=DATA, **STORED[stored]))
    assert only_total(seen) == DATA.nbytes
    dataset = file["x"]
    seen.of(lambda: dataset.__setitem__(..., DATA + 1))
    assert only_total(seen) == DATA.nbytes
    seen.of(lambda: dataset.write_direct(DATA))
    assert only_total(seen) == DATA.nbytes
    seen.of(lambda: dataset.__setitem__(np.s_[5:5005], DATA[:5000]))
    assert only_total(seen) == 5000 * 500 * 4
    assert (dataset[5:5005] == DATA[:5000]).all() and (dataset[5005:] == DATA[5005:]).all()


def test_the_bytes_are_those_in_memory(file, seen):
    dataset = file.create_dataset("x", DATA.shape, "i2", **STORED["gzip"])
    seen.of(lambda: dataset.__setitem__(..., DATA))
    assert only_total(seen) == DATA.nbytes
    seen.of(lambda: dataset.__setitem__(..., 7))
    assert only_total(seen) == DATA.size * 2  # a number becomes one of the dataset's first
    assert (dataset[...] == 7).all()
    seen.of(lambda: dataset.__setitem__(..., DATA[0]))
    assert only_total(seen) == DATA.nbytes
    assert (dataset[...] == DATA[0]).all()


def test_texts_are_reported(file, seen):
    texts = np.array([f"text {i}" for i in range(600_000)], object)
    seen.of(lambda: file.create_dataset("x", data=texts))
    only_total(seen)
    assert file["x"][[0, 599_999]].tolist() == [b"text 0", b"text 599999"]


def test_datasets_that_are_created_together_are_one_report(file, seen):
    members = {f"{i}": DATA[i : i + 20] for i in range(0, 6000, 20)}
    seen.of(lambda: file.create_many(members, compression="gzip"))
    assert only_total(seen) == DATA.nbytes
    assert (file["40"][...] == DATA[40:60]).all()


def test_appending_is_reported(file, seen):
    dataset = file.create_dataset("x", (0, 500), "i4", maxshape=(None, 500), **STORED["gzip"])
    seen.of(lambda: dataset.append(DATA))
    assert only_total(seen) == DATA.nbytes


def blocks(rows=500):
    return (DATA[i : i + rows] for i in range(0, len(DATA), rows))


def test_the_total_of_an_iterator_is_not_known_until_its_end(file, seen):
    seen.of(lambda: file.create_dataset("x", data=blocks(), compression="gzip"))
    assert {total for _, total in seen[:-1]} == {None}
    assert seen[-1] == (DATA.nbytes, DATA.nbytes)
    seen.of(lambda: file["x"].append(blocks()))
    assert {total for _, total in seen[:-1]} == {None}
    assert seen[-1] == (DATA.nbytes, DATA.nbytes)
    assert (file["x"][6000:] == DATA).all()


def test_the_total_of_an_iterator_follows_from_the_shape(file, seen):
    keywords = {"shape": DATA.shape, "compression": "gzip"}
    seen.of(lambda: file.create_dataset("x", data=blocks(), **keywords))
    assert only_total(seen) == DATA.nbytes


def test_repacking_is_reported(file, seen, tmp_path):
    file.create_dataset("x", data=DATA, **STORED["gzip"])
    file.close()
    old, new = tmp_path / "a.h5", tmp_path / "b.h5"
    seen.of(lambda: hyperslab.repack(old, new, compression="gzip", compression_opts=9))
    only_total(seen)
    with h5py.File(new) as found:
        assert (found["x"][...] == DATA).all()


def stop(done, total):
    raise ZeroDivisionError


@pytest.mark.parametrize("stored", STORED)
def test_what_is_raised_ends_the_write_and_takes_back_what_is_created(file, stored):
    with hyperslab.progress(stop, after=0):
        with pytest.raises(ZeroDivisionError):
            file.create_dataset("x", data=DATA, **STORED[stored])
        with pytest.raises(ZeroDivisionError):
            file.create_dataset("x", data=blocks(), **STORED["gzip"])
        with pytest.raises(ZeroDivisionError):
            file.create_many({"x": DATA, "y": DATA}, **STORED[stored])
    assert list(file) == []
    dataset = file.create_dataset("x", (0, 500), "i4", maxshape=(None, 500), **STORED["gzip"])
    with hyperslab.progress(stop, after=0), pytest.raises(ZeroDivisionError):
        dataset.append(DATA)
    assert dataset.shape == (0, 500)
    dataset.append(DATA)
    assert (dataset[...] == DATA).all()


def test_a_report_may_read_and_what_it_does_is_not_reported(file):
    other = file.create_dataset("other", data=DATA, **STORED["gzip"])
    found = []

    def look(done, total):
        found.append((done, other[:3000].sum(), total))

    with hyperslab.progress(look, after=0):
        file.create_dataset("x", data=DATA, **STORED["gzip"])
    assert {each[1] for each in found} == {DATA[:3000].sum()}
    assert [each[0] for each in found] == sorted(each[0] for each in found)
    assert {each[2] for each in found} == {DATA.nbytes}


def test_other_threads_may_use_the_file_while_a_write_is_reported(file):
    other = file.create_dataset("other", data=DATA[:50])
    ended = threading.Event()
    reads = []

    def read():
        while not ended.is_set():
            reads.append(int(other[5].sum()))

    thread = threading.Thread(target=read)
    thread.start()
    seen = []
    try:
        with hyperslab.progress(lambda *pair: seen.append(pair), after=0):
            for _ in range(3):
                file.require_dataset("x", DATA.shape, "i4", **STORED["gzip"])[...] = DATA
    finally:
        ended.set()
        thread.join()
    assert seen and set(reads) <= {int(DATA[5].sum())}


def test_a_line_on_standard_error_says_what_is_written(file, capsys):
    with hyperslab.progress(after=0):
        file.create_dataset("x", data=DATA, **STORED["gzip"])
        whole = capsys.readouterr().err
        file.create_dataset("y", data=blocks(), **STORED["gzip"])
    of_blocks = capsys.readouterr().err
    assert whole.strip().endswith("hyperslab: 11.44 MiB of 11.44 MiB written, 100 %")
    assert " written" in of_blocks.split("\r")[1] and "%" not in of_blocks.split("\r")[1]
