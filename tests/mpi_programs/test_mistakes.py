"""HYPERSLAB_MPI_CHECK=1 says on every rank which arguments differ on one of them."""

import pytest
from programs import checked, run

PROGRAM = """
    import numpy as np
    f = h5py.File(path, "w", driver="mpio", comm=comm)
    f.create_dataset("old", (20,), "f4", chunks=(5,), maxshape=(None,))
    f.create_group("g").attrs["p"] = 1
    bad = comm.rank == 2

    def create(**keywords):
        return f.create_dataset("x", (30,), "f4", **keywords)

    def virtual(first):
        layout = h5py.VirtualLayout((5,), "f4")
        layout[:] = h5py.VirtualSource(f["old"])[first : first + 5]
        return layout

    try:
        MISTAKE
        f.create_group("next")
        print("nothing was found", flush=True)
    except ValueError as error:
        print(" ".join(str(error).split()), flush=True)
    f.close()
    print("closed", flush=True)
"""
MISTAKES = {
    "chunks": ("create(chunks=(5 + bad,))", "chunks (6,)"),
    "maxshape": ("create(chunks=(5,), maxshape=(None if bad else 40,))", "(unlimited,)"),
    "filter": ("create(chunks=(5,), compression='lzf' if bad else 'gzip')", "filters lzf"),
    "level": ("create(chunks=(5,), compression='gzip', compression_opts=5 + bad)", "deflate 6"),
    "fill value": ("create(fillvalue=5 + bad)", "properties"),
    "fill time": ("create(fill_time='never' if bad else 'ifset')", "properties"),
    "allocation": ("create(chunks=(5,), alloc_time='late' if bad else 'early')", "properties"),
    "virtual": ("f.create_virtual_dataset('v', virtual(int(bad)))", "properties"),
    "order": ("f.create_group('a', track_order=bad)", "properties"),
    "parent": ("(f['g'] if bad else f).create_group('a')", "in '/g'"),
    "value": ("f.attrs['a'] = 3 + bad", "value"),
    "change": ("f['g'].attrs.modify('p', 2 + bad)", "value"),
    "target": ("f['s'] = f['old' if bad else 'g']", "'/old'"),
    "type": ("f['t'] = np.dtype('f4' if bad else 'f8')", "float32"),
    "atomicity": ("f.atomic = bad", "H5Fset_mpi_atomicity(true)"),
    "name": (
        "h5py.File(path + ('2' if bad else '3'), 'w', driver='mpio', comm=comm)",
        "f.h52'",
    ),
    "mode": ("h5py.File(path, 'r' if bad else 'r+', driver='mpio', comm=comm)", "flags 0"),
    "opening": (
        "None if bad else h5py.File(path + '2', 'w', driver='mpio', comm=comm)",
        "H5Pset_fapl_mpio()",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_argument_that_differs_on_a_rank(tmp_path, mistake):
    line, words = MISTAKES[mistake]
    done = checked(PROGRAM.replace("MISTAKE", line), tmp_path / "f.h5")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("The ranks do not make the same call") == 4, done.stdout
    assert words in done.stdout
    assert done.stdout.count("closed") == 4


@pytest.mark.parametrize(
    "call",
    [
        "dset.read_direct(np.zeros(9) if bad else row, np.s_[own], None)",
        "dset.read_direct('text' if bad else row, np.s_[own], None)",
        "dset.astype('S3')[own] if bad else dset[own]",
        "dset.write_direct(np.zeros(9) if bad else row, None, np.s_[own])",
    ],
)
def test_direct_reads_that_fail_on_a_rank(tmp_path, call):
    """A rank takes part with nothing; see also tests/mpi/test_transfers.py."""
    done = run(
        f"""
        import numpy as np
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        dset = f.create_dataset("x", (4, 4), "f4")
        bad, own, row = comm.rank == 1, comm.rank, np.zeros(4, "f4")
        try:
            with dset.collective:
                {call}
        except (TypeError, AttributeError, OSError) as error:
            print("failed", flush=True)
        f.close()
        print("closed", flush=True)
        """,
        tmp_path / "f.h5",
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("failed") == 1
    assert done.stdout.count("closed") == 4


def test_an_intercommunicator(tmp_path):
    done = run(
        """
        half = comm.Split(comm.rank % 2)
        between = half.Create_intercomm(0, comm, 1 - comm.rank % 2)
        try:
            h5py.File(path, "w", driver="mpio", comm=between)
        except ValueError as error:
            print(error, flush=True)
        """,
        tmp_path / "f.h5",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("one group of processes") == 4
