"""How hyperslab stands in for h5py in one process; _install.py says what that means."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.metadata
import importlib.util
import inspect
import os
import pkgutil
import sys
import types

from . import _c_libraries

PACKAGE = __name__.rpartition(".")[0]
NAME = "h5py"
# A folder with an "h5py" that gives hyperslab, and with what an installed package says of itself.
PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_as_h5py_path")
# What is no module of h5py; and modules of it that nobody needs who does not ask for them.
_LEFT_OUT = (
    "as_h5py",
    "_as_h5py_path",
    "_c_libraries",
    "dask",
    "distributed",
    "_distributed",
    "_install",
    "spark",
    "ray",
    "_stand_in",
    "torch",
    "xarray",
)
_LATER = ("ipy_completer", "tests")


def install():
    """Does what `install_as_h5py` says."""
    package = sys.modules[PACKAGE]
    present = sys.modules.get(NAME)
    if present is package:
        return package
    if present is not None:
        raise RuntimeError(
            f"h5py is imported already, from {getattr(present, '__file__', '?')}; call "
            "hyperslab.install_as_h5py() before anything imports h5py"
        )
    shadowed = _location_of_h5py()
    for module in pkgutil.iter_modules(package.__path__, PACKAGE + "."):
        if module.name.rpartition(".")[2] not in (*_LEFT_OUT, *_LATER):
            importlib.import_module(module.name)
    for module in pkgutil.iter_modules(package._hl.__path__, PACKAGE + "._hl."):
        importlib.import_module(module.name)
    rename_all()
    sys.meta_path.insert(0, _Finder())
    _show_as_installed()
    _c_libraries.load(sys.path)
    if os.environ.get("HYPERSLAB_VERBOSE", "0") not in ("", "0"):
        version = package.version.hyperslab_version
        hidden = f", in place of the one in {shadowed}" if shadowed else ""
        print(
            f"hyperslab {version} stands in for h5py {package.__version__}{hidden}", file=sys.stderr
        )
    return package


def rename_all():
    """All that was imported of the package is h5py as well, and says so."""
    for name, module in list(sys.modules.items()):
        if name == PACKAGE or name.startswith(PACKAGE + "."):
            if name[len(PACKAGE) + 1 :].partition(".")[0] in _LEFT_OUT:
                continue
            sys.modules[NAME + name[len(PACKAGE) :]] = module
            _rename(module)
    for module in vars(sys.modules[PACKAGE + "._core"]).values():
        if isinstance(module, types.ModuleType):
            _rename(module)


def _show_as_installed():
    """Who looks for h5py on the path finds hyperslab.

    So do the children that multiprocessing starts anew, which get this path, and do not run what
    stands under ``if __name__ == "__main__"``.
    """
    if PATH not in sys.path:
        sys.path.insert(1, PATH)
    # Here h5py is what was imported; only children are to find the placeholder in that folder.
    sys.path_importer_cache[PATH] = _NoModules(PATH)
    if "pkg_resources" in sys.modules:  # it looks once
        sys.modules["pkg_resources"].working_set.add_entry(PATH)


def _location_of_h5py():
    """Where h5py itself is installed, or None."""
    ours = os.path.dirname(os.path.abspath(__file__))
    path = [entry for entry in sys.path if not entry.startswith(ours)]
    spec = importlib.machinery.PathFinder.find_spec(NAME, path)
    return spec and spec.origin and os.path.dirname(spec.origin)


def _renamed(name):
    if isinstance(name, str) and (name == PACKAGE or name.startswith(PACKAGE + ".")):
        return NAME + name[len(PACKAGE) :]
    return None


def _rename(module):
    """A module, and the classes and functions in it, say that they are h5py's."""
    if _renamed(module.__name__):
        module.__name__ = _renamed(module.__name__)
    for value in list(vars(module).values()):
        if inspect.isclass(value) or inspect.isfunction(value):
            home = _renamed(value.__module__)
            if home:
                value.__module__ = home


class _NoModules(importlib.machinery.FileFinder):
    """Finds no module in a folder. Setuptools looks for distributions where it knows the class."""

    def find_spec(self, fullname, target=None):
        return None


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a module of h5py that has not been imported: it is the one of hyperslab."""

    def find_spec(self, fullname, path=None, target=None):
        if not fullname.startswith(NAME + "."):
            return None
        ours = PACKAGE + fullname[len(NAME) :]
        try:
            found = ours in sys.modules or importlib.util.find_spec(ours)
        except ModuleNotFoundError:
            found = None
        return importlib.machinery.ModuleSpec(fullname, self) if found else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        name = module.__spec__.name
        sys.modules[name] = importlib.import_module(PACKAGE + name[len(NAME) :])
        _rename(sys.modules[name])

    def find_distributions(self, context=None):
        if context is not None and context.name == NAME:
            paths = importlib.metadata.MetadataPathFinder
            own = importlib.metadata.DistributionFinder.Context(name=NAME, path=[PATH])
            yield from paths.find_distributions(own)
