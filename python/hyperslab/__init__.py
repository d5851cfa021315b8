"""hyperslab: HDF5 for Python and C++, with h5py's interface.

``import hyperslab as h5py`` runs code that was written for h5py. Files are opened with `File`; a
file is a tree of `Group` objects that behave like dictionaries and `Dataset` objects that are
sliced like NumPy arrays; every object carries `attrs`.

The same object model exists in C++ (``#include <hyperslab/hyperslab.hpp>``).
"""

from . import (
    _core,
    _distributed,
    _errors,
    _install,
    _npystrings,
    _objects,
    _proxy,
    defs,
    h5,
    h5a,
    h5ac,
    h5d,
    h5ds,
    h5f,
    h5fd,
    h5g,
    h5i,
    h5l,
    h5o,
    h5p,
    h5pl,
    h5py_warnings,
    h5r,
    h5s,
    h5t,
    h5z,
    utils,
    version,
)
from ._core import get_engine, get_num_threads, io_stats, set_engine, set_num_threads
from ._hl import filters
from ._hl.attrs import AttributeManager
from ._hl.base import Empty, HLObject, is_hdf5
from ._hl.dataset import Dataset
from ._hl.datatype import Datatype
from ._hl.files import File, register_driver, registered_drivers, unregister_driver
from ._hl.group import ExternalLink, Group, HardLink, SoftLink
from ._hl.selections import Selection
from ._hl.vds import VirtualLayout, VirtualSource
from ._install import install_as_h5py
from ._portable import portable
from ._reading import progress, threads
from ._repack import repack
from ._selector import MultiBlockSlice
from .h5 import get_config
from .h5d import ReadExplanation, WriteExplanation
from .h5r import Reference, RegionReference, StandardReference
from .h5s import UNLIMITED
from .h5t import (
    check_complex_dtype,
    check_dtype,
    check_enum_dtype,
    check_opaque_dtype,
    check_ref_dtype,
    check_string_dtype,
    check_vlen_dtype,
    complex_compat_dtype,
    enum_dtype,
    opaque_dtype,
    ref_dtype,
    regionref_dtype,
    special_dtype,
    std_ref_dtype,
    string_dtype,
    vlen_dtype,
)
from .h5z import _register_lzf
from .version import version as __version__


def run_tests(args=""):
    """Try the installation: files, groups, datasets, filters, links and references, a few seconds.

    Parameters
    ----------
    args : str
        More arguments for pytest, which has to be installed.

    Returns
    -------
    int
        pytest's exit status; 0 when all is well.
    """
    from .tests import run_tests

    return run_tests(args)


def enable_ipython_completer():
    """Do nothing: IPython asks files, groups and attributes for their names by itself.

    Raises RuntimeError outside of IPython.
    """
    try:
        get_ipython  # noqa: B018
    except NameError:
        raise RuntimeError("there is no interactive IPython session to complete in") from None


_CONVERTERS = {
    "_register_converters": "register_converters",
    "_unregister_converters": "unregister_converters",
}


def __getattr__(name):  # what nearly nobody asks for, and takes a while to import
    if name == "_conv" or name in _CONVERTERS:
        import importlib

        conv = importlib.import_module("._conv", __name__)
        return getattr(conv, _CONVERTERS[name]) if name in _CONVERTERS else conv
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# The C++ side makes objects of these classes, and knows them in arguments.
_core.finish_import(
    Dataset, Group, File, Datatype, AttributeManager, Empty, MultiBlockSlice, Selection
)
_install.renew()
_distributed.watch()
