"""Values of hyperslab and of h5py as plain data that is equal when they mean the same.

Exact: bit patterns, byte orders, the metadata of dtypes, NumPy scalars against arrays.
"""

import numpy as np

PACKAGES = ("hyperslab", "h5py")


def from_a_package(value):
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__.split(".")[0] in PACKAGES


def dtype(dt):
    """A dtype with what its metadata says, in all its parts."""
    if isinstance(dt, type):
        return dt.__name__
    dt = np.dtype(dt)
    if dt.subdtype is not None:
        return ("array", dtype(dt.subdtype[0]), dt.subdtype[1])
    if dt.names is not None:
        fields = [(name, dtype(dt.fields[name][0]), dt.fields[name][1]) for name in dt.names]
        return ("compound", dt.itemsize, fields, notes(dt))
    return (dt.str, notes(dt))


def notes(dt):
    found = {}
    for key, value in (dt.metadata or {}).items():
        if isinstance(value, (type, np.dtype)):
            value = dtype(value)
        found[key] = dict(value) if key == "enum" else value
    return found


def array(values):
    """The elements, bit by bit."""
    if values.dtype.hasobject:
        if values.dtype.names is not None:
            return [array(values[name]) for name in values.dtype.names]
        return [value(item) for item in values.ravel().tolist()]
    if values.dtype.names is not None:  # not the padding between fields
        return [array(values[name]) for name in values.dtype.names]
    if values.dtype.kind == "T":
        return values.ravel().tolist()
    if values.dtype.kind in "fc" and values.dtype.itemsize in (16, 32):
        values = values.astype(values.dtype.newbyteorder("="))  # padding in long doubles
        return [repr(item) for item in values.ravel()]
    return values.tobytes()


def value(thing):
    """Anything that the API returns."""
    if isinstance(thing, np.ndarray):
        return ("array", dtype(thing.dtype), thing.shape, array(thing))
    if isinstance(thing, np.generic):
        return ("scalar", dtype(thing.dtype), array(np.asarray(thing)))
    if isinstance(thing, np.dtype):
        return ("dtype", dtype(thing))
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return (type(thing).__name__, *map(value, thing))
    if isinstance(thing, (list, tuple)):
        return type(thing)(value(item) for item in thing)
    if isinstance(thing, dict):
        return {key: value(item) for key, item in thing.items()}
    if isinstance(thing, type) or from_a_package(thing):
        return of_a_package(thing)
    return (type(thing).__name__, thing)


def of_a_package(thing):
    if isinstance(thing, type):
        return f"class {thing.__name__}"
    kind = type(thing).__name__
    if kind in ("Dataset", "Datatype"):
        return (kind, thing.name, getattr(thing, "shape", None), dtype(thing.dtype))
    if kind in ("Group", "File"):
        return (kind, thing.name)
    if kind == "Empty":
        return (kind, dtype(thing.dtype))
    if kind in ("SoftLink", "ExternalLink"):
        return (kind, thing.path, getattr(thing, "filename", None))
    if kind in ("Reference", "RegionReference"):
        return (kind, bool(thing))
    if kind == "SpaceID":
        return (kind, thing.shape, thing.get_select_bounds(), thing.get_select_npoints())
    return kind


def call(function, *args):
    """What a call returns, described, or the class of what it raises."""
    try:
        return ("returned", value(function(*args)))
    except Exception as error:
        return ("raised", type(error).__name__)
