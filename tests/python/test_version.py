"""What hyperslab.version says of the build."""

import re

from hyperslab import version


def test_info_names_the_build_of_hdf5():
    (kind, build) = re.search(r"^HDF5 \(build\) +(\w+) (\S+)$", version.info, re.MULTILINE).groups()
    assert kind in ("bundled", "system")
    assert build.startswith(".".join(map(str, version.hdf5_built_version_tuple)))


def test_info_names_all_versions():
    for name in ("hyperslab", "h5py (interface)", "HDF5", "HDF5 (built against)", "numpy"):
        assert re.search(rf"^{re.escape(name)} +\d+\.\d+\.\d+", version.info, re.MULTILINE)
