"""Whatever a dataset is and whatever happened to its file, both engines read the same.

Thousands of reads; HYPERSLAB_TEST_EXAMPLES=1000 makes it hundreds of thousands, each time others.
"""

import itertools
import subprocess
import sys

import describe
import engine_scenes as scenes
import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from run_python import environment
from selections import Block, expressions
from selections import resolve as positions_of

THOROUGH = settings(
    max_examples=10 * settings.default.max_examples,
    phases=[Phase.explicit, Phase.generate],  # a story is short, and shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = itertools.count()


@pytest.fixture(autouse=True)
def automatic_engine():
    yield
    hyperslab.set_engine("automatic")


def by(engine, read, dataset):
    hyperslab.set_engine(engine)
    try:
        return read(dataset)
    finally:
        hyperslab.set_engine("automatic")


def same(one, other):
    assert type(one) is type(other)
    assert np.shape(one) == np.shape(other)
    one, other = np.asarray(one), np.asarray(other)
    assert one.dtype == other.dtype
    if one.dtype.hasobject:
        assert str(one.tolist()) == str(other.tolist())
    else:
        assert one.tobytes() == other.tobytes()


def plain(read):
    return lambda dataset: dataset[read]


@st.composite
def reads(draw, dtype, shape):
    """(function of a dataset, the index expression when the values are those of the model)"""
    args = draw(expressions(shape))
    ours = scenes.of_hyperslab(args)
    forms = ["plain"] * 3
    if 0 not in shape and not dtype.hasobject:
        forms.append("into an array")
        forms.append("by a mask")
    if dtype.kind in "iuf" and dtype.itemsize < 16:
        forms.append("converted")
    if dtype.names:
        forms.append("fields")
    form = draw(st.sampled_from(forms))
    if form == "converted":
        wanted = draw(st.sampled_from("i1 u2 <i4 >u4 i8 f2 <f4 >f4 f8".split()))
        return lambda dataset: dataset.astype(wanted)[ours], None
    if form == "fields":
        names = draw(st.permutations(dtype.names))[: draw(st.integers(1, len(dtype.names)))]
        return lambda dataset: dataset[(*names, *ours)], None
    if form == "by a mask":
        bits = np.random.default_rng(draw(st.integers(0, 99))).random(shape)
        mask = bits < draw(st.sampled_from([0.05, 0.5, 0.95]))
        return lambda dataset: dataset[mask], None
    if form == "into an array":
        dims = positions_of(args, shape)[1]
        if 0 in dims or any(isinstance(part, Block) for part in args):
            return plain(ours), args

        def into(dataset):
            out = np.zeros(dims, dtype)
            dataset.read_direct(out, ours)
            return out

        return into, args
    return plain(ours), args


def check(story, read, args):
    engines = story.draw(st.permutations(["library", "direct"]))
    failed = hyperslab.io_stats()["failed_reads"]
    found = {engine: by(engine, read, story.dataset) for engine in engines}
    assert hyperslab.io_stats()["failed_reads"] == failed
    same(found["direct"], found["library"])
    if args is not None and story.exact:
        expected = story.expected(args)
        if not story.data.dtype.hasobject:
            got = found["direct"]
            if not isinstance(got, np.ndarray):  # a NumPy scalar has the processor's byte order
                expected = np.asarray(expected[()])
            assert describe.array(np.asarray(got)) == describe.array(expected)
        elif not story.data.dtype.names:
            if expected.ndim == 0:  # which may be a sequence
                expected = np.asarray(expected[()])
            assert str(np.asarray(found["direct"]).tolist()) == str(expected.tolist())


@THOROUGH
@given(draws=st.data())
def test_stories_of_datasets(tmp_path, draws):
    path = tmp_path / f"{next(NAMES)}.h5"
    keywords = scenes.file_keywords(draws.draw(scenes.files))
    story = scenes.Story(path, draws.draw, keywords)
    try:
        story.begin(draws.draw(scenes.creations(scenes.dtypes_and_objects)))
        for _ in range(draws.draw(st.integers(0, 5))):
            story.step()
            for _ in range(draws.draw(st.integers(1, 2))):
                check(story, *draws.draw(reads(story.data.dtype, story.data.shape)))
        check(story, plain(()), ())
    finally:
        story.close()
        path.unlink(missing_ok=True)


def rewrite(path, draw):
    """Another program changes the file; returns what it held before and holds after."""
    before = path.read_bytes()
    with h5py.File(path, "r+") as file:
        dataset = file["d"]
        if dataset.chunks and draw(st.booleans()):
            extents = zip(dataset.shape, dataset.maxshape, strict=True)
            dataset.resize(tuple(min(n + 3, m or n + 3) for n, m in extents))
        args = draw(expressions(dataset.shape))
        args = tuple(slice(None) if isinstance(part, Block) else part for part in args)
        shape = positions_of(args, dataset.shape)[1]
        if 0 not in shape:
            dataset[args] = scenes.random_values(dataset.dtype, shape, 7)
    return before, path.read_bytes()


@THOROUGH
@given(draws=st.data())
def test_a_file_that_another_process_writes_after_it_was_opened(tmp_path, draws):
    path = tmp_path / f"{next(NAMES)}.h5"
    draw = draws.draw
    story = scenes.Story(path, draw, scenes.file_keywords(draw(scenes.files)))
    story.begin(draw(scenes.creations()))
    story.close()
    versions = rewrite(path, draw)
    looked_at = draw(st.booleans())
    read, _ = draw(reads(story.data.dtype, story.data.shape))
    outcomes = []
    for engine in ("library", "direct"):
        path.write_bytes(versions[0])
        with hyperslab.File(path, "r", locking=False) as file:
            dataset = file["d"] if looked_at else None
            with open(path, "r+b") as raw:
                raw.write(versions[1])
            outcomes.append(
                describe.call(
                    lambda engine=engine, file=file, dataset=dataset: by(
                        engine, read, file["d"] if dataset is None else dataset
                    )
                )
            )
    path.unlink()
    # One of them may find that chunks of one time and an index of another contradict each other.
    if all(what == "returned" for what, _ in outcomes):
        assert outcomes[0] == outcomes[1]


APPENDER = """
import sys, h5py
with h5py.File(sys.argv[1], "w", libver=("v110", "v114")) as file:
    shape = {"shape": (0, 7), "chunks": (3, 4), "maxshape": (None, 7)}
    dataset = file.create_dataset("d", dtype="i4", **shape, **{keywords})
    file.swmr_mode = True
    print("ready", flush=True)
    for line in sys.stdin:
        n = int(line)
        dataset.resize((n, 7))
        dataset[-5:] = n
        dataset.flush()
        print("done", flush=True)
"""


@pytest.mark.parametrize("keywords", [{}, {"compression": "gzip", "shuffle": True}], ids=str)
def test_a_reader_follows_what_another_process_appends(tmp_path, keywords):
    path = tmp_path / "swmr.h5"
    code = APPENDER.replace("{keywords}", repr(keywords))
    writer = subprocess.Popen(
        [sys.executable, "-c", code, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        assert writer.stdout.readline() == "ready\n"
        with hyperslab.File(path, "r", swmr=True) as file:
            dataset = file["d"]
            for n in range(5, 105, 5):
                print(n, file=writer.stdin, flush=True)
                assert writer.stdout.readline() == "done\n"
                dataset.refresh()
                assert dataset.shape == (n, 7)
                expected = np.repeat(np.arange(5, n + 1, 5), 5)
                for engine in ("library", "direct"):
                    rows = by(engine, plain(()), dataset)
                    assert (rows == expected[:, None]).all()
    finally:
        writer.stdin.close()
        assert writer.wait(60) == 0


@pytest.mark.parametrize("driver", ["stdio", "core", "family", "split"])
def test_every_driver(tmp_path, driver):
    data = np.arange(5000.0).reshape(50, 100)
    name = str(tmp_path / ("part-%d.h5" if driver == "family" else "file.h5"))
    keywords = {"memb_size": 4096} if driver == "family" else {}
    with hyperslab.File(name, "w", driver=driver, **keywords) as file:
        file.create_dataset("chunked", data=data, chunks=(7, 30), compression="gzip")
        file["plain"] = data
    with hyperslab.File(name, "r", driver=driver, **keywords) as file:
        for dataset in file.values():
            for args in [(), np.s_[::3, 5:80], np.s_[:, 7]]:
                for engine in ("library", "direct"):
                    np.testing.assert_array_equal(by(engine, plain(args), dataset), data[args])
