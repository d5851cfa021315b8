"""What test suites of other packages take from `h5py.tests.common`.

It is h5py's interface for tests, with which packages that extend h5py write theirs. hyperslab's own
tests do not use it.
"""

import contextlib
import functools
import inspect
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest as ut

import numpy as np
from numpy.lib.recfunctions import repack_fields

import hyperslab
from hyperslab._objects import phil

NUMPY_RELEASE_VERSION = tuple(map(int, np.__version__.split(".")[:2]))
MAIN_THREAD_ID = threading.get_ident()


def _takes_unicode_names():
    try:
        with tempfile.NamedTemporaryFile(prefix="\N{GREEK SMALL LETTER ETA}"):
            return True
    except UnicodeError:
        return False


UNICODE_FILENAMES = _takes_unicode_names()


def is_main_thread() -> bool:
    """Whether the thread that imported this module asks."""
    return threading.get_ident() == MAIN_THREAD_ID


def make_name(template_or_prefix: str = "foo", /) -> str:
    """A name that no other thread gets: behind the main thread's, each has its number.

    It stands at the end, or in the place of the one "{}".
    """
    mark = "" if is_main_thread() else f"-{threading.get_ident()}"
    if "{}" not in template_or_prefix:  # other braces are part of the name
        return template_or_prefix + mark
    return template_or_prefix.format(mark)


class TestCase(ut.TestCase):
    """Tests with a new file, `self.f`, in a folder that goes with the class, `tempdir`."""

    @classmethod
    def setUpClass(cls):
        cls.tempdir = tempfile.mkdtemp(prefix="hyperslab-test_")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.tempdir)

    def setUp(self):
        self.f = hyperslab.File(self.mktemp(), "w")

    def tearDown(self):
        with contextlib.suppress(Exception):  # the test may have put anything there
            if self.f:
                self.f.close()

    def mktemp(self, suffix=".hdf5", prefix="tmp", dir=None):
        """A path at which nothing is, in `tempdir` if not said otherwise."""
        folder = self.tempdir if dir is None else dir
        return tempfile.mktemp(suffix, make_name(prefix), folder)

    def mktemp_mpi(self, comm=None, suffix=".hdf5", prefix="", dir=None):
        """The same path on all ranks of `comm`, or of all that there are."""
        if comm is None:
            from mpi4py import MPI

            comm = MPI.COMM_WORLD
        own = self.mktemp(suffix, prefix, dir) if comm.Get_rank() == 0 else None
        return comm.bcast(own, 0)

    def assertSameElements(self, a, b):
        """Each item of one is in the other, in any order."""
        for items, others, lacking in ((a, b, "second"), (b, a, "first")):
            for item in items:
                if not any(item == other for other in others):
                    raise AssertionError(f"the {lacking} has no {item!r}")

    def assertArrayEqual(self, dset, arr, message=None, precision=None, check_alignment=True):
        """Both have one shape, one dtype and the same elements; numbers differ by less than
        `precision`, 1e-5. Gaps between fields count, unless `check_alignment` is false.

        Either may be a dataset.
        """
        precision = 1e-5 if precision is None else precision
        about = "" if message is None else f" ({message})"
        if np.isscalar(dset) or np.isscalar(arr):
            assert np.isscalar(dset) and np.isscalar(arr), (
                f"only one is a scalar: {dset!r}, {arr!r}{about}"
            )
            dset, arr = np.asarray(dset), np.asarray(arr)
        assert dset.shape == arr.shape, f"shapes {dset.shape} and {arr.shape}{about}"
        if dset.dtype != arr.dtype:
            types = [dset.dtype, arr.dtype]
            if not check_alignment:
                types = [repack_fields(dtype) for dtype in types]
            assert types[0] == types[1], f"dtypes {types[0]} and {types[1]}{about}"
            dset, arr = (repack_fields(np.asarray(values)) for values in (dset, arr))
        same = functools.partial(
            self.assertArrayEqual, precision=precision, check_alignment=check_alignment
        )
        if arr.dtype.names is not None:
            for name in arr.dtype.names:
                same(dset[name], arr[name], message=f"field {name!r}{about}")
        elif arr.dtype.kind == "O":
            for one, other in zip(dset[...].flat, arr[...].flat, strict=True):
                same(one, other, message=message)
        elif arr.dtype.kind in "if":
            close = np.abs(dset[...] - arr[...]) < precision
            assert np.all(close), f"elements differ by {precision:g} or more{about}"
        else:
            equal = dset[...] == arr[...]
            assert np.all(equal), f"elements of {arr.dtype} differ{about}"

    def assertNumpyBehavior(self, dset, arr, s, skip_fast_reader=False):
        """`dset[s]` gives what `arr[s]` gives, or fails with the same exception."""
        reads = [lambda: dset[s]]
        if not skip_fast_reader:
            indices = s if isinstance(s, tuple) else (s,)

            def read_fast():
                with phil:  # h5py's reader leaves that to its caller
                    return dset._fast_reader.read(indices)

            reads.append(read_fast)
        try:
            expected = arr[s]
        except Exception as error:
            for read in reads:
                with self.assertRaises(type(error)):
                    read()
            return
        for read in reads:
            self.assertArrayEqual(read(), expected)


@contextlib.contextmanager
def closed_tempfile(suffix="", text=None):
    """The path of a file that holds `text` and is closed, for a `with` block."""
    with tempfile.NamedTemporaryFile("w", suffix=suffix, delete=False) as file:
        file.write(text or "")
    try:
        yield file.name
    finally:
        with contextlib.suppress(OSError):  # gone, or still open on Windows
            os.unlink(file.name)


def insubprocess(f):
    """Runs a test of pytest, which takes the fixture `request`, in an interpreter of its own."""

    @functools.wraps(f)
    def wrapper(request, *args, **kwargs):
        test = f"{inspect.getsourcefile(f)}::{request.node.name}"
        mark = "IN_SUBPROCESS_" + re.sub(r"[/\\,:.]", "_", test)
        if os.environ.get(mark):
            return f(request, *args, **kwargs)
        # Not a pipe: that ends only when all have closed it whom the test leaves running.
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            status = subprocess.call(
                [sys.executable, "-m", "pytest", test],
                env={**os.environ, mark: "1", **getattr(f, "subproc_env", {})},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            output.seek(0)
            assert status == 0, "\n" + output.read()

    return wrapper


def subproc_env(d):
    """Sets variables of the environment for `insubprocess`, which stands above it."""

    def with_variables(test):
        test.subproc_env = d
        return test

    return with_variables
