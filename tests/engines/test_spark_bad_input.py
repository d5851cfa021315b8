"""Bad input in Spark: named errors, or nulls and missing rows, and never zeros in place of data."""

import h5py
import numpy as np
import pytest


@pytest.fixture
def damaged(tmp_path):
    """A file with ten chunks of 100 rows, of which the fifth cannot be read."""
    path = tmp_path / "damaged.h5"
    with h5py.File(path, "w") as file:
        made = file.create_dataset("d", data=np.arange(1, 1001), chunks=(100,), fletcher32=True)
        place = made.id.get_chunk_info(4).byte_offset
    with open(path, "r+b") as file:
        file.seek(place + 8)
        file.write(b"\xff\xfe\xfd\xfc")
    return path


def test_a_damaged_chunk_fails_the_job_with_file_and_dataset(load, damaged):
    with pytest.raises(Exception) as caught:
        load(damaged, "d").count()
    assert str(damaged) in str(caught.value) and "/d" in str(caught.value)


def test_permissive_rows_are_nulls_with_the_cause(load, damaged):
    rows = load(damaged, "d", mode="PERMISSIVE", columnNameOfCorruptRecord="why").collect()
    assert len(rows) == 1000
    assert all((row["value"] is None) == (400 <= row["_row"] < 500) for row in rows)
    assert all(row["value"] == row["_row"] + 1 for row in rows if row["value"] is not None)
    assert all((row["why"] is None) == (row["value"] is not None) for row in rows)


def test_malformed_rows_are_dropped(load, damaged):
    rows = load(damaged, "d", mode="DROPMALFORMED").collect()
    assert sorted(row["value"] for row in rows) == [*range(1, 401), *range(501, 1001)]


def test_one_file_without_the_dataset(load, tables):
    with h5py.File(tables / "run1.h5", "a") as file:
        del file["t"]
    with pytest.raises(Exception, match=r"there is no '/t' in file '.*run1\.h5'"):
        load(tables, "/t").count()
    assert load(tables, "/t", mode="DROPMALFORMED").count() == 2200
    assert load(tables, "/t", mode="permissive").count() == 2200


def test_one_file_with_another_type(load, tables):
    with h5py.File(tables / "run2.h5", "a") as file:
        del file["m"]
        file["m"] = np.zeros((5, 7), "f8")
    with pytest.raises(Exception, match=r"run2\.h5.*float64, not float32"):
        load(tables, "/m").count()


def test_a_first_file_that_is_no_hdf5(load, tables):
    (tables / "a.h5").write_bytes(b"something else")
    with pytest.raises(Exception, match=r"a\.h5"):
        load(tables, "/t").count()
    assert load(tables, "/t", mode="DROPMALFORMED").count() == 3300


def test_no_such_file(load, tmp_path):
    with pytest.raises(Exception, match="there is no file"):
        load(tmp_path / "nothing.h5", "/t").count()


def test_a_type_that_arrow_lacks(load, tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file["d"] = np.zeros(3, np.longdouble)
    with pytest.raises(Exception, match=r"at most 64 bits.*f\.h5"):
        load(tmp_path / "f.h5", "d").count()


def test_a_column_with_a_name_of_ours(load, tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file["d"] = np.zeros(3, [("_row", "i4")])
    with pytest.raises(Exception, match="'_row'.*is a name of ours"):
        load(tmp_path / "f.h5", "d").count()


def grow(path):
    with h5py.File(path, "a") as file:
        file["new"] = np.arange(10)


def vanish(path):
    path.unlink()


@pytest.mark.parametrize("mode", ["FAILFAST", "PERMISSIVE", "DROPMALFORMED"])
@pytest.mark.parametrize("harm", [grow, vanish])
def test_a_file_that_changes_after_the_plan(tables, harm, mode):
    """What a worker does with a partition that the driver has planned."""
    from hyperslab.spark.options import parse
    from hyperslab.spark.reader import Reader, schema_of

    path = tables / "run1.h5"
    given = {"path": str(tables), "dataset": "/m", "mode": mode}
    if mode == "PERMISSIVE":
        given["columnNameOfCorruptRecord"] = "why"
    options = parse(given)
    reader = Reader(options, schema_of(options))
    parts = reader.partitions()
    harm(path)
    batches = {part.value.path: reader.read(part) for part in parts}
    assert sum(batch.num_rows for batch in batches.pop(str(tables / "run0.h5"))) == 1000
    if mode == "FAILFAST":
        with pytest.raises((OSError, ValueError), match=r"run1\.h5") as caught:
            list(batches[str(path)])
        assert "/m" in str(caught.value)
        return
    read = [row for batch in batches[str(path)] for row in batch.to_pylist()]
    assert len(read) == (1100 if mode == "PERMISSIVE" else 0)
    assert all(row["value"] is None and "run1.h5" in row["why"] for row in read)


def rewrite(path):
    with h5py.File(path, "a") as file:
        file["m"][:5] = 7


@pytest.mark.parametrize("harm", [grow, vanish, rewrite])
def test_a_job_whose_file_changes_before_it_is_read_fails_with_its_name(load, tables, harm):
    rows = load(tables, "/m").rdd
    assert rows.getNumPartitions() == 3  # it is planned now
    harm(tables / "run1.h5")
    with pytest.raises(Exception, match=r"run1\.h5") as caught:
        rows.count()
    assert "/m" in str(caught.value)


@pytest.mark.parametrize(
    "other",
    [
        np.zeros((9, 8), "f4"),
        np.zeros((9, 7, 2), "f4"),
        np.zeros(9, "f4"),
        np.zeros(9, [("a", "f4")]),
        np.array([b"text"]),
        np.zeros((), "f4"),
        h5py.Empty("f4"),
        np.zeros((9, 7), np.longdouble),
    ],
)
@pytest.mark.parametrize("mode", ["FAILFAST", "PERMISSIVE", "DROPMALFORMED"])
def test_one_file_with_another_shape_or_type(load, tables, other, mode):
    with h5py.File(tables / "run1.h5", "a") as file:
        del file["m"]
        file["m"] = other
    if mode != "FAILFAST":
        assert load(tables, "/m", mode=mode).count() == 2200
        return
    with pytest.raises(Exception, match=r"run1\.h5") as caught:
        load(tables, "/m", mode=mode).count()
    assert "/m" in str(caught.value)


def test_a_file_that_is_cut_off(load, tables):
    path = tables / "run2.h5"
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(Exception, match=r"run2\.h5"):
        load(tables, "/t").count()
    assert load(tables, "/t", mode="DROPMALFORMED").count() == 2100
