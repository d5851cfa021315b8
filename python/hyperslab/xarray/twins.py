"""h5netcdf, and xarray's engine for it, a second time: with hyperslab where they import h5py.

Both import h5py by its name, so that one process would have either h5py or hyperslab under it. The
second copies have names below this module's. They are made of the installed sources, by an import
statement of their own: what they import as h5py is hyperslab, what they import as h5netcdf is the
copy. The first copies, and h5py, stay what they are.
"""

import builtins
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import types

import xarray.backends.common as common
from xarray.backends.file_manager import CachingFileManager
from xarray.backends.locks import SerializableLock

_HERE = __name__
_ORIGINS = {"h5netcdf": "h5netcdf", "engine": "xarray.backends.h5netcdf_"}
_OURS = _HERE.rpartition(".")[0].rpartition(".")[0]


class _H5py(types.ModuleType):
    """What the copies see as h5py."""

    def __getattr__(self, name):
        return getattr(sys.modules[_OURS], name)


_h5py = _H5py("h5py")


def _import(name, globals=None, locals=None, fromlist=(), level=0):
    top = name.partition(".")[0]
    if level == 0 and top == "h5py":
        module = importlib.import_module(_OURS + name[len(top) :]) if "." in name else _h5py
        return module if fromlist else _h5py
    if level == 0 and top == "h5netcdf":
        module = _load(f"{_HERE}.{name}")
        return module if fromlist else _load(f"{_HERE}.h5netcdf")
    if level > 0:
        parent = globals["__package__"].rsplit(".", level - 1)[0]
        if name and parent.startswith(_HERE + "."):
            _load(f"{parent}.{name}")
    return builtins.__import__(name, globals, locals, fromlist, level)


def _load(name):
    """A copy by its name; the package that it lies in is loaded before."""
    if name in sys.modules:
        return sys.modules[name]
    parent, _, last = name.rpartition(".")
    if parent == _HERE:
        found = importlib.util.find_spec(_ORIGINS[last])
        if found is None:
            raise ImportError('the engine "hyperslab" needs h5netcdf: pip install h5netcdf')
        path = found.origin
    else:
        path = os.path.join(_load(parent).__path__[0], last + ".py")
        if name in sys.modules:  # the package has loaded it
            return sys.modules[name]
    is_package = os.path.basename(path) == "__init__.py"
    loader = importlib.machinery.SourceFileLoader(name, path)
    spec = importlib.util.spec_from_file_location(
        name,
        path,
        loader=loader,
        submodule_search_locations=[os.path.dirname(path)] if is_package else None,
    )
    module = importlib.util.module_from_spec(spec)
    module.__builtins__ = {**vars(builtins), "__import__": _import}
    code = loader.get_code(name)
    sys.modules[name] = module
    try:
        exec(code, vars(module))
    except BaseException:
        del sys.modules[name]
        raise
    setattr(sys.modules[parent], last, module)
    return module


def _class_of_type(item):
    """The class of the type of a dataset or a named type, wherever its Python class is defined."""
    return (item.id.get_type() if hasattr(item.id, "get_type") else item.id).get_class()


# Of all copies of a manager in a process, also of those that were pickled.
_OPENING = SerializableLock(f"{_HERE} opens a file")


class OpenedOnce(CachingFileManager):
    """Lets one thread at a time look whether a file is open, and open it.

    xarray's own manager does so only where reading takes a lock. Without one, two blocks of a graph
    could open the file at the same time, and the file of one of them be closed while it is read.
    """

    def __init__(self, *args, lock=None, **keywords):
        super().__init__(*args, lock=_OPENING, **keywords)

    def _acquire_with_cache_info(self, needs_lock=True):
        return super()._acquire_with_cache_info(needs_lock=True)


def _load_all():
    core = _load(f"{_HERE}.h5netcdf").core
    # These ask for the module of the object's class, which is not h5py's.
    core._get_h5usertype_identifier = core._get_h5dstype_identifier = _class_of_type
    # The engine registers itself by the name of the first copy.
    kept = dict(common.BACKEND_ENTRYPOINTS)
    try:
        engine = _load(f"{_HERE}.engine")
    finally:
        common.BACKEND_ENTRYPOINTS.clear()
        common.BACKEND_ENTRYPOINTS.update(kept)
    engine.CachingFileManager = OpenedOnce
    return engine


backend = _load_all()
