"""./dev test --on SUITE says what it needs, and touches nothing, where it cannot run."""

import os
import subprocess
from pathlib import Path

import pytest

DEV = Path(__file__).parents[2] / "dev"


@pytest.fixture
def not_root(tmp_path):
    """An environment in which the user is not root and the cache is empty."""
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "id"
    fake.write_text("#!/bin/sh\necho 1000\n")
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HYPERSLAB_CACHE": str(tmp_path / "cache")}


def test_on(suite, environment):
    return subprocess.run(
        [DEV, "test", "--on", suite], env=environment, capture_output=True, text=True
    )


test_on.__test__ = False


def test_what_is_missing_is_told(not_root, tmp_path):
    done = test_on("sid", not_root)
    assert done.returncode == 1
    assert "cannot run here. Missing:\n  - root: " in done.stderr
    assert "sudo ./dev test --on sid" in done.stderr
    assert not (tmp_path / "cache").exists()


def test_a_suite_is_a_name(not_root):
    done = test_on("../sid", not_root)
    assert done.returncode == 1
    assert "not the name of a Debian suite" in done.stderr
