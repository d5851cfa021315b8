"""The plan that all engines share."""

import pickle
import shutil
import subprocess
import sys
from dataclasses import replace

import h5py
import numpy as np
import pytest
from hyperslab.distributed import SchemaError, find_files, plan


def test_partitions_hold_every_row_once(tables):
    found = plan(tables, "/t", partition_bytes=5000)
    assert found.rows == 3300
    for path in found.files:
        parts = [part for part in found.partitions if part.path == path]
        assert [part.start for part in parts[1:]] == [part.stop for part in parts[:-1]]
        with h5py.File(path) as file:
            expected = file["t"][()]
        read = np.concatenate([part.read() for part in parts])
        for name in expected.dtype.names:
            assert np.array_equal(read[name], expected[name])


def test_partitions_end_where_chunks_do(tables):
    for part in plan(tables, "/t", partition_bytes=5000).partitions:
        assert part.start % 128 == 0
        assert part.stop % 128 == 0 or part.stop in (1000, 1100, 1200)


def test_stored_bytes_are_what_the_file_has(tables):
    found = plan(tables / "run0.h5", "/t", partition_bytes=5000)
    with h5py.File(tables / "run0.h5") as file:
        stored = file["t"].id.get_storage_size()
        largest = max(
            file["t"].id.get_chunk_info(i).size for i in range(file["t"].id.get_num_chunks())
        )
    assert found.stored_bytes == stored
    assert all(part.stored_bytes <= max(5000, largest) for part in found.partitions)
    assert len(found.partitions) > 1


@pytest.mark.parametrize("partition_bytes", [1, 100, 4096, 1 << 40])
@pytest.mark.parametrize("shape, chunks", [((1000,), None), ((1000, 3), (7, 2)), ((5,), (100,))])
def test_any_size_of_partition(tmp_path, partition_bytes, shape, chunks):
    data = np.arange(np.prod(shape)).reshape(shape)
    with h5py.File(tmp_path / "f.h5", "w") as file:
        options = {"maxshape": (None, *shape[1:])} if chunks else {}
        file.create_dataset("d", data=data, chunks=chunks, **options)
    parts = plan(tmp_path / "f.h5", "d", partition_bytes=partition_bytes).partitions
    assert np.concatenate([part.read() for part in parts]).tolist() == data.tolist()


def test_rows_prune(tables):
    found = plan(tables, "/t", rows=(200, 300), partition_bytes=1)
    assert found.rows == 300
    assert all(200 <= part.start and part.stop <= 300 for part in found.partitions)
    assert plan(tables, "/t", rows=slice(-10, None)).rows == 30
    with pytest.raises(ValueError, match="without a step"):
        plan(tables, "/t", rows=slice(0, 10, 2))


def test_file_names_prune(tables):
    assert len(plan(tables, "/t", files="*[12].h5").files) == 2
    with pytest.raises(FileNotFoundError):
        plan(tables, "/t", files="*.nothing")


def test_a_group_is_a_table(tables):
    found = plan(tables, "/g", partition_bytes=1000)
    read = [part.read() for part in found.partitions if part.path.endswith("run1.h5")]
    assert np.concatenate([one["a"] for one in read]).tolist() == (np.arange(1100) * 2).tolist()
    assert set(plan(tables, "/g", columns=["b"]).partitions[0].read()) == {"b"}


def test_a_partition_is_small_and_opens_by_itself_in_a_new_process(tables):
    part = plan(tables, "/t").partitions[0]
    pickled = pickle.dumps(part)
    assert len(pickled) < 1000
    program = """
import pickle, sys
part = pickle.load(sys.stdin.buffer)
print(int(part.read()["id"].sum()))
"""
    ran = subprocess.run([sys.executable, "-c", program], input=pickled, capture_output=True)
    assert ran.returncode == 0, ran.stderr.decode()
    assert int(ran.stdout) == sum(range(1000))


def test_partitions_give_arrow(tables):
    part = plan(tables / "run0.h5", "/g").partitions[0]
    assert part.to_arrow().column_names == ["a", "b"]
    assert part.to_arrow()["a"].to_pylist() == (np.arange(1000) * 2).tolist()


def damaged(tables, how):
    path = tables / "run1.h5"
    if how == "missing dataset":
        with h5py.File(path, "a") as file:
            del file["t"]
    elif how == "other type":
        with h5py.File(path, "a") as file:
            del file["t"]
            file["t"] = np.zeros(5, [("id", "f4")])
    elif how == "other shape":
        with h5py.File(path, "a") as file:
            del file["t"]
            file["t"] = np.zeros((5, 2))
    elif how == "no HDF5":
        path.write_bytes(b"not HDF5 at all")
    elif how == "cut off":
        with open(path, "r+b") as file:
            file.truncate(3000)
    return path


BAD = ["missing dataset", "other type", "other shape", "no HDF5", "cut off"]


@pytest.mark.parametrize("how", BAD)
def test_a_bad_file_ends_the_plan_with_its_name(tables, how):
    path = damaged(tables, how)
    with pytest.raises((SchemaError, OSError)) as caught:
        plan(tables, "/t")
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("how", BAD)
@pytest.mark.parametrize("mode", ["PERMISSIVE", "DROPMALFORMED"])
def test_a_bad_file_is_left_out_and_counted(tables, how, mode):
    path = damaged(tables, how)
    found = plan(tables, "/t", mode=mode)
    assert found.rows == 2200
    assert [skipped.path for skipped in found.skipped] == [str(path)]


def test_a_file_that_vanishes_is_an_error_with_its_name(tables):
    part = plan(tables, "/t").partitions[0]
    (tables / "run0.h5").unlink()
    with pytest.raises(FileNotFoundError, match=r"run0\.h5"):
        part.read()


def append_rows(path):
    with h5py.File(path, "a") as file:
        file["new"] = np.arange(1000)


def write_the_same_again(path):
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


def replace_by_a_shorter_one(path):
    shutil.copy(path.with_name("run0.h5"), path)


@pytest.mark.parametrize("change", [append_rows, write_the_same_again, replace_by_a_shorter_one])
def test_a_file_that_changes_after_the_plan_is_an_error_with_its_name(tables, change):
    part = plan(tables / "run2.h5", "/t").partitions[-1]
    change(tables / "run2.h5")
    with pytest.raises(SchemaError, match=r"run2\.h5' has changed since reading '/t' was planned"):
        part.read()


def test_a_file_that_may_change_must_not_become_shorter(tables):
    part = replace(plan(tables / "run2.h5", "/t").partitions[-1], stamp=None)
    append_rows(tables / "run2.h5")
    assert len(part.read()) == part.rows
    replace_by_a_shorter_one(tables / "run2.h5")
    with pytest.raises(SchemaError, match="has become smaller"):
        part.read()


@pytest.mark.parametrize("count", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("dataset", ["/t", "/m", "/g"])
def test_a_number_of_partitions(tables, count, dataset):
    found = plan(tables / "run1.h5", dataset, partitions=count).partitions
    rows_of_chunks = {"/t": 9, "/m": 11, "/g": 1100}[dataset]
    assert len(found) == min(count, rows_of_chunks)
    assert [part.start for part in found] == [0, *[part.stop for part in found[:-1]]]
    assert found[-1].stop == 1100


def test_partitions_of_unequal_chunks_have_about_equal_bytes(tmp_path):
    data = np.zeros((1000, 100), "i4")
    data[:300] = np.random.default_rng(0).integers(0, 1 << 30, (300, 100))
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file.create_dataset("d", data=data, chunks=(10, 100), compression=1)
    found = plan(tmp_path / "f.h5", "d", partitions=3).partitions
    stored = [part.stored_bytes for part in found]
    assert max(stored) < 1.2 * min(stored)
    assert found[0].stop < 150


@pytest.mark.parametrize("wrong", [{"mode": "x"}, {"partition_bytes": 0}, {"rows": (0, 1, 2)}])
def test_wrong_arguments(tables, wrong):
    with pytest.raises(ValueError):
        plan(tables, "/t", **wrong)


def test_byte_order_is_no_difference(tmp_path):
    for name, dtype in (("a.h5", "<i4"), ("b.h5", ">i4")):
        with h5py.File(tmp_path / name, "w") as file:
            file["d"] = np.arange(5, dtype=dtype)
    assert plan(tmp_path, "d").rows == 10


def test_unequal_columns_are_no_table(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file["g/a"], file["g/b"] = np.arange(5), np.arange(6)
    with pytest.raises(SchemaError, match="their lengths differ"):
        plan(tmp_path, "g")


def test_globs_folders_and_lists(tables):
    (tables / "_hidden.h5").write_bytes(b"")
    names = [str(tables / f"run{i}.h5") for i in range(3)]
    assert find_files(tables) == names
    assert find_files(str(tables / "run*.h5")) == names
    assert find_files([names[1], tables]) == [names[1], names[0], names[2]]
