"""dask.distributed sends files, groups and datasets to its workers by their names.

It knows the classes of a package that is called h5py. Those of a program that says ``import
hyperslab as h5py`` are called hyperslab's, so dask.distributed is told of them too, whether it is
imported before or after.
"""

import sys

_PROTOCOL = "distributed.protocol"


class _Waiting:
    """Sees dask.distributed's protocol being imported, and has it told afterwards.

    It is a finder by its method alone: importing importlib.abc, whose class says so, costs a third
    of importing this package.
    """

    def find_spec(self, name, path=None, target=None):
        if name != _PROTOCOL:
            return None
        import importlib.util

        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def execute_and_tell(module):
                execute(module)
                _tell(module)

            spec.loader.exec_module = execute_and_tell
        return spec


def watch():
    """Tell dask.distributed now, or when it is imported."""
    if _PROTOCOL in sys.modules:
        _tell(sys.modules[_PROTOCOL])
    elif not any(isinstance(finder, _Waiting) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Waiting())


def _tell(protocol):
    protocol.dask_serialize.register_lazy(__package__, _register)
    protocol.dask_deserialize.register_lazy(__package__, _register)


def _register():
    from distributed.protocol import dask_deserialize, dask_serialize

    from ._hl.dataset import Dataset
    from ._hl.group import Group

    for cls in (Group, Dataset):  # a file is a group
        dask_serialize.register(cls, describe)
        dask_deserialize.register(cls, load)


def describe(found):
    """A file, group or dataset as what `load` needs. ValueError when it may change."""
    from ._portable import portable

    _, (path, name, options) = portable(found).__reduce__()
    return {"path": path, "name": name, "options": options}, []


def load(header, frames):
    """What `describe` was given, in another process; each opens a file once."""
    from ._portable import _load

    return _load(header["path"], header["name"], header["options"])
