"""Filters by h5py's names, and the choice of chunk shapes."""

from collections.abc import Mapping

from .. import h5d, h5f, h5p, h5z  # noqa: F401
from .._core import filters as _filters
from .base import product  # noqa: F401
from .compat import filename_encode  # noqa: F401

_COMP_FILTERS = {
    "gzip": h5z.FILTER_DEFLATE,
    "szip": h5z.FILTER_SZIP,
    "lzf": h5z.FILTER_LZF,
    "shuffle": h5z.FILTER_SHUFFLE,
    "fletcher32": h5z.FILTER_FLETCHER32,
    "scaleoffset": h5z.FILTER_SCALEOFFSET,
}
_FILL_TIME_ENUM = {
    "alloc": h5d.FILL_TIME_ALLOC,
    "never": h5d.FILL_TIME_NEVER,
    "ifset": h5d.FILL_TIME_IFSET,
}

DEFAULT_GZIP = 4
DEFAULT_SZIP = ("nn", 8)

CHUNK_BASE = 16 * 1024
CHUNK_MIN = 8 * 1024
CHUNK_MAX = 1024 * 1024


def _gen_filter_tuples():
    """Names of the filters that can decode here, and of those that can encode."""

    def able(flag):
        return tuple(
            name
            for name, code in _COMP_FILTERS.items()
            if h5z.filter_avail(code) and h5z.get_filter_info(code) & flag
        )

    return able(h5z.FILTER_CONFIG_DECODE_ENABLED), able(h5z.FILTER_CONFIG_ENCODE_ENABLED)


decode, encode = _gen_filter_tuples()


class FilterRefBase(Mapping):
    """A filter and its options, as one object to give as `compression`.

    Subclasses set `filter_id`, and `filter_options` where there are any. As a mapping it holds the
    keywords for `create_dataset`.
    """

    filter_id = None
    filter_options = ()

    @property
    def _kwargs(self):
        return {"compression": self.filter_id, "compression_opts": self.filter_options}

    def __hash__(self):
        return hash((self.filter_id, self.filter_options))

    def __eq__(self, other):
        return isinstance(other, FilterRefBase) and (self.filter_id, self.filter_options) == (
            other.filter_id,
            other.filter_options,
        )

    def __len__(self):
        return len(self._kwargs)

    def __iter__(self):
        return iter(self._kwargs)

    def __getitem__(self, item):
        return self._kwargs[item]


class Gzip(FilterRefBase):
    """The filter deflate (gzip), with a level from 0 to 9."""

    filter_id = h5z.FILTER_DEFLATE

    def __init__(self, level=DEFAULT_GZIP):
        self.filter_options = (level,)


def fill_dcpl(
    plist,
    shape,
    dtype,
    chunks,
    compression,
    compression_opts,
    shuffle,
    fletcher32,
    maxshape,
    scaleoffset,
    external,
    allow_unknown_filter=False,
    *,
    fill_time=None,
):
    """Set what `create_dataset` was asked for on a dataset creation list, and return it.

    Raises TypeError or ValueError for options that contradict each other.
    """
    return _filters.fill_dcpl(
        plist,
        shape,
        dtype,
        {
            "chunks": chunks,
            "compression": compression,
            "compression_opts": compression_opts,
            "shuffle": shuffle,
            "fletcher32": fletcher32,
            "maxshape": maxshape,
            "scaleoffset": scaleoffset,
            "external": external,
            "allow_unknown_filter": allow_unknown_filter,
            "fill_time": fill_time,
        },
    )


def get_filter_name(code):
    """The name that h5py has for a filter, or its number as text."""
    return _filters.name(code)


def get_filters(plist):
    """The filters of a dataset creation list, as a dict of names and options."""
    return _filters.describe(plist)


def guess_chunk(shape, maxshape, typesize):
    """A chunk shape for a dataset of that shape, with elements of `typesize` bytes.

    Its chunks have between 8 KiB and 1 MiB; they are larger in larger datasets.
    """
    return _filters.guess_chunk(shape, typesize)
