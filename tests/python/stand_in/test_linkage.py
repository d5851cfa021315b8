"""The extension module is whole by itself: HDF5 and its codecs inside, nobody else's in its way."""

import ctypes
import shutil
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import hyperslab
import pytest

MODULE = hyperslab._core.__file__

READ_ONE_FILE_WITH_ALL = """
import sys
for name in sys.argv[2].split():
    __import__(name)
import h5py, hyperslab, netCDF4, tables
with h5py.File(sys.argv[1], "w") as f:
    f["x"] = [1, 2, 3]
with hyperslab.File(sys.argv[1], "r") as f:
    assert f["x"][...].tolist() == [1, 2, 3]
with tables.open_file(sys.argv[1]) as f:
    assert f.root.x[:].tolist() == [1, 2, 3]
with netCDF4.Dataset(sys.argv[1]) as f:
    assert f["x"][:].tolist() == [1, 2, 3]
"""


@pytest.mark.skipif(not shutil.which("readelf"), reason="needs binutils' readelf")
def test_needs_no_library_that_a_bare_system_lacks():
    needed = subprocess.run(["readelf", "-d", MODULE], capture_output=True, text=True).stdout
    if "libhdf5" in needed:
        pytest.skip("this build is on the machine's own HDF5")
    tool = Path(__file__).parents[3] / "tools" / "check_self_contained.py"
    done = subprocess.run([sys.executable, tool, MODULE], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_hdf5_is_found_in_the_file_that_h5z_names_and_nowhere_else():
    assert ctypes.CDLL(hyperslab.h5z.__file__).H5Zregister
    if hyperslab.h5z.__file__ == MODULE:
        pytest.skip("this build is on the machine's own HDF5")
    assert not hasattr(ctypes.CDLL(MODULE), "H5Zregister")


def in_a_process(program, *arguments):
    code = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(code, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# Each of the four comes first, in two orders of the others.
@pytest.mark.parametrize(
    "order", list(permutations(["hyperslab", "h5py", "netCDF4", "tables"]))[::3], ids=" ".join
)
def test_lives_beside_other_hdf5_libraries(order, tmp_path):
    in_a_process(READ_ONE_FILE_WITH_ALL, tmp_path / "a.h5", " ".join(order))


SHOW_MODULES_TO_ALL = "import os, sys; sys.setdlopenflags(os.RTLD_NOW | os.RTLD_GLOBAL)\n"


# PyTables before h5py is left out: h5py does not survive that, with or without hyperslab.
@pytest.mark.parametrize(
    "order",
    [
        order
        for order in permutations(["hyperslab", "h5py", "netCDF4", "tables"])
        if order.index("h5py") < order.index("tables")
    ],
    ids=" ".join,
)
def test_also_where_python_shows_the_names_of_modules_to_all(order, tmp_path):
    in_a_process(SHOW_MODULES_TO_ALL + READ_ONE_FILE_WITH_ALL, tmp_path / "a.h5", " ".join(order))


USE_A_PLUGIN = """
for name in sys.argv[2].split():
    __import__(name)
import hdf5plugin, hyperslab
with hyperslab.File(sys.argv[1], "w") as f:
    f.create_dataset("x", data=list(range(100)), chunks=(10,), **hdf5plugin.Blosc())
with hyperslab.File(sys.argv[1]) as f:
    assert f["x"][50] == 50
"""


@pytest.mark.parametrize(
    "order", list(permutations(["hyperslab", "netCDF4", "h5py"])), ids=" ".join
)
def test_packages_of_filters_find_ours_then(order, tmp_path):
    if hyperslab.h5z.__file__ == MODULE:
        pytest.skip("the machine's own HDF5 shows its names to all then: h5py takes it for its own")
    pytest.importorskip("hdf5plugin")
    in_a_process(SHOW_MODULES_TO_ALL + USE_A_PLUGIN, tmp_path / "a.h5", " ".join(order))
