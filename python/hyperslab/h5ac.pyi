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

from hyperslab._objects import refuse_pickling as refuse_pickling


class CacheConfig:
    """How a file's metadata cache adapts its size; zeros when made. Source:
    H5AC_cache_config_t."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    @property
    def apply_empty_reserve(self) -> int:
        """Whether a part of the cache stays empty."""
    @apply_empty_reserve.setter
    def apply_empty_reserve(self, value: int) -> None: ...
    @property
    def apply_max_decrement(self) -> int:
        """Whether shrinking is limited."""
    @apply_max_decrement.setter
    def apply_max_decrement(self, value: int) -> None: ...
    @property
    def apply_max_increment(self) -> int:
        """Whether growth is limited."""
    @apply_max_increment.setter
    def apply_max_increment(self, value: int) -> None: ...
    @property
    def decr_mode(self) -> int:
        """How the cache shrinks: 0 not at all, 1 by hit rate, 2 by age, 3 by age when the hit rate
        is high."""
    @decr_mode.setter
    def decr_mode(self, value: int) -> None: ...
    @property
    def decrements(self) -> float:
        """The factor by which the cache shrinks, from 0 to 1."""
    @decrements.setter
    def decrements(self, value: float) -> None: ...
    @property
    def dirty_bytes_threshold(self) -> int:
        """The number of bytes written between two synchronisations of parallel processes."""
    @dirty_bytes_threshold.setter
    def dirty_bytes_threshold(self, value: int) -> None: ...
    @property
    def empty_reserve(self) -> float:
        """The share of the cache that stays empty, from 0 to 1."""
    @empty_reserve.setter
    def empty_reserve(self, value: float) -> None: ...
    @property
    def epoch_length(self) -> int:
        """The number of accesses between two decisions about the size."""
    @epoch_length.setter
    def epoch_length(self, value: int) -> None: ...
    @property
    def epochs_before_eviction(self) -> int:
        """The number of epochs without an access after which entries leave the cache."""
    @epochs_before_eviction.setter
    def epochs_before_eviction(self, value: int) -> None: ...
    @property
    def evictions_enabled(self) -> int:
        """Whether entries may leave the cache."""
    @evictions_enabled.setter
    def evictions_enabled(self, value: int) -> None: ...
    @property
    def flash_incr_mode(self) -> int:
        """Whether the cache grows for one large entry: 0 or 1."""
    @flash_incr_mode.setter
    def flash_incr_mode(self, value: int) -> None: ...
    @property
    def flash_multiple(self) -> float:
        """The growth for a large entry, as a multiple of its size."""
    @flash_multiple.setter
    def flash_multiple(self, value: float) -> None: ...
    @property
    def flash_threshold(self) -> float:
        """The share of the cache from which on an entry counts as large, from 0 to 1."""
    @flash_threshold.setter
    def flash_threshold(self, value: float) -> None: ...
    @property
    def incr_mode(self) -> int:
        """How the cache grows: 0 not at all, 1 when the hit rate falls below a threshold."""
    @incr_mode.setter
    def incr_mode(self, value: int) -> None: ...
    @property
    def increment(self) -> float:
        """The factor by which the cache grows, at least 1."""
    @increment.setter
    def increment(self, value: float) -> None: ...
    @property
    def initial_size(self) -> int:
        """The size that the cache begins with, in bytes."""
    @initial_size.setter
    def initial_size(self, value: int) -> None: ...
    @property
    def lower_hr_threshold(self) -> float:
        """The hit rate below which the cache grows, from 0 to 1."""
    @lower_hr_threshold.setter
    def lower_hr_threshold(self, value: float) -> None: ...
    @property
    def max_decrement(self) -> int:
        """The maximum by which the cache shrinks at once, in bytes."""
    @max_decrement.setter
    def max_decrement(self, value: int) -> None: ...
    @property
    def max_increment(self) -> int:
        """The maximum by which the cache grows at once, in bytes."""
    @max_increment.setter
    def max_increment(self, value: int) -> None: ...
    @property
    def max_size(self) -> int:
        """The largest size of the cache, in bytes."""
    @max_size.setter
    def max_size(self, value: int) -> None: ...
    @property
    def min_clean_fraction(self) -> float:
        """The share of the cache that is kept clean, from 0 to 1."""
    @min_clean_fraction.setter
    def min_clean_fraction(self, value: float) -> None: ...
    @property
    def min_size(self) -> int:
        """The smallest size of the cache, in bytes."""
    @min_size.setter
    def min_size(self, value: int) -> None: ...
    @property
    def rpt_fcn_enabled(self) -> int:
        """Whether resizing is reported."""
    @rpt_fcn_enabled.setter
    def rpt_fcn_enabled(self, value: int) -> None: ...
    @property
    def set_initial_size(self) -> int:
        """Whether initial_size is used."""
    @set_initial_size.setter
    def set_initial_size(self, value: int) -> None: ...
    @property
    def upper_hr_threshold(self) -> float:
        """The hit rate above which the cache shrinks, from 0 to 1."""
    @upper_hr_threshold.setter
    def upper_hr_threshold(self, value: float) -> None: ...
    @property
    def version(self) -> int:
        """The version of the structure, which is 1."""
    @version.setter
    def version(self, value: int) -> None: ...
