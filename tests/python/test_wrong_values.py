"""Every low-level call with values of any kind: an exception, never the end of the process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from run_python import environment

CALLS = int(os.environ.get("HYPERSLAB_WRONG_VALUES", "6000"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_that_is_passed_ends_the_process(tmp_path, seed):
    walk = [sys.executable, Path(__file__).parent / "walk_api.py", tmp_path / "log", seed, CALLS]
    done = subprocess.run(
        [str(part) for part in walk],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, f"{(tmp_path / 'log').read_text()}\n{done.stderr[-3000:]}"


def test_memory_does_not_grow():
    # A short run of the soak test in bench/, which says how to run it longer.
    soak = Path(__file__).parents[2] / "bench" / "soak.py"
    run = [sys.executable, str(soak), "--rounds", "600"]
    done = subprocess.run(run, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
