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

from hyperslab import h5d as h5d
from hyperslab import h5f as h5f
from hyperslab import h5p
from hyperslab import h5p as h5p
from hyperslab import h5z as h5z
from hyperslab._hl.base import product as product
from hyperslab._hl.compat import filename_encode as filename_encode
from hyperslab._typing import DTypeLike
from hyperslab._typing import Shape

CHUNK_BASE: int
CHUNK_MAX: int
CHUNK_MIN: int
DEFAULT_GZIP: int
DEFAULT_SZIP: tuple[Any, ...]

class FilterRefBase(Mapping[str, Any]):
    """A filter and its options, as one object to give as `compression`.

    Subclasses set `filter_id`, and `filter_options` where there are any. As a mapping it holds the
    keywords for `create_dataset`."""
    def __eq__(self, other: object) -> bool: ...
    def __getitem__(self, item: Any) -> Any: ...
    def __hash__(self) -> int: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    filter_id: Any
    filter_options: Any

class Gzip(FilterRefBase):
    """The filter deflate (gzip), with a level from 0 to 9."""
    def __init__(self, level: int = 4) -> None: ...
    filter_id: Any
decode: tuple[Any, ...]
encode: tuple[Any, ...]
def fill_dcpl(plist: h5p.PropDCID, shape: Shape, dtype: DTypeLike, chunks: bool | int | Sequence[int] | None, compression: str | int | Mapping[str, Any] | None, compression_opts: int | Sequence[Any] | None, shuffle: bool, fletcher32: bool, maxshape: int | Sequence[int | None], scaleoffset: int | bool, external: str | bytes | Sequence[Any], allow_unknown_filter: bool = False, *, fill_time: str | None = None) -> h5p.PropDCID:
    """Set what `create_dataset` was asked for on a dataset creation list, and return it.

    Raises TypeError or ValueError for options that contradict each other."""
def get_filter_name(code: int) -> str:
    """The name that h5py has for a filter, or its number as text."""
def get_filters(plist: h5p.PropDCID) -> dict[str, Any]:
    """The filters of a dataset creation list, as a dict of names and options."""
def guess_chunk(shape: Shape, maxshape: int | Sequence[int | None], typesize: int) -> tuple[int, ...]:
    """A chunk shape for a dataset of that shape, with elements of `typesize` bytes.

    Its chunks have between 8 KiB and 1 MiB; they are larger in larger datasets."""
