"""hyperslab standing in for h5py: in a process, in a program, and in what that starts."""

import importlib.util
import json
import os
import py_compile
import subprocess
import sys
import textwrap
import zipapp

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


def test_what_the_pth_file_leaves_behind_harms_nobody(tmp_path):
    """hyperslab was uninstalled, the files of `as_h5py install` were not."""
    packages = tmp_path / "packages"
    (packages / "hyperslab" / "__pycache__").mkdir(parents=True)  # as pip leaves it
    install = f"from hyperslab.as_h5py import install; install({str(packages)!r})"
    assert python("-c", install).returncode == 0
    others = os.path.dirname(os.path.dirname(numpy.__file__))  # where h5py is, and hyperslab is not
    code = f"""
        import site, sys
        sys.path.append({others!r})
        site.addsitedir({str(packages)!r})
        import h5py, importlib.metadata
        print(h5py.__file__, importlib.metadata.version("h5py"))
    """
    code = textwrap.dedent(code)
    variables = {"PYTHONPATH": None, "HYPERSLAB_AS_H5PY": "1"}
    assert "hyperslab" not in os.listdir(others)
    done = python("-S", "-c", code, **variables)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert f"{others}/h5py/" in done.stdout
    (packages / "_hyperslab_as_h5py.py").unlink()
    done = python("-S", "-c", code, **variables)
    assert done.returncode == 0 and f"{others}/h5py/" in done.stdout


ASK_ALL = """
import importlib.metadata as m
import json, os
try:
    import pkg_resources
except ImportError:
    pkg_resources = None
files = m.files("h5py")
print(json.dumps({
    "version": m.version("h5py"),
    "name": m.metadata("h5py")["Name"],
    "requires": m.requires("h5py"),
    "files": [str(f) for f in files if f.name == "__init__.py"],
    "there": all(os.path.exists(f.locate()) for f in files),
    "packages": m.packages_distributions()["h5py"],
    "pkg_resources": pkg_resources and pkg_resources.require("h5py")[0].version,
}))
"""

ANSWERS = {
    "version": hyperslab.__version__,
    "name": "h5py",
    "requires": ["numpy >=1.25"],
    "files": ["h5py/__init__.py"],
    "there": True,
    "packages": ["h5py"],
}


@pytest.mark.parametrize("way", ["call", "program", "program before", ".pth", ".pth before"])
def test_it_is_installed_as_far_as_programs_can_ask(tmp_path, without_h5py, way):
    for name in ("setuptools", "pkg_resources"):
        found = importlib.util.find_spec(name)
        if found:
            (tmp_path / name).symlink_to(os.path.dirname(found.origin))
    (tmp_path / "numpy-2.0.dist-info").mkdir()  # which is asked for as well
    (tmp_path / "numpy-2.0.dist-info" / "METADATA").write_text("Name: numpy\nVersion: 2.0\n")
    boot = os.path.join(FOLDER, "hyperslab", "_as_h5py_path", "_hyperslab_as_h5py.py")
    (tmp_path / "_hyperslab_as_h5py.py").symlink_to(boot)
    ask = ASK_ALL if way.endswith("before") else "import h5py\n" + ASK_ALL
    options = ["-W", "ignore", "-S"]
    if way == "call":
        run = [*options, "-c", "import hyperslab; hyperslab.install_as_h5py()\n" + ask]
    elif way.startswith("program"):
        run = [*options, "-m", "hyperslab.as_h5py", "-c", ask]
    else:
        run = [*options, "-c", "import _hyperslab_as_h5py\n" + ask]
    done = python(*run, PYTHONPATH=without_h5py)
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert answers.pop("pkg_resources") in (None, hyperslab.__version__)
    assert answers == ANSWERS


def test_packages_looked_for_before_are_found_too():
    pytest.importorskip("pkg_resources")
    run(
        """
        import pkg_resources, hyperslab
        hyperslab.install_as_h5py()
        assert pkg_resources.require("h5py")[0].version == hyperslab.__version__
        """
    )


GUARDED = """
import multiprocessing, sys
if __name__ == "__main__":
    import hyperslab
    hyperslab.install_as_h5py()

def child(x):
    import h5py
    from h5py._hl.files import File
    return h5py.version.hyperslab_version, h5py.File is File

if __name__ == "__main__":
    with multiprocessing.get_context(sys.argv[1]).Pool(1) as pool:
        print(*pool.apply(child, (1,)))
"""


@pytest.mark.parametrize("method", ["fork", "forkserver", "spawn"])
def test_workers_of_a_program_that_installs_it_when_it_is_the_main_one(tmp_path, method):
    (tmp_path / "guarded.py").write_text(GUARDED)
    done = python(tmp_path / "guarded.py", method)
    assert done.stdout == f"{hyperslab.version.hyperslab_version} True\n", done.stderr


def test_modules_can_be_reloaded():
    run(
        """
        import importlib, hyperslab
        importlib.reload(hyperslab)
        assert hyperslab.File.__module__ == "hyperslab._hl.files"
        hyperslab.install_as_h5py()
        import h5py, h5py.h5d, h5py._hl.files
        assert importlib.reload(h5py) is h5py is hyperslab
        assert h5py.__name__ == "h5py" and h5py.File.__module__ == "h5py._hl.files"
        for module in (h5py.h5d, h5py._hl.files, h5py._hl.group, h5py.version):
            assert importlib.reload(module) is module
        with h5py.File.in_memory() as f:
            f["g/x"] = [1, 2, 3]
            assert f["g/x"][1] == 2 and type(f["g"]) is h5py.Group
        """
    )


def test_what_suites_of_others_take_from_h5pys_tests(tmp_path):
    code = """
        {} h5py.tests.common as common
        import json, types
        print(json.dumps([name for name, value in vars(common).items()
            if not name.startswith("_") and not isinstance(value, types.ModuleType)
            and (name == "phil"
                or getattr(value, "__module__", common.__name__) == common.__name__)]))
    """
    # What either module has from elsewhere does not count, apart from the lock.
    ours = json.loads(run(code.format("import hyperslab; hyperslab.install_as_h5py(); import")))
    assert ours and set(ours) == set(json.loads(run(code.format("import"))))
    suite = tmp_path / "test_suite.py"
    suite.write_text(
        textwrap.dedent(
            """
            import hyperslab
            hyperslab.install_as_h5py()
            import numpy as np
            import pytest
            from h5py.tests.common import TestCase, insubprocess, make_name, subproc_env, ut

            class TestFiles(TestCase):
                def test_what_is_asserted(self):
                    x = self.f.create_dataset(make_name("x"), data=np.arange(12.0).reshape(3, 4))
                    values = np.arange(12.0).reshape(3, 4)
                    self.assertArrayEqual(x, values)
                    self.assertNumpyBehavior(x, values, np.s_[1, ::2])
                    self.assertNumpyBehavior(x, values, np.s_[1, 7])
                    with self.assertRaises(AssertionError):
                        self.assertArrayEqual(x, values + 1)
                    with self.assertRaises(AssertionError):
                        self.assertArrayEqual(x, values.astype("f4"))
                    assert [make_name(name) for name in ("x{}y", "{z}")] == ["xy", "{z}"]
                    self.assertSameElements([1, 2], (2, 1))
                    with self.assertRaises(AssertionError):
                        self.assertSameElements([1, 2], [1])

            @insubprocess
            @subproc_env({"HS_SEEN": "1"})
            def test_in_another_process(request):
                import os
                assert os.environ["HS_SEEN"] == "1"

            @insubprocess
            def test_that_fails_there(request):
                assert False, "as it should"
            """
        )
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", suite],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert "1 failed, 2 passed" in done.stdout and "as it should" in done.stdout, done.stdout


def test_a_script_knows_its_whole_path(tmp_path):
    (tmp_path / "script.py").write_text("import sys; print(__file__, sys.argv[0])")
    command = [sys.executable, "-m", "hyperslab.as_h5py", "script.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(tmp_path / "script.py"), "script.py"]


@pytest.mark.parametrize("form", ["folder", "archive", "compiled"])
def test_programs_that_are_no_text_run(tmp_path, form):
    (tmp_path / "app").mkdir()
    source = tmp_path / "app" / "__main__.py"
    source.write_text("import h5py; print(h5py.File.in_memory().name)")
    program = tmp_path / "app"
    if form == "archive":
        zipapp.create_archive(program, tmp_path / "app.pyz")
        program = tmp_path / "app.pyz"
    elif form == "compiled":
        program = py_compile.compile(source, tmp_path / "app.pyc")
    command = [sys.executable, "-m", "hyperslab.as_h5py", program]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert done.stdout == "/\n", done.stderr


def test_the_modules_that_few_ask_for_are_there():
    run(
        """
        import hyperslab
        hyperslab.install_as_h5py()
        import h5py.tests, h5py.ipy_completer
        assert h5py.tests is hyperslab.tests and callable(h5py.tests.run_tests)
        h5py.ipy_completer.load_ipython_extension()
        class Shell:
            user_ns = {"f": h5py.File.in_memory(), "np": None}
        f = Shell.user_ns["f"]
        f["group/values"], f["gap"] = 1, 2
        f.attrs["unit"] = "mm"
        item, attr = h5py.ipy_completer.h5py_item_completer, h5py.ipy_completer.h5py_attr_completer
        assert sorted(item(Shell, "x = f['g")) == ["gap", "group"]
        assert item(Shell, "f['group/v") == ["group/values"]
        assert item(Shell, 'f["group"]["v') == ["values"]
        assert item(Shell, "f.attrs['u") == ["unit"]
        assert item(Shell, "print(") == []
        assert "f['group'].attrs" in attr(Shell, "f['group'].at")
        class Event:
            line = "nothing['"
        assert h5py.ipy_completer.h5py_completer(Shell, Event) == []
        """
    )


DISTRIBUTED = """
class Dispatch(dict):
    def __init__(self):
        self.lazy = {}
    def register_lazy(self, package, function):
        self.lazy[package] = function
    def register(self, cls, function):
        self[cls] = function
    def __call__(self, found, *more):
        for cls in type(found).__mro__:
            if cls.__module__.partition(".")[0] in self.lazy:
                self.lazy.pop(cls.__module__.partition(".")[0])()
            if cls in self:
                return self[cls](found, *more)
        raise TypeError

dask_serialize, dask_deserialize = Dispatch(), Dispatch()
"""

SEND = """
import sys
{imports}
from distributed.protocol import dask_deserialize, dask_serialize
with h5py.File(sys.argv[1], "w") as f:
    f["g/x"] = [1.0, 2.0]
with h5py.File(sys.argv[1]) as f:
    for found in (f, f["g"], f["g/x"]):
        header, frames = dask_serialize(found)
        back = next(dask_deserialize[c] for c in type(found).__mro__ if c in dask_deserialize)
        assert back(header, frames) == found and frames == []
    x = f["g/x"]
    import json
    json.dumps(dask_serialize(x)[0])
"""


@pytest.mark.parametrize("order", ["hyperslab first", "distributed first"])
def test_dask_distributed_can_send_what_is_not_called_h5pys(tmp_path, order):
    """A package that looks like it in what counts: the two tables of functions."""
    (tmp_path / "distributed").mkdir()
    (tmp_path / "distributed" / "__init__.py").write_text("")
    (tmp_path / "distributed" / "protocol.py").write_text(DISTRIBUTED)
    imports = ["import hyperslab as h5py", "import distributed.protocol"]
    if order == "distributed first":
        imports.reverse()
    code = SEND.format(imports="\n".join(imports))
    done = python("-c", code, tmp_path / "a.h5", PYTHONPATH=f"{FOLDER}:{tmp_path}")
    assert done.returncode == 0, done.stderr


def test_h5py_itself_cannot_be_found_beside_it(without_h5py):
    code = """
    import importlib.machinery, hyperslab
    hyperslab.install_as_h5py()
    importlib.invalidate_caches()
    print(importlib.machinery.PathFinder.find_spec("h5py"))
    """
    done = python("-S", "-c", textwrap.dedent(code), PYTHONPATH=without_h5py)
    assert done.stdout == "None\n", done.stderr
