"""What hyperslab.version says of the build."""

import re

from hyperslab import version


def test_info_names_the_build_of_hdf5():
    line = re.search(r"^HDF5 \(build\) +(\w+) ([^\s,]+)(.*)$", version.info, re.MULTILINE)
    kind, build, reason = line.groups()
    assert kind in ("bundled", "system")
    assert build.startswith(".".join(map(str, version.hdf5_built_version_tuple)))
    if kind == "bundled" and "fetched" in reason:  # not a source that somebody gave
        assert re.search(r"source hdf5_\S+ of SHA-256 [0-9a-f]{64}$", reason)


def test_info_names_all_versions():
    for name in ("hyperslab", "h5py (interface)", "HDF5", "HDF5 (built against)", "numpy"):
        assert re.search(rf"^{re.escape(name)} +\d+\.\d+\.\d+", version.info, re.MULTILINE)
