"""Tensors, and PyTorch's own loaders with their worker processes."""

import h5py
import numpy as np
import pytest
from hyperslab.torch import ChunkBatches, Rows, RowStream

torch = pytest.importorskip(
    "torch", reason="PyTorch is not in this environment; ./dev test --engines has one with it"
)
from torch.utils.data import DataLoader  # noqa: E402

KINDS = ["i1", "<i2", ">i4", "i8", "u1", "f2", "<f4", ">f8", "?", "c8"]


def expected(folder, name):
    values = []
    for path in sorted(folder.glob("run*.h5")):
        with h5py.File(path) as file:
            values.append(file[name][()])
    return np.concatenate(values)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("shape", [(40,), (40, 3), (40, 2, 5)])
def test_samples_are_tensors(tmp_path, kind, shape):
    values = np.random.default_rng(1).integers(0, 2, shape).astype(kind)
    with h5py.File(tmp_path / "f.h5", "w") as file:
        file.create_dataset("d", data=values, chunks=(7, *shape[1:]), compression=1)
    whole = torch.from_numpy(values.astype(np.dtype(kind).newbyteorder("=")))
    rows = Rows(tmp_path / "f.h5", "d", tensors=True)
    assert torch.equal(torch.stack(rows.__getitems__(range(40))), whole)
    assert rows[3].dtype == whole.dtype and torch.equal(rows[-1], whole[-1])
    stream = RowStream(tmp_path / "f.h5", "d", tensors=True)
    assert torch.equal(torch.stack(list(stream)), whole)
    batches = RowStream(tmp_path / "f.h5", "d", tensors=True, batch_rows=9)
    assert torch.equal(torch.cat(list(batches)), whole)


def test_columns_are_tensors(tables):
    table = expected(tables, "t")
    rows = Rows(tables, "/t", ["x", "y", "grid"], tensors=True)
    sample = rows[1234]
    for name in ("x", "y", "grid"):
        assert np.array_equal(sample[name].numpy(), table[name][1234])
    batch = next(iter(RowStream(tables, "/t", ["y", "id"], tensors=True, batch_rows=20)))
    assert np.array_equal(batch["y"].numpy(), table["y"][:20].astype("f8"))
    group = Rows(tables, "/g", tensors=True)[5]
    assert {name: value.item() for name, value in group.items()} == {"a": 10, "b": 1.25}


def test_elements_without_tensors_are_named(tables):
    with pytest.raises(TypeError, match="'text' has elements of type object"):
        Rows(tables, "/t", ["text"], tensors=True)[0]
    with pytest.raises(TypeError, match="'name' has elements of type .S6"):
        next(iter(RowStream(tables, "/t", ["name"], tensors=True)))


@pytest.mark.parametrize("how", ["fork", "spawn", "forkserver"])
@pytest.mark.parametrize("tensors", [False, True])
def test_loaders_with_workers_have_every_row_once(tables, how, tensors):
    rows = Rows(tables, "/m", tensors=tensors)
    rows[0]  # the parent has a file open, which no worker may use
    batches = ChunkBatches(rows, 64, pool=3, seed=2)
    loader = DataLoader(
        rows, batch_sampler=batches, num_workers=2, multiprocessing_context=how, timeout=300
    )
    made = list(loader)
    assert [len(batch) for batch in made] == [len(batch) for batch in batches]
    order = [index for batch in batches for index in batch]
    assert np.array_equal(torch.cat(made).numpy(), expected(tables, "m")[order])


@pytest.mark.parametrize("workers", [0, 1, 3])
@pytest.mark.parametrize("shuffle", [False, True])
def test_workers_share_a_stream(tables, workers, shuffle):
    stream = RowStream(tables, "/g", shuffle=shuffle, partition_bytes=2000, batch_rows=50)
    loader = DataLoader(stream, batch_size=None, num_workers=workers)
    values = torch.cat([batch["a"] for batch in loader]).tolist()
    assert sorted(values) == sorted(expected(tables, "g/a").tolist())


def test_epochs_of_workers_that_stay(tables):
    rows = Rows(tables, "/m", tensors=True)
    batches = ChunkBatches(rows, 100)
    loader = DataLoader(rows, batch_sampler=batches, num_workers=2, persistent_workers=True)
    first = torch.cat(list(loader))
    batches.set_epoch(1)
    second = torch.cat(list(loader))
    assert not torch.equal(first, second)
    assert torch.equal(first.sum(0), second.sum(0)) or torch.allclose(first.sum(0), second.sum(0))


def test_an_error_in_a_worker_names_the_file(tables):
    rows = Rows(tables, "/m")
    (tables / "run1.h5").unlink()
    with pytest.raises(Exception, match=r"run1\.h5"):
        list(DataLoader(rows, batch_size=500, num_workers=2))
