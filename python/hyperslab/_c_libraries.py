"""Extensions that were linked with the libhdf5 of h5py's wheels, on hyperslab's HDF5.

The wheels bring a libhdf5 whose name has a hash in it, in a folder h5py.libs, and some packages
(versioned-hdf5) are compiled for just that. `provide` looks for them and puts libraries of those
names in place, which hand on to the HDF5 inside hyperslab; `load` loads them where hyperslab stands
in for h5py. The loader takes what it has under a name, so it does not look for h5py's own then.
"""

import os
import re
import struct
from pathlib import Path

from . import h5z

FOLDER = "hyperslab_as_h5py.libs"  # beside the packages
_NAME = re.compile(r"libhdf5(_hl)?-[0-9a-f]+\.so(\.[0-9.]+)?")
_HEADER = struct.Struct("<6s34xQ10xHH")  # of ELF: magic, section headers: offset, size, number
_SECTION = struct.Struct("<4xI16xQQI20x")  # type, offset, size, link
_DYNAMIC = struct.Struct("<qQ")  # tag, value
_SYMBOL = struct.Struct("<I2xH16x")  # name, section
_MAGIC = b"\x7fELF\x02\x01"  # 64 bits, little-endian


class _Library:
    """What a shared library says of itself; nothing when it is none, or not of our kind."""

    def __init__(self, path):
        self.needed, self.undefined, self.defined, self.soname = [], set(), set(), None
        with open(path, "rb") as file:
            start = file.read(len(_MAGIC))
            self._data = start + file.read() if start == _MAGIC else b""
        try:
            self._read()
        except (struct.error, IndexError, ValueError):
            pass  # cut off, or no library after all

    def _read(self):
        _, offset, size, count = _HEADER.unpack_from(self._data)
        sections = [_SECTION.unpack_from(self._data, offset + i * size) for i in range(count)]
        for kind, start, length, link in sections:
            if kind == 6:  # SHT_DYNAMIC
                self._read_dynamic(self._entries(_DYNAMIC, start, length), sections[link][1])
            elif kind == 11:  # SHT_DYNSYM
                self._read_symbols(self._entries(_SYMBOL, start, length), sections[link][1])

    def _entries(self, form, start, length):
        return form.iter_unpack(self._data[start : start + length // form.size * form.size])

    def _text(self, at):
        return self._data[at : self._data.index(b"\0", at)].decode()

    def _read_dynamic(self, entries, names):
        for tag, value in entries:
            if tag == 1:  # DT_NEEDED
                self.needed.append(self._text(names + value))
            elif tag == 14:  # DT_SONAME
                self.soname = self._text(names + value)

    def _read_symbols(self, entries, names):
        for name, section in entries:
            (self.defined if section else self.undefined).add(self._text(names + name))


def wanted(folder):
    """The libraries of h5py's that what is installed in a folder was linked with.

    Returns
    -------
    dict
        By their names: a list of (path of the extension, names of HDF5 that it uses).
    """
    found = {}
    for path in Path(folder).rglob("*.so*"):
        parts = path.relative_to(folder).parts
        if parts[0] in ("h5py", "h5py.libs", FOLDER) or path.is_symlink() or not path.is_file():
            continue
        library = _Library(path)
        for name in library.needed:
            if _NAME.fullmatch(name):
                uses = {symbol for symbol in library.undefined if symbol.startswith("H5")}
                found.setdefault(name, []).append((path, uses))
    return found


def provide(folder):
    """Put in place what is installed in a folder needs. Returns lines that say what was done."""
    needs = wanted(folder)
    ours = _Library(h5z.__file__) if needs else None
    told = []
    for name, extensions in sorted(needs.items()):
        users = ", ".join(sorted(str(path.relative_to(folder)) for path, _ in extensions))
        lacking = sorted(set().union(*(uses for _, uses in extensions)) - ours.defined)
        if lacking:
            told.append(
                f"{name} is not provided for {users}: it calls {', '.join(lacking)}, and the HDF5 "
                "of this hyperslab has no such function, or keeps it to itself"
            )
            continue
        _write(Path(folder), name, ours.soname)
        told.append(f"provided {name} for {users}")
    return told


def _write(folder, name, soname):
    old, new = soname.encode(), name.encode()
    if len(new) > len(old):
        raise ValueError(f"there is no room for a name as long as {name}")
    (folder / FOLDER).mkdir(exist_ok=True)
    data = Path(h5z.__file__).read_bytes()
    (folder / FOLDER / name).write_bytes(data.replace(old, new.ljust(len(old), b"\0")))
    beside = folder / "h5py.libs" / name
    if not beside.exists():  # without h5py: who is imported before hyperslab finds it here
        beside.parent.mkdir(exist_ok=True)
        beside.unlink(missing_ok=True)
        beside.symlink_to(Path("..") / FOLDER / name)


def withdraw(folder):
    """Take away what `provide` has put there."""
    provided = Path(folder) / FOLDER
    if not provided.is_dir():
        return
    libs = Path(folder) / "h5py.libs"
    for path in provided.iterdir():
        if (libs / path.name).is_symlink():
            (libs / path.name).unlink()
        path.unlink()
    provided.rmdir()
    if libs.is_dir() and not any(libs.iterdir()):
        libs.rmdir()


def load(folders):
    """Load what was provided in the first of these folders that has something."""
    for folder in folders:
        provided = os.path.join(folder, FOLDER)
        if os.path.isdir(provided):
            import ctypes

            for name in sorted(os.listdir(provided)):
                _loaded.append(ctypes.CDLL(os.path.join(provided, name)))
            return


_loaded = []  # for good: extensions are bound to them
