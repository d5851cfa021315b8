"""Samples for loaders, in processes as PyTorch's loader makes them. PyTorch is not needed."""

import multiprocessing
import pickle
import sys

import h5py
import numpy as np
import pytest
from hyperslab.distributed import SchemaError
from hyperslab.torch import ChunkBatches, Rows, RowStream


def expected(folder, name):
    read = []
    for number in range(3):
        with h5py.File(folder / f"run{number}.h5") as file:
            read.append(file[name][()])
    return np.concatenate(read)


def test_samples_are_rows(tables):
    rows, data = Rows(tables, "/m"), expected(tables, "m")
    assert len(rows) == len(data)
    for index in (0, 5, 999, 1000, 3299, -1):
        assert np.array_equal(rows[index], data[index])
    order = np.random.default_rng(0).permutation(len(data))[:500]
    assert np.array_equal(np.stack(rows.__getitems__(order.tolist())), data[order])
    assert np.array_equal(np.stack(rows.__getitems__([3, 3, 1200, 3])), data[[3, 3, 1200, 3]])
    assert rows.__getitems__([]) == []


@pytest.mark.parametrize("index", [3300, -3301])
def test_there_is_no_other_row(tables, index):
    with pytest.raises(IndexError, match=str(index)):
        Rows(tables, "/m")[index]


def test_compounds_columns_and_groups(tables):
    table, data = Rows(tables, "/t"), expected(tables, "t")
    assert [sample["id"] for sample in table.__getitems__([2000, 7])] == [data["id"][2000], 7]
    some = Rows(tables, "/t", columns=["x", "text"])[1500]
    assert some == {"x": data["x"][1500], "text": data["text"][1500]}
    assert Rows(tables, "/g")[1003] == {"a": 6, "b": 0.75}
    assert Rows(tables, "/g", columns=["b"]).__getitems__([1, 0]) == [{"b": 0.25}, {"b": 0.0}]


def test_samples_are_transformed(tables):
    assert Rows(tables, "/g", ["a"], transform=lambda sample: sample["a"] + 1)[3] == 7


@pytest.mark.skipif("torch" in sys.modules, reason="PyTorch is installed")
def test_tensors_need_pytorch(tables):
    try:
        import torch
    except ImportError:
        with pytest.raises(ImportError):
            Rows(tables, "/m", tensors=True)
    else:
        assert isinstance(Rows(tables, "/m", tensors=True)[0], torch.Tensor)


def read_indices(rows, indices, results):
    results.put((indices, [sample.tolist() for sample in rows.__getitems__(indices)]))


@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
def test_workers_open_for_themselves(tables, how):
    rows, data = Rows(tables, "/m"), expected(tables, "m")
    rows[0]  # the parent has a file open when its workers begin
    context = multiprocessing.get_context(how)
    results = context.Queue()
    batches = list(ChunkBatches(rows, 400))
    workers = [
        context.Process(target=read_indices, args=(rows, batch, results)) for batch in batches[:3]
    ]
    for worker in workers:
        worker.start()
    for _ in workers:
        indices, samples = results.get(timeout=120)
        assert np.array_equal(np.array(samples, "f4"), data[indices])
    for worker in workers:
        worker.join()
    assert np.array_equal(rows[3299], data[3299])


def test_what_is_sent_to_a_worker_is_small(tables):
    rows = Rows(tables, "/m")
    rows[0]
    assert len(pickle.dumps(rows)) < 5000


@pytest.mark.parametrize("batch_size, pool", [(1, 1), (7, 2), (100, 3), (5000, 1000)])
@pytest.mark.parametrize("drop_last", [False, True])
def test_batches_have_every_row_once(tables, batch_size, pool, drop_last):
    batches = ChunkBatches(Rows(tables, "/m"), batch_size, pool=pool, drop_last=drop_last)
    made = list(batches)
    assert len(made) == len(batches)
    assert all(len(batch) == batch_size for batch in made[:-1])
    every = [index for batch in made for index in batch]
    assert len(set(every)) == len(every)
    left = 3300 % batch_size if drop_last else 0
    assert len(every) == 3300 - left
    assert every != sorted(every) or not every


def test_each_epoch_has_its_order_and_each_seed(tables):
    batches = ChunkBatches(Rows(tables, "/m"), 50, seed=1)
    first = list(batches)
    assert list(batches) == first
    batches.set_epoch(1)
    assert list(batches) != first
    assert list(ChunkBatches(Rows(tables, "/m"), 50, seed=2)) != first


def test_a_batch_needs_few_chunks(tables):
    rows = Rows(tables, "/m")
    starts = rows.chunks()[:, 0]
    for batch in ChunkBatches(rows, 50, pool=4):
        chunks = set(np.searchsorted(starts, batch, side="right"))
        assert len(chunks) <= 8  # those of one pool, and of what was left of the one before


def test_processes_that_train_together_have_equal_shares(tables):
    rows = Rows(tables, "/m")
    shares = [list(ChunkBatches(rows, 70, rank=rank, replicas=4)) for rank in range(4)]
    assert len({len(share) for share in shares}) == 1
    every = [index for share in shares for batch in share for index in batch]
    assert len(set(every)) == len(every) > 3300 - 4 * 70


def test_a_stream_has_every_row_once(tables):
    data = expected(tables, "m")
    assert np.array_equal(np.stack(list(RowStream(tables, "/m"))), data)
    shuffled = RowStream(tables, "/m", shuffle=True, partition_bytes=5000)
    assert len(shuffled) == 3300
    first = np.stack(list(shuffled))
    assert not np.array_equal(first, data)
    assert np.array_equal(np.sort(first, axis=0), np.sort(data, axis=0))
    shuffled.set_epoch(1)
    assert not np.array_equal(np.stack(list(shuffled)), first)


def send_stream(stream, results):
    results.put([sample["id"].tolist() for sample in stream])


def test_workers_share_a_stream(tables):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    workers = [
        context.Process(
            target=send_stream,
            args=(
                RowStream(
                    tables, "/t", ["id"], batch_rows=64, shuffle=True, partition_bytes=4000,
                    worker=number, workers=3,
                ),
                results,
            ),
        )
        for number in range(3)
    ]  # fmt: skip
    for worker in workers:
        worker.start()
    read = [results.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()
    assert all(read)
    every = [value for batches in read for batch in batches for value in batch]
    assert sorted(every) == sorted(expected(tables, "t")["id"].tolist())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda rows: ChunkBatches(rows, 0),
        lambda rows: ChunkBatches(rows, 1, pool=0),
        lambda rows: ChunkBatches(rows, 1, rank=2, replicas=2),
        lambda rows: RowStream("x", "y", batch_rows=0),
        lambda rows: RowStream("x", "y", worker=1),
        lambda rows: RowStream("x", "y", worker=2, workers=2),
    ],
)
def test_wrong_arguments(tables, wrong):
    with pytest.raises(ValueError):
        wrong(Rows(tables, "/m"))


def test_bad_files_are_named(tables):
    rows = Rows(tables, "/m")
    with h5py.File(tables / "run1.h5", "a") as file:
        del file["m"]
        file["m"] = np.zeros((5, 7), "f4")
    with pytest.raises(SchemaError, match=r"run1\.h5.*smaller"):
        rows[1000]
    with pytest.raises(SchemaError, match=r"'/none' in file .*run0\.h5"):
        Rows(tables, "/none")


def test_a_damaged_chunk_is_an_error(tmp_path):
    with h5py.File(tmp_path / "f.h5", "w") as file:
        data = file.create_dataset("d", data=np.arange(1000), chunks=(100,), compression=1)
        place = data.id.get_chunk_info(3)
    with open(tmp_path / "f.h5", "r+b") as file:
        file.seek(place.byte_offset)
        file.write(b"\xff" * 20)
    rows = Rows(tmp_path / "f.h5", "d")
    assert rows[299] == 299
    with pytest.raises(OSError):
        rows.__getitems__([1, 350])
