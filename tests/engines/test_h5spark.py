"""H5Spark's functions."""

import h5py
import hyperslab.spark as hs
import numpy as np
import pytest


@pytest.fixture
def matrix(tables):
    with h5py.File(tables / "run0.h5") as file:
        return (str(tables / "run0.h5"), "/m"), file["m"][()]


@pytest.mark.parametrize("mode", ["single", "multi"])
@pytest.mark.parametrize("partitions", [None, 1, 4])
def test_rows(spark, matrix, mode, partitions):
    where, expected = matrix
    rows = hs.h5read(spark.sparkContext, where, mode=mode, partitions=partitions)
    if mode == "multi" or partitions == 1:
        assert rows.getNumPartitions() == 1
    read = rows.collect()
    assert read[0].dtype == np.float32
    assert np.array_equal(np.stack(read), expected)


def test_points_have_the_index_in_row_order(spark, matrix):
    where, expected = matrix
    points = hs.h5read_point(spark.sparkContext, where, partitions=5).collect()
    assert [index for _, index in points] == list(range(expected.size))
    assert [value for value, _ in points] == expected.ravel().tolist()


def test_vectors_and_indexed_rows(spark, matrix):
    where, expected = matrix
    vectors = hs.h5read_vec(spark.sparkContext, where).collect()
    assert np.array_equal(np.array([v.toArray() for v in vectors]), expected)
    rows = hs.h5read_irow(spark.sparkContext, where, partitions=3).collect()
    assert [row.index for row in rows] == list(range(len(expected)))
    assert np.array_equal(np.array([row.vector.toArray() for row in rows]), expected)


def test_a_matrix_of_several_files(spark, tables):
    files = [(str(tables / f"run{i}.h5"), "/m") for i in range(3)]
    matrix = hs.h5read_imat(spark.sparkContext, files, mode="multi")
    assert (matrix.numRows(), matrix.numCols()) == (3300, 7)
    listed = tables / "list.txt"
    listed.write_text("".join(f"{path},{name}\n" for path, name in files))
    assert hs.h5read(spark.sparkContext, str(listed), mode="multi").count() == 3300


def test_a_damaged_file_is_no_row_of_zeros(spark, tmp_path):
    path = tmp_path / "f.h5"
    with h5py.File(path, "w") as file:
        made = file.create_dataset("d", data=np.ones((100, 4)), chunks=(10, 4), fletcher32=True)
        place = made.id.get_chunk_info(4).byte_offset
    with open(path, "r+b") as file:
        file.seek(place + 8)
        file.write(b"\xff\xfe\xfd")
    with pytest.raises(Exception, match=r"f\.h5"):
        hs.h5read_irow(spark.sparkContext, (str(path), "d")).count()


def test_wrong_arguments(spark, matrix):
    where, _ = matrix
    with pytest.raises(ValueError, match="'single' or 'multi'"):
        hs.h5read(spark.sparkContext, where, mode="both")
    with pytest.raises(ValueError, match="there is no '/nothing'"):
        hs.h5read(spark.sparkContext, (where[0], "/nothing"))
