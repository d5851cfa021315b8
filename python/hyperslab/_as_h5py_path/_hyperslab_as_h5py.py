"""Imported by hyperslab_as_h5py.pth where HYPERSLAB_AS_H5PY=1: `import h5py` gives hyperslab.

hyperslab is imported when somebody asks for h5py, so that other programs start as fast as ever.
Where it is not installed any more, h5py is what it always was.
"""

import importlib.machinery
import os
import sys


class _H5py:
    def __init__(self, package):
        self.path = os.path.join(package, "_as_h5py_path")

    def find_spec(self, fullname, path=None, target=None):
        if fullname != "h5py":
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        del sys.modules["h5py"]  # this placeholder
        import hyperslab

        hyperslab.install_as_h5py()

    def find_distributions(self, context=None):
        if context is not None and context.name == "h5py":  # somebody asks for its version
            from importlib.metadata import MetadataPathFinder

            context = MetadataPathFinder.Context(name="h5py", path=[self.path])
            yield from MetadataPathFinder.find_distributions(context)


def _begin():
    # A folder that something was left in when the package was uninstalled has no origin.
    found = importlib.machinery.PathFinder.find_spec("hyperslab")
    if found is None or found.origin is None:
        return
    stand_in = _H5py(os.path.dirname(found.origin))
    sys.meta_path.insert(0, stand_in)
    if importlib.machinery.PathFinder.find_spec("h5py") is None:
        sys.path.append(stand_in.path)  # for those who look through all that is installed


_begin()
