"""Programs under mpirun that go wrong: they end, within a bounded time, and say why.

./dev test --mpi runs these; each starts ranks of its own.
"""

import os
import re
import subprocess
import time
from pathlib import Path

import h5py
import hyperslab
import numpy as np
import pytest
from programs import RUN, checked, run


@pytest.fixture
def path(tmp_path):
    return tmp_path / "f.h5"


def test_a_shape_that_differs_on_a_rank(path):
    done = checked(
        """
        with h5py.File(path, "w", driver="mpio", comm=comm) as f:
            try:
                f.create_dataset("x", (3 + (comm.rank == 2),))
            except ValueError as error:
                print(error, flush=True)
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The ranks do not make the same call") == 4
    assert "ranks 0, 1, 3: H5Dcreate('x', shape (3,), float32) at <string>:9" in done.stdout
    assert "rank 2: H5Dcreate('x', shape (4,), float32) at <string>:9" in done.stdout


def test_a_rank_that_skips_a_create(path):
    done = checked(
        """
        with h5py.File(path, "w", driver="mpio", comm=comm) as f:
            f.create_group("before")
            try:
                if comm.rank != 1:
                    f.create_group("a")
                f.create_group("b")
            except ValueError as error:
                print(error, flush=True)
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    assert "ranks 0, 2, 3: H5Gcreate('a')" in done.stdout
    assert "rank 1: H5Gcreate('b')" in done.stdout
    with h5py.File(path) as f:
        assert "before" in f


def test_a_rank_that_leaves_a_collective(path):
    done = checked(
        """
        with h5py.File(path, "w", driver="mpio", comm=comm) as f:
            dset = f.create_dataset("x", (8,), "i4")
            if comm.rank == 3:
                time.sleep(6)
            else:
                try:
                    with dset.collective:
                        dset[comm.rank] = 1
                except (ValueError, OSError) as error:
                    print(error, flush=True)
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    assert "Not all ranks made a call" in done.stdout
    assert "ranks 0, 1, 2: H5Dwrite('/x')" in done.stdout
    assert "rank 3: no call; its last one was H5Dcreate('x'" in done.stdout


def test_no_check_of_a_right_program(path):
    done = checked(
        """
        with h5py.File(path, "w", driver="mpio", comm=comm) as f:
            for i in range(50):
                group = f.create_group(f"g{i}")
                group.attrs["a"] = i
                dset = group.create_dataset("x", (comm.size, 3), "i4")
                with dset.collective:
                    dset[comm.rank] = i
            f.flush()
            del f["g7"]
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as f:
        assert len(f) == 49
        assert (f["g9/x"][...] == 9).all()


def test_a_rank_that_raises_ends_all(path):
    begin = time.monotonic()
    done = run(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        dset = f.create_dataset("x", (100,), "i4")
        if comm.rank == 1:
            raise RuntimeError("something else")
        with dset.collective:
            dset[comm.rank] = 1
        """,
        path,
    )
    assert done.returncode != 0
    assert "something else" in done.stderr
    assert time.monotonic() - begin < 50


def test_a_rank_that_is_killed_ends_all(path):
    other = path.with_name("closed.h5")
    done = run(
        """
        other = path.replace("f.h5", "closed.h5")
        with h5py.File(other, "w", driver="mpio", comm=comm) as f:
            f.create_dataset("x", data=[1, 2, 3])
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        dset = f.create_dataset("x", (100,), "i4")
        if comm.rank == 1:
            os.kill(os.getpid(), 9)
        with dset.collective:
            dset[comm.rank] = 1
        f.close()
        """,
        path,
    )
    assert done.returncode != 0
    with h5py.File(other) as f:
        assert f["x"][...].tolist() == [1, 2, 3]


def test_files_that_are_open_at_the_end_are_closed(path):
    done = run(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        f.create_dataset("x", (4,), "i4")[comm.rank] = comm.rank
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as f:
        assert f["x"][...].tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "program, error",
    [
        ("h5py.File(path, 'w', driver='mpio', comm=MPI.COMM_NULL)", "ValueError"),
        ("h5py.File(path, 'w', driver='mpio')", "TypeError"),
        ("h5py.File(path, 'w', driver='mpio', comm=7)", "TypeError"),
        ("h5py.File(path, 'r', driver='mpio', comm=comm)", "OSError"),
        ("c = comm.Dup(); c.Free(); h5py.File(path, 'w', driver='mpio', comm=c)", "ValueError"),
        ("MPI.Finalize(); h5py.File(path, 'w', driver='mpio', comm=comm)", "ValueError"),
    ],
)
def test_wrong_arguments(path, program, error):
    done = run(
        f"""
        try:
            {program}
        except Exception as error:
            print(type(error).__mro__, flush=True)
        """,
        path,
        ranks=2,
    )
    assert done.stdout.count(error) == 2, done.stdout + done.stderr
    assert done.returncode == 0, done.stderr


def test_fork_leaves_the_ranks_alone(path):
    done = run(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        f.create_dataset("x", (comm.size,), "i4")[comm.rank] = 1
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        f.close()
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    with h5py.File(path) as f:
        assert f["x"][...].tolist() == [1] * 4


def test_a_forked_process_is_refused_parallel_files(path):
    done = run(
        """
        f = h5py.File(path, "w", driver="mpio", comm=comm)
        dset = f.create_dataset("x", (comm.size,), "i4")
        child = os.fork()
        if child == 0:
            for call in (
                f.flush,
                f.close,
                lambda: h5py.File(path + "2", "w", driver="mpio", comm=MPI.COMM_SELF),
            ):
                try:
                    call()
                except ValueError as error:
                    print(error, flush=True)
            with h5py.File(f"{path}{comm.rank}", "w") as own:
                own["x"] = comm.rank
            os._exit(0)
        os.waitpid(child, 0)
        dset[comm.rank] = 1
        f.close()
        """,
        path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("was forked") == 12
    with h5py.File(path) as f:
        assert f["x"][...].tolist() == [1] * 4
    with h5py.File(str(path) + "3") as f:
        assert f["x"][()] == 3


def test_the_first_program_of_the_docs(path):
    page = Path(__file__).parents[2] / "docs" / "parallel.md"
    programs = re.findall(r"^```python\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
    for program in programs:
        folder = f"os.chdir({str(path.parent)!r})\n"
        done = run(folder + program, path)
        assert done.returncode == 0, done.stderr
    assert programs


def test_the_example_in_cpp(path):
    build = Path(hyperslab.__file__).parents[2]
    command = [RUN, "4", build / "tests" / "example_collective_write"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "HYPERSLAB_CALLED_FROM": str(path.parent)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("reads what the next one wrote") == 4
    with h5py.File(path.with_name("collective.h5")) as f:
        assert f["x"].dtype == "f4"
        assert (f["x"][...] == np.repeat(np.arange(4), 100)[:, None]).all()
