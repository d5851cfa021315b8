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

from hyperslab.h5r import Reference as Reference
from hyperslab.h5r import RegionReference as RegionReference
from hyperslab.h5r import StandardReference as StandardReference
from hyperslab.h5t import check_complex_dtype as check_complex_dtype
from hyperslab.h5t import check_dtype as check_dtype
from hyperslab.h5t import check_enum_dtype as check_enum_dtype
from hyperslab.h5t import check_opaque_dtype as check_opaque_dtype
from hyperslab.h5t import check_ref_dtype as check_ref_dtype
from hyperslab.h5t import check_string_dtype as check_string_dtype
from hyperslab.h5t import check_vlen_dtype as check_vlen_dtype
from hyperslab.h5t import complex_compat_dtype as complex_compat_dtype
from hyperslab.h5t import enum_dtype as enum_dtype
from hyperslab.h5t import opaque_dtype as opaque_dtype
from hyperslab.h5t import special_dtype as special_dtype
from hyperslab.h5t import string_dtype as string_dtype
from hyperslab.h5t import string_info as string_info
from hyperslab.h5t import vlen_dtype as vlen_dtype

ref_dtype: numpy.dtype[Any]
regionref_dtype: numpy.dtype[Any]
std_ref_dtype: numpy.dtype[Any]
