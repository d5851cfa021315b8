"""Comparing one call on hyperslab and on stock h5py, in one process."""

import warnings

import h5py
import hyperslab
import numpy as np


def plain(value):
    """A value without the package that it comes from."""
    if isinstance(value, (tuple, list)):
        return type(value)(plain(item) for item in value)
    if isinstance(value, np.ndarray):
        return (
            "array",
            value.dtype.descr,
            value.tobytes() if value.dtype.kind != "O" else list(value),
        )
    if type(value).__module__.split(".")[0] in ("h5py", "hyperslab"):
        return type(value).__name__
    return value


def outcome(call, package):
    """What a call returns, or the type of what it raises."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = ("returned", plain(call(package)))
        except Exception as error:
            result = ("raised", type(error).__name__)
    return result, [warning.category.__name__ for warning in caught]


def assert_same(call):
    """The call, given the package, does the same with both."""
    assert outcome(call, hyperslab) == outcome(call, h5py)
