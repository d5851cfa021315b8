"""dataset.explain(): what it says is what a read then does, and its advice holds."""

import itertools
from pathlib import Path

import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run_python import run
from selections import of_package
from test_direct_engine import fill_in, scenes, some_values

NAMES = itertools.count()
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "valid"
COUNTED = ("chunks", "cached_chunks", "fetched_bytes", "decoded_bytes")


@pytest.fixture(autouse=True)
def automatic_engine():
    yield
    hyperslab.set_engine("automatic")


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        yield file


def reopened(file, **options):
    path = file.filename
    file.close()
    return hyperslab.File(path, "r", **options)


def read_as_explained(dataset, args):
    """Explains, reads, and compares; the explanation."""
    hyperslab.io_stats(reset=True)
    told = dataset.explain(args)
    untouched = hyperslab.io_stats()
    assert not untouched["refusals"] and not any(untouched[name] for name in COUNTED)
    assert untouched["direct_reads"] == untouched["library_reads"] == 0
    result = np.asarray(dataset[args])
    stats = hyperslab.io_stats()
    assert told.result_shape == result.shape
    assert told.elements == result.size
    if told.engine == "none":
        assert result.size == 0
        return told
    assert stats["direct_reads"] == (told.engine == "direct")
    assert stats["library_reads"] == (told.engine == "library")
    assert list(stats["refusals"]) == ([told.refusal] if told.refusal else [])
    if told.engine == "direct":
        assert stats["fetched_bytes"] == told.fetched_bytes
        assert stats["decoded_bytes"] == told.decoded_bytes
        if told.layout == "chunked":
            assert stats["chunks"] == told.chunks
            assert stats["cached_chunks"] == told.cached_chunks
            assert told.chunks == told.stored_chunks + told.missing_chunks
    return told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scene=scenes(), engine=st.sampled_from(["automatic", "direct", "library"]))
def test_random_reads_do_what_was_said(tmp_path, scene, engine):
    path = tmp_path / f"{next(NAMES)}.h5"
    data = some_values(scene["dtype"], scene["shape"], scene["seed"])
    file = hyperslab.File(path, "w", libver=scene["libver"], userblock_size=scene["userblock"])
    dataset = file.create_dataset("d", scene["shape"], scene["dtype"], **scene["keywords"])
    fill_in(dataset, data, scene["written"])
    if scene["state"] == "read-only":
        file.close()
        file = hyperslab.File(path, "r")
        dataset = file["d"]
    with file:
        hyperslab.set_engine(engine)
        for args in scene["args"] * 2:
            read_as_explained(dataset, of_package(hyperslab, args))
            if scene["state"] == "rewritten":
                dataset[...] = data
    hyperslab.set_engine("automatic")
    path.unlink()


def test_a_large_index_is_not_loaded_by_explaining(file):
    """Reads of few chunks go to libhdf5 until they are many; explaining is no such read."""
    file.create_dataset("d", data=np.zeros((30_000, 8), "u1"), chunks=(1, 8))
    file.create_dataset("twin", data=np.zeros((30_000, 8), "u1"), chunks=(1, 8))
    engines = {"d": [], "twin": []}
    for start in range(0, 30_000, 3000):
        args = np.s_[start : start + 3000 : 2]
        for _ in range(5):
            file["d"].explain(args), file["d"].explain()
        for name, seen in engines.items():
            dataset = file[name]
            hyperslab.io_stats(reset=True)
            dataset[args]
            seen.append(hyperslab.io_stats()["direct_reads"])
    assert engines["d"] == engines["twin"]


def test_many_small_chunks_are_not_left_to_libhdf5(file):
    """It takes microseconds for each, however little there is in them."""
    dataset = file.create_dataset("d", data=np.zeros((30_000, 8), "u1"), chunks=(1, 8))
    for _ in range(2):  # so little is too little to ask how the dataset lies
        assert read_as_explained(dataset, np.s_[:100]).refusal == "small"
    assert read_as_explained(dataset, np.s_[:100]).refusal == "index_not_loaded"
    assert read_as_explained(dataset, ()).engine == "direct"
    assert read_as_explained(dataset, np.s_[:100]).engine == "direct"
    assert read_as_explained(dataset, np.s_[:16]).engine == "direct"


def test_an_index_stays_known_while_the_file_is_open_for_reading(file):
    dataset = file.create_dataset("d", data=np.zeros((30_000, 8), "u1"), chunks=(1, 8))
    few = np.s_[:3000:2]
    dataset[()]
    assert read_as_explained(file["d"], few).refusal == "index_not_loaded"  # it can be written
    for _ in range(2):  # and is forgotten with it
        file = reopened(file)
        assert read_as_explained(file["d"], few).refusal == "index_not_loaded"
        assert read_as_explained(file["d"], ()).engine == "direct"
        assert read_as_explained(file["d"], few).engine == "direct"
    file.close()


def test_rows_find_the_chunks_of_rows_before(file):
    dataset = file.create_dataset(
        "d", data=np.zeros((1000, 4000), "i4"), chunks=(500, 4000), compression="gzip"
    )
    for _ in range(3):
        dataset[1]
    told = read_as_explained(dataset, 2)
    assert (told.chunks, told.cached_chunks, told.fetched_bytes) == (1, 1, 0)


def test_columns_of_plain_chunks_come_from_memory(file):
    """One column takes as many bytes from the disk as all of its chunks have."""
    dataset = file.create_dataset("d", data=np.arange(1e6).reshape(1000, 1000), chunks=(500, 500))
    first = read_as_explained(dataset, np.s_[:, 7:17])
    assert first.cached_chunks == 0 and first.fetched_bytes > 3_900_000
    assert read_as_explained(dataset, np.s_[:, 7:17]).fetched_bytes == 4_000_000
    column = read_as_explained(dataset, np.s_[:, 20:30])
    assert (column.chunks, column.cached_chunks, column.fetched_bytes) == (2, 2, 0)
    dataset[3, 25] = -1
    assert dataset[:, 20:30][3, 5] == -1
    small_cache = reopened(file, rdcc_nbytes=1_000_000)["d"]
    for _ in range(3):  # two chunks are not kept in the place of one
        assert read_as_explained(small_cache, np.s_[:, 7:17]).cached_chunks == 0


def test_reading_and_writing_by_turns_does_not_flush_each_time(file):
    """libhdf5 has the chunk in memory, and would have to write it for each row."""
    data = np.arange(2e6).reshape(1000, 2000)
    dataset = file.create_dataset("d", data=data, chunks=(500, 2000), compression="gzip")
    engines = []
    for i in range(6):
        engines.append(read_as_explained(dataset, i).engine)
        dataset[i] = -data[i]
    assert engines == ["direct"] + ["library"] * 5
    assert read_as_explained(dataset, 7).refusal == "not_flushed"
    assert read_as_explained(dataset, ()).engine == "direct"  # so much is worth it
    assert np.array_equal(dataset[()], np.concatenate([-data[:6], data[6:]]))
    dataset[8] = -data[8]  # and was worth it
    assert read_as_explained(dataset, 8).engine == "direct"


def test_small_arrays_are_decoded_twice_at_most(file):
    dataset = file.create_dataset("d", data=np.arange(1e5), chunks=(10_000,), compression="gzip")
    kept = [read_as_explained(dataset, ()).cached_chunks for _ in range(4)]
    assert kept == [0, 0, 10, 10]


def test_what_it_says(file):
    dataset = file.create_dataset(
        "d", (4096, 512), "f4", chunks=(64, 512), compression="gzip", shuffle=True
    )
    dataset[:2048] = 1
    told = dataset.explain(np.s_[:, 100:110], "f8")
    assert told.engine == "direct" and told.refusal == ""
    assert told.layout == "chunked" and told.chunk_index == "B-tree"
    assert told.shape == (4096, 512) and told.chunk_shape == (64, 512)
    assert told.filters == ("shuffle", "deflate")
    assert told.type == "float32" and told.memory_type == "float64"
    assert told.conversion == "direct"
    assert told.result_shape == (4096, 10) and told.result_bytes == 8 * 40960
    assert (told.grid_chunks, told.chunks) == (64, 64)
    assert (told.stored_chunks, told.missing_chunks, told.cached_chunks) == (32, 32, 0)
    assert told.decoded_bytes == 2048 * 512 * 4
    assert told.amplification == pytest.approx(25.6)
    assert told.threads == min(hyperslab.get_num_threads(), 64)
    values = told.as_dict()
    assert values["engine"] == "direct" and values["chunks"] == 64
    assert set(values) == {name for name in dir(told) if name[0] != "_"} - {"as_dict"}
    assert "direct" in repr(told)
    text = str(told)
    for word in ("past libhdf5", "(64, 512)", "shuffle, deflate", "32 never written", "advice"):
        assert word in text
    assert dataset.astype("f8").explain(np.s_[:, 100:110]).as_dict() == values
    assert dataset.id.explain(np.s_[:, 100:110], "f8").as_dict() == values


def test_fields_scalars_nothing(file):
    file["table"] = np.zeros(1000, [("a", "f4"), ("b", "f8")])
    file["scalar"] = 5
    file["null"] = hyperslab.Empty("f4")
    told = file["table"].explain(("a", slice(10)))
    assert told.result_bytes == 40
    assert file["scalar"].explain().elements == 1
    assert file["scalar"].explain().refusal == "small"
    assert file["null"].explain().engine == "none"
    assert file["table"].explain(np.s_[5:5]).engine == "none"


def test_what_cannot_be_explained(file):
    file["d"] = np.zeros(10)
    region = file["d"].regionref[2:4]
    with pytest.raises(TypeError):
        file["d"].explain(region)
    with pytest.raises(IndexError):
        file["d"].explain(11)
    with pytest.raises(ValueError):
        file["d"].explain("field")
    dataset = file["d"]
    file.close()
    with pytest.raises(ValueError):
        dataset.explain()


def test_datasets_too_large_to_be_read(file):
    shape = (2**40, 2**20)
    huge = file.create_dataset("huge", shape, "u1", chunks=(1, 1), fillvalue=1)
    for args in [(), np.s_[::3, 7]]:
        assert huge.explain(args).chunks is None
    assert huge.explain(5).missing_chunks == 2**20
    assert huge.explain(np.s_[:10, :10]).missing_chunks == 100
    external = file.create_dataset("flat", (2**50,), "u1", external=[("none", 0, 2**50)])
    assert external.explain().engine == "library"


EXPLAIN_ALL = """
    import sys, numpy as np, hyperslab
    def explain(name, dataset):
        global explained
        if not isinstance(dataset, hyperslab.Dataset):
            return
        for args in [(), ..., np.s_[:1]] if dataset.shape else [()]:
            told = dataset.explain(args)
            str(told), repr(told), told.as_dict()
            assert told.engine in ("direct", "library", "none")
            explained += 1
    explained = 0
    for path in sys.argv[1:]:
        try:
            file = hyperslab.File(path)
        except (OSError, RuntimeError):
            continue
        with file:
            names = []
            try:
                file.visititems(lambda name, item: names.append(name))
            except (OSError, RuntimeError, KeyError):
                pass
            for name in names:
                try:
                    item = file[name]
                    getattr(item, "dtype", None)
                except (OSError, RuntimeError, KeyError, TypeError, ValueError):
                    continue
                try:
                    explain(name, item)
                except Exception as error:
                    raise AssertionError(f"{path} {name}") from error
    print(explained)
"""


def folders():
    return sorted(folder.name for folder in CORPUS.iterdir()) if CORPUS.is_dir() else []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no ../shared")
@pytest.mark.parametrize("folder", folders())
def test_every_dataset_of_the_corpus(folder):
    files = [path for path in (CORPUS / folder).rglob("*") if path.is_file()]
    for some in itertools.batched(files, 200) if hasattr(itertools, "batched") else [files]:
        assert int(run(EXPLAIN_ALL, *some, timeout=300)) >= 0


# ---- advice, and what comes of following it ----


def advice_of(told, about):
    return next((one for one in told.advice if one["about"] == about), None)


def gzip(file, name, data, chunks, **keywords):
    return file.create_dataset(name, data=data, chunks=chunks, compression="gzip", **keywords)


@pytest.mark.parametrize(
    "shape, chunks, args",
    [
        ((4096, 1024), (64, 1024), np.s_[:, 100]),
        ((4096, 1024), (64, 1024), np.s_[:, 100:110]),
        ((1024, 4096), (1024, 64), np.s_[7]),
        ((64, 64, 512), (64, 64, 8), np.s_[3, 5]),
        ((200_000, 8), (50_000, 8), ([1, 60_000, 110_000, 180_000],)),
    ],
    ids=str,
)
def test_chunks_of_another_shape_decode_less(file, shape, chunks, args):
    data = np.zeros(shape, "f4")
    told = gzip(file, "now", data, chunks).explain(args)
    one = advice_of(told, "chunk_shape")
    then = gzip(file, "then", data, one["chunk_shape"]).explain(args)
    assert then.decoded_bytes <= told.decoded_bytes / 2
    assert then.decoded_bytes >= then.elements * 4
    assert str(one["chunk_shape"]) in one["text"]
    assert advice_of(then, "chunk_shape") is None or then.decoded_bytes < told.decoded_bytes


@given(data=st.data())
def test_a_shape_that_is_suggested_can_be_followed(data):
    rank = data.draw(st.integers(1, 3))
    shape = tuple(data.draw(st.integers(1, 3000 if rank < 3 else 200)) for _ in range(rank))
    chunks = tuple(data.draw(st.integers(1, n)) for n in shape)
    args = tuple(
        data.draw(st.integers(0, n - 1) | st.builds(slice, st.integers(0, n - 1))) for n in shape
    )
    with hyperslab.File.in_memory() as file:
        now = gzip(file, "now", None, chunks, shape=shape, dtype="f8", fillvalue=1)
        now[args] = 1
        told = now.explain(args)
        if one := advice_of(told, "chunk_shape"):
            assert all(0 < c <= n for c, n in zip(one["chunk_shape"], shape, strict=True))
            then = gzip(file, "then", None, one["chunk_shape"], shape=shape, dtype="f8")
            then[args] = 1
            assert then.explain(args).decoded_bytes <= told.decoded_bytes / 2


def test_chunks_that_suit_need_no_advice(file):
    dataset = gzip(file, "d", np.zeros((4096, 1024), "f4"), (64, 1024))
    assert dataset.explain().advice == ()
    assert dataset.explain(np.s_[64:128]).advice == ()


def test_a_long_read_through_a_slow_filter(file):
    data = np.zeros((4096, 4096), "f4")
    told = gzip(file, "slow", data, (256, 4096)).explain()
    assert "deflate" in advice_of(told, "slow_filter")["text"]
    assert advice_of(file["slow"].explain(0), "slow_filter") is None
    quick = file.create_dataset("quick", data=data, chunks=(256, 4096), compression="lzf")
    assert quick.explain().advice == ()


def test_one_large_chunk_is_read_by_one_thread(file):
    data = np.zeros((2048, 1024), "f4")
    hyperslab.set_num_threads(4)
    try:
        told = gzip(file, "now", data, data.shape).explain()
        one = advice_of(told, "one_chunk")
        then = gzip(file, "then", data, one["chunk_shape"]).explain()
        hyperslab.set_num_threads(1)
        assert advice_of(file["now"].explain(), "one_chunk") is None
    finally:
        hyperslab.set_num_threads(0)
    assert (told.threads, then.threads) == (1, 4)


def test_a_larger_chunk_cache_decodes_once(file):
    data = np.zeros((100, 2048), "f4")
    gzip(file, "d", data, (100, 256))
    gzip(file, "large", np.zeros((1000, 8192), "f4"), (1000, 1024))
    hyperslab.set_engine("direct")
    with reopened(file, rdcc_nbytes=1 << 20) as small:
        told = small["large"].explain(3)
        one = advice_of(told, "chunk_cache")
        assert advice_of(small["d"].explain(3), "chunk_cache") is None
        hyperslab.io_stats(reset=True)
        for row in range(4):
            small["large"][row]
        without = hyperslab.io_stats()["decoded_bytes"]
        path = small.filename
    needed = int(one["text"].split("rdcc_nbytes=")[1].split()[0])
    with hyperslab.File(path, rdcc_nbytes=needed) as large:
        dataset = large["large"]
        dataset[3]
        hyperslab.io_stats(reset=True)
        for row in range(4):
            dataset[row]
        assert hyperslab.io_stats()["decoded_bytes"] < without
        assert advice_of(dataset.explain(3), "chunk_cache") is None


DATA = np.arange(60_000, dtype="f4").reshape(200, 300)


def engine_advice(dataset, refusal, args=()):
    hyperslab.set_engine("direct")
    told = dataset.explain(args)
    assert (told.engine, told.refusal) == ("library", refusal)
    return advice_of(told, "engine")["text"]


def is_direct(dataset, args=()):
    hyperslab.set_engine("direct")
    told = read_as_explained(dataset, args)
    return told.engine == "direct" and advice_of(told, "engine") is None


def test_without_being_forced(file):
    file["d"] = DATA
    hyperslab.set_engine("library")
    assert "set_engine('automatic')" in advice_of(file["d"].explain(), "engine")["text"]
    hyperslab.set_engine("automatic")
    assert read_as_explained(file["d"], ()).engine == "direct"


def test_sources_of_a_virtual_dataset(file):
    file["source"] = DATA
    layout = hyperslab.VirtualLayout(DATA.shape, DATA.dtype)
    layout[:] = hyperslab.VirtualSource(file["source"])
    virtual = file.create_virtual_dataset("virtual", layout)
    assert "made of" in engine_advice(virtual, "virtual_layout")
    assert is_direct(file["source"])


def test_external_files(file, tmp_path):
    raw = [(str(tmp_path / "raw"), 0, DATA.nbytes)]
    external = file.create_dataset("external", data=DATA, external=raw)
    assert "in the file itself" in engine_advice(external, "external_files")
    file["inside"] = DATA
    assert is_direct(file["inside"])


def test_an_index_that_is_misread(tmp_path):
    for libver in ("latest", "earliest"):
        with hyperslab.File(tmp_path / f"{libver}.h5", "w", libver=libver) as file:
            dataset = file.create_dataset("d", data=DATA, chunks=(20, 30), maxshape=(200, None))
            if libver == "latest":
                assert "libver='earliest'" in engine_advice(dataset, "chunk_index")
            else:
                assert is_direct(dataset)


def test_no_fill_value(file):
    bare = file.create_dataset("bare", DATA.shape, "f4", chunks=(20, 30), fill_time="never")
    bare[0] = 1
    assert "fill_time='ifset'" in engine_advice(bare, "no_fill_value")
    filled = file.create_dataset(
        "filled", DATA.shape, "f4", chunks=(20, 30), fill_time="ifset", fillvalue=0
    )
    filled[0] = 1
    assert is_direct(filled)


def test_drivers(file):
    file["d"] = DATA
    with reopened(file, driver="core") as core:
        assert "default driver" in engine_advice(core["d"], "driver")
        path = core.filename
    with hyperslab.File(path) as plain:
        assert is_direct(plain["d"])


def test_swmr(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w", libver="latest") as file:
        file.create_dataset("d", data=DATA, chunks=(20, 30))
    with hyperslab.File(tmp_path / "f.h5", swmr=True) as file:
        assert "without swmr=True" in engine_advice(file["d"], "swmr")
    with hyperslab.File(tmp_path / "f.h5") as file:
        assert is_direct(file["d"])


def test_a_page_buffer(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w", fs_strategy="page", fs_page_size=4096) as file:
        file["d"] = DATA
    with hyperslab.File(tmp_path / "f.h5", "r+", page_buf_size=8192) as file:
        assert "page_buf_size" in engine_advice(file["d"], "page_buffer")
    with hyperslab.File(tmp_path / "f.h5", "r+") as file:
        assert is_direct(file["d"])
    with hyperslab.File(tmp_path / "f.h5", page_buf_size=8192) as file:
        assert is_direct(file["d"])


def test_a_transfer_property_list(file):
    file["d"] = DATA
    dataset = file["d"]
    assert dataset.id._transfer_plist is not None  # asked for, it is used from then on
    assert "transfer property list" in engine_advice(dataset, "transfer_properties")
    assert is_direct(file["d"])


def test_a_filter_of_a_plug_in(file):
    hdf5plugin = pytest.importorskip("hdf5plugin")
    plug_in = file.create_dataset(
        "d", data=DATA, chunks=(20, 30), **hdf5plugin.Zfp(reversible=True)
    )
    hyperslab.set_engine("direct")
    told = plug_in.explain()
    assert told.refusal == "filter" and "32013" in told.reason
    text = advice_of(told, "filter")["text"]
    codecs = {
        "deflate": {"compression": "gzip"},
        "lzf": {"compression": "lzf"},
        "szip": {"compression": "szip"},
        "zstd": hdf5plugin.Zstd(),
        "lz4": hdf5plugin.LZ4(),
        "bitshuffle": hdf5plugin.Bitshuffle(),
        "blosc": hdf5plugin.Blosc(),
    }
    for name, keywords in codecs.items():
        assert name in text
        assert is_direct(file.create_dataset(name, data=DATA, chunks=(20, 30), **keywords)), name


def test_a_conversion_that_only_libhdf5_has(file):
    """Whatever the direct engine converts by now, the elements themselves it reads."""
    hyperslab.set_engine("direct")
    bits = file.create_dataset("d", data=DATA.astype("u1"))
    told = bits.explain()
    assert (told.conversion, advice_of(told, "conversion")) == ("none", None)
    for dtype in ("f2", "i8", ">f4", "c16"):
        try:
            told = bits.explain((), dtype)
        except (TypeError, OSError):
            continue
        if told.refusal == "conversion":
            assert told.conversion == "library"
            assert "converted in memory" in advice_of(told, "conversion")["text"]
        else:
            assert advice_of(told, "conversion") is None
    assert is_direct(bits)


def test_stock_files_too(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file["d"] = DATA
    with hyperslab.File(tmp_path / "f.h5") as file:
        assert is_direct(file["d"])
