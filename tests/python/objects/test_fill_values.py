"""Fill values that lie in the file's heap: strings, sequences, records of them."""

import struct

import h5py
import hyperslab
import numpy as np
import pytest

TEXT = hyperslab.string_dtype()
RECORD = np.dtype([("n", "i4"), ("s", TEXT)])
ENGINES = ("direct", "library")
LAYOUTS = {
    "chunked": {"chunks": (2,)},
    "filtered": {"chunks": (2,), "compression": "gzip"},
    "growing": {"chunks": (2,), "maxshape": (None,)},
    "contiguous": {},
}


@pytest.fixture(autouse=True)
def automatic_engine():
    yield
    hyperslab.set_engine("automatic")


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("written", [0, 3, 6])
def test_partly_written_strings_are_read_where_nothing_can_be_written(
    tmp_path, layout, libver, written
):
    path = tmp_path / "f.h5"
    expected = list("abcdef")[:written] + ["missing"] * (6 - written)
    with hyperslab.File(path, "w", libver=libver) as f:
        f.create_dataset("s", (6,), TEXT, fillvalue="missing", **LAYOUTS[layout])
        if written:
            f["s"][:written] = list("abcdef")[:written]
    before = path.read_bytes()
    for engine in ENGINES:
        hyperslab.set_engine(engine)
        with hyperslab.File(path) as f:
            for _ in range(2):
                assert f["s"].asstr()[...].tolist() == expected
                assert [f["s"].asstr()[i] for i in range(6)] == expected
                assert f["s"].asstr()[::2].tolist() == expected[::2]
                assert f["s"].fillvalue == b"missing"
    assert path.read_bytes() == before
    with hyperslab.File(path, "r+") as f:
        f["s"][5] = "last"
        assert f["s"].asstr()[...].tolist() == [*expected[:5], "last"]
    with h5py.File(path) as f:
        assert f["s"].asstr()[5] == "last"


def test_partly_written_records_too(tmp_path):
    value = np.array((7, "none"), RECORD)
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("x", (5,), RECORD, fillvalue=value, chunks=(2,))
        f["x"][1] = (5, "five")
    with hyperslab.File(tmp_path / "f.h5") as f:
        found = f["x"][...]
    assert found["n"].tolist() == [7, 5, 7, 7, 7]
    assert found["s"].tolist() == [b"none", b"five", b"none", b"none", b"none"]


def test_what_the_engines_say_of_it(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f.create_dataset("s", (60_000,), TEXT, fillvalue="missing", chunks=(20_000,))
    with hyperslab.File(tmp_path / "f.h5") as f:
        told = f["s"].explain()
    assert told.engine == "library"
    assert "their fill value is a string" in told.reason
    assert "fill_time" not in str(told)
    assert any("Without that fill value" in str(advice) for advice in told.advice)


@pytest.mark.parametrize("shape", [(3,), (2, 2)])
@pytest.mark.parametrize("kind", ["utf-8", "ascii"])
def test_that_of_arrays_of_strings(same, kind, shape):
    def scenario(h5, f):
        data = f.create_dataset("x", (4,), np.dtype((h5.string_dtype(kind), shape)), chunks=(2,))
        return data.fillvalue, data[1]

    same(scenario)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
@pytest.mark.parametrize("length", [3, 10])
@pytest.mark.parametrize("value", ["bar", b"bar", "longer than that", np.bytes_(b"xy")])
def test_that_of_fixed_strings(same, encoding, length, value):
    def scenario(h5, f):
        dtype = h5.string_dtype(encoding, length)
        data = f.create_dataset("x", (4,), dtype, fillvalue=value)
        return data[:], data.fillvalue, data.dtype

    same(scenario)


# ---- one that lies nowhere ----


def misplace(path, length):
    """Gives every fill value of so many bytes an address at which there is nothing."""
    data = bytearray(path.read_bytes())
    places = [
        at
        for at in range(len(data) - 16)
        if struct.unpack_from("<I", data, at)[0] == length
        and data[struct.unpack_from("<Q", data, at + 4)[0] :][:4] == b"GCOL"
    ]
    assert places
    for at in places:
        struct.pack_into("<Q", data, at + 4, 0x77777777)
    path.write_bytes(data)


ASKED = {
    "all": lambda d: d[...],
    "one": lambda d: d[1],
    "text": lambda d: d.asstr()[1:3],
    "list": lambda d: d[[0, 3]],
    "loop": lambda d: [d[i] for i in range(4) for _ in range(10)],
    "iteration": lambda d: list(d),
    "shape": lambda d: [d.shape for _ in range(20)],
    "maxshape": lambda d: d.maxshape,
    "size": lambda d: (d.size, d.nbytes, len(d), d.ndim),
    "dtype": lambda d: d.dtype,
    "dims": lambda d: [dim.label for dim in d.dims],
    "repr": lambda d: repr(d),
    "storage": lambda d: d.id.get_storage_size(),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_fill_value_at_no_address_stops_nothing_else(tmp_path, layout, engine):
    path = tmp_path / "f.h5"
    with h5py.File(path, "w") as f:
        f.create_dataset("s", (4,), h5py.string_dtype(), fillvalue="a filling", **LAYOUTS[layout])
        f["s"][...] = ["a", "bb", "ccc", ""]
        f["s"].attrs["unit"] = "m"
        f["s"].dims[0].label = "time"
    misplace(path, len("a filling"))
    hyperslab.set_engine(engine)
    with hyperslab.File(path) as ours, h5py.File(path) as stock:
        for name, ask in ASKED.items():
            expected = ask(stock["s"])
            assert np.array_equal(ask(ours["s"]), expected), name
        kept = ours["s"]
        for name, ask in ASKED.items():  # and when much has been asked of one object
            assert np.array_equal(ask(kept), ask(stock["s"])), name
        assert sorted(kept.attrs) == ["DIMENSION_LABELS", "unit"]
        assert kept.attrs["unit"] == "m"
        assert kept.explain().layout == "unknown"
        with pytest.raises(RuntimeError):
            kept.fillvalue  # noqa: B018 - it is asked for
