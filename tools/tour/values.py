"""Values in few words."""

import numpy as np

SHOWN = 4  # elements of an array, fields of a record


def describe(value):
    """One line about whatever a read has returned; never fails."""
    try:
        return _describe(value)
    except Exception as error:  # an odd type is no reason to end a tour
        return f"{type(value).__name__} ({type(error).__name__} when shown)"


def _describe(value):
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.generic):
        return f"{dtype_text(value.dtype)}: {_element(value)}"
    return _element(value)


def _array(array):
    shape = "x".join(str(n) for n in array.shape) or "scalar"
    head = [_element(item) for item in array.flat[:SHOWN]]
    more = ", …" if array.size > SHOWN else ""
    return f"{dtype_text(array.dtype)} {shape}: {', '.join(head)}{more}"


def dtype_text(dtype):
    if dtype.names:
        names = ", ".join(dtype.names[:SHOWN])
        return f"{{{names}{', …' if len(dtype.names) > SHOWN else ''}}}"
    noted = dtype.metadata or {}
    for key in ("vlen", "ref"):
        if key in noted:
            return f"{key} of {getattr(noted[key], '__name__', noted[key])}"
    return str(dtype).removeprefix("|")


def _element(value):
    if isinstance(value, np.void) and value.dtype.names:
        fields = [_element(value[name]) for name in value.dtype.names[:SHOWN]]
        more = ", …" if len(value.dtype.names) > SHOWN else ""
        return f"({', '.join(fields)}{more})"
    if isinstance(value, np.ndarray):
        return f"[{_array(value)}]"
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    if isinstance(value, np.generic):
        value = value.item()
    text = repr(value)
    return text if len(text) <= 44 else text[:43] + "…"
