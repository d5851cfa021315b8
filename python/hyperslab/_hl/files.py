"""Files: opening, creating, closing."""

import os
import sys
from warnings import warn  # noqa: F401

from .. import _core, _objects, h5, h5f, h5fd, h5i, h5p, version  # noqa: F401
from .._core import files as _files
from .._objects import ObjectID, phil, with_phil  # noqa: F401
from . import parallel
from .attrs import AttributeManager
from .compat import filename_decode, filename_encode
from .group import Group, set_fapl_file_locking  # noqa: F401

mpi = h5.get_config().mpi
ros3 = h5.get_config().ros3
direct_vfd = h5.get_config().direct_vfd
hdf5_version = version.hdf5_version_tuple[0:3]

libver_dict = {
    "earliest": h5f.LIBVER_EARLIEST,
    "latest": h5f.LIBVER_LATEST,
    **{
        "v" + name: getattr(h5f, "LIBVER_V" + code)
        for name, code in (
            ("108", "18"),
            ("110", "110"),
            ("112", "112"),
            ("114", "114"),
            ("200", "200"),
        )
        if hasattr(h5f, "LIBVER_V" + code)
    },
}
# A bound that has two names is called by its number, but that "earliest" stays "earliest".
libver_dict_r = {code: name for name, code in libver_dict.items()}
libver_dict_r[h5f.LIBVER_EARLIEST] = "earliest"


def _set_fapl_fileobj(plist, **kwargs):
    plist.set_fileobj_driver(h5fd.fileobj_driver, kwargs.get("fileobj"))


_drivers = {
    "sec2": lambda plist, **kwargs: plist.set_fapl_sec2(**kwargs),
    "stdio": lambda plist, **kwargs: plist.set_fapl_stdio(**kwargs),
    "core": lambda plist, **kwargs: plist.set_fapl_core(**kwargs),
    "family": lambda plist, **kwargs: plist.set_fapl_family(memb_fapl=plist.copy(), **kwargs),
    "mpio": lambda plist, **kwargs: parallel.set_fapl_mpio(plist, **kwargs),
    "fileobj": _set_fapl_fileobj,
    "split": lambda plist, **kwargs: plist.set_fapl_split(**kwargs),
}
if ros3:
    _drivers["ros3"] = lambda plist, **kwargs: plist.set_fapl_ros3(**kwargs)
if parallel.SUBFILING:
    _drivers["subfiling"] = parallel.set_fapl_subfiling
if direct_vfd:
    _drivers["direct"] = lambda plist, **kwargs: plist.set_fapl_direct(**kwargs)


def register_driver(name, set_fapl):
    """Add a driver by name for `File`: `set_fapl(plist, **kwargs)` sets it on a `PropFAID`."""
    _drivers[name] = set_fapl


def unregister_driver(name):
    """Take a driver away. Raises KeyError when there is none of that name."""
    del _drivers[name]


def registered_drivers():
    """The names of all drivers, as a frozenset."""
    return frozenset(_drivers)


def make_fapl(
    driver,
    libver=None,
    rdcc_nslots=None,
    rdcc_nbytes=None,
    rdcc_w0=None,
    locking=None,
    page_buf_size=None,
    min_meta_keep=0,
    min_raw_keep=0,
    alignment_threshold=1,
    alignment_interval=1,
    meta_block_size=None,
    durable=False,
    atomic=False,
    **kwds,
):
    """The file access property list for the keywords of `File`; others go to the driver.

    Raises ValueError for an unknown driver, TypeError for keywords that it does not know.
    """
    plist = _files.make_fapl(
        _libver_bounds(libver),
        rdcc_nslots,
        rdcc_nbytes,
        rdcc_w0,
        locking,
        page_buf_size,
        min_meta_keep,
        min_raw_keep,
        alignment_threshold,
        alignment_interval,
        meta_block_size,
        durable,
        atomic,
    )
    if driver is None or (driver == "windows" and sys.platform == "win32"):
        if kwds:
            raise TypeError(
                f"'{next(iter(kwds))}' is an invalid keyword argument for this function"
            )
        return plist
    if driver == "subfiling" and driver not in _drivers:
        raise ValueError(parallel.NO_SUBFILING)
    if driver not in _drivers:
        raise ValueError(f"Unknown driver type {driver!r}")
    token = kwds.pop("session_token", None) if driver == "ros3" else None
    _drivers[driver](plist, **kwds)
    if token:
        plist.set_fapl_ros3_token(token)
    return plist


def _libver_bounds(libver):
    if libver is None:
        libver = "earliest"
    if libver in libver_dict:
        return libver_dict[libver], h5f.LIBVER_LATEST
    low, high = (libver_dict[name] for name in libver)
    return low, high


def make_fcpl(
    track_order=False,
    track_times=False,
    fs_strategy=None,
    fs_persist=False,
    fs_threshold=1,
    fs_page_size=None,
):
    """The file creation property list for the keywords of `File`."""
    return _files.make_fcpl(
        track_order, track_times, fs_strategy, fs_persist, fs_threshold, fs_page_size
    )


def make_fid(name, mode, userblock_size, fapl, fcpl=None, swmr=False):
    """Open or create a file as `mode` says; return its low-level `FileID`.

    Raises ValueError for another mode, OSError when the file cannot be opened.
    """
    return _files.open(name, mode, userblock_size, fapl, fcpl, swmr)


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
    Source: H5Fopen, H5Fcreate; behaviour as in h5py's "File Objects".
    """

    _in_memory_file_counter = 0

    def __init__(
        self,
        name,
        mode="r",
        driver=None,
        libver=None,
        userblock_size=None,
        swmr=False,
        rdcc_nslots=None,
        rdcc_nbytes=None,
        rdcc_w0=None,
        track_order=None,
        fs_strategy=None,
        fs_persist=False,
        fs_threshold=1,
        fs_page_size=None,
        page_buf_size=None,
        min_meta_keep=0,
        min_raw_keep=0,
        locking=None,
        alignment_threshold=1,
        alignment_interval=1,
        meta_block_size=None,
        *,
        alignment=None,
        track_times=False,
        durable=False,
        atomic=False,
        **kwds,
    ):
        if isinstance(name, ObjectID):
            if fs_strategy:
                raise ValueError("Unable to set file space strategy of an existing file")
            if not name:
                raise ValueError("Not an id of a file object: it is closed")
            super().__init__(h5i.get_file_id(name))
            return
        if hasattr(name, "read") and hasattr(name, "seek"):
            driver, kwds = _fileobj_driver(name, driver, kwds)
            name = repr(name).encode("ASCII", "replace")
        else:
            name = filename_encode(name)
        if fs_strategy and mode not in ("w", "w-", "x"):
            raise ValueError("Unable to set file space strategy of an existing file")
        if swmr and mode != "r":
            _core.warn(
                "swmr=True only affects read ('r') mode. For swmr write mode, set "
                "f.swmr_mode = True after opening the file.",
                UserWarning,
            )
        if track_order is None:
            track_order = h5.get_config().track_order
        if alignment is not None:
            if alignment_interval != 1:
                raise TypeError("alignment= and alignment_interval= exclude each other")
            alignment_interval = _files.alignment_of(name) if alignment == "auto" else alignment
            if alignment_threshold == 1:
                alignment_threshold = alignment_interval
        fapl = make_fapl(
            driver,
            libver,
            rdcc_nslots,
            rdcc_nbytes,
            rdcc_w0,
            locking,
            page_buf_size,
            min_meta_keep,
            min_raw_keep,
            alignment_threshold,
            alignment_interval,
            meta_block_size,
            durable,
            atomic,
            **kwds,
        )
        fcpl = None
        if mode not in ("r", "r+"):  # which create nothing
            fcpl = make_fcpl(
                track_order, track_times, fs_strategy, fs_persist, fs_threshold, fs_page_size
            )
        self._libver = libver if isinstance(libver, tuple) else (libver, "latest")
        super().__init__(make_fid(name, mode, userblock_size, fapl, fcpl, swmr))

    @classmethod
    def in_memory(cls, file_image=None, **kwargs):
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
            The contents are no HDF5 file.
        """
        for key in ("driver", "locking", "backing_store"):
            if key in kwargs:
                raise TypeError(f"File.in_memory() got an unexpected keyword argument {key!r}")
        creation = {key: kwargs.pop(key) for key in _CREATION_KEYWORDS if key in kwargs}
        fapl = make_fapl("core", backing_store=False, **kwargs)
        with phil:
            number = cls._in_memory_file_counter
            cls._in_memory_file_counter = number + 1
        name = b"h5py_in_memory_nonfile_%d" % number
        if not file_image:
            return cls(h5f.create(name, h5f.ACC_EXCL, fapl=fapl, fcpl=make_fcpl(**creation)))
        if creation:
            raise TypeError(f"{', '.join(creation)} parameters cannot be used with file_image")
        fapl.set_file_image(file_image)
        return cls(h5f.open(name, h5f.ACC_RDWR, fapl=fapl))

    @property
    def attrs(self):
        """The attributes of the root group."""
        return AttributeManager(self["/"])

    @property
    def filename(self):
        """The path of the file, as a str. Source: H5Fget_name."""
        return filename_decode(h5f.get_name(self._id))

    @property
    def driver(self):
        """The name of the driver in use."""
        return _files.driver_name(self._id)

    @property
    def mode(self):
        """The mode that the file is open in: 'r' or 'r+'."""
        return _files.mode(self._id)

    @property
    def libver(self):
        """The oldest and the newest format to write, as a pair of names."""
        return tuple(
            libver_dict_r[code] for code in self._id.get_access_plist().get_libver_bounds()
        )

    @property
    def userblock_size(self):
        """The number of bytes before the HDF5 data begin."""
        return self._id.get_create_plist().get_userblock()

    @property
    def meta_block_size(self):
        """The number of bytes by which space for metadata grows."""
        return self._id.get_access_plist().get_meta_block_size()

    @property
    def swmr_mode(self):
        """Whether single-writer/multiple-reader (SWMR) mode is on.

        Setting it to True begins to write in that mode; setting it to False raises ValueError.
        Source: H5Fstart_swmr_write.
        """
        return _files.swmr_mode(self._id)

    @swmr_mode.setter
    def swmr_mode(self, value):
        if not value:
            raise ValueError("It is not possible to forcibly switch SWMR mode off.")
        self._id.start_swmr_write()

    if mpi:

        @property
        def atomic(self):
            """Whether MPI-IO is in atomic mode."""
            return self._id.get_mpi_atomicity()

        @atomic.setter
        def atomic(self, value):
            self._id.set_mpi_atomicity(value)

    def flush(self):
        """Write what is pending to the file.

        With ``durable=True`` it returns when the disk has what was written.
        Raises OSError, with errno, when that fails. Source: H5Fflush.
        """
        h5f.flush(self._id)

    def close(self):
        """Close the file and everything opened through it. Closing it again has no effect.

        A file that was made with ``atomic=True`` takes its place now; after an error the path has
        the old file.
        Raises OSError, with errno, when what was pending could not be written. Source: H5Fclose.
        """
        _files.close(self._id)

    def discard(self):
        """Close a file that was made with ``atomic=True`` without putting it in its place.

        What was written is gone. A closed file stays as it is. h5py has no such method.
        Raises ValueError for a file that was made without ``atomic=True``.
        """
        if self._id and not _files.discard(self._id):
            raise ValueError("Only a file made with atomic=True can be discarded")

    def __enter__(self):
        return self

    def __exit__(self, *args):
        failed = bool(args) and args[0] is not None
        if not (failed and _files.discard(self._id)):
            self.close()

    @with_phil
    def __repr__(self):
        if not self._id:
            return "<Closed HDF5 file>"
        filename = self.filename
        if isinstance(filename, bytes):
            filename = filename.decode("utf8", "replace")
        return f'<HDF5 file "{os.path.basename(filename)}" (mode {self.mode})>'


_CREATION_KEYWORDS = (
    "track_order",
    "track_times",
    "fs_strategy",
    "fs_persist",
    "fs_threshold",
    "fs_page_size",
)


def _fileobj_driver(fileobj, driver, kwds):
    """The driver and its keywords for a Python file object."""
    if driver not in (None, "fileobj"):
        raise ValueError("Driver must be 'fileobj' for file-like object if specified.")
    if kwds.get("fileobj", fileobj) != fileobj:
        raise ValueError(
            "Invalid value of 'fileobj' argument; must equal to file-like object if specified."
        )
    return "fileobj", {**kwds, "fileobj": fileobj}
