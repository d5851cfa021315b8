"""The program h5boss: where it is, and how it is run."""

import os
import shutil
import subprocess
import sysconfig
import warnings
from pathlib import Path

from .. import _core

# Variables by which mpirun and srun tell a process its rank.
RANKS = ("OMPI_COMM_WORLD_", "PMI_", "SLURM_STEP_NUM_TASKS")

__all__ = ["BossError", "find_program", "run"]


class BossError(RuntimeError):
    """The program h5boss has failed; the message is what it said."""


def find_program() -> str:
    """The path of h5boss: of the environment variable HYPERSLAB_H5BOSS, else that of this package.

    Raises
    ------
    BossError
        There is none, since the package was built without CFITSIO.
    """
    if path := os.environ.get("HYPERSLAB_H5BOSS"):
        return path
    built = Path(_core.__file__).resolve().parents[2] / "h5boss"
    for path in (Path(sysconfig.get_path("scripts")) / "h5boss", built):
        if path.is_file() and os.access(path, os.X_OK):
            return str(path)
    if path := shutil.which("h5boss"):
        return path
    raise BossError("There is no program h5boss: hyperslab was built without CFITSIO")


def run(*arguments: object) -> str:
    """Runs a command of h5boss, as on the command line, and returns what it prints.

    What was missing becomes a warning for each line.

    Parameters
    ----------
    *arguments
        The command and its arguments: ``run("convert", "spec", "-o", "plates")``.

    Raises
    ------
    BossError
        The program has failed.
    """
    # A call is one process's own, also in a program that runs on many ranks.
    alone = {name: value for name, value in os.environ.items() if not name.startswith(RANKS)}
    done = subprocess.run(
        [find_program(), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=alone,
    )
    lines = [line.removeprefix("h5boss: ") for line in done.stderr.splitlines()]
    if done.returncode != 0:
        raise BossError("; ".join(lines) or f"h5boss has ended with status {done.returncode}")
    for line in lines:
        warnings.warn(line, UserWarning, stacklevel=2)
    return done.stdout
