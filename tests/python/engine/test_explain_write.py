"""dataset.explain_write(): what it says is what a write then does, and its advice holds."""

import itertools

import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run_cli import complaint, from_json, output
from selections import of_package
from test_direct_engine import fill_in, scenes, some_values

NAMES = itertools.count()
NOISE = np.random.default_rng(1).random((512, 1024))


@pytest.fixture(autouse=True)
def automatic_engine():
    yield
    hyperslab.set_engine("automatic")


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        yield file


def written_as_explained(dataset, args, values):
    """Explains, writes, and compares; the explanation."""
    hyperslab.io_stats(reset=True)
    told = dataset.explain_write(args, getattr(values, "dtype", None))
    untouched = hyperslab.io_stats(reset=True)
    assert untouched["direct_writes"] == untouched["library_writes"] == 0
    dataset[args] = values
    stats = hyperslab.io_stats(reset=True)
    if told.engine == "none":
        assert told.elements == 0
        return told
    assert stats["direct_writes"] == (told.engine == "direct")
    assert stats["library_writes"] == (told.engine == "library")
    assert (told.refusal == "") == (told.engine == "direct")
    if told.engine == "direct":
        assert stats["encoded_chunks"] == told.chunks
        assert stats["rewritten_chunks"] == told.rewritten_chunks
        if told.filters:
            assert stats["encoded_bytes"] == told.encoded_bytes
    return told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scene=scenes(), engine=st.sampled_from(["automatic", "direct", "library"]))
def test_random_writes_do_what_was_said(tmp_path, scene, engine):
    path = tmp_path / f"{next(NAMES)}.h5"
    data = some_values(scene["dtype"], scene["shape"], scene["seed"])
    file = hyperslab.File(path, "w", libver=scene["libver"], userblock_size=scene["userblock"])
    dataset = file.create_dataset("d", scene["shape"], scene["dtype"], **scene["keywords"])
    fill_in(dataset, data, scene["written"])
    with file:
        hyperslab.set_engine(engine)
        for args in scene["args"] * 2:
            args = of_package(hyperslab, args)
            values = data[:0].dtype.type() if dataset[args].shape == () else dataset[args]
            told = written_as_explained(dataset, args, values)
            if told.engine != "none":
                assert told.value_shape == np.shape(values)
    path.unlink()


def test_whole_chunks_are_encoded_once_and_parts_decoded_first(file):
    x = file.create_dataset("x", data=NOISE, chunks=(64, 256), compression="gzip")
    told = written_as_explained(x, np.s_[:128], NOISE[:128])
    assert (told.chunks, told.partial_chunks, told.rewritten_chunks) == (8, 0, 0)
    assert told.stored_chunks == 8 and told.grid_chunks == 32
    assert told.encoded_bytes == told.value_bytes == NOISE[:128].nbytes
    hyperslab.set_engine("direct")
    told = written_as_explained(x, np.s_[32:96], NOISE[:64])
    assert (told.chunks, told.partial_chunks, told.rewritten_chunks) == (8, 8, 8)
    assert told.amplification == 2 and told.decoded_bytes == told.encoded_bytes
    new = file.create_dataset("new", NOISE.shape, "f8", chunks=(64, 256), compression="gzip")
    told = written_as_explained(new, np.s_[32:96], NOISE[:64])
    assert (told.partial_chunks, told.stored_chunks, told.rewritten_chunks) == (8, 0, 0)


def test_the_refusals_have_names(file):
    def refusal(dataset, args=(), dtype=None):
        told = dataset.explain_write(args, dtype)
        assert told.engine == "library" and told.reason
        return told.refusal

    file["plain"] = NOISE
    assert refusal(file["plain"]) == "contiguous"
    assert refusal(file.create_dataset("a", data=NOISE, chunks=(64, 64))) == "no_filters"
    x = file.create_dataset("x", data=NOISE, chunks=(64, 64), compression="gzip")
    assert refusal(x, np.s_[0, :10]) == "small"
    assert refusal(x, np.s_[:10, :100]) == "cached"
    assert refusal(x, NOISE > 0.5) == "scattered"
    strings = file.create_dataset("s", (9_000,), hyperslab.string_dtype(), compression=1)
    assert refusal(strings) == "variable_length"
    hyperslab.set_engine("library")
    assert refusal(x) == "forced"
    hyperslab.set_engine("automatic")
    told = x.explain_write(np.s_[:0])
    assert told.engine == "none" and told.chunks is None


def advice(told):
    return {one["about"]: one for one in told.advice}


def test_parts_of_chunks_again_and_again(file):
    """Advice on parts: with blocks of whole chunks, or with that cache, nothing is done twice."""
    options = {"chunks": (64, 1024), "compression": "gzip"}
    x = file.create_dataset("x", data=NOISE, rdcc_nbytes=1 << 16, **options)
    told = x.explain_write(np.s_[:, :100])
    text = advice(told)["partial_chunks"]["text"]
    assert "multiples of (64, 1024)" in text
    assert not advice(x.explain_write(np.s_[:64]))
    needed = int(text.split("rdcc_nbytes=")[1].split()[0])
    cached = file.create_dataset("y", data=NOISE, rdcc_nbytes=needed, **options)
    told = cached.explain_write(np.s_[:, :100])
    assert told.refusal == "cached" and not advice(told)


def test_first_parts_of_chunks_that_the_cache_does_not_hold(file):
    """The advice comes before the harm: with that cache all parts are encoded once."""
    options = {"chunks": (512, 1024), "compression": "gzip"}
    x = file.create_dataset("x", (1024, 1024), "f8", rdcc_nbytes=1 << 20, **options)
    text = advice(x.explain_write(np.s_[:16]))["partial_chunks"]["text"]
    assert "When their other parts follow" in text
    needed = int(text.split("rdcc_nbytes=")[1].split()[0])
    y = file.create_dataset("y", (1024, 1024), "f8", rdcc_nbytes=needed, **options)
    assert not advice(y.explain_write(np.s_[:16]))
    for dataset, encoded in [(x, 32), (y, 1)]:
        hyperslab.io_stats(reset=True)
        for i in range(0, 512, 16):
            dataset[i : i + 16] = NOISE[i : i + 16]
        assert hyperslab.io_stats()["encoded_chunks"] == encoded


def test_one_large_chunk(file):
    x = file.create_dataset("x", (1024, 1024), "f8", chunks=(1024, 1024), compression="gzip")
    told = x.explain_write()
    if hyperslab.get_num_threads() > 1:
        shape = advice(told)["one_chunk"]["chunk_shape"]
        y = file.create_dataset("y", x.shape, "f8", chunks=shape, compression="gzip")
        assert y.explain_write().threads > 1
        assert not advice(y.explain_write())


def test_fill_values_that_are_written_first(file):
    x = file.create_dataset("x", (1024, 1024), "f8", fillvalue=7)
    told = x.explain_write(np.s_[:10])
    assert told.filled_bytes == 8 << 20
    assert "fill_time='never'" in advice(told)["fill_values"]["text"]
    y = file.create_dataset("y", x.shape, "f8", fillvalue=7, fill_time="never")
    assert y.explain_write(np.s_[:10]).filled_bytes == 0
    assert x.explain_write().filled_bytes == 0  # all of it is written anyway
    x[:10] = 1
    assert x.explain_write(np.s_[:10]).filled_bytes == 0


def test_conversions(file):
    x = file.create_dataset("x", (512, 1024), "f4", chunks=(64, 1024), compression="gzip")
    told = written_as_explained(x, (), NOISE)
    assert (told.conversion, told.type, told.memory_type) == ("direct", "float32", "float64")
    record = np.dtype([("a", "f4"), ("b", "S4")])
    y = file.create_dataset("y", (4096,), record, chunks=(512,), compression="gzip")
    told = y.explain_write((), np.dtype([("b", "S4"), ("a", "f8")]))
    assert told.conversion in ("direct", "library")


def test_a_cast_of_elements_without_filters(file):
    values = np.zeros((512, 1024))
    for keywords in ({}, {"chunks": (64, 1024)}):
        x = file.require_dataset(f"{len(keywords)}", values.shape, "f4", **keywords)
        text = advice(x.explain_write((), "f8"))["conversion"]["text"]
        assert "float64 are converted to float32" in text
        assert not advice(x.explain_write((), "f4"))
        assert not advice(x.explain_write(np.s_[:10], "f8"))


def test_explaining_changes_nothing(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("x", data=NOISE, chunks=(64, 256), compression="gzip")
    before = path.read_bytes()
    with hyperslab.File(path) as file:
        told = file["x"].explain_write(np.s_[32:])
        assert told.engine == "direct" and told.rewritten_chunks == 4
        assert told.as_dict()["partial_chunks"] == 4
        assert repr(told).startswith("<WriteExplanation: engine direct, ")
    assert path.read_bytes() == before


def test_arguments_that_cannot_be(file):
    x = file.create_dataset("x", data=NOISE)
    with pytest.raises((IndexError, ValueError)):
        x.explain_write(600)
    with pytest.raises(TypeError):
        x.explain_write(x.regionref[:3])
    file.close()
    with pytest.raises(ValueError):
        x.explain_write()


def test_on_the_command_line(tmp_path):
    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.create_dataset("x", data=NOISE, chunks=(64, 256), compression="gzip", shuffle=True)
        file["scalar"] = 1
        file["null"] = h5py.Empty("f4")
        file["table"] = np.zeros(10, [("a", "f4"), ("b", "i8")])
        file["strings"] = np.array(["a", "b"], object)
        file.create_group("g")
    lines = output("explain", "--write", path, "x[32:]").splitlines()
    assert lines[0].startswith("engine   direct: past libhdf5, on ")
    assert "chunks   32 of 32: 4 in part, 32 in the file already" in lines
    for place, args in (("x", ()), ("x[:, 3]", np.s_[:, 3]), ("scalar", ()), ("null", ())):
        told = from_json("explain", path, place, "--write")
        with hyperslab.File(path) as file:
            expected = file[place.split("[")[0]].explain_write(args).as_dict()
        for name in set(told) - {"filters", "advice"}:
            value = expected[name]
            value = list(value) if isinstance(value, tuple) else value
            assert told[name] == ([] if value is None and name == "chunk_shape" else value), name
        assert [one["text"] for one in told["advice"]] == [
            one["text"] for one in expected["advice"]
        ]
    assert from_json("explain", path, "table['a']", "--write")["engine"] == "library"
    assert from_json("explain", path, "strings", "--write")["refusal"] == "contiguous"
    complaint("explain", "--write", path, "g")
    complaint("explain", "--write", path, "nothing")
