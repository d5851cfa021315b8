"""The stub files: as new as the package, and good enough for mypy --strict."""

import inspect
import subprocess
import sys
from pathlib import Path

import hyperslab
import pytest

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple[:2] != (1, 14) or sys.version_info[:2] != (3, 11),
    reason="the stubs are written with Python 3.11 and HDF5 1.14",
)
def test_the_stubs_are_those_of_this_package():
    run = [sys.executable, ROOT / "tools" / "make_stubs.py", "--check"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 0, f"run tools/make_stubs.py for\n{done.stdout}{done.stderr}"


def test_code_that_uses_h5py_passes_mypy_strict(tmp_path):
    pytest.importorskip("mypy")
    options = ["--strict", "--cache-dir", tmp_path, "--config-file", ROOT / "pyproject.toml"]
    run = [sys.executable, "-m", "mypy", *options, HERE / "typed_sample.py"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_that_do_not_fit_are_found(tmp_path):
    pytest.importorskip("mypy")
    (tmp_path / "wrong.py").write_text(
        "import hyperslab as h5py\n"
        "f = h5py.File('x.h5', mode=3)\n"
        "f.nothing\n"
        "h5py.h5d.create(f.id, 'text', 1, 2)\n"
        "n: int = h5py.is_hdf5('x.h5')\n"
    )
    options = ["--strict", "--cache-dir", tmp_path, "--config-file", ROOT / "pyproject.toml"]
    run = [sys.executable, "-m", "mypy", *options, tmp_path / "wrong.py"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT)
    lines = {line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line}
    assert {"2", "3", "4"} <= lines, done.stdout


def test_the_sample_runs(tmp_path):
    run = [sys.executable, HERE / "typed_sample.py", tmp_path / "file.h5"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.endswith("304\n"), done.stderr


MODULES = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()


def undocumented():
    for module in [hyperslab, *(getattr(hyperslab, name) for name in MODULES)]:
        for name, value in vars(module).items():
            if name.startswith("_") or not (callable(value) or inspect.isclass(value)):
                continue
            if not str(getattr(value, "__module__", "")).startswith("hyperslab"):
                continue
            if not value.__doc__:
                yield f"{module.__name__}.{name}"
            if inspect.isclass(value):
                for key, member in vars(value).items():
                    wanted = callable(member) or inspect.isdatadescriptor(member)
                    if not key.startswith("_") and wanted and not documented(member):
                        yield f"{module.__name__}.{name}.{key}"


def documented(member):
    if hasattr(member, "__nb_signature__"):
        return member.__nb_signature__[0][1]
    return member.__doc__


def test_every_public_name_says_what_it_is():
    assert sorted(set(undocumented())) == []
