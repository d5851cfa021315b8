"""What ends badly ends for all ranks, soon and with a reason; closed files are unharmed."""

import os
import shutil
import subprocess

import h5py
import pytest
from programs import RUN, checked, run


@pytest.fixture
def path(tmp_path):
    return tmp_path / "f.h5"


FULL = """
    import resource
    import numpy as np
    other = path.replace("f.h5", "closed.h5")
    with h5py.File(other, "w", driver="mpio", comm=comm) as f:
        f.create_dataset("x", data=[1, 2, 3])
    f = h5py.File(path, "w", driver="mpio", comm=comm)
    dset = f.create_dataset("x", (4, 1 << 18), "f8", **{options})
    if comm.rank == 2:  # for this rank the disk is full after a megabyte
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    row = np.random.default_rng(comm.rank).random(1 << 18)
"""


@pytest.mark.parametrize("options", ["{}", "{'chunks': (1, 1 << 14), 'compression': 'gzip'}"])
def test_a_rank_without_room_ends_all(path, options):
    done = run(
        FULL.replace("{options}", options)
        + """
    with dset.collective:
        dset[comm.rank] = row
    f.close()
    """,
        path,
    )
    assert done.returncode != 0
    assert "File too large" in done.stderr
    assert "OSError" in done.stderr
    with h5py.File(path.with_name("closed.h5")) as f:
        assert f["x"][...].tolist() == [1, 2, 3]


@pytest.mark.parametrize("options", ["{}", "{'chunks': (1, 1 << 14), 'compression': 'gzip'}"])
def test_who_catches_the_error_goes_on(path, options):
    done = run(
        FULL.replace("{options}", options)
        + """
    try:
        with dset.collective:
            dset[comm.rank] = row
    except OSError as error:
        print("rank", comm.rank, error, flush=True)
    if comm.rank == 2:
        resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))
    f.close()
    """,
        path,
    )
    assert done.returncode != 0 or done.stdout.count("File too large") == 1, done.stderr
    assert "rank 2" in done.stdout


def test_mpi_that_was_not_initialized(path):
    done = run(
        """
        import mpi4py
        """,
        path,
        ranks=1,
    )
    assert done.returncode == 0
    text = (
        "import mpi4py, sys; mpi4py.rc.initialize = False\n"
        "from mpi4py import MPI\n"
        "import hyperslab as h5py\n"
        "try: h5py.File(sys.argv[1], 'w', driver='mpio', comm=MPI.COMM_WORLD)\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    done = subprocess.run(
        [RUN, "2", "-c", text, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.count("ValueError") == 2, done.stdout + done.stderr
    assert "initialized" in done.stdout


def test_file_objects_are_refused(path):
    done = run(
        """
        import io
        try:
            h5py.File(io.BytesIO(), "w", driver="mpio", comm=comm)
        except (TypeError, ValueError) as error:
            print("refused:", error, flush=True)
        """,
        path,
        ranks=2,
    )
    assert done.stdout.count("refused:") == 2, done.stdout + done.stderr


def test_files_that_some_ranks_have_open_at_the_end(path):
    done = run(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        f.create_dataset("x", (4,), "i4")[comm.rank] = comm.rank
        if comm.rank % 2:
            own = h5py.File(path + str(comm.rank), "w", driver="mpio", comm=MPI.COMM_SELF)
            own["x"] = 1
        if comm.rank == 0:
            f.close()
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as f:
        assert f["x"][...].tolist() == [0, 1, 2, 3]
    with h5py.File(str(path) + "3") as f:
        assert f["x"][()] == 1


@pytest.mark.parametrize("end", ["", "if comm.rank == 3: f.close()", "del f", "del f, dset"])
def test_what_was_created_is_there_when_nothing_was_written(path, end):
    done = run(
        f"""
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        dset = f.create_dataset("x", (4,), "i4", chunks=(1,), compression="gzip")
        {end}
        """,
        path,
        timeout=30,
    )
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as f:
        assert f["x"].shape == (4,)


def test_a_rank_that_leaves_early_is_told_of(path):
    done = checked(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        if comm.rank == 1:
            sys.exit(0)
        f.create_group("g")
        """,
        path,
    )
    assert "do not make the same call" in done.stderr or "Not all ranks" in done.stderr
    assert "H5Fclose" in done.stderr or "rank 1" in done.stderr


def test_a_rank_is_killed_during_writes(path):
    done = run(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        dset = f.create_dataset("x", (400, 1000), "f8", chunks=(10, 1000), compression="gzip")
        for step in range(10000):
            if comm.rank == 3 and step == 5:
                os.kill(os.getpid(), 9)
            with dset.collective:
                dset[100 * comm.rank : 100 * (comm.rank + 1)] = step
        """,
        path,
    )
    assert done.returncode != 0


def test_mpirun_that_is_not_there(tmp_path):
    for tool in ("bash", "dirname", "readlink", "env", "cat"):
        os.symlink(shutil.which(tool), tmp_path / tool)
    done = subprocess.run(
        [RUN, "2", "true"],
        capture_output=True,
        text=True,
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "is not there: install" in done.stderr


@pytest.mark.parametrize("ranks", ["0", "-1", "two"])
def test_numbers_of_ranks_that_are_none(ranks):
    done = subprocess.run(
        [RUN, ranks, "true"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "is no number of ranks" in done.stderr
