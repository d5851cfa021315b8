"""The build backend: scikit-build-core with the config setting mpi."""

import importlib.util
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def backend():
    pytest.importorskip("scikit_build_core")
    settings = (ROOT / "pyproject.toml").read_text()
    folder = re.search(r'^backend-path = \["(.*)"\]$', settings, re.MULTILINE)[1]
    name = re.search(r'^build-backend = "(.*)"$', settings, re.MULTILINE)[1]
    path = ROOT / folder / f"{name}.py"
    spec = importlib.util.spec_from_file_location("hyperslab_build", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("text, value", [("on", "ON"), ("ON", "ON"), ("1", "ON"), ("off", "OFF")])
def test_mpi_is_a_cmake_define(backend, text, value):
    assert backend.translated({"mpi": text, "cmake.build-type": "Debug"}) == {
        "cmake.define.HYPERSLAB_MPI": value,
        "cmake.build-type": "Debug",
    }


@pytest.mark.parametrize("settings", [None, {}, {"cmake.build-type": "Debug"}])
def test_other_settings_stay(backend, settings):
    assert backend.translated(settings) == (settings or {})


def test_another_value_is_refused(backend):
    with pytest.raises(ValueError, match="'on' or 'off', not 'maybe'"):
        backend.translated({"mpi": "maybe"})


def test_it_has_what_pip_calls(backend, monkeypatch):
    monkeypatch.chdir(ROOT)  # where pip calls it
    for hook in ("build_wheel", "build_editable", "build_sdist", "get_requires_for_build_wheel"):
        assert callable(getattr(backend, hook))
    assert all(isinstance(name, str) for name in backend.get_requires_for_build_wheel({}))


def test_a_source_archive_has_it(backend, tmp_path):
    code = f"import hyperslab_build; print(hyperslab_build.build_sdist({str(tmp_path)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "tools" / "pip_backend"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        assert any(n.endswith("tools/pip_backend/hyperslab_build.py") for n in archive.getnames())
