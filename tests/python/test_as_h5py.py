"""hyperslab standing in for h5py: in a process, in a program, and in what that starts."""

import os
import subprocess
import sys

import hyperslab
import numpy
import pytest
from run_python import FOLDER, environment, run

PROGRAM = """
import multiprocessing, pickle, subprocess, sys
import h5py

def look(path):
    with h5py.File(path) as file:
        return h5py.__name__, h5py.__file__, file["values"][1], type(file).__module__

if __name__ == "__main__":
    path = sys.argv[1]
    with h5py.File(path, "w") as file:
        file["values"] = [1, 2, 3]
    print("here", *look(path))
    code = "import h5py; print('child', h5py.__name__, h5py.__file__)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    print(child.stdout.strip())
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print("spawned", *pool.apply(look, (path,)))
"""


@pytest.fixture
def program(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    return [tmp_path / "program.py", tmp_path / "file.h5"]


def python(*arguments, **variables):
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
    )


def assert_all_on_hyperslab(done):
    assert done.returncode == 0, done.stderr
    home = os.path.dirname(hyperslab.__file__)
    here, child, spawned = done.stdout.splitlines()
    assert here.split() == ["here", "h5py", f"{home}/__init__.py", "2", "h5py._hl.files"]
    assert child.split() == ["child", "h5py", f"{home}/__init__.py"]
    assert spawned.split()[1:] == here.split()[1:]


def test_a_program_and_what_it_starts_run_on_hyperslab(program):
    assert_all_on_hyperslab(python("-m", "hyperslab.as_h5py", *program))


ASKS_BEFORE_IMPORTING = """
import importlib.metadata, importlib.util, subprocess, sys
print(importlib.metadata.version("h5py"), importlib.util.find_spec("h5py") is not None, flush=True)
if sys.argv[1:]:
    subprocess.run([sys.executable, "-S", "-c", sys.argv[1]])
"""


@pytest.fixture
def without_h5py(tmp_path):
    """PYTHONPATH for `python -S`: hyperslab and NumPy, nothing else that is installed."""
    for name in ("numpy", "numpy.libs"):
        installed = os.path.join(os.path.dirname(os.path.dirname(numpy.__file__)), name)
        if os.path.exists(installed):
            (tmp_path / name).symlink_to(installed)
    return f"{FOLDER}:{tmp_path}"


def test_programs_may_ask_for_the_version_before_they_import(tmp_path, without_h5py):
    (tmp_path / "ask.py").write_text(ASKS_BEFORE_IMPORTING)
    arguments = ["-m", "hyperslab.as_h5py", tmp_path / "ask.py", ASKS_BEFORE_IMPORTING]
    program = python("-S", *arguments, PYTHONPATH=without_h5py)
    assert program.stdout == f"{hyperslab.__version__} True\n" * 2, program.stderr
    boot = os.path.join(FOLDER, "hyperslab", "_as_h5py_path", "_hyperslab_as_h5py.py")
    (tmp_path / "_hyperslab_as_h5py.py").symlink_to(boot)
    code = "import _hyperslab_as_h5py\n" + ASKS_BEFORE_IMPORTING
    by_pth_file = python("-S", "-c", code, PYTHONPATH=without_h5py)
    assert by_pth_file.stdout == f"{hyperslab.__version__} True\n", by_pth_file.stderr


POOL = """
import multiprocessing, sys

def look(x):
    import h5py
    return h5py.version.hyperslab_version, x + 1

if __name__ == "__main__":
    with multiprocessing.get_context(sys.argv[1]).Pool(1) as pool:
        print(*pool.apply(look, (1,)))
"""


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_workers_however_they_are_started(tmp_path, method):
    (tmp_path / "pool.py").write_text(POOL)
    expected = f"{hyperslab.version.hyperslab_version} 2\n"
    script = python("-m", "hyperslab.as_h5py", tmp_path / "pool.py", method)
    assert script.stdout == expected, script.stderr
    if method == "fork":  # the others have no file to find the function in
        code = python("-m", "hyperslab.as_h5py", "-c", POOL, method)
        assert code.stdout == expected, code.stderr


def test_modules_and_code_can_be_run_too(tmp_path):
    (tmp_path / "look.py").write_text("import h5py, sys; print(h5py.__name__, sys.argv[1:])")
    paths = f"{FOLDER}:{tmp_path}"
    run_module = python("-m", "hyperslab.as_h5py", "-m", "look", "-x", PYTHONPATH=paths)
    assert run_module.stdout == "h5py ['-x']\n"
    code = "import h5py, sys; print(h5py.version.hyperslab_version, sys.argv[1:])"
    run_code = python("-m", "hyperslab.as_h5py", "-c", code, "y")
    assert run_code.stdout == f"{hyperslab.version.hyperslab_version} ['y']\n"


def test_the_pth_file_works_where_the_environment_asks_for_it(tmp_path, program):
    packages = tmp_path / "packages"
    packages.mkdir()
    install = f"from hyperslab.as_h5py import install; print(install({str(packages)!r}))"
    assert python("-c", install).stdout.strip() == str(packages)
    # Folders on PYTHONPATH are no place for .pth files; sitecustomize makes this one such.
    (tmp_path / "sitecustomize.py").write_text(f"import site; site.addsitedir({str(packages)!r})")
    paths = f"{FOLDER}:{tmp_path}"
    asked = python(*program, PYTHONPATH=paths, HYPERSLAB_AS_H5PY="1")
    assert_all_on_hyperslab(asked)
    code = "import h5py; print(h5py.__file__)"
    not_asked = python("-c", code, PYTHONPATH=paths, HYPERSLAB_AS_H5PY=None)
    assert "hyperslab" not in not_asked.stdout.split("site-packages")[-1]
    uninstall = f"from hyperslab.as_h5py import uninstall; uninstall({str(packages)!r})"
    assert python("-c", uninstall).returncode == 0
    assert list(packages.glob("*.p*")) == []


def test_every_class_exists_once():
    run(
        """
        import hyperslab
        assert hyperslab.install_as_h5py() is hyperslab.install_as_h5py() is hyperslab
        import h5py, h5py._hl.dims, h5py.h5d, h5py._selector, pickle, importlib
        assert h5py is hyperslab and h5py.__name__ == "h5py"
        assert importlib.import_module("h5py._hl.group").Group is hyperslab.Group
        for cls in (h5py.File, h5py.h5d.DatasetID, h5py.h5t.TypeID, h5py.Reference):
            assert cls.__module__.startswith("h5py."), cls
        link = pickle.dumps(h5py.SoftLink("/x"))
        assert b"h5py._hl" in link and type(pickle.loads(link)) is hyperslab.SoftLink
        assert pickle.loads(pickle.dumps(h5py.h5s.create_simple((2,)))).shape == (2,)
        try:
            import h5py.nothing
        except ModuleNotFoundError:
            pass
        else:
            raise AssertionError
        import importlib.metadata
        assert importlib.metadata.version("h5py") == h5py.__version__
        """
    )


def test_it_refuses_when_h5py_is_in_use_already():
    run(
        """
        import h5py, hyperslab
        try:
            hyperslab.install_as_h5py()
        except RuntimeError as error:
            assert "imported already" in str(error)
        else:
            raise AssertionError
        assert hyperslab.__name__ == "hyperslab"
        """
    )


def test_it_tells_what_it_shadows_when_asked_to():
    code = "import hyperslab; hyperslab.install_as_h5py()"
    told = python("-c", code, HYPERSLAB_VERBOSE="1").stderr
    assert "stands in for h5py" in told and "site-packages/h5py" in told
    assert python("-c", code).stderr == ""


def test_the_distribution_of_the_extra_writes_the_same_file():
    from hyperslab import as_h5py

    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with open(os.path.join(root, "python", "as-h5py", as_h5py.PTH)) as file:
        assert file.read() == as_h5py.PTH_TEXT
