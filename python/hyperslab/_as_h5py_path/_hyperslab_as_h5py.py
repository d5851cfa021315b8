"""Imported by hyperslab_as_h5py.pth where HYPERSLAB_AS_H5PY=1: `import h5py` gives hyperslab.

Nothing is imported before somebody asks for h5py, so that other programs start as fast as ever.
"""

import importlib.machinery
import sys


class _H5py:
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
            from hyperslab._stand_in import Distribution

            yield Distribution()


sys.meta_path.insert(0, _H5py())
