"""Streams of rows: from new files, from files that grow, and once each."""

import subprocess
import sys
import uuid

import h5py
import numpy as np
import pytest
from pyspark.errors import StreamingQueryException

WRITER = """
import sys, h5py, numpy as np
with h5py.File(sys.argv[1], "w", libver="latest") as file:
    data = file.create_dataset("d", (0,), "i4", maxshape=(None,), chunks=(10,))
    file.swmr_mode = True
    for line in sys.stdin:
        rows = len(data)
        data.resize((rows + int(line),))
        data[rows:] = np.arange(rows, rows + int(line))
        data.flush()
        print("written", flush=True)
"""


@pytest.fixture
def stream(spark, tmp_path):
    """Starts a query that keeps what it has read: (query, rows of it so far)."""
    started = []

    def start(path, dataset, **options):
        name = f"t{uuid.uuid4().hex}"
        frame = spark.readStream.format("hdf5").options(dataset=dataset, **options).load(str(path))
        query = frame.writeStream.format("memory").queryName(name).outputMode("append").start()
        started.append(query)
        return query, lambda: sorted(tuple(row) for row in spark.table(name).collect())

    yield start
    for query in started:
        query.stop()


def write(path, values, dtype="i8"):
    with h5py.File(path, "w") as file:
        file.create_dataset("d", data=np.array(values, dtype), maxshape=(None,), chunks=(4,))


def append(path, values):
    with h5py.File(path, "a") as file:
        file["d"].resize((len(file["d"]) + len(values),))
        file["d"][-len(values) :] = values


def test_new_files_and_new_rows_are_read_once(stream, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.h5", [1, 2, 3])
    query, rows = stream(folder, "d")
    query.processAllAvailable()
    a, b = str(folder / "a.h5"), str(folder / "b.h5")
    assert rows() == [(1, a, 0), (2, a, 1), (3, a, 2)]
    write(folder / "b.h5", [4])
    append(folder / "a.h5", [5, 6])
    query.processAllAvailable()
    assert rows() == [(1, a, 0), (2, a, 1), (3, a, 2), (4, b, 0), (5, a, 3), (6, a, 4)]


def test_a_file_that_its_writer_has_locked_is_left_for_later(stream, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.h5", [1, 2])
    query, rows = stream(folder, "d")
    query.processAllAvailable()
    with h5py.File(folder / "a.h5", "r+") as file:
        file["d"].resize((3,))
        file["d"][2] = 3
        query.processAllAvailable()
        assert len(rows()) == 2
    query.processAllAvailable()
    assert [value for value, *_ in rows()] == [1, 2, 3]


def test_a_query_goes_on_where_it_was(spark, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for values in ([1, 2], [3]):
        if (folder / "a.h5").exists():
            append(folder / "a.h5", values)
        else:
            write(folder / "a.h5", values)
        frame = spark.readStream.format("hdf5").option("dataset", "d").load(str(folder))
        writer = frame.writeStream.format("parquet").option(
            "checkpointLocation", str(tmp_path / "checkpoint")
        )
        query = writer.start(str(out))
        query.processAllAvailable()
        query.stop()
    read = spark.read.parquet(str(out)).select("value", "_row").collect()
    assert sorted(map(tuple, read)) == [(1, 0), (2, 1), (3, 2)]


def test_a_file_that_another_process_is_writing(stream, tmp_path):
    path = tmp_path / "live.h5"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with writer:
        total, query = 0, None
        for count in (25, 1, 17):
            writer.stdin.write(f"{count}\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "written\n"
            total += count
            if query is None:
                query, rows = stream(path, "d")
            query.processAllAvailable()
            assert [(row[0], row[2]) for row in rows()] == [(i, i) for i in range(total)]
        writer.stdin.close()


def test_tables_stream(stream, tables):
    query, rows = stream(tables, "/t", columns="id,text", files="run[01].h5")
    query.processAllAvailable()
    with h5py.File(tables / "run0.h5") as file:
        expected = [(int(row["id"]), row["text"].decode()) for row in file["t"][()]]
    assert [row[:2] for row in rows() if row[2].endswith("run0.h5")] == sorted(expected)
    assert len(rows()) == 2100


def test_a_file_that_is_being_made_is_left_for_later(stream, tmp_path):
    write(tmp_path / "a.h5", [1])
    query, rows = stream(tmp_path, "d")
    (tmp_path / "b.h5").write_bytes(b"")
    query.processAllAvailable()
    assert len(rows()) == 1
    write(tmp_path / "b.h5", [2])
    query.processAllAvailable()
    assert [row[0] for row in rows()] == [1, 2]


def other_type(folder):
    write(folder / "b.h5", [0.5], "f4")
    return folder / "b.h5", "differs from that of the stream"


def fewer_rows(folder):
    write(folder / "a.h5", [1])
    return folder / "a.h5", "has become smaller"


@pytest.mark.parametrize("harm", [other_type, fewer_rows])
def test_what_cannot_go_on_ends_the_query_with_the_file(stream, tmp_path, harm):
    write(tmp_path / "a.h5", [1, 2, 3])
    query, rows = stream(tmp_path, "d")
    query.processAllAvailable()
    path, why = harm(tmp_path)
    with pytest.raises(StreamingQueryException) as caught:
        query.processAllAvailable()
    assert str(path) in str(caught.value) and why in str(caught.value)
    assert len(rows()) == 3


def test_other_types_can_be_left_out(stream, tmp_path):
    write(tmp_path / "a.h5", [1, 2, 3])
    query, rows = stream(tmp_path, "d", mode="DROPMALFORMED")
    other_type(tmp_path)
    query.processAllAvailable()
    assert [row[0] for row in rows()] == [1, 2, 3]


@pytest.mark.parametrize("option", [{"rows": "0:1"}, {"mode": "PERMISSIVE"}])
def test_options_that_a_stream_has_not(stream, tmp_path, option):
    write(tmp_path / "a.h5", [1])
    with pytest.raises(Exception, match="a stream"):
        query, _ = stream(tmp_path, "d", **option)
        query.processAllAvailable()
