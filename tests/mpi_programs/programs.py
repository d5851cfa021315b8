"""Programs under mpirun, each given as text."""

import subprocess
import textwrap
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
    command = [RUN, str(ranks), "-c", text, str(path)]
    settings = [f"{name}={value}" for name, value in environment.items()]
    done = subprocess.run(
        ["env", *settings, *command], capture_output=True, text=True, timeout=timeout, check=False
    )
    return done


def checked(program, path, **environment):
    return run(program, path, HYPERSLAB_MPI_CHECK=1, HYPERSLAB_MPI_CHECK_TIMEOUT=3, **environment)
