"""Fixtures for comparing hyperslab with stock h5py, and how thorough hypothesis is.

HYPERSLAB_TEST_EXAMPLES=1000 makes every property test look at a thousand examples.
"""

import contextlib
import os
import shutil
import subprocess
import sys

import describe
import h5py
import hyperslab
import hypothesis
import pytest
import tree

hypothesis.settings.register_profile(
    "hyperslab",
    max_examples=int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "60")),
    deadline=None,
    database=None,
    derandomize="HYPERSLAB_TEST_EXAMPLES" not in os.environ,
)
hypothesis.settings.load_profile("hyperslab")

PACKAGES = (hyperslab, h5py)


@contextlib.contextmanager
def inside(folder):
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


class Same:
    """Runs a scenario with each package, in a folder of its own, and compares what comes of it.

    A scenario gets the package and a file, new and open for writing. What it returns must be the
    same, and so must the two files be when h5py reads them and when hyperslab does.
    """

    name = "file.h5"

    def __init__(self, folder):
        self.folders = {package: folder / package.__name__ for package in PACKAGES}
        for path in self.folders.values():
            path.mkdir()

    def __call__(self, scenario, **options):
        """The scenario has to succeed. Returns what it returned with hyperslab."""
        kept = []
        ours, stock = self._outcomes(
            lambda *args: kept.append(scenario(*args)) or kept[-1], options
        )
        assert ours[0] == "returned", f"hyperslab {ours}, h5py {stock}"
        assert ours == stock
        self._compare_files()
        return kept[0]

    def raises(self, error, scenario, **options):
        """The scenario has to fail, with exactly this exception."""
        ours, stock = self._outcomes(scenario, options)
        assert ours == ("raised", error.__name__)
        assert stock == ("raised", error.__name__)
        self._compare_files()

    def fails_alike(self, scenario, **options):
        """The scenario has to fail, whatever h5py raises. Returns the exception's name."""
        ours, stock = self._outcomes(scenario, options)
        assert stock[0] == "raised"
        assert ours == stock
        return ours[1]

    def _outcomes(self, scenario, options):
        found = []
        for package in PACKAGES:
            with inside(self.folders[package]):
                with package.File(self.name, "w", **options) as file:
                    found.append(describe.call(scenario, package, file))
        return found

    def _compare_files(self):
        trees = []
        for folder in self.folders.values():
            with inside(folder):
                trees += [tree.of(package, self.name) for package in PACKAGES]
        assert trees[0] == trees[1], "our file, read by us and by h5py"
        assert trees[2] == trees[3], "h5py's file, read by us and by h5py"
        assert trees[1] == trees[3], "our file and h5py's file"


@pytest.fixture
def same(tmp_path):
    return Same(tmp_path)


def preloaded(tmp_path_factory, name):
    if sys.platform != "linux" or shutil.which("cc") is None:
        pytest.skip("needs Linux and a C compiler")
    made = tmp_path_factory.mktemp(name) / f"{name}.so"
    source = os.path.join(os.path.dirname(__file__), "support", f"{name}.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


@pytest.fixture(scope="session")
def faulty_io(tmp_path_factory):
    """The library that makes system calls fail; to be preloaded."""
    return preloaded(tmp_path_factory, "faulty_io")


@pytest.fixture(scope="session")
def faulty_malloc(tmp_path_factory):
    """The library that lets threads run out of memory; to be preloaded."""
    if os.confstr("CS_GNU_LIBC_VERSION") is None:
        pytest.skip("needs the GNU C library")
    return preloaded(tmp_path_factory, "faulty_malloc")


@pytest.fixture(params=PACKAGES, ids=lambda package: package.__name__)
def h5(request):
    """Each package: what h5py promises is tested on both, so that the test itself is right."""
    return request.param
