"""Checks on arrays that go to low-level calls."""

from ._core.utils import check_numpy_read, check_numpy_write  # noqa: F401
