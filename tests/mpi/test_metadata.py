"""Metadata that ranks make, change and flush together: a serial h5py finds all, and only them."""

import h5py
import hyperslab
import numpy as np
import pytest
from mpi4py import MPI
from test_transfers import parallel

COUNT = 400


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("coll_write", [True, False])
def test_objects_flushed_changed_and_flushed_again(comm, shared_path, libver, coll_write):
    """Between flushes entries of the metadata cache become dirty, clean, moved and deleted."""
    path = shared_path / "f.h5"
    with parallel(path, "w", comm, libver=libver) as f:
        f.create_many({f"a/{i}": {"shape": (i % 5,), "dtype": "i4"} for i in range(COUNT)})
        f.flush()
        f.flush()
        for i in range(0, COUNT, 7):
            f[f"a/{i}"].attrs["number"] = np.arange(i)
        for i in range(1, COUNT, 7):
            del f[f"a/{i}"]
        for i in range(2, COUNT, 7):
            f.move(f"a/{i}", f"b/{i}")
        f.flush()
        for i in range(3, COUNT, 7):
            f[f"a/{i}"].attrs["text"] = str(i)
        f.create_many({f"c/{i}": {"data": np.arange(3) + i} for i in range(COUNT)})
    with parallel(path, "r+", comm) as f:
        if not coll_write:
            f.id.get_access_plist().set_coll_metadata_write(False)
        f["new"] = 1
        f.flush()
        del f["c/0"]
    comm.barrier()
    if comm.rank == 0:
        check(path)
    comm.barrier()


def check(path):
    with h5py.File(path) as f:
        kinds = [i % 7 for i in range(COUNT)]
        assert set(f["a"]) == {str(i) for i, kind in enumerate(kinds) if kind not in (1, 2)}
        assert set(f["b"]) == {str(i) for i, kind in enumerate(kinds) if kind == 2}
        assert set(f["c"]) == {str(i) for i in range(1, COUNT)}
        assert f["new"][()] == 1
        for i, kind in enumerate(kinds):
            if kind == 1:
                continue
            dset = f["b" if kind == 2 else "a"][str(i)]
            assert dset.shape == (i % 5,)
            attributes = {0: ["number"], 3: ["text"]}.get(kind, [])
            assert list(dset.attrs) == attributes
            if kind == 0:
                assert (dset.attrs["number"] == np.arange(i)).all()
            if kind == 3:
                assert dset.attrs["text"] == str(i)
        for i in range(1, COUNT):
            assert (f["c"][str(i)][...] == np.arange(3) + i).all()


def test_what_nobody_writes_is_zero(comm, shared_path):
    """MPI-IO that reads gaps before it writes them must not make up what it reads."""
    path = shared_path / "f.h5"
    shape = (64, 64 * comm.size)
    mine = slice(comm.rank * 64, comm.rank * 64 + 63, 3)
    with parallel(path, "w", comm) as f:
        for number in range(4):
            dset = f.create_dataset(f"{number}", shape, "i8")
            dset.attrs["made"] = number
            with dset.collective:
                dset[::2, mine] = 7
        f.create_dataset("unwritten", shape, "i8")
    comm.barrier()
    if comm.rank == 0:
        expected = np.zeros(shape, "i8")
        for rank in range(comm.size):
            expected[::2, rank * 64 : rank * 64 + 63 : 3] = 7
        with h5py.File(path) as f:
            for number in range(4):
                assert np.array_equal(f[f"{number}"][...], expected)
            assert not f["unwritten"][...].any()
    comm.barrier()


def test_a_program_gets_the_hints_that_it_gave(comm, shared_path):
    path = shared_path / "f.h5"
    with hyperslab.File(path, "w", driver="mpio", comm=comm) as f:
        ours = f.id.get_access_plist().get_fapl_mpio()[1]
    assert ours == MPI.INFO_NULL
    hints = MPI.Info.Create()
    hints.Set("cb_nodes", "1")
    with hyperslab.File(path, "r", driver="mpio", comm=comm, info=hints) as f:
        given = dict(f.id.get_access_plist().get_fapl_mpio()[1])
    assert given["cb_nodes"] == "1"  # MPICH adds all that it knows
    assert given.get("cb_buffer_size") != "4194304"
    hints.Free()
