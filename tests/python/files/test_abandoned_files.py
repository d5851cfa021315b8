"""Files whose writer was killed open again; files that are being written do not."""

import warnings

import h5py
import hyperslab
import pytest
from run_python import start

WRITER = """
import importlib, os, sys
import numpy as np
package, path, swmr = sys.argv[1:]
f = importlib.import_module(package).File(path, "w", libver="latest")
f["x"] = np.arange(1000)
f.create_dataset("grows", (10,), "i4", maxshape=(None,), chunks=(10,))
f.flush()
if swmr == "swmr":
    f.swmr_mode = True
print("ready", flush=True)
sys.stdin.read()
"""


def started(package, path, swmr, **variables):
    process = start(WRITER, package, path, swmr, **variables)
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture(params=["hyperslab", "h5py"])
def writer(request):
    return request.param


@pytest.fixture(params=["plain", "swmr"])
def swmr(request):
    return request.param


def kill(process):
    process.kill()
    process.communicate()


@pytest.mark.parametrize("mode", ["r", "r+", "a"])
def test_a_file_whose_writer_was_killed_opens(tmp_path, writer, swmr, mode):
    path = tmp_path / "killed.h5"
    kill(started(writer, path, swmr))
    with pytest.raises(OSError, match="already open for write"):
        h5py.File(path, mode)
    with pytest.warns(UserWarning, match=r"killed\.h5' was not closed") as caught:
        f = hyperslab.File(path, mode)
    assert len(caught) == 1 and caught[0].filename == __file__
    with f:
        assert f["x"][:].tolist() == list(range(1000))
        if mode != "r":
            f["grows"].resize((20,))
            f["grows"][:] = 7
    if mode == "r":
        with pytest.raises(OSError, match="already open for write"):
            h5py.File(path)  # nothing was changed
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with hyperslab.File(path) as f, h5py.File(path) as stock:
            assert f["grows"][:].tolist() == stock["grows"][:].tolist() == [7] * 20


def test_several_may_read_it_at_once(tmp_path):
    path = tmp_path / "killed.h5"
    kill(started("hyperslab", path, "plain"))
    ask = """
    import sys, warnings, hyperslab
    warnings.simplefilter("ignore")
    f = hyperslab.File(sys.argv[1])
    print(f["x"][5], flush=True)
    sys.stdin.read()
    """
    readers = [start(ask, path) for _ in range(3)]
    for reader in readers:
        assert reader.stdout.readline() == "5\n"
    for reader in readers:
        reader.communicate()


@pytest.mark.parametrize("mode", ["r", "r+"])
def test_a_file_that_is_being_written_does_not_open(tmp_path, writer, swmr, mode):
    path = tmp_path / "written.h5"
    process = started(writer, path, swmr)
    try:
        with pytest.raises(OSError, match="already open for write|unable to lock file"):
            hyperslab.File(path, mode)
    finally:
        process.communicate()
    with hyperslab.File(path) as f:
        assert f["x"][999] == 999


def test_a_writer_without_locks_is_seen(tmp_path):
    path = tmp_path / "written.h5"
    process = started("hyperslab", path, "plain", HDF5_USE_FILE_LOCKING="FALSE")
    try:
        with pytest.raises(OSError, match="already open for write"):
            hyperslab.File(path)
    finally:
        process.communicate()


def test_warnings_may_be_errors(tmp_path):
    path = tmp_path / "killed.h5"
    kill(started("hyperslab", path, "plain"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="was not closed"):
            hyperslab.File(path)
        with pytest.raises(UserWarning, match="was not closed"):
            hyperslab.h5f.open(bytes(path), hyperslab.h5f.ACC_RDWR)
    with hyperslab.File(path) as f:  # it had been opened, and was closed again
        assert f["x"].shape == (1000,)
