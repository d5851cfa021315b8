"""Filters: what one package has packed the other unpacks, for all filters and types."""

import struct

import h5py
import hdf5plugin
import hyperslab
import numpy as np
import pytest
from describe import value

PACKAGES = (hyperslab, h5py)

BUILT_IN = {
    "gzip": {"compression": "gzip"},
    "gzip 9": {"compression": "gzip", "compression_opts": 9},
    "gzip 0": {"compression": "gzip", "compression_opts": 0},
    "gzip by its level": {"compression": 6},
    "lzf": {"compression": "lzf"},
    "lzf by number": {"compression": 32000},
    "shuffle": {"shuffle": True},
    "fletcher32": {"fletcher32": True},
    "all": {"compression": "gzip", "shuffle": True, "fletcher32": True},
    "lzf and all": {"compression": "lzf", "shuffle": True, "fletcher32": True},
}

PLUGINS = {
    "zstd": hdf5plugin.Zstd(clevel=5),
    "blosc lz4": hdf5plugin.Blosc(cname="lz4", clevel=5),
    "blosc zstd bitshuffle": hdf5plugin.Blosc(cname="zstd", shuffle=hdf5plugin.Blosc.BITSHUFFLE),
    "blosc2": hdf5plugin.Blosc2(cname="blosclz", filters=hdf5plugin.Blosc2.SHUFFLE),
    "lz4": hdf5plugin.LZ4(),
    "bitshuffle": hdf5plugin.Bitshuffle(cname="lz4"),
    "bitshuffle zstd": hdf5plugin.Bitshuffle(cname="zstd"),
    "bzip2": hdf5plugin.BZip2(),
}


def values(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == "S":
        return np.array([b"abc", b"", b"abcdefgh"] * 1000, dtype).reshape(100, 30)
    numbers = (np.arange(3000) % 251).reshape(100, 30)
    return numbers.astype(dtype)


def pack(package, data, keywords, path):
    with package.File(path, "w") as f:
        x = f.create_dataset("x", data=data, chunks=(9, 11), **keywords)
        x[5:7] = x[6:8]
        return x.filter_ids, x.compression, x.compression_opts


def unpack(package, path):
    with package.File(path) as f:
        return f["x"][...], f["x"][3:9:2, 4], f["x"].filter_ids, f["x"].filter_names


def check(tmp_path, data, keywords):
    told = [pack(package, data, keywords, tmp_path / package.__name__) for package in PACKAGES]
    assert told[0] == told[1]
    expected = data.copy()
    expected[5:7] = expected[6:8]
    for writer in PACKAGES:
        found = [unpack(reader, tmp_path / writer.__name__) for reader in PACKAGES]
        assert value(found[0]) == value(found[1])
        assert (found[0][0] == expected).all()


@pytest.mark.parametrize("dtype", ["u1", "i2", ">i4", "f8", "S8", "c8"])
@pytest.mark.parametrize("keywords", BUILT_IN.values(), ids=BUILT_IN)
def test_built_in_filters(tmp_path, keywords, dtype):
    check(tmp_path, values(dtype), keywords)


@pytest.mark.parametrize("dtype", ["i2", ">i4", "u8"])
@pytest.mark.parametrize("option", [0, True, 8])
def test_scaleoffset_of_integers(tmp_path, dtype, option):
    check(tmp_path, values(dtype), {"scaleoffset": option})


# HDF5 1.14.6 takes such chunks for damaged; the bundled one does not (cmake/hdf5-1.14/).
@pytest.mark.parametrize("dtype", ["u1", "i2"])
def test_scaleoffset_of_integers_that_need_all_their_bits(tmp_path, dtype):
    data = (np.arange(3000) * 40503).astype("u8").astype(dtype).reshape(100, 30)
    check(tmp_path, data, {"scaleoffset": 0})


def test_a_filter_as_one_object(tmp_path):
    data = values("i4")
    for writer in PACKAGES:
        given = {"compression": writer.filters.Gzip(2)}
        assert pack(writer, data, given, tmp_path / writer.__name__)[1:] == ("gzip", 2)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_plugin_as_one_object(tmp_path, package):
    pack(package, values("i4"), {"compression": PLUGINS["zstd"]}, tmp_path / "f.h5")
    assert unpack(hyperslab, tmp_path / "f.h5")[2] == (hdf5plugin.ZSTD_ID,)


@pytest.mark.parametrize("dtype", ["u1", "i4", "f8"])
@pytest.mark.parametrize("plugin", PLUGINS.values(), ids=PLUGINS)
def test_plugins_of_hdf5plugin(tmp_path, plugin, dtype):
    check(tmp_path, values(dtype), dict(plugin))


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_zfp_loses_alike(tmp_path, dtype):
    data = np.sin(np.arange(3000)).reshape(100, 30).astype(dtype)
    found = []
    for writer in PACKAGES:
        path = tmp_path / writer.__name__
        pack(writer, data, dict(hdf5plugin.Zfp(accuracy=0.01)), path)
        found += [value(unpack(reader, path)) for reader in PACKAGES]
        assert np.abs(unpack(hyperslab, path)[0][10:] - data[10:]).max() <= 0.01
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize("digits", [0, 2])
def test_scaleoffset_of_floats_loses_alike(tmp_path, digits):
    data = np.linspace(-5, 5, 3000).reshape(100, 30)
    found = []
    for writer in PACKAGES:
        path = tmp_path / writer.__name__
        pack(writer, data, {"scaleoffset": digits}, path)
        found += [value(unpack(reader, path)) for reader in PACKAGES]
    assert found[0] == found[1] == found[2] == found[3]


@pytest.mark.parametrize("options", [None, ("nn", 16), ("ec", 8)])
def test_szip(tmp_path, options):
    """The HDF5 of h5py's wheel may have no encoder; what it can do decides what is compared."""
    data = values("i4")
    path = tmp_path / "f.h5"
    assert "szip" in hyperslab.filters.encode and "szip" in hyperslab.filters.decode
    pack(hyperslab, data, {"compression": "szip", "compression_opts": options}, path)
    for reader in PACKAGES:
        if "szip" in reader.filters.decode:
            found = unpack(reader, path)[0]
            assert (found[10:] == data[10:]).all()
    with hyperslab.File(path) as f:
        assert f["x"].compression == "szip"
        assert f["x"].id.get_storage_size() < data.nbytes


def test_nbit_is_read(tmp_path):
    """No keyword asks for it, but a property list can: 10 of 16 bits."""
    data = np.arange(-500, 500, dtype="i2")
    for writer in PACKAGES:
        path = tmp_path / writer.__name__
        with writer.File(path, "w") as f:
            stored = writer.h5t.STD_I16LE.copy()
            stored.set_precision(10)
            plist = writer.h5p.create(writer.h5p.DATASET_CREATE)
            plist.set_chunk((1000,))
            plist.set_filter(writer.h5z.FILTER_NBIT, writer.h5z.FLAG_OPTIONAL, ())
            space = writer.h5s.create_simple((1000,))
            writer.h5d.create(f.id, b"x", stored, space, plist)
            f["x"][...] = data
        for reader in PACKAGES:
            with reader.File(path) as f:
                assert f["x"].filter_ids == (writer.h5z.FILTER_NBIT,)
                assert f["x"].id.get_storage_size() < 0.7 * data.nbytes
                assert f["x"][...].tolist() == data.tolist()


@pytest.mark.parametrize("dtype", ["vlen", "text", "record"])
def test_filters_on_data_with_heaps(tmp_path, dtype):
    """What is packed is where the values lie, not the values; still they come back."""
    for writer in PACKAGES:
        path = tmp_path / writer.__name__
        dt = {
            "vlen": writer.vlen_dtype("i4"),
            "text": writer.string_dtype(),
            "record": np.dtype([("s", writer.string_dtype()), ("n", "i4")]),
        }[dtype]
        element = {"vlen": np.arange(3, dtype="i4"), "text": "word", "record": ("word", 5)}[dtype]
        with writer.File(path, "w") as f:
            x = f.create_dataset("x", (20,), dt, chunks=(7,), compression="gzip", shuffle=True)
            for i in range(20):
                x[i] = element
        results = []
        for reader in PACKAGES:
            with reader.File(path) as f:
                results.append(value(f["x"][...]))
        assert results[0] == results[1]


def assert_damage_is_told(path, position, damage):
    with open(path, "r+b") as raw:
        raw.seek(position)
        raw.write(damage)
    for package in PACKAGES:
        with package.File(path) as f, pytest.raises(OSError):
            f["x"][...]


def test_a_damaged_checksum_is_told(tmp_path):
    path = tmp_path / "f.h5"
    data = np.full((100,), 0x0102030405060708)
    with hyperslab.File(path, "w") as f:
        x = f.create_dataset("x", data=data, chunks=(100,), fletcher32=True)
        where = x.id.get_chunk_info(0).byte_offset
    assert_damage_is_told(path, where + 80, struct.pack("<q", 5))


def test_a_damaged_stream_is_told(tmp_path):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w") as f:
        x = f.create_dataset("x", data=np.arange(10000), chunks=(10000,), compression="gzip")
        where = x.id.get_chunk_info(0).byte_offset
    assert_damage_is_told(path, where + 100, b"\0" * 500)


def test_an_unknown_filter_is_told(tmp_path):
    """An optional one was skipped when writing; a mask says so. A mandatory one must be there."""
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w") as f:
        plist = hyperslab.h5p.create(hyperslab.h5p.DATASET_CREATE)
        plist.set_chunk((4,))
        plist.set_filter(32123, hyperslab.h5z.FLAG_OPTIONAL, (1, 2))
        space = hyperslab.h5s.create_simple((4,))
        x = hyperslab.h5d.create(f.id, b"x", hyperslab.h5t.NATIVE_INT32, space, plist)
        x.write_direct_chunk((0,), b"packed by something", 0)
    for package in PACKAGES:
        with package.File(path) as f:
            assert f["x"].compression == "unknown" and f["x"].filter_ids == (32123,)
            with pytest.raises(OSError):
                f["x"][...]


def test_a_chunk_that_no_filter_has_seen(tmp_path):
    """The mask of a chunk says which filters were skipped."""
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w") as f:
        x = f.create_dataset("x", (4,), "i4", chunks=(4,), compression="gzip", shuffle=True)
        x.id.write_direct_chunk((0,), np.arange(4, dtype="i4").tobytes(), 0b11)
    for package in PACKAGES:
        with package.File(path) as f:
            assert f["x"][...].tolist() == [0, 1, 2, 3]


def test_lists_of_filters_are_the_same():
    assert hyperslab.filters.decode == h5py.filters.decode or "szip" not in h5py.filters.decode
    assert set(h5py.filters.encode) <= set(hyperslab.filters.encode)


@pytest.mark.parametrize("value", [0.0, 1.0, 2.5])
def test_lzf_leaves_a_chunk_of_one_number_as_it_is(same, value):
    # h5netcdf's tests read such a chunk with pyfive, which has no LZF.
    def scenario(h5, file):
        dataset = file.create_dataset("x", data=[value], chunks=(1,), compression="lzf")
        file.flush()
        return dataset.id.get_chunk_info(0).filter_mask, dataset.id.get_chunk_info(0).size

    assert same(scenario) == (1, 8)
