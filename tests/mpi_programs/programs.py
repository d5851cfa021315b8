"""Programs under mpirun, each given as text."""

import subprocess
import textwrap
import time
from pathlib import Path

RUN = Path(__file__).parents[2] / "tools" / "mpi" / "run.sh"
PREAMBLE = """\
import os, sys, time
from mpi4py import MPI
import hyperslab as h5py
comm = MPI.COMM_WORLD
path = sys.argv[1]
"""


def run(program, path, ranks=4, timeout=60, **environment):
    text = PREAMBLE + textwrap.dedent(program)
    settings = [f"{name}={value}" for name, value in environment.items()]
    # mpirun ends its ranks when it is asked to end; killed, it would leave them behind.
    begin = time.monotonic()
    command = ["timeout", "-k", "5", str(timeout), "env", *settings]
    done = subprocess.run(
        [*command, RUN, str(ranks), "-c", text, str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    hangs = done.returncode == 124 or time.monotonic() - begin > timeout
    assert not hangs, f"it hangs:\n{done.stdout}{done.stderr}"
    return done


def checked(program, path, **environment):
    return run(program, path, HYPERSLAB_MPI_CHECK=1, HYPERSLAB_MPI_CHECK_TIMEOUT=3, **environment)
