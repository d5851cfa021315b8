"""Dask's arrays and tables, against what stock h5py reads."""

import signal
import subprocess
import sys

import dask.array as da
import h5py
import hyperslab.dask as hd
import numpy as np
import pytest
from hyperslab.distributed import SchemaError


@pytest.fixture(scope="module")
def cluster():
    """Two workers, each a process."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as workers,
        Client(workers) as client,
    ):
        yield client


@pytest.mark.parametrize("dtype", ["i1", ">u2", "f4", ">f8", "?", "S5", "c16"])
@pytest.mark.parametrize("shape, chunks", [((100,), (7,)), ((50, 9), (8, 4)), ((6, 5, 4), None)])
def test_arrays(tmp_path, dtype, shape, chunks):
    data = (np.random.default_rng(0).random(shape) * 100).astype(dtype)
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file.create_dataset("d", data=data, chunks=chunks)
    array = hd.from_hdf5(tmp_path / "f.h5", "d")
    assert (array.shape, array.dtype) == (data.shape, data.dtype)
    assert np.array_equal(array.compute(scheduler="threads"), data)
    assert np.array_equal(array[::2].compute(), data[::2])


def test_blocks_are_multiples_of_the_chunks(tmp_path):
    import dask

    with h5py.File(tmp_path / "f.h5", "w") as file:
        file.create_dataset("d", data=np.zeros((1000, 90)), chunks=(30, 40))
    with dask.config.set({"array.chunk-size": "64kiB"}):
        array = hd.from_hdf5(tmp_path / "f.h5", "d")
    assert array.npartitions > 4
    for sizes, chunk in zip(array.chunks, (30, 40), strict=True):
        assert all(size % chunk == 0 for size in sizes[:-1])


def test_a_changed_file_is_another_array(tmp_path):
    path = tmp_path / "f.h5"
    with h5py.File(path, "w") as file:
        file["d"] = np.arange(10)
    first = hd.from_hdf5(path, "d")
    assert first.name == hd.from_hdf5(path, "d").name
    with h5py.File(path, "a") as file:
        file["e"] = np.arange(1000)
    assert first.name != hd.from_hdf5(path, "d").name


@pytest.mark.parametrize("chunks", [None, (10, 10), (64, 3)])
def test_arrays_are_written(tmp_path, chunks):
    array = da.from_array(np.random.default_rng(0).random((100, 30)), chunks=(33, 17))
    hd.to_hdf5(array, tmp_path / "f.h5", "/g/x", chunks=chunks, compression=1)
    with h5py.File(tmp_path / "f.h5") as file:
        assert file["g/x"].compression == "gzip"
        assert chunks is None or file["g/x"].chunks == chunks
        assert np.array_equal(file["g/x"][()], array.compute())
    with pytest.raises(ValueError, match="already"):
        hd.to_hdf5(array, tmp_path / "f.h5", "/g/x")
    with h5py.File(tmp_path / "f.h5") as file:
        assert np.array_equal(file["g/x"][()], array.compute())


def test_a_failed_write_leaves_nothing(tmp_path):
    def fail(block):
        raise RuntimeError("no such data")

    array = da.ones((10, 10), chunks=5).map_blocks(fail, dtype="f8", meta=np.empty((0, 0)))
    with pytest.raises(RuntimeError, match="no such data"):
        hd.to_hdf5(array, tmp_path / "new.h5", "x")
    assert not (tmp_path / "new.h5").exists()
    with h5py.File(tmp_path / "old.h5", "w") as file:
        file["kept"] = 1
    for mode in ("a", "w"):
        with pytest.raises(RuntimeError):
            hd.to_hdf5(array, tmp_path / "old.h5", "x", mode=mode)
        with h5py.File(tmp_path / "old.h5") as file:
            assert list(file) == ["kept"]
    assert [path.name for path in tmp_path.iterdir()] == ["old.h5"]


def test_tables(tables):
    frame = hd.read_table(tables, "/t", partition_bytes=5000)
    assert frame.npartitions > 3
    read = frame.compute()
    assert len(read) == 3300
    with h5py.File(tables / "run1.h5") as file:
        expected = file["t"][()]
    part = read.iloc[1000:2100]
    for name in ("id", "small", "big", "x", "y", "flag"):
        assert part[name].tolist() == expected[name].tolist()
    assert part["text"].tolist() == [text.decode() for text in expected["text"]]


def test_only_the_columns_that_are_used_are_read(tables):
    expression = hd.read_table(tables, "/t")["x"].sum().optimize(fuse=False).expr
    reads = [e for e in expression.walk() if type(e).__name__.startswith("FromMap")]
    assert [list(one.operand("columns")) for one in reads] == [["x"]]


def test_a_group_is_a_table(tables):
    frame = hd.read_table(tables / "run0.h5", "/g", columns=["b"])
    assert list(frame.columns) == ["b"]
    assert frame["b"].sum().compute() == (np.arange(1000) / 4).sum()


def test_workers_open_for_themselves(tables, cluster):
    with h5py.File(tables / "run0.h5") as file:
        expected = file["m"][()]
    array = hd.from_hdf5(tables / "run0.h5", "m", chunks=(100, 7))
    assert np.array_equal(cluster.compute(array).result(), expected)
    assert hd.read_table(tables, "/t", partition_bytes=5000)["id"].count().compute() == 3300
    hd.to_hdf5(array * 2, tables / "twice.h5", "m")
    with h5py.File(tables / "twice.h5") as file:
        assert np.array_equal(file["m"][()], expected * 2)


def test_bad_input_is_named(tables):
    with pytest.raises(SchemaError, match=r"'nothing' in file '.*run0\.h5'"):
        hd.from_hdf5(tables / "run0.h5", "nothing")
    with pytest.raises(OSError, match=r"none\.h5"):
        hd.from_hdf5(tables / "none.h5", "m")
    array = hd.from_hdf5(tables / "run0.h5", "m")
    with h5py.File(tables / "run0.h5", "a") as file:
        del file["m"]
        file["m"] = np.zeros(3)
    with pytest.raises(SchemaError, match="has become another one"):
        array.compute()


@pytest.mark.parametrize("distributed", [False, True])
def test_a_damaged_chunk_is_an_error_with_its_file(tmp_path, request, distributed):
    path = tmp_path / "damaged.h5"
    with h5py.File(path, "w") as file:
        made = file.create_dataset("d", data=np.arange(1, 1001), chunks=(100,), fletcher32=True)
        rows = file.create_dataset("t", data=np.zeros(300, [("a", "i4")]), chunks=(100,),
                                   fletcher32=True)  # fmt: skip
        places = [made.id.get_chunk_info(4).byte_offset, rows.id.get_chunk_info(1).byte_offset]
    with open(path, "r+b") as file:
        for place in places:
            file.seek(place + 8)
            file.write(b"\xff\xfe\xfd\xfc")
    if distributed:
        request.getfixturevalue("cluster")
    array = hd.from_hdf5(path, "d", chunks=100)
    assert array[:400].sum().compute() == sum(range(1, 401))
    with pytest.raises(OSError, match=r"damaged\.h5"):
        array.sum().compute()
    with pytest.raises(OSError, match=r"damaged\.h5"):
        hd.read_table(path, "t")["a"].sum().compute()


def test_a_file_that_vanishes_is_an_error_with_its_name(tables):
    array, table = hd.from_hdf5(tables / "run1.h5", "m"), hd.read_table(tables, "t")
    (tables / "run1.h5").unlink()
    with pytest.raises(OSError, match=r"run1\.h5"):
        array.sum().compute()
    with pytest.raises(OSError, match=r"run1\.h5"):
        table["id"].sum().compute()


KILLED = """
import os, signal, sys, time
import dask.array as da, numpy as np
import hyperslab.dask as hd

def block(info):
    if info[None]["chunk-location"][0] == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return np.ones(info[None]["chunk-shape"])

array = da.map_blocks(lambda block_info=None: block(block_info), chunks=((100,) * 10,), dtype="f8")
hd.to_hdf5(array, sys.argv[1], sys.argv[2], mode="a")
"""


@pytest.mark.parametrize("is_new", [True, False])
def test_a_killed_write_leaves_nothing_visible(tmp_path, is_new):
    path = tmp_path / "f.h5"
    if not is_new:
        with h5py.File(path, "w") as file:
            file["old"] = np.arange(1000)
    done = subprocess.run([sys.executable, "-c", KILLED, path, "x"], timeout=300)
    assert done.returncode == -signal.SIGKILL
    if is_new:
        assert not path.exists()
        return
    with h5py.File(path) as file:
        assert file["old"][...].tolist() == list(range(1000))
