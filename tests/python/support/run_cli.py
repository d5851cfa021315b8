"""The program hyperslab, as tests run it: HYPERSLAB_CLI, or the one of the build under test."""

import json
import os
import subprocess
from pathlib import Path

import hyperslab


def program():
    """The program's path. The extension module lies in <build>/python/hyperslab."""
    if path := os.environ.get("HYPERSLAB_CLI"):
        return path
    return str(Path(hyperslab._core.__file__).resolve().parents[2] / "hyperslab")


def run(*arguments, **options):
    """Everything it printed; `returncode` is for the caller to look at."""
    command = [program(), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, **options)


def output(*arguments):
    """What a run that succeeds prints."""
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def from_json(*arguments):
    return json.loads(output(*arguments, "--json"))


def complaint(*arguments, status=1):
    """The one line that a run that fails prints on standard error."""
    done = run(*arguments)
    assert done.returncode == status, done.stdout
    assert done.stderr.startswith("hyperslab: ")
    assert done.stderr.endswith("\n")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr
