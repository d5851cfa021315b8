"""A file system that fills up under ranks that write: an error for each, soon, and nothing lost."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from programs import PREAMBLE, RUN

# Mounts a small file system where no other process sees it, and runs a program that does.
MOUNT = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 0x40000
def call(function, *arguments):
    if function(*arguments) != 0:
        sys.exit(f"not allowed: {os.strerror(ctypes.get_errno())}")
folder, *command = sys.argv[1:]
call(libc.unshare, CLONE_NEWNS)
call(libc.mount, None, b"/", None, MS_REC | MS_PRIVATE, None)
call(libc.mount, b"none", os.fsencode(folder), b"tmpfs", 0, b"size=3m")
os.execvp(command[0], command)
"""


def run_there(folder, command):
    started = subprocess.Popen(
        [sys.executable, "-c", MOUNT, str(folder), *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        stdout, stderr = started.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)  # ranks that wait for each other do so for ever
        raise
    return subprocess.CompletedProcess(command, started.returncode, stdout, stderr)


@pytest.fixture
def folder(tmp_path):
    if "not allowed" in run_there(tmp_path, ["true"]).stderr:
        pytest.skip("this process may not mount a file system")
    return tmp_path


# Whatever became of it, a file that was closed before is whole.
UNHARMED = """
import sys, h5py
with h5py.File(sys.argv[1] + "/closed.h5") as f:
    assert f["x"][...].tolist() == list(range(1000))
print("unharmed")
"""

BEGIN = """
    import numpy as np
    with h5py.File(path + "/closed.h5", "w", driver="mpio", comm=comm) as f:
        f["x"] = np.arange(1000)
    f = h5py.File(path + "/f.h5", "w", driver="mpio", comm=comm)
    f["before"] = np.arange(10)
    f.flush()
    row = np.random.default_rng(comm.rank).random(1 << 18)  # 2 MiB of each rank
    gzip = {"chunks": (1, 1 << 14), "compression": "gzip"}
    pieces = {"chunks": (1, 1 << 18)}

    def write(collective=True, engine="automatic", **options):
        h5py.set_engine(engine)
        dset = f.create_dataset("x", (comm.size, row.size), "f8", **options)
        if collective:
            with dset.collective:
                dset[comm.rank] = row
        else:
            dset[comm.rank] = row

    def create(at_once):
        if at_once:
            f.create_many({f"x{i}": {"shape": (1000,), "dtype": "f8"} for i in range(9000)})
        else:
            for i in range(20000):
                f.create_group(f"g{i}")
        f.flush()

    def fill():
        f.create_dataset("x", (comm.size, row.size), "f8", fillvalue=3)
"""

WRITES = {
    "collective": "write()",
    "independent": "write(collective=False)",
    "gzip": "write(**gzip)",
    "by libhdf5": "write(engine='library')",
    "chunks by libhdf5": "write(engine='library', **pieces)",
    "gzip by libhdf5": "write(engine='library', **gzip)",
    "fill values": "fill()",
    "groups": "create(at_once=False)",
    "datasets": "create(at_once=True)",
    "groups until the end": "[f.create_group(f'g{i}') for i in range(20000)]",
}


def run_full(folder, program, ranks=4):
    text = PREAMBLE + textwrap.dedent(BEGIN) + textwrap.dedent(program)
    shell = '"$@"; ended=$?; "$0" -c "$UNHARMED" "$FOLDER"; exit $ended'
    command = ["env", f"UNHARMED={UNHARMED}", f"FOLDER={folder}", "bash", "-c", shell]
    return run_there(folder, [*command, sys.executable, RUN, ranks, "-c", text, folder])


@pytest.mark.parametrize("what", WRITES)
def test_a_full_disk_ends_all_ranks(folder, what):
    done = run_full(
        folder,
        f"""
        {WRITES[what]}
        f.close()
        print("closed", flush=True)
        """,
    )
    assert done.returncode != 0, done.stdout + done.stderr
    assert "closed" not in done.stdout
    assert "Error: " in done.stderr
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr


@pytest.mark.parametrize("what", WRITES)
def test_ranks_that_catch_the_error_all_end(folder, what):
    done = run_full(
        folder,
        f"""
        errors = []
        for act in (lambda: {WRITES[what]}, f.close):
            try:
                act()
            except Exception as error:
                errors.append(error)
        comm.barrier()
        sys.stdout.write(f"rank ended: {{errors}}\\n")
        assert any(comm.allgather(bool(errors)))
        """,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("rank ended:") == 4, done.stdout
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr


@pytest.mark.parametrize("end", ["", "del f"])
def test_who_does_not_close_is_told(folder, end):
    done = run_full(
        folder,
        f"""
        [f.create_group(f"g{{i}}") for i in range(20000)]
        {end}
        """,
    )
    assert "No space left on device" in done.stderr, done.stdout + done.stderr
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr
