"""The names, signatures and constants that hyperslab offers, against a list and against h5py's."""

import inspect
import json
import runpy
import subprocess
import sys
from pathlib import Path

import hyperslab
import pytest

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT.parent / "shared" / "reference"
MADE_AGAINST = (1, 14)


def test_what_is_offered_is_what_the_list_says():
    offered = runpy.run_path(str(ROOT / "tools" / "api_names.py"))["text"]().splitlines()
    listed = (Path(__file__).parent / "api_names.txt").read_text().splitlines()
    advice = "if that is meant: ./dev python tools/api_names.py > …/project/api_names.txt"
    assert set(listed) - set(offered) == set(), f"gone; {advice}"
    if hyperslab.h5.get_config().mpi:  # the list is that of a serial build
        return
    if hyperslab.version.hdf5_version_tuple[:2] == MADE_AGAINST:  # HDF5 2 brings more
        assert set(offered) - set(listed) == set(), f"new; {advice}"


# Filters and versions that the build which was described did not have.
ALLOWED = {
    "<pkg>._hl.filters.decode",
    "<pkg>._hl.filters.encode",
    "<pkg>.h5.CYTHON_VERSION_COMPILED_WITH",
    "<pkg>.version.info",
}
# What says whether the build is parallel, and identifiers of drivers, which follow each other.
OF_PARALLEL_BUILDS = {
    "<pkg>._hl.dataset.MPI",
    "<pkg>._hl.files.mpi",
    "<pkg>.h5fd.MPIO",
    "<pkg>.h5fd.MULTI",
    "<pkg>.h5fd.STDIO",
    "<pkg>.h5fd.fileobj_driver",
}
# These have keywords that h5py lacks; that they have h5py's the list of names sees to.
LONGER = {
    "<pkg>.File",
    "<pkg>.File.__init__",
    "<pkg>._hl.files.File",
    "<pkg>._hl.files.File.__init__",
    "<pkg>._hl.files.make_fapl",
}


def without_signature():
    """Classes of which inspect cannot say the signature, as in Python 3.11.2."""
    try:
        inspect.signature(hyperslab.h5.ByteStringContext)
    except ValueError:
        return {"<pkg>.h5.ByteStringContext"}
    return set()


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="no ../shared")
@pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple[:2] != MADE_AGAINST, reason="described with HDF5 1.14"
)
def test_nothing_of_h5py_is_missing(tmp_path):
    dump = REFERENCE / "dump_api.py"
    theirs = REFERENCE / "h5py-3.16-api-hdf5-1.14.6.json"
    run = [sys.executable, dump, "hyperslab", "--modules-from", theirs, "-o", "ours.json"]
    subprocess.run(run, check=True, cwd=tmp_path)
    compare = [sys.executable, dump, "--diff", theirs, "ours.json"]
    found = subprocess.run(compare, cwd=tmp_path, capture_output=True, text=True).stdout
    differences = [line for line in found.splitlines() if not line.startswith("EXTRA")]
    known = ALLOWED | LONGER | without_signature()
    if hyperslab.h5.get_config().mpi:
        known |= OF_PARALLEL_BUILDS
    others = [line for line in differences if line.split()[2].rstrip(":") not in known]
    assert others == []
    assert json.loads((tmp_path / "ours.json").read_text())["meta"]["package"] == "hyperslab"


def test_functions_written_in_cpp_say_their_signatures(tmp_path):
    def said(function):
        return str(inspect.signature(function))

    assert said(hyperslab.h5a.exists) == "(loc, name, *, obj_name=b'.', lapl=None)"
    assert said(hyperslab.h5l.LinkProxy.get_info) == "(self, name, index=-1, *, lapl=None)"
    assert said(hyperslab.h5s.SpaceID.__eq__) == "(self, value, /)"
    assert said(hyperslab.h5.H5PYConfig.bool_names.fget) == "(self)"
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        bound = inspect.signature(file.id.links.get_info)
        assert str(bound) == "(name, index=-1, *, lapl=None)"
        assert bound.bind(b"a").arguments == {"name": b"a"}


def test_comparing_identifiers_by_size_is_a_type_error(h5):
    space = h5.h5s.create(h5.h5s.SCALAR)
    with pytest.raises(TypeError):
        space < space  # noqa: B015
    assert type(space).__lt__(space, 1) is NotImplemented


def test_an_installation_tries_itself(tmp_path):
    code = "import hyperslab, sys; sys.exit(hyperslab.run_tests('-q -p no:warnings'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
