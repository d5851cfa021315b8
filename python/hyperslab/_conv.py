"""Conversions that h5py registers with HDF5. hyperslab's know nothing of Python and always stay."""

from logging import getLogger  # noqa: F401

from .h5 import get_config

cfg = get_config()
logger = getLogger(__name__)


def register_converters():
    """Nothing to do: they are there as long as the library is."""


def unregister_converters():
    """Nothing to do: C++ code in the process may need them."""
