"""Strings and sequences, read past libhdf5: what libhdf5 gives, or a refusal with a name.

Random datasets are read by both engines and by h5py.
"""

import itertools
import os
import re
import subprocess
import sys
import threading

import dtypes
import h5py
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selections import expressions, of_package

NAMES = itertools.count()
READ_DAMAGED = os.path.join(os.path.dirname(__file__), "read_damaged.py")
TEXT = h5py.string_dtype()
FLOATS = h5py.vlen_dtype(np.dtype("f4"))


@pytest.fixture(autouse=True)
def automatic_engine():
    yield
    hyperslab.set_engine("automatic")


def read(engine, view, args=()):
    hyperslab.set_engine(engine)
    try:
        return view[args]
    finally:
        hyperslab.set_engine("automatic")


def same(a, b):
    """Whether two results are the same to the bit, down to the arrays in them."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.void) and a.dtype.names is not None:
        return a.dtype == b.dtype and all(same(a[name], b[name]) for name in a.dtype.names)
    if not isinstance(a, np.ndarray):
        return a == b or (a != a and b != b)
    if a.dtype != b.dtype or a.shape != b.shape:
        return False
    if not a.dtype.hasobject or a.dtype.kind == "T":
        return (a == b).all() if a.dtype.kind == "T" else a.tobytes() == b.tobytes()
    if a.dtype.names is not None:
        return all(same(a[name], b[name]) for name in a.dtype.names)
    return all(same(x, y) for x, y in zip(a.flat, b.flat, strict=True))


def same_both_ways(view, args=()):
    """Reads with either engine; True when the direct one did not refuse."""
    by_library = read("library", view, args)
    hyperslab.io_stats(reset=True)
    directly = read("direct", view, args)
    stats = hyperslab.io_stats()
    assert stats["failed_reads"] == 0
    assert same(directly, by_library)
    return stats["direct_reads"] == 1


def refusals(view, args=()):
    hyperslab.io_stats(reset=True)
    read("direct", view, args)
    return list(hyperslab.io_stats()["refusals"])


def words(count):
    return np.array([f"word {i} é" * (i % 4) for i in range(count)], object)


def sequences(count, dtype="f4"):
    values = np.empty(count, object)
    for i in range(count):
        values[i] = np.arange(i, i + i % 7).astype(dtype)
    return values


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        yield file


def reopened(file, mode="r"):
    path = file.filename
    file.close()
    return hyperslab.File(path, mode)


LAYOUTS = [
    {},
    {"chunks": (300,)},
    {"chunks": (300,), "maxshape": (None,), "compression": "gzip", "shuffle": True},
    {"chunks": (77,), "compression": "lzf"},
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_strings_are_read_past_libhdf5(file, layout):
    data = words(3000)
    file.create_dataset("d", data=data, dtype=TEXT, **layout)
    with reopened(file) as again, h5py.File(again.filename) as stock:
        dataset = again["d"]
        for args in [(), np.s_[5:2000:3], [1, 7, 2999], np.arange(3000) % 11 == 0]:
            assert same_both_ways(dataset, args)
            assert same_both_ways(dataset.asstr(), args)
            assert same_both_ways(dataset.astype("S4"), args)
            assert same(read("direct", dataset, args), stock["d"][args])
            assert (read("direct", dataset.asstr(), args) == data[args]).all()


@pytest.mark.skipif(not hasattr(np.dtypes, "StringDType"), reason="NumPy 2's dtype")
def test_strings_become_numpy_strings(file):
    data = words(3000)
    data[1000] = "long " * 1000
    file.create_dataset("d", data=data.reshape(60, 50), dtype=TEXT, chunks=(7, 50))
    for args in [(), np.s_[::3], np.s_[0, 0], np.s_[5:9, 7]]:
        view = file["d"].astype("T")
        same_both_ways(view, args)
        assert np.all(read("direct", view, args) == data.reshape(60, 50)[args])
    assert same_both_ways(view)


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("dtype", ["f4", "i8", "u1", "?", "c8", "S3"])
def test_sequences_are_read_past_libhdf5(file, layout, dtype):
    data = sequences(1000, dtype)
    vlen = h5py.vlen_dtype(np.dtype(dtype))
    file.create_dataset("d", (1000,), vlen, **layout)[...] = data
    with reopened(file) as again, h5py.File(again.filename) as stock:
        for args in [(), np.s_[5:600:3], [1, 7, 999]]:
            assert same_both_ways(again["d"], args)
            assert same(read("direct", again["d"], args), stock["d"][args])


def test_big_endian_sequences(file):
    data = sequences(1000, ">i4")
    file.create_dataset("d", (1000,), h5py.vlen_dtype(np.dtype(">i4")))[...] = data
    assert same_both_ways(file["d"])
    for got, expected in zip(read("direct", file["d"]), data, strict=True):
        np.testing.assert_array_equal(got, expected)


MIXED = np.dtype(
    [("a", "i4"), ("s", TEXT), ("b", ">f8"), ("v", FLOATS), ("t", TEXT, (2,)), ("c", "S3")]
)


def records(count):
    data = np.zeros(count, MIXED)
    data["a"] = np.arange(count)
    data["b"] = np.arange(count) / 2
    data["c"] = [f"{i}"[:3].encode() for i in range(count)]
    data["s"] = words(count)
    for i, values in enumerate(sequences(count)):
        data["v"][i] = values
        data["t"][i] = [f"t{i}", ""]
    return data


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_records_with_strings_and_sequences(file, layout):
    file.create_dataset("d", data=records(1000), dtype=MIXED, **layout)
    with reopened(file) as again, h5py.File(again.filename) as stock:
        dataset = again["d"]
        for args in [(), np.s_[3:900:7], ("s",), ("a",), ("a", "v"), ("b", "c"), ("t", slice(9))]:
            assert same_both_ways(dataset, args), args
            assert same(read("direct", dataset, args), stock["d"][args])
        assert same_both_ways(dataset.fields(["a", "s"]))


in_heaps = st.one_of(
    st.builds(h5py.string_dtype, st.sampled_from(["ascii", "utf-8"])),
    st.builds(h5py.vlen_dtype, dtypes.sequence_elements),
)


@st.composite
def heap_records(draw):
    fields = [(f"heap{i}", draw(in_heaps)) for i in range(draw(st.integers(1, 2)))]
    fields += [(f"other{i}", draw(dtypes.fields())) for i in range(draw(st.integers(0, 3)))]
    return np.dtype(draw(st.permutations(fields)))


heap_dtypes = in_heaps | heap_records()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_datasets_read_the_same_either_way(tmp_path, data):
    path = tmp_path / f"{next(NAMES)}.h5"
    dtype = data.draw(heap_dtypes)
    shape = data.draw(st.lists(st.integers(1, 6), min_size=1, max_size=3).map(tuple))
    layout = {}
    if data.draw(st.booleans()):
        layout["chunks"] = tuple(data.draw(st.integers(1, n + 2)) for n in shape)
        layout["maxshape"] = tuple(data.draw(st.sampled_from([None, n + 5])) for n in shape)
        layout["compression"] = data.draw(st.sampled_from([None, "gzip", "lzf"]))
        layout["shuffle"] = data.draw(st.booleans())
        layout["fletcher32"] = dtype.names is not None and data.draw(st.booleans())
    options = {
        "libver": data.draw(st.sampled_from(["earliest", "v110", "latest"])),
        "userblock_size": data.draw(st.sampled_from([0, 512])),
    }
    with hyperslab.File(path, "w", **options) as file:
        dataset = file.create_dataset("d", shape, dtype, **layout)
        written = data.draw(st.sampled_from(["all", "part", "nothing"]))
        part = tuple(slice(0 if written == "all" else n // 2, None) for n in shape)
        if written != "nothing":
            dataset[part] = data.draw(dtypes.array(dtype, *shape))[part]
        if data.draw(st.booleans()):
            same_both_ways(dataset)
    with hyperslab.File(path, "r") as file, h5py.File(path) as stock:
        assert same(read("direct", file["d"]), stock["d"][()])
        for _ in range(3):
            same_both_ways(file["d"], of_package(hyperslab, data.draw(expressions(shape))))
    path.unlink()


def test_what_was_never_written(file):
    file.create_dataset("d", (1000,), TEXT, chunks=(100,), maxshape=(None,))
    file["d"][450:470] = words(20)
    file.create_dataset("never", (500,), FLOATS)
    file.create_dataset("filled", (500,), TEXT, chunks=(100,), fillvalue="fill")
    assert same_both_ways(file["d"])
    assert same_both_ways(file["never"])
    assert refusals(file["filled"]) == ["fill_value_in_heap"]
    file["filled"][...] = "x"
    assert same_both_ways(file["filled"])
    file["d"].resize((460,))
    file["d"].resize((2000,))
    assert same_both_ways(file["d"])


def replace(path, what, by):
    raw = path.read_bytes()
    assert raw.count(what) >= 1 and len(what) == len(by)
    path.write_bytes(raw.replace(what, by))


@pytest.mark.parametrize("padding", ["null_terminated", "null_padded", "space_padded"])
@pytest.mark.parametrize("cset", ["ascii", "utf-8"])
def test_strings_that_hold_nulls(tmp_path, padding, cset):
    path = tmp_path / "nulls.h5"
    number = ["null_terminated", "null_padded", "space_padded"].index(padding)
    with h5py.File(path, "w") as file:
        tid = h5py.h5t.py_create(h5py.string_dtype(cset), logical=True)
        tid.set_strpad(number)
        space = h5py.h5s.create_simple((200,))
        h5py.h5d.create(file.id, b"d", tid, space)
        file["d"][...] = [f"ab#c{i}  " for i in range(200)]
    replace(path, b"ab#c", b"ab\0c")
    with hyperslab.File(path) as file, h5py.File(path) as stock:
        assert same_both_ways(file["d"])
        assert same_both_ways(file["d"].asstr())
        assert same(read("direct", file["d"]), stock["d"][()])


@pytest.mark.parametrize("sizes", [(4, 4), (8, 4), (4, 8), (8, 8)])
def test_sizes_of_offsets_and_lengths(tmp_path, sizes):
    path = str(tmp_path / "sizes.h5").encode()
    for block in (0, 512):
        fcpl = h5py.h5p.create(h5py.h5p.FILE_CREATE)
        fcpl.set_sizes(*sizes)
        fcpl.set_userblock(block)
        with h5py.File(h5py.h5f.create(path, fcpl=fcpl)) as file:
            file.create_dataset("s", data=words(1000), dtype=TEXT, chunks=(100,))
            file.create_dataset("d", data=records(300), dtype=MIXED)
        with hyperslab.File(path) as file:
            assert same_both_ways(file["s"])
            assert same_both_ways(file["d"])


def test_sizes_that_nobody_uses(tmp_path):
    path = str(tmp_path / "sizes.h5").encode()
    fcpl = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    fcpl.set_sizes(2, 2)
    with h5py.File(h5py.h5f.create(path, fcpl=fcpl)) as file:
        file["s"] = ["a", "b"]
    with hyperslab.File(path) as file:
        assert refusals(file["s"]) == ["heap_sizes"]


def test_values_larger_than_a_collection(file):
    data = words(300)
    data[7] = "x" * 5_000
    data[100] = "y" * 100_000
    data[200] = "z" * 3_000_000
    file.create_dataset("s", data=data, dtype=TEXT)
    long = sequences(300)
    long[5] = np.arange(1_000_000, dtype="f4")
    file.create_dataset("v", (300,), FLOATS)[...] = long
    for name in ("s", "v"):
        assert same_both_ways(file[name])
        assert same_both_ways(file[name], np.s_[5:290:5])


def test_values_in_no_order(file):
    """The references in another order than the strings: raw chunks, shuffled."""
    data = words(20_000)
    order = np.random.default_rng(1).permutation(20_000)
    file.create_dataset("d", data=data, dtype=TEXT, chunks=(500,))
    file.flush()
    chunks = [file["d"].id.read_direct_chunk((i,))[1] for i in range(0, 20_000, 500)]
    raw = np.frombuffer(b"".join(chunks), "V16")[order]
    shuffled = file.create_dataset("shuffled", (20_000,), TEXT, chunks=(500,))
    for i in range(0, 20_000, 500):
        shuffled.id.write_direct_chunk((i,), raw[i : i + 500].tobytes())
    with reopened(file) as again:
        assert same_both_ways(again["shuffled"])
        assert hyperslab.io_stats()["fetched_bytes"] < 4_000_000, "each collection once"
        assert (read("direct", again["shuffled"].asstr()) == data[order]).all()


def test_what_is_left_to_libhdf5(file):
    file["target"] = np.arange(5)
    file.create_dataset("references", (200,), hyperslab.ref_dtype)
    nested = hyperslab.h5t.vlen_create(hyperslab.h5t.py_create(TEXT, logical=True))
    space = hyperslab.h5s.create_simple((200,))
    hyperslab.h5d.create(file.id, b"nested", nested, space)
    assert refusals(file["references"]) == ["reference"]
    assert refusals(file["nested"]) == ["conversion"]
    with hyperslab.File("core.h5", "w", driver="core", backing_store=False) as core:
        core["d"] = words(100)
        assert refusals(core["d"]) == ["driver"]


def test_what_was_just_written_is_read(file):
    dataset = file.create_dataset("d", (3000,), TEXT, chunks=(250,))
    other = file.create_dataset("other", (10,), TEXT)
    for turn in range(5):
        data = words(3000) + str(turn)
        dataset[...] = data
        assert (read("direct", dataset.asstr()) == data).all()
        dataset[7:9] = "changed"
        other[turn] = "other"
        got = read("direct", dataset.asstr())
        assert list(got[6:10]) == [data[6], "changed", "changed", data[9]]
    stats = hyperslab.io_stats()
    assert stats["failed_reads"] == stats["overtaken_reads"] == 0


def test_attributes_in_the_same_heap(file):
    """They share collections with elements, and move what lies there when they change."""
    dataset = file.create_dataset("d", (500,), TEXT)
    data = words(500)
    for i in range(0, 500, 100):
        dataset.attrs[f"a{i}"] = [f"attribute {i} {k}" for k in range(50)]
        dataset[i : i + 100] = data[i : i + 100]
    for i in range(0, 500, 100):
        assert (read("direct", dataset.asstr()) == data).all()
        del dataset.attrs[f"a{i}"]
        dataset.attrs[f"b{i}"] = ["other"] * 30
        assert (read("direct", dataset.asstr()) == data).all()
    assert hyperslab.io_stats()["failed_reads"] == 0


def test_threads_read_while_another_writes_attributes(file):
    dataset = file.create_dataset("d", (5000,), TEXT, chunks=(500,))
    data = words(5000)
    dataset[...] = data
    wrong = []
    stop = threading.Event()

    def look():
        while not stop.is_set():
            if not (dataset.asstr()[...] == data).all():
                wrong.append("other strings")

    hyperslab.set_engine("direct")
    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for i in range(60):
        dataset.attrs["a"] = [f"{i} {k}" * (i % 9) for k in range(200)]
        if i % 7 == 0:
            file.flush()
    stop.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert hyperslab.io_stats()["failed_reads"] == 0


def test_many_threads_read_one_file(file):
    file.create_dataset("s", data=words(20_000), dtype=TEXT, chunks=(1000,), compression="gzip")
    file.create_dataset("v", (5_000,), FLOATS)[...] = sequences(5_000)
    with reopened(file) as again:
        strings, values = again["s"].asstr()[...], again["v"][...]
        wrong = []

        def look(seed):
            rng = np.random.default_rng(seed)
            for _ in range(5):
                start = int(rng.integers(0, 4_000))
                part = np.s_[start : start + 900]
                if not same(again["v"][part], values[part]):
                    wrong.append(("v", part))
                if not (again["s"].asstr()[part] == strings[part]).all():
                    wrong.append(("s", part))

        hyperslab.set_engine("direct")
        threads = [threading.Thread(target=look, args=(i,)) for i in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong


def test_a_child_of_fork_reads(file):
    data = words(5000)
    file.create_dataset("d", data=data, dtype=TEXT, chunks=(500,))
    with reopened(file) as again:
        dataset = again["d"]
        assert same_both_ways(dataset)
        child = os.fork()
        if child == 0:
            ok = (read("direct", dataset.asstr()) == data).all()
            os._exit(0 if ok else 1)
        assert os.waitpid(child, 0)[1] == 0


def test_text_that_cannot_be_decoded(file):
    file.create_dataset("d", data=[b"fine", b"\xff\xfe"] * 100, dtype=h5py.string_dtype())
    with pytest.raises(UnicodeDecodeError):
        read("direct", file["d"].asstr())
    assert list(read("direct", file["d"].asstr(errors="replace"))[:2]) == ["fine", "\ufffd\ufffd"]
    assert read("direct", file["d"].asstr("latin-1"))[1] == "ÿþ"
    assert hyperslab.io_stats()["failed_reads"] == 0


def test_small_reads_stay_with_libhdf5(file):
    file["d"] = words(3000)
    hyperslab.io_stats(reset=True)
    file["d"][5], file["d"][5:9]
    assert hyperslab.io_stats()["refusals"] == {"small": 2}


def test_a_few_strings_are_not_worth_flushing_a_file(file):
    dataset = file.create_dataset("d", data=words(3000), dtype=TEXT)
    dataset[:2], dataset[:2], dataset[...]
    hyperslab.io_stats(reset=True)
    assert dataset[100:900].tolist() == [word.encode() for word in words(3000)[100:900]]
    assert hyperslab.io_stats()["direct_reads"] == 1
    dataset[5] = "changed"
    assert dataset[:500][5] == b"changed"
    assert list(hyperslab.io_stats()["refusals"]) == ["not_flushed"]


def test_a_heap_that_libhdf5_would_read_for_ever(tmp_path):
    path = tmp_path / "endless.h5"
    with h5py.File(path, "w") as file:
        file["d"] = [f"word {i}" for i in range(70)]
    raw = bytearray(path.read_bytes())
    at = raw.find(b"GCOL") + 16
    while raw[at] != 0:  # the index of an object; free space has none
        at += 16 + (int.from_bytes(raw[at + 8 : at + 16], "little") + 7) // 8 * 8
    raw[at + 8 : at + 16] = bytes(8)
    path.write_bytes(raw)
    with hyperslab.File(path) as file, pytest.raises(OSError) as failure:
        read("direct", file["d"])
    assert "endless.h5" in str(failure.value) and "'/d'" in str(failure.value)


def outcomes(engine, paths):
    """What reading each file comes to; "died" for one that ends the process or never ends."""
    found = []
    while len(found) < len(paths):
        left = [str(path) for path in paths[len(found) :]]
        command = [sys.executable, READ_DAMAGED, engine, *left]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        found += done.stdout.split()
        if len(found) < len(paths):
            found.append("died")
    return found


def damaged(raw, rng, number):
    """A copy with some bytes changed, most of them in a global heap collection's structure."""
    raw = bytearray(raw)
    heaps = [m.start() for m in re.finditer(b"GCOL", raw)]
    for _ in range(1 + number % 3):
        if number % 4 == 0:
            at = int(rng.integers(2048, len(raw)))
        else:
            at = heaps[rng.integers(len(heaps))] + int(rng.integers(0, 600))
        raw[at % len(raw)] = rng.choice([0, 1, 2, 8, 16, 255, int(rng.integers(256))])
    return bytes(raw)


def test_damaged_heaps_read_the_same_either_way(tmp_path):
    count = int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "60"))
    whole = tmp_path / "whole.h5"
    with hyperslab.File(whole, "w") as file:
        file.create_dataset("s", data=words(150), dtype=TEXT, chunks=(40,))
        file.create_dataset("v", (80,), FLOATS)[...] = sequences(80)
        file.create_dataset("m", data=records(80), dtype=MIXED)
    rng = np.random.default_rng(count)
    paths = []
    for i in range(count):
        paths.append(tmp_path / f"{i}.h5")
        paths[-1].write_bytes(damaged(whole.read_bytes(), rng, i))
    by_library, directly = outcomes("library", paths), outcomes("direct", paths)
    for path, expected, got in zip(paths, by_library, directly, strict=True):
        # libhdf5 never comes to the end of some.
        assert got == expected or (expected == "died" and got != "died"), path
