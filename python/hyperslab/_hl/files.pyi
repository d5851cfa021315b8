# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="override,misc"
import os
import types
from collections import namedtuple
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Literal, overload

import numpy
from typing_extensions import Self

from hyperslab import _objects
from hyperslab import h5 as h5
from hyperslab import h5f
from hyperslab import h5f as h5f
from hyperslab import h5fd as h5fd
from hyperslab import h5i as h5i
from hyperslab import h5p
from hyperslab import h5p as h5p
from hyperslab import version as version
from hyperslab._hl import parallel as parallel
from hyperslab._hl.attrs import AttributeManager
from hyperslab._hl.attrs import AttributeManager as AttributeManager
from hyperslab._hl.compat import filename_decode as filename_decode
from hyperslab._hl.compat import filename_encode as filename_encode
from hyperslab._hl.group import Group
from hyperslab._hl.group import Group as Group
from hyperslab._hl.group import set_fapl_file_locking as set_fapl_file_locking
from hyperslab._objects import ObjectID as ObjectID
from hyperslab._objects import with_phil as with_phil
from hyperslab._typing import FileObject
from hyperslab._typing import Path


class File(Group):
    """An HDF5 file, and its root group.

    Parameters
    ----------
    name : str, bytes, os.PathLike or file object
        A path, or a Python object with ``read`` and ``seek`` (and ``write``, ``truncate``).
    mode : {'r', 'r+', 'w', 'w-', 'x', 'a'}
        Read; read and write; create, replacing; create, failing if there is one (w-, x); read and
        write, creating if there is none.
    driver : str, optional
        'sec2', 'stdio', 'core' (in memory), 'family', 'split', 'fileobj', 'mpio', 'subfiling', or
        what was registered.
    libver : str or tuple, optional
        The oldest and the newest format to write: 'earliest', 'v108' … 'latest', or a pair.
    userblock_size : int, optional
        Bytes to leave free at the beginning: 512 or a larger power of two. When creating.
    swmr : bool
        Read while another process writes (mode 'r').
    rdcc_nslots, rdcc_nbytes, rdcc_w0 : optional
        The chunk cache of each dataset: its slots, its size in bytes, and how readily whole chunks
        leave it (0 to 1).
    track_order : bool, optional
        Remember in the root group the order in which things are made.
    track_times : bool, optional
        Store times with the root group.
    fs_strategy : {'fsm', 'page', 'aggregate', 'none'}, optional
        How space in the file is managed, with `fs_persist` (kept when closed), `fs_threshold`
        (smallest piece, in bytes) and `fs_page_size` (bytes). When creating.
    page_buf_size, min_meta_keep, min_raw_keep : int, optional
        Page buffer in bytes, and percentages of it kept for metadata and raw data.
    locking : bool or 'best-effort', optional
        Lock the file while it is open. The variable HDF5_USE_FILE_LOCKING has precedence.
    alignment_threshold, alignment_interval : int
        Objects of at least `alignment_threshold` bytes begin at multiples of `alignment_interval`
        bytes.
    alignment : int or 'auto', optional
        Both of these in one. 'auto' takes the stripes (Lustre) or the blocks of the file system,
        as ``hyperslab doctor`` shows them. h5py has no such keyword.
    meta_block_size : int, optional
        Bytes by which space for metadata grows.
    durable : bool
        `flush` and `close` return when the disk has what was written (fsync), and raise OSError
        when it refuses. For files on disk. h5py has no such keyword.
    atomic : bool
        With mode 'w' or 'x': the path has the old file until `close`, and then the new one, whole
        and on the disk. It is written under another name in the same folder and renamed. An
        exception in a ``with`` block drops it, and so does an end without `close`. For a file on
        disk. h5py has no such keyword.
    **kwds
        The options of the driver.

    Raises
    ------
    FileNotFoundError, FileExistsError, PermissionError, BlockingIOError, OSError
        The file cannot be opened in that way; the message names it. BlockingIOError: it is locked.
    ValueError, TypeError
        An argument is wrong, or arguments contradict each other.

    Notes
    -----
    Source: H5Fopen, H5Fcreate; behaviour as in h5py's "File Objects"."""
    def __enter__(self) -> Self: ...
    def __exit__(self, *args: Any) -> None: ...
    def __init__(self, name: Path | BinaryIO | FileObject | h5f.FileID, mode: str = 'r', driver: str | None = None, libver: str | tuple[str, str] | None = None, userblock_size: int | None = None, swmr: bool = False, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, track_order: bool | None = None, fs_strategy: str | None = None, fs_persist: bool = False, fs_threshold: int = 1, fs_page_size: int | None = None, page_buf_size: int | None = None, min_meta_keep: int = 0, min_raw_keep: int = 0, locking: bool | str | None = None, alignment_threshold: int = 1, alignment_interval: int = 1, meta_block_size: int | None = None, *, alignment: Any = None, track_times: bool = False, durable: bool = False, atomic: bool = False, **kwds: Any) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def atomic(self) -> bool:
        """Whether MPI-IO is in atomic mode."""
    @atomic.setter
    def atomic(self, value: bool) -> None: ...
    @property
    def attrs(self) -> AttributeManager:
        """The attributes of the root group."""
    def close(self) -> None:
        """Close the file and everything opened through it. Closing it again has no effect.

        A file that was made with ``atomic=True`` takes its place now; after an error the path has
        the old file.
        Raises OSError, with errno, when what was pending could not be written. Source: H5Fclose."""
    def discard(self) -> None:
        """Close a file that was made with ``atomic=True`` without putting it in its place.

        What was written is gone. A closed file stays as it is. h5py has no such method.
        Raises ValueError for a file that was made without ``atomic=True``."""
    @property
    def driver(self) -> str:
        """The name of the driver in use."""
    @property
    def filename(self) -> str:
        """The path of the file, as a str. Source: H5Fget_name."""
    def flush(self) -> None:
        """Write what is pending to the file.

        With ``durable=True`` it returns when the disk has what was written.
        Raises OSError, with errno, when that fails. Source: H5Fflush."""
    @classmethod
    def in_memory(cls, file_image: bytes | bytearray | memoryview | None = None, **kwargs: Any) -> Self:
        """Create a file in memory, with nothing on disk.

        Parameters
        ----------
        file_image : bytes-like, optional
            The contents that it begins with, which are copied.
        block_size : int, optional
            The number of bytes by which it grows; 64 KiB by default.
        **kwargs
            The keywords of `File`, without name, mode, driver and locking.

        Raises
        ------
        TypeError
            A keyword is unknown, or creation keywords are given together with `file_image`.
        OSError
            The contents are no HDF5 file."""
    @property
    def libver(self) -> tuple[str, str]:
        """The oldest and the newest format to write, as a pair of names."""
    @property
    def meta_block_size(self) -> int:
        """The number of bytes by which space for metadata grows."""
    @property
    def mode(self) -> str:
        """The mode that the file is open in: 'r' or 'r+'."""
    @property
    def swmr_mode(self) -> bool:
        """Whether single-writer/multiple-reader (SWMR) mode is on.

        Setting it to True begins to write in that mode; setting it to False raises ValueError.
        Source: H5Fstart_swmr_write."""
    @swmr_mode.setter
    def swmr_mode(self, value: bool) -> None: ...
    @property
    def userblock_size(self) -> int:
        """The number of bytes before the HDF5 data begin."""
    @property
    def id(self) -> h5f.FileID: ...
direct_vfd: bool
hdf5_version: tuple[Any, ...]
libver_dict: Any
libver_dict_r: Any
def make_fapl(driver: str | None, libver: str | tuple[str, str] | None = None, rdcc_nslots: int | None = None, rdcc_nbytes: int | None = None, rdcc_w0: float | None = None, locking: bool | str | None = None, page_buf_size: int | None = None, min_meta_keep: int = 0, min_raw_keep: int = 0, alignment_threshold: int = 1, alignment_interval: int = 1, meta_block_size: int | None = None, durable: bool = False, atomic: bool = False, **kwds: Any) -> h5p.PropFAID:
    """The file access property list for the keywords of `File`; others go to the driver.

    Raises ValueError for an unknown driver, TypeError for keywords that it does not know."""
def make_fcpl(track_order: bool | None = False, track_times: bool = False, fs_strategy: str | None = None, fs_persist: bool = False, fs_threshold: int = 1, fs_page_size: int | None = None) -> h5p.PropFCID:
    """The file creation property list for the keywords of `File`."""
def make_fid(name: str | bytes, mode: str | None, userblock_size: int | None, fapl: h5p.PropFAID, fcpl: h5p.PropFCID | None = None, swmr: bool = False) -> h5f.FileID:
    """Open or create a file as `mode` says; return its low-level `FileID`.

    Raises ValueError for another mode, OSError when the file cannot be opened."""
mpi: bool
phil: _objects.FastRLock
def register_driver(name: str, set_fapl: Callable[..., Any]) -> None:
    """Add a driver by name for `File`: `set_fapl(plist, **kwargs)` sets it on a `PropFAID`."""
def registered_drivers() -> frozenset[str]:
    """The names of all drivers, as a frozenset."""
ros3: bool
def unregister_driver(name: str) -> None:
    """Take a driver away. Raises KeyError when there is none of that name."""
warn: Any
