"""Conversions that h5py registers with HDF5. hyperslab's know nothing of Python and always stay."""

from .h5 import get_config

cfg = get_config()


def register_converters():
    """Nothing to do: they are there as long as the library is."""


def unregister_converters():
    """Nothing to do: C++ code in the process may need them."""


def __getattr__(name):  # h5py's logger, for who looks for it; to import logging takes a while
    if name in ("getLogger", "logger"):
        import logging

        return logging.getLogger if name == "getLogger" else logging.getLogger(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
