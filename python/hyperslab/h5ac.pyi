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
        """Whether a part stays empty."""
    @apply_empty_reserve.setter
    def apply_empty_reserve(self, value: int) -> None: ...
    @property
    def apply_max_decrement(self) -> int:
        """Whether that is limited."""
    @apply_max_decrement.setter
    def apply_max_decrement(self, value: int) -> None: ...
    @property
    def apply_max_increment(self) -> int:
        """Whether growth is limited."""
    @apply_max_increment.setter
    def apply_max_increment(self, value: int) -> None: ...
    @property
    def decr_mode(self) -> int:
        """How it shrinks: 0 not at all, 1, 2 or 3."""
    @decr_mode.setter
    def decr_mode(self, value: int) -> None: ...
    @property
    def decrements(self) -> float:
        """Factor of shrinking, 0 to 1."""
    @decrements.setter
    def decrements(self, value: float) -> None: ...
    @property
    def dirty_bytes_threshold(self) -> int:
        """Bytes written between synchronisations of parallel processes."""
    @dirty_bytes_threshold.setter
    def dirty_bytes_threshold(self, value: int) -> None: ...
    @property
    def empty_reserve(self) -> float:
        """That part, 0 to 1."""
    @empty_reserve.setter
    def empty_reserve(self, value: float) -> None: ...
    @property
    def epoch_length(self) -> int:
        """Accesses between two decisions."""
    @epoch_length.setter
    def epoch_length(self, value: int) -> None: ...
    @property
    def epochs_before_eviction(self) -> int:
        """Epochs without an access after which entries leave."""
    @epochs_before_eviction.setter
    def epochs_before_eviction(self, value: int) -> None: ...
    @property
    def evictions_enabled(self) -> int:
        """Whether entries may leave."""
    @evictions_enabled.setter
    def evictions_enabled(self, value: int) -> None: ...
    @property
    def flash_incr_mode(self) -> int:
        """Growing for a large entry: 0 or 1."""
    @flash_incr_mode.setter
    def flash_incr_mode(self, value: int) -> None: ...
    @property
    def flash_multiple(self) -> float:
        """Growth in sizes of that entry."""
    @flash_multiple.setter
    def flash_multiple(self, value: float) -> None: ...
    @property
    def flash_threshold(self) -> float:
        """Share that makes it large."""
    @flash_threshold.setter
    def flash_threshold(self, value: float) -> None: ...
    @property
    def incr_mode(self) -> int:
        """How it grows: 0 not at all, 1 by threshold."""
    @incr_mode.setter
    def incr_mode(self, value: int) -> None: ...
    @property
    def increment(self) -> float:
        """Factor of growing, at least 1."""
    @increment.setter
    def increment(self, value: float) -> None: ...
    @property
    def initial_size(self) -> int:
        """Size to begin with, in bytes."""
    @initial_size.setter
    def initial_size(self, value: int) -> None: ...
    @property
    def lower_hr_threshold(self) -> float:
        """Hit rate it grows below."""
    @lower_hr_threshold.setter
    def lower_hr_threshold(self, value: float) -> None: ...
    @property
    def max_decrement(self) -> int:
        """Most bytes to shrink by at once."""
    @max_decrement.setter
    def max_decrement(self, value: int) -> None: ...
    @property
    def max_increment(self) -> int:
        """Most bytes to grow by at once."""
    @max_increment.setter
    def max_increment(self, value: int) -> None: ...
    @property
    def max_size(self) -> int:
        """Largest size in bytes."""
    @max_size.setter
    def max_size(self, value: int) -> None: ...
    @property
    def min_clean_fraction(self) -> float:
        """Share kept clean, 0 to 1."""
    @min_clean_fraction.setter
    def min_clean_fraction(self, value: float) -> None: ...
    @property
    def min_size(self) -> int:
        """Smallest size in bytes."""
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
        """Hit rate it shrinks above."""
    @upper_hr_threshold.setter
    def upper_hr_threshold(self, value: float) -> None: ...
    @property
    def version(self) -> int:
        """Version of the structure: 1."""
    @version.setter
    def version(self, value: int) -> None: ...
