"""Copying a file into a new one: `repack`."""

from . import h5f
from ._core import repack as _repack
from ._hl.compat import filename_encode

_VERSIONS = {
    "earliest": h5f.LIBVER_EARLIEST,
    "v108": h5f.LIBVER_V18,
    "v110": h5f.LIBVER_V110,
    "v112": h5f.LIBVER_V112,
    "v114": h5f.LIBVER_V114,
    "latest": h5f.LIBVER_LATEST,
}


def repack(
    source,
    target=None,
    *,
    in_place=False,
    overwrite=False,
    compression=None,
    compression_opts=None,
    shuffle=None,
    fletcher32=None,
    chunks=None,
    only=(),
    libver=None,
):
    """Copy a file, without the space lost in it, and with other filters or chunks if wanted.

    Everything is kept: objects, links of all kinds, attributes, committed types, references,
    orders, fill values, the user block. Chunks whose filters stay are copied as they are, others
    are decoded and encoded on all cores. The new file is there when it is whole; where it takes the
    place of another one, the disk has it before. After any exception `target` is what it was.

    Parameters
    ----------
    source : str, bytes or os.PathLike
        The file to copy.
    target : str, bytes or os.PathLike, optional
        The new file.
    in_place : bool
        Put the copy in the place of `source`; then there is no `target`.
    overwrite : bool
        Replace a `target` that exists.
    compression, compression_opts, shuffle, fletcher32 : optional
        The filters of all datasets, as for `Group.create_dataset`; ``compression=False`` alone
        means none. Without any of them each dataset keeps its own.
    chunks : tuple, bool, optional
        The shape of chunks of datasets with as many dimensions; True chooses one for each dataset,
        False stores in one piece. By default each dataset keeps its own.
    only : iterable of str
        Paths of datasets, or of groups with all that lies below, that filters and chunks are meant
        for; all by default.
    libver : str, optional
        The oldest format to write: 'earliest', 'v108', 'v110', 'v112', 'v114' or 'latest'; by
        default that of `source`.

    Returns
    -------
    dict
        What was done: 'bytes_before' and 'bytes_after', numbers of 'objects', 'datasets',
        'copied_chunks' and 'encoded_chunks', and 'notes', sentences on what could not be changed.

    Raises
    ------
    OSError
        `source` is damaged, or `target` cannot be written, or exists and is not to be replaced.
    ValueError
        `source` and `target` are one file, or arguments contradict each other.
    KeyError
        A path in `only` leads nowhere.
    NotImplementedError
        A filter or a link can be copied by no program but the one that made it.
    """
    if in_place == (target is not None):
        raise ValueError("repack takes either a target or in_place=True")
    if libver is not None and libver not in _VERSIONS:
        raise ValueError(f"libver is one of {', '.join(_VERSIONS)}, not {libver!r}")
    return _repack(
        filename_encode(source),
        None if target is None else filename_encode(target),
        {
            "compression": compression,
            "compression_opts": compression_opts,
            "shuffle": shuffle,
            "fletcher32": fletcher32,
        },
        chunks,
        [only] if isinstance(only, (str, bytes)) else list(only),
        None if libver is None else _VERSIONS[libver],
        overwrite,
    )
