"""./dev test --on SUITE and --free-threaded say what they need, and touch nothing without it."""

import os
import subprocess
from pathlib import Path

import pytest

DEV = Path(__file__).parents[3] / "dev"


@pytest.fixture
def not_root(tmp_path):
    """An environment in which the user is not root and the cache is empty."""
    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "id"
    fake.write_text("#!/bin/sh\necho 1000\n")
    fake.chmod(0o755)
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HYPERSLAB_CACHE": str(tmp_path / "cache")}


def dev_test(*arguments, env):
    return subprocess.run([DEV, "test", *arguments], env=env, capture_output=True, text=True)


def test_on(suite, environment):
    return dev_test("--on", suite, env=environment)


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


def test_a_free_threaded_python_is_asked_for(not_root, tmp_path):
    done = dev_test("--free-threaded", env={**not_root, "HYPERSLAB_PYTHON": "false"})
    assert done.returncode == 1
    assert "No free-threaded Python: false. Name one in" in done.stderr
    assert not (tmp_path / "cache").exists()
