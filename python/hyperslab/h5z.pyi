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
from hyperslab._objects import with_phil as with_phil

CLASS_T_VERS: int
DISABLE_EDC: int
ENABLE_EDC: int
ERROR_EDC: int
FILTER_ALL: int
FILTER_CONFIG_DECODE_ENABLED: int
FILTER_CONFIG_ENCODE_ENABLED: int
FILTER_DEFLATE: int
FILTER_ERROR: int
FILTER_FLETCHER32: int
FILTER_LZF: int
FILTER_MAX: int
FILTER_NBIT: int
FILTER_NONE: int
FILTER_RESERVED: int
FILTER_SCALEOFFSET: int
FILTER_SHUFFLE: int
FILTER_SZIP: int
FLAG_DEFMASK: int
FLAG_INVMASK: int
FLAG_MANDATORY: int
FLAG_OPTIONAL: int
FLAG_REVERSE: int
FLAG_SKIP_EDC: int
NO_EDC: int
SO_FLOAT_DSCALE: int
SO_FLOAT_ESCALE: int
SO_INT: int
SO_INT_MINBITS_DEFAULT: int
SZIP_ALLOW_K13_OPTION_MASK: int
SZIP_CHIP_OPTION_MASK: int
SZIP_EC_OPTION_MASK: int
SZIP_MAX_PIXELS_PER_BLOCK: int
SZIP_NN_OPTION_MASK: int
def filter_avail(filter_code: int) -> bool:
    """Whether a filter is registered or can be loaded. Source: H5Zfilter_avail."""
def get_filter_info(filter_code: int) -> int:
    """What a filter can do: FILTER_CONFIG_ENCODE_ENABLED and FILTER_CONFIG_DECODE_ENABLED, or-
    ed. Raises RuntimeError when the filter is not there. Source: H5Zget_filter_info."""
phil: _objects.FastRLock
def register_filter(cls_pointer_address: int) -> bool:
    """Register the filter that an H5Z_class2_t in memory describes, as a plug-in's
    H5PLget_plugin_info() returns it. The filter's code must stay loaded. Source:
    H5Zregister."""
def unregister_filter(filter_code: int) -> bool:
    """Forget a filter. Source: H5Zunregister."""
