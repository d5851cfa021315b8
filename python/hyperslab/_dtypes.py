"""NumPy dtypes for what NumPy has no type for: strings, sequences, enumerations, references.

Such a dtype carries a note in its metadata: ``vlen`` (str, bytes or the dtype of a sequence's
elements), ``enum`` (names and their values), ``ref`` (Reference, RegionReference or
StandardReference), ``h5py_encoding`` (of fixed-length strings), ``h5py_opaque``. Everything here is
NumPy and Python; how the notes become HDF5 datatypes is the C++ side's business.

The functions are public as `hyperslab.h5t.*` and `hyperslab.*`.
"""

import codecs
from collections import namedtuple

import numpy as np

from ._core.h5r import Reference, RegionReference, StandardReference

string_info = namedtuple("string_info", ["encoding", "length"])

ref_dtype = np.dtype("O", metadata={"ref": Reference})
regionref_dtype = np.dtype("O", metadata={"ref": RegionReference})
std_ref_dtype = np.dtype("O", metadata={"ref": StandardReference})


def _note(dt, key, default=None):
    """A value of the dtype's metadata."""
    metadata = getattr(dt, "metadata", None)
    return default if metadata is None else metadata.get(key, default)


def _only_keyword(kwds):
    if len(kwds) != 1:
        raise TypeError("Exactly one keyword may be provided")
    return next(iter(kwds.items()))


def vlen_dtype(basetype):
    """The dtype of sequences whose length varies from element to element.

    `basetype` is what dtype() takes, for the elements of a sequence. Each value is an array of one
    dimension. For strings use `string_dtype`. Source: H5Tvlen_create.
    """
    return np.dtype("O", metadata={"vlen": basetype})


def string_dtype(encoding="utf-8", length=None):
    """The dtype of strings in a file, 'utf-8' or 'ascii'.

    With `length` strings take that many bytes (bytes, not characters) and values are NumPy's
    fixed-length bytes. Without, their length varies and values are Python objects: str for UTF-8,
    bytes for ASCII. With NumPy 2 StringDType ('T') is the faster choice for varying UTF-8 text.

    Raises ValueError for another encoding, TypeError for another length. Source: H5Tset_cset.
    """
    try:
        known = codecs.lookup(encoding).name
    except LookupError:
        known = encoding
    if known not in ("ascii", "utf-8"):
        raise ValueError(f"Invalid encoding ({known!r}); 'utf-8' or 'ascii' allowed")
    if length is None:
        return np.dtype("O", metadata={"vlen": str if known == "utf-8" else bytes})
    if not isinstance(length, int):
        raise TypeError(f"length must be integer or None (got {length!r})")
    return np.dtype(f"|S{length:d}", metadata={"h5py_encoding": known})


def enum_dtype(values_dict, basetype=np.uint8):
    """The dtype of an enumeration: a dict of names to integers, over an integer dtype.

    Raises TypeError when `basetype` is no integer dtype. Source: H5Tenum_create.
    """
    dt = np.dtype(basetype)
    if not np.issubdtype(dt, np.integer):
        raise TypeError("Only integer types can be used as enums")
    return np.dtype(dt, metadata={"enum": values_dict})


def opaque_dtype(np_dtype):
    """A dtype whose values are kept as opaque bytes, with a note of the dtype itself.

    For what HDF5 has no type for, like datetime64. It comes back as it was; other programs see
    bytes only. Raises TypeError for objects, records, sub-arrays and dtypes without a size.
    Source: H5Tset_tag.
    """
    dt = np.dtype(np_dtype)
    if dt.kind == "O":
        raise TypeError("Cannot store numpy object arrays as opaque data")
    if dt.names is not None:
        raise TypeError("Cannot store numpy structured arrays as opaque data")
    if dt.subdtype is not None:
        raise TypeError("Cannot store numpy sub-array dtype as opaque data")
    if dt.itemsize == 0:
        raise TypeError("dtype for opaque data must have explicit size")
    return np.dtype(dt, metadata={"h5py_opaque": True})


def complex_compat_dtype(complex_dtype, names=("r", "i")):
    """The record of two floats by which files before HDF5 2.0 hold complex numbers.

    `complex_dtype` is a complex dtype; it decides size and byte order. Raises TypeError for
    another.
    """
    dt = np.dtype(complex_dtype)
    if dt.kind != "c":
        raise TypeError(f"{dt!r} is not a complex dtype")
    part = f"{dt.byteorder}f{dt.itemsize // 2}"
    return np.dtype({"names": names, "formats": [part, part]})


def special_dtype(**kwds):
    """One of the noted dtypes by keyword: ``vlen=``, ``enum=`` or ``ref=``.

    ``vlen=str``, ``vlen=bytes`` or ``vlen=dtype``; ``enum=(basetype, {name: value})``;
    ``ref=`` with Reference, RegionReference or StandardReference. `string_dtype`, `vlen_dtype`,
    `enum_dtype`, `ref_dtype`, `regionref_dtype` and `std_ref_dtype` say the same in fewer words.
    Raises TypeError for another keyword, ValueError for another reference class.
    """
    kind, value = _only_keyword(kwds)
    if kind == "vlen":
        return vlen_dtype(value)
    if kind == "enum":
        try:
            basetype, values = value
        except TypeError:
            raise TypeError(
                "Enums must be created from a 2-tuple (basetype, values_dict)"
            ) from None
        return enum_dtype(values, basetype)
    if kind == "ref":
        if value is Reference:
            return ref_dtype
        if value is RegionReference:
            return regionref_dtype
        if value is StandardReference:
            return std_ref_dtype
        raise ValueError("Ref class must be Reference or RegionReference")
    raise TypeError(f'Unknown special type "{kind}"')


def check_vlen_dtype(dt):
    """The element dtype of a `vlen_dtype`, str or bytes for strings, None for any other dtype."""
    return str if dt.kind == "T" else _note(dt, "vlen")


def check_string_dtype(dt):
    """The pair (encoding, length in bytes) of a string dtype, None for any other.

    The length is None where it varies from string to string.
    """
    vlen = check_vlen_dtype(dt)
    if vlen is str:
        return string_info("utf-8", None)
    if vlen is bytes:
        return string_info("ascii", None)
    if dt.kind == "S":
        return string_info(_note(dt, "h5py_encoding", "ascii"), dt.itemsize)
    return None


def check_enum_dtype(dt):
    """The names and values of an `enum_dtype`, None for any other dtype."""
    return _note(dt, "enum")


def check_opaque_dtype(dt):
    """Whether a dtype is an `opaque_dtype`."""
    return _note(dt, "h5py_opaque", False)


def check_ref_dtype(dt):
    """The class of references that a dtype is of, None for any other dtype.

    It is Reference, RegionReference or StandardReference.
    """
    return _note(dt, "ref")


def check_complex_dtype(dt, names=("r", "i")):
    """The complex dtype that a complex dtype or a `complex_compat_dtype` stands for, else None.

    The record's fields must have these names; None takes any two.
    """
    if dt.kind == "c":
        return dt
    if dt.names is None or len(dt.names) != 2 or (names is not None and dt.names != names):
        return None
    real, imaginary = (dt.fields[name][0] for name in dt.names)
    if real.kind != "f" or imaginary.kind != "f":
        return None
    if real.itemsize != imaginary.itemsize or real.byteorder != imaginary.byteorder:
        return None
    if dt.itemsize != 2 * real.itemsize:
        return None
    return np.dtype(f"{real.byteorder}c{dt.itemsize}")


def check_dtype(**kwds):
    """What a noted dtype stands for, by keyword: ``vlen=dt``, ``enum=dt`` or ``ref=dt``.

    `check_vlen_dtype`, `check_enum_dtype` and `check_ref_dtype` return the same. The result is None
    for a dtype without such a note. Raises TypeError for another keyword, or for several.
    """
    kind, dt = _only_keyword(kwds)
    if kind not in ("vlen", "enum", "ref"):
        raise TypeError(f'Unknown special type "{kind}"')
    if kind == "vlen":
        return check_vlen_dtype(dt)
    return (dt.metadata or {}).get(kind)
