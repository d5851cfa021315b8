"""Running Python code in a process of its own."""

import os
import subprocess
import sys
import textwrap

import hyperslab

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(hyperslab.__file__)))


def environment(**changes):
    """The environment in which a child finds this hyperslab; None removes a variable."""
    found = {**os.environ, "PYTHONPATH": FOLDER, "PYTHONFAULTHANDLER": "1"}
    found.pop("HDF5_USE_FILE_LOCKING", None)
    found.update({k: v for k, v in changes.items() if v is not None})
    return {k: v for k, v in found.items() if changes.get(k, "") is not None}


def start(code, *arguments, **variables):
    """The process, whose standard output and error can be read."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env=environment(**variables),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(code, *arguments, timeout=60, **variables):
    """What it printed. It must end by itself, with status 0."""
    return output(start(code, *arguments, **variables), timeout)


def run_with_faults(library, script, *arguments, timeout=120, **variables):
    """The same for a script whose system calls can be made to fail (faulty_io.c)."""
    process = subprocess.Popen(
        [sys.executable, script, *map(str, arguments)],
        env=environment(LD_PRELOAD=str(library), **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return output(process, timeout)


def output(started, timeout=60):
    """What a process printed that must end by itself, with status 0."""
    with started as process:
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"it hangs\n{out[-3000:]}\n{err[-3000:]}") from None
    assert process.returncode == 0, f"status {process.returncode}\n{out[-3000:]}\n{err[-3000:]}"
    return out
