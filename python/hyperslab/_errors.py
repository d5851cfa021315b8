"""Whether libhdf5 prints its errors."""

from ._core._errors import silence_errors, unsilence_errors  # noqa: F401
