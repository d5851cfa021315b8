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
    tool = Path(__file__).parents[2] / "tools" / "check_self_contained.py"
    done = subprocess.run([sys.executable, tool, MODULE], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_filter_plugins_find_hdf5_in_the_module():
    assert ctypes.CDLL(MODULE).H5Zregister


# Each of the four comes first, in two orders of the others.
@pytest.mark.parametrize(
    "order", list(permutations(["hyperslab", "h5py", "netCDF4", "tables"]))[::3], ids=" ".join
)
def test_lives_beside_other_hdf5_libraries(order, tmp_path):
    program = [sys.executable, "-c", READ_ONE_FILE_WITH_ALL, tmp_path / "a.h5", " ".join(order)]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
