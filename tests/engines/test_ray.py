"""Ray Data's datasets, on two workers, against what stock h5py reads."""

import os

import h5py
import numpy as np
import pytest
from hyperslab.distributed import SchemaError


@pytest.fixture(scope="module")
def read():
    """`read_hdf5`, with a Ray of two workers on this machine."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    import ray
    from hyperslab.ray import read_hdf5

    start(ray)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    yield read_hdf5
    ray.shutdown()


def start(ray, attempts=5):
    """Ray gives its processes 30 s to come up, which a busy machine may not grant them at once."""
    for attempt in range(attempts):
        try:
            ray.init(
                num_cpus=2,
                include_dashboard=False,
                logging_level="ERROR",
                log_to_driver=False,
                object_store_memory=200 << 20,
            )
            return
        except Exception:
            ray.shutdown()
            if attempt + 1 == attempts:
                raise


def expected(folder, name):
    found = []
    for number in range(3):
        with h5py.File(folder / f"run{number}.h5") as file:
            found.append(file[name][()])
    return np.concatenate(found)


def test_rows_of_arrays_are_tensors(read, tables):
    rows = read(tables, "/m", partition_bytes=5000).take_all()
    assert np.array_equal(np.stack([row["value"] for row in rows]), expected(tables, "m"))
    assert rows[0]["value"].dtype == np.float32


@pytest.mark.parametrize("dtype", ["i1", ">u4", "u8", "f2", ">f8", "?", "S3"])
@pytest.mark.parametrize("shape", [(50,), (50, 3), (50, 2, 3)])
def test_types(read, tmp_path, dtype, shape):
    data = (np.random.default_rng(0).random(shape) * 100).astype(dtype)
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file.create_dataset("d", data=data, chunks=(7, *shape[1:]))
    values = [row["value"] for row in read(tmp_path / "f.h5", "d").take_all()]
    if dtype == "S3":
        data = data.astype("U3")
        values = [np.array(value, "U3").tolist() for value in values]
    assert np.array_equal(np.array(values).reshape(shape), data)


def test_compounds_are_tables(read, tables):
    data = expected(tables, "t")
    dataset = read(tables, "/t", ["id", "big", "text", "flag", "name"], partition_bytes=4000)
    assert dataset.count() == 3300
    rows = dataset.take_all()
    for name in ("id", "big", "flag"):
        assert [row[name] for row in rows] == data[name].tolist()
    assert [row["text"] for row in rows] == [text.decode() for text in data["text"]]
    assert [row["name"] for row in rows] == [text.decode() for text in data["name"]]


def test_a_group_is_a_table(read, tables):
    dataset = read(tables / "run0.h5", "/g")
    assert dataset.sum("a") == (np.arange(1000) * 2).sum()
    assert read(tables / "run0.h5", "/g", ["b"]).schema().names == ["b"]


def test_rows_and_files_prune(read, tables):
    dataset = read(tables, "/t", ["id"], rows=(10, 30), files="run[02].h5")
    assert [row["id"] for row in dataset.take_all()] == [*range(10, 30)] * 2


def test_two_workers_read_what_is_asked_for(read, tables):
    def who(batch):
        return {"process": np.full(len(batch["value"]), os.getpid())}

    dataset = read(tables, "/m", override_num_blocks=9)
    assert dataset.materialize().num_blocks() >= 9
    processes = {row["process"] for row in dataset.map_batches(who).take_all()}
    assert os.getpid() not in processes


@pytest.mark.parametrize("mode", ["PERMISSIVE", "DROPMALFORMED"])
def test_bad_files_are_named_or_left_out(read, tables, mode):
    with h5py.File(tables / "run1.h5", "a") as file:
        del file["m"]
    with pytest.raises(SchemaError, match=r"'/m' in file '.*run1\.h5'"):
        read(tables, "/m")
    assert read(tables, "/m", mode=mode).count() == 2200


def test_a_damaged_chunk_fails_with_its_file(read, tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        data = file.create_dataset("d", data=np.arange(1000), chunks=(100,), compression=1)
        place = data.id.get_chunk_info(3)
    with open(tmp_path / "f.h5", "r+b") as file:
        file.seek(place.byte_offset)
        file.write(b"\xff" * 20)
    dataset = read(tmp_path / "f.h5", "d")
    with pytest.raises(Exception, match=r"f\.h5"):
        dataset.take_all()


def test_a_file_that_changed_fails_with_its_name(read, tables):
    dataset = read(tables / "run0.h5", "/m")
    with h5py.File(tables / "run0.h5", "a") as file:
        file["new"] = 1
    with pytest.raises(Exception, match=r"run0\.h5' has changed"):
        dataset.take_all()
