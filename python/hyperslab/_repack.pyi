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

from hyperslab import h5f as h5f
from hyperslab._hl.compat import filename_encode as filename_encode

def repack(source: Any, target: Any = None, *, in_place: Any = False, overwrite: Any = False, compression: str | int | Mapping[str, Any] | None = None, compression_opts: int | Sequence[Any] | None = None, shuffle: bool | None = None, fletcher32: bool | None = None, chunks: bool | int | Sequence[int] | None = None, only: Any = ..., libver: str | tuple[str, str] | None = None) -> Any:
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
        A filter or a link can be copied by no program but the one that made it."""
