"""Objects that can be pickled, on demand: `portable`."""

import os
import weakref

from ._hl.dataset import Dataset
from ._hl.datatype import Datatype
from ._hl.files import File
from ._hl.group import Group

# Files that this process has opened for such objects; they stay open as long as one of them lives.
_files = weakref.WeakValueDictionary()


def portable(obj):
    """A handle of a file, group, dataset or named type that can be pickled.

    For workers: ``pool.map(work, [hyperslab.portable(dataset)])``, or a member of a data set class
    for a data loader. A pickle holds the file's path and the object's, not the elements; where it
    is loaded, the file is opened for reading, once a process. The file has to be there.

    Parameters
    ----------
    obj : File, Group, Dataset or Datatype
        An object of a file that is open for reading only, by its path.

    Returns
    -------
    File, Group, Dataset or Datatype
        The object, of a class that is derived from its own.

    Raises
    ------
    TypeError
        `obj` is none of these.
    ValueError
        The file is open for writing, so what a worker reads could be anything; or it has no path
        (it is a Python file object, or in memory); or the object has no name.
    """
    derived = next((ours for cls, ours in _CLASSES.items() if isinstance(obj, cls)), None)
    if derived is None:
        raise TypeError(f"only objects in files can be made portable, not {type(obj).__name__}")
    file = obj.file
    if file.mode != "r":
        raise ValueError(
            f"{file!r} is open for writing: a worker could read anything. Open it with mode 'r'"
        )
    if file.driver not in ("sec2", "stdio"):
        raise ValueError(f"{file!r} is open with the driver {file.driver!r}, not by its path")
    if obj.name is None:
        raise ValueError("an object without a name cannot be found again")
    made = derived(obj.id)
    made._opened = file
    return made


def _options(file):
    fapl = file.id.get_access_plist()
    _, slots, nbytes, w0 = fapl.get_cache()
    use, ignore = fapl.get_file_locking()
    locking = "best-effort" if use and ignore else bool(use)
    return {
        "driver": file.driver,
        "locking": locking,
        "swmr": bool(file.swmr_mode),
        "rdcc_nslots": slots,
        "rdcc_nbytes": nbytes,
        "rdcc_w0": w0,
    }


def _load(path, name, options):
    key = (os.getpid(), path, tuple(sorted(options.items())))
    file = _files.get(key)
    if not file:
        file = _files[key] = File(path, "r", **options)
    return portable(file if name is None else file[name])


class _Portable:
    """Pickles as the way to open it again."""

    def __reduce__(self):
        name = None if isinstance(self, File) else self.name
        path = os.path.abspath(self._opened.filename)
        return _load, (path, name, _options(self._opened))

    def __reduce_ex__(self, protocol):
        return self.__reduce__()


class PortableFile(_Portable, File):
    """A `File` that can be pickled."""


class PortableGroup(_Portable, Group):
    """A `Group` that can be pickled."""


class PortableDataset(_Portable, Dataset):
    """A `Dataset` that can be pickled."""


class PortableDatatype(_Portable, Datatype):
    """A `Datatype` that can be pickled."""


_CLASSES = {
    File: PortableFile,
    Group: PortableGroup,
    Dataset: PortableDataset,
    Datatype: PortableDatatype,
}
