"""threads() and progress(): how the reads of a thread are done."""

import functools
import os
import sys
import threading

import hyperslab
import numpy as np
import pytest
import tqdm
from run_python import run

DATA = np.random.default_rng(1).integers(0, 9, (6000, 1000)).astype("i4")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("slow") / "f.h5"
    with hyperslab.File(path, "w") as f:
        f.create_dataset("d", data=DATA, chunks=(10, 1000), compression="gzip", compression_opts=1)
    return path


@pytest.fixture(params=["direct", "library"])
def slow(request, path):
    """A dataset whose reading, by either engine, takes longer than it takes to look."""
    hyperslab.set_engine(request.param)
    with hyperslab.File(path) as f:
        yield f["d"]
    hyperslab.set_engine("automatic")


class Bar:
    """As tqdm: what a factory makes."""

    made = []

    def __init__(self, total, unit, fail=False):
        self.total, self.unit, self.fail = total, unit, fail
        self.done, self.threads, self.closed = 0, set(), 0
        Bar.made.append(self)

    def update(self, n):
        assert n >= 0
        self.done += n
        self.threads.add(threading.get_ident())
        if self.fail:
            raise ZeroDivisionError

    def close(self):
        self.closed += 1


@pytest.fixture(autouse=True)
def no_bars():
    Bar.made.clear()


def read_until(told, dataset):
    for _ in range(50):
        np.testing.assert_array_equal(dataset[...], DATA)
        if told():
            return
    raise AssertionError("fifty reads, and nothing was told")


def test_a_factory_makes_a_bar_for_each_read(slow):
    with hyperslab.progress(Bar, after=0):
        read_until(lambda: len(Bar.made) > 1, slow)
    for bar in Bar.made:
        assert (bar.total, bar.unit, bar.closed) == (DATA.nbytes, "B", 1)
        assert bar.done == DATA.nbytes
        assert bar.threads == {threading.get_ident()}
    made = len(Bar.made)
    slow[...]
    assert len(Bar.made) == made


def test_tqdm_is_such_a_factory(slow, capsys):
    with hyperslab.progress(functools.partial(tqdm.tqdm, leave=True), after=0):
        read_until(lambda: "24.0M" in capsys.readouterr().err, slow)


def test_a_function_is_told_how_far_it_is(slow):
    told = []
    with hyperslab.progress(lambda done, total: told.append((done, total)), after=0):
        read_until(lambda: len(told) > 1, slow)
    done = [pair[0] for pair in told]
    assert {pair[1] for pair in told} == {DATA.nbytes}
    assert done[-1] == DATA.nbytes


def test_a_line_on_standard_error(slow, capsys):
    said = []

    def told():
        said.append(capsys.readouterr().err)
        return said[-1]

    with hyperslab.progress(after=0):
        read_until(told, slow)
    assert said[-1].endswith("hyperslab: 22.89 MiB of 22.89 MiB read, 100 %".ljust(59) + "\n")


def test_quick_reads_show_nothing(slow, capsys):
    with hyperslab.progress(Bar):
        slow[...]
    with hyperslab.progress():
        slow[...]
    assert not Bar.made
    assert capsys.readouterr().err == ""


def test_what_is_raised_ends_the_read(slow):
    failing = functools.partial(Bar, fail=True)
    with hyperslab.progress(failing, after=0):
        with pytest.raises(ZeroDivisionError):
            read_until(lambda: False, slow)
    assert [bar.closed for bar in Bar.made] == [1]
    np.testing.assert_array_equal(slow[...], DATA)


def test_a_function_that_raises_is_not_called_again(slow):
    calls = []

    def stop(done, total):
        calls.append(done)
        raise KeyboardInterrupt

    with hyperslab.progress(stop, after=0):
        with pytest.raises(KeyboardInterrupt):
            read_until(lambda: False, slow)
    assert len(calls) == 1


def test_a_callback_may_read(slow):
    sums = []

    def look(done, total):
        with hyperslab.progress(Bar, after=0):
            sums.append(int(slow[:500].sum()))

    with hyperslab.progress(look, after=0):
        read_until(lambda: sums, slow)
    assert set(sums) == {int(DATA[:500].sum())}


def test_blocks_nest_and_end(slow):
    outer, inner = [], []
    with hyperslab.progress(lambda *pair: outer.append(pair), after=0):
        with hyperslab.progress(lambda *pair: inner.append(pair), after=0):
            read_until(lambda: inner, slow)
        assert not outer
        read_until(lambda: outer, slow)
    with pytest.raises(ZeroDivisionError):
        with hyperslab.progress(Bar, after=0):
            raise ZeroDivisionError
    before = len(Bar.made)
    slow[...]
    assert len(Bar.made) == before


def test_other_threads_tell_nothing(slow):
    def read():
        for _ in range(5):
            slow[...]

    with hyperslab.progress(Bar, after=0):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert not Bar.made


@pytest.mark.parametrize("report", [3, "tqdm"])
def test_what_cannot_be_called_is_refused(report):
    with pytest.raises(TypeError):
        hyperslab.progress(report)


@pytest.mark.parametrize("chunks", [(7, 1000), (300, 100), None])
@pytest.mark.parametrize(
    "args",
    [(), np.s_[3:1990], np.s_[::3], np.s_[1:1800:2, 5:900], np.s_[..., 1], np.s_[5], ([1, 5, 9],)],
    ids=str,
)
def test_libhdf5_reads_in_parts_what_it_reads_at_once(tmp_path, chunks, args):
    data = np.arange(2000 * 1000 * 2, dtype="f8").reshape(2000, 1000, 2)
    hyperslab.set_engine("library")
    try:
        with hyperslab.File(tmp_path / "f.h5", "w") as f:
            dataset = f.create_dataset("d", data=data, chunks=chunks and (*chunks, 2))
            with hyperslab.progress(Bar, after=0):
                np.testing.assert_array_equal(dataset[args], data[args])
    finally:
        hyperslab.set_engine("automatic")


def test_texts_are_read_in_parts_too(tmp_path):
    texts = [str(i) * (i % 7) for i in range(1_100_000)]
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        dataset = f.create_dataset("d", data=texts, dtype=hyperslab.string_dtype())
        with hyperslab.progress(Bar, after=0):
            assert dataset.asstr()[...].tolist() == texts


def test_threads_limits_the_reads_of_a_thread():
    everybody = hyperslab.get_num_threads()
    seen = []
    with hyperslab.threads(3):
        assert hyperslab.get_num_threads() == 3
        with hyperslab.threads(1):
            assert hyperslab.get_num_threads() == 1
        assert hyperslab.get_num_threads() == 3
        thread = threading.Thread(target=lambda: seen.append(hyperslab.get_num_threads()))
        thread.start()
        thread.join()
    assert seen == [everybody] == [hyperslab.get_num_threads()]
    with pytest.raises(ValueError):
        hyperslab.threads(0)


def test_one_thread_reads_alone(tmp_path):
    """No other thread comes into being, in a process that has none, nor when it writes."""
    code = """
        import os
        import numpy as np, hyperslab
        with hyperslab.File(sys.argv[1], "w") as f:
            with hyperslab.threads(1):
                zeros = np.zeros((2000, 1000))
                d = f.create_dataset("d", data=zeros, chunks=(10, 1000), shuffle=True)
            before = len(os.listdir("/proc/self/task"))
            with hyperslab.threads(1):
                d[...]
            alone = len(os.listdir("/proc/self/task"))
            with hyperslab.threads(4):
                d[...]
            print(alone - before, len(os.listdir("/proc/self/task")) - before)
    """
    if not os.path.isdir("/proc/self/task"):
        pytest.skip("needs /proc")
    assert run("import sys\n" + __import__("textwrap").dedent(code), tmp_path / "f.h5") == "0 3\n"


def test_the_number_of_processors_is_what_affinity_leaves(tmp_path):
    code = """
        import os
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        import hyperslab
        print(hyperslab.get_num_threads())
    """
    if sys.platform != "linux":
        pytest.skip("needs Linux")
    assert run(code, HYPERSLAB_NUM_THREADS=None) == "1\n"
    assert run(code, HYPERSLAB_NUM_THREADS="5") == "5\n"
