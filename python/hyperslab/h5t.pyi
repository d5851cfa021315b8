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

from hyperslab import _objects
from hyperslab import h5
from hyperslab._objects import ObjectID
from hyperslab._objects import with_phil as with_phil
from hyperslab._typing import DTypeLike

ARRAY: int
BITFIELD: int
BKG_NO: int
BKG_TEMP: int
BKG_YES: int
COMPOUND: int
CSET_ASCII: int
CSET_UTF8: int
C_S1: TypeStringID
DIR_ASCEND: int
DIR_DEFAULT: int
DIR_DESCEND: int
ENUM: int
FLOAT: int
FORTRAN_S1: TypeStringID
IEEE_F128BE: TypeFloatID
IEEE_F128LE: TypeFloatID
IEEE_F16BE: TypeFloatID
IEEE_F16LE: TypeFloatID
IEEE_F32BE: TypeFloatID
IEEE_F32LE: TypeFloatID
IEEE_F64BE: TypeFloatID
IEEE_F64LE: TypeFloatID
INTEGER: int
LDOUBLE_BE: TypeFloatID
LDOUBLE_LE: TypeFloatID
NATIVE_B16: TypeBitfieldID
NATIVE_B32: TypeBitfieldID
NATIVE_B64: TypeBitfieldID
NATIVE_B8: TypeBitfieldID
NATIVE_DOUBLE: TypeFloatID
NATIVE_FLOAT: TypeFloatID
NATIVE_FLOAT16: TypeFloatID
NATIVE_INT16: TypeIntegerID
NATIVE_INT32: TypeIntegerID
NATIVE_INT64: TypeIntegerID
NATIVE_INT8: TypeIntegerID
NATIVE_LDOUBLE: TypeFloatID
NATIVE_UINT16: TypeIntegerID
NATIVE_UINT32: TypeIntegerID
NATIVE_UINT64: TypeIntegerID
NATIVE_UINT8: TypeIntegerID
NORM_IMPLIED: int
NORM_MSBSET: int
NORM_NONE: int
NO_CLASS: int
NUMPY_RUNTIME_VERSION_TUPLE: tuple[Any, ...]
NUMPY_VLEN_STRING: TypeOpaqueID
OPAQUE: int
ORDER_BE: int
ORDER_LE: int
ORDER_NATIVE: int
ORDER_NONE: int
ORDER_VAX: int
PAD_BACKGROUND: int
PAD_ONE: int
PAD_ZERO: int
PYTHON_OBJECT: TypeOpaqueID
REFERENCE: int
SGN_2: int
SGN_NONE: int
STD_B16BE: TypeBitfieldID
STD_B16LE: TypeBitfieldID
STD_B32BE: TypeBitfieldID
STD_B32LE: TypeBitfieldID
STD_B64BE: TypeBitfieldID
STD_B64LE: TypeBitfieldID
STD_B8BE: TypeBitfieldID
STD_B8LE: TypeBitfieldID
STD_I16BE: TypeIntegerID
STD_I16LE: TypeIntegerID
STD_I32BE: TypeIntegerID
STD_I32LE: TypeIntegerID
STD_I64BE: TypeIntegerID
STD_I64LE: TypeIntegerID
STD_I8BE: TypeIntegerID
STD_I8LE: TypeIntegerID
STD_REF: TypeReferenceID
STD_REF_DSETREG: TypeReferenceID
STD_REF_OBJ: TypeReferenceID
STD_U16BE: TypeIntegerID
STD_U16LE: TypeIntegerID
STD_U32BE: TypeIntegerID
STD_U32LE: TypeIntegerID
STD_U64BE: TypeIntegerID
STD_U64LE: TypeIntegerID
STD_U8BE: TypeIntegerID
STD_U8LE: TypeIntegerID
STRING: int
STR_NULLPAD: int
STR_NULLTERM: int
STR_SPACEPAD: int
TIME: int

class TypeArrayID(TypeID):
    """Arrays of one fixed shape."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_array_dims(self) -> tuple[Any, ...]:
        """The dimensions, a tuple. Source: H5Tget_array_dims2."""
    def get_array_ndims(self) -> int:
        """The rank. Source: H5Tget_array_ndims."""

class TypeAtomicID(TypeID):
    """Numbers, and what lies in memory like one."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_offset(self) -> int:
        """The first significant bit. Source: H5Tget_offset."""
    def get_order(self) -> int:
        """The byte order: ORDER_LE, ORDER_BE or ORDER_NONE. Source: H5Tget_order."""
    def get_pad(self) -> tuple[Any, ...]:
        """Padding below and above the significant bits: two of the PAD constants. Source:
        H5Tget_pad."""
    def get_precision(self) -> int:
        """The number of significant bits. Source: H5Tget_precision."""
    def set_offset(self, offset: int) -> None:
        """Set the first significant bit. Source: H5Tset_offset."""
    def set_order(self, order: int) -> None:
        """Set the byte order. Source: H5Tset_order."""
    def set_pad(self, lsb: int, msb: int) -> None:
        """Set both paddings. Source: H5Tset_pad."""
    def set_precision(self, precision: int) -> None:
        """Set the significant bits. Source: H5Tset_precision."""

class TypeBitfieldID(TypeID):
    """Bits without a number's meaning."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_order(self) -> int:
        """The byte order: ORDER_LE, ORDER_BE or ORDER_NONE. Source: H5Tget_order."""

class TypeCompositeID(TypeID):
    """Types with named members."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_member_index(self, name: bytes) -> int:
        """The index of a member's name. Source: H5Tget_member_index."""
    def get_member_name(self, member: int) -> bytes:
        """A member's name. Source: H5Tget_member_name."""
    def get_nmembers(self) -> int:
        """The number of members. Source: H5Tget_nmembers."""

class TypeCompoundID(TypeCompositeID):
    """Records: members with name, offset and type."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_member_class(self, member: int) -> int:
        """A member's datatype class. Source: H5Tget_member_class."""
    def get_member_offset(self, member: int) -> int:
        """Where a member begins, in bytes. Source: H5Tget_member_offset."""
    def get_member_type(self, member: int) -> Any:
        """A copy of a member's datatype. Source: H5Tget_member_type."""
    def insert(self, name: bytes, offset: int, field: TypeID) -> None:
        """Add a member that begins at a byte offset. Source: H5Tinsert."""
    def pack(self) -> None:
        """Take out the gaps between members, at every depth. Source: H5Tpack."""

class TypeEnumID(TypeCompositeID):
    """An enumeration: integers with names."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def enum_insert(self, name: bytes, value: int) -> None:
        """Name a value; one that the base type cannot hold is clipped. Source: H5Tenum_insert."""
    def enum_nameof(self, value: int) -> bytes:
        """The name of a value. Source: H5Tenum_nameof."""
    def enum_valueof(self, name: bytes) -> int:
        """The value of a name. Source: H5Tenum_valueof."""
    def get_member_value(self, idx: int) -> int:
        """A member's value. Source: H5Tget_member_value."""

class TypeFloatID(TypeAtomicID):
    """Floating-point numbers."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_ebias(self) -> int:
        """The exponent's bias. Source: H5Tget_ebias."""
    def get_fields(self) -> tuple[Any, ...]:
        """The places of the parts in bits: (sign position, exponent position and size, mantissa
        position and size). Source: H5Tget_fields."""
    def get_inpad(self) -> int:
        """Padding between the parts. Source: H5Tget_inpad."""
    def get_norm(self) -> int:
        """How the mantissa is normalised: NORM_IMPLIED, NORM_MSBSET or NORM_NONE. Source:
        H5Tget_norm."""
    def set_ebias(self, ebias: int) -> None:
        """Set the exponent's bias. Source: H5Tset_ebias."""
    def set_fields(self, spos: int, epos: int, esize: int, mpos: int, msize: int) -> None:
        """Set where the parts lie. Source: H5Tset_fields."""
    def set_inpad(self, pad_code: int) -> None:
        """Set the padding between the parts. Source: H5Tset_inpad."""
    def set_norm(self, norm: int) -> None:
        """Set how the mantissa is normalised. Source: H5Tset_norm."""

class TypeID(ObjectID):
    """A datatype. Equal means equal descriptions; hashable when it is committed or locked."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __ne__(self, other: object, /) -> bool: ...
    def commit(self, group: _objects.ObjectID, name: bytes, lcpl: _objects.ObjectID | None = None) -> None:
        """Keep the type in a file, under a name. Raises KeyError when the name is taken. Source:
        H5Tcommit2."""
    def committed(self) -> bool:
        """Whether the type lives in a file. Source: H5Tcommitted."""
    def copy(self) -> Any:
        """A transient copy that may be changed. Source: H5Tcopy."""
    def detect_class(self, classtype: int) -> bool:
        """Whether a class occurs in the type, at any depth. Source: H5Tdetect_class."""
    @property
    def dtype(self) -> Any:
        """The NumPy dtype that elements are read as. Raises TypeError when there is none."""
    def encode(self) -> bytes:
        """The type as bytes. Source: H5Tencode."""
    def equal(self, typeid: TypeID | None) -> bool:
        """Whether two types are the same. Source: H5Tequal."""
    def get_class(self) -> int:
        """The class of the type: INTEGER, FLOAT, STRING, … Source: H5Tget_class."""
    def get_create_plist(self) -> Any:
        """A copy of the datatype creation property list. Source: H5Tget_create_plist."""
    def get_size(self) -> int:
        """The size of one element, in bytes. Source: H5Tget_size."""
    def get_super(self) -> Any:
        """The base of an array, enumeration or sequence. Source: H5Tget_super."""
    def lock(self) -> None:
        """Make the type immutable and immortal. Source: H5Tlock."""
    def set_size(self, size: int) -> None:
        """Set the size in bytes; VARIABLE for strings. Source: H5Tset_size."""

class TypeIntegerID(TypeAtomicID):
    """Integers, signed and unsigned."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_sign(self) -> int:
        """The kind of sign: SGN_NONE for unsigned, SGN_2 for two's complement. Source:
        H5Tget_sign."""
    def set_sign(self, sign: int) -> None:
        """Set whether integers are signed. Source: H5Tset_sign."""

class TypeOpaqueID(TypeID):
    """Bytes that only a tag explains."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_tag(self) -> bytes:
        """The tag. Source: H5Tget_tag."""
    def set_tag(self, tag: bytes) -> None:
        """Set the tag, at most 256 bytes. Source: H5Tset_tag."""

class TypeReferenceID(TypeID):
    """References to objects or regions."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

class TypeStringID(TypeID):
    """Strings, of fixed or variable length."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_cset(self) -> int:
        """The character set: CSET_ASCII or CSET_UTF8. Source: H5Tget_cset."""
    def get_strpad(self) -> int:
        """How short strings are filled: STR_NULLTERM, STR_NULLPAD or STR_SPACEPAD. Source:
        H5Tget_strpad."""
    def is_variable_str(self) -> bool:
        """Whether lengths vary. Source: H5Tis_variable_str."""
    def set_cset(self, cset: int) -> None:
        """Set the character set. Source: H5Tset_cset."""
    def set_strpad(self, pad: int) -> None:
        """Set how short strings are filled. Source: H5Tset_strpad."""

class TypeTimeID(TypeID):
    """Unix times; HDF5 gave them up."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

class TypeVlenID(TypeID):
    """Sequences of varying length."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
UNIX_D32BE: TypeTimeID
UNIX_D32LE: TypeTimeID
UNIX_D64BE: TypeTimeID
UNIX_D64LE: TypeTimeID
VARIABLE: int
VLEN: int
def array_create(base: TypeID, dims_tpl: Any) -> Any:
    """An array datatype: a fixed shape of elements. Source: H5Tarray_create2."""
cfg: h5.H5PYConfig
def check_complex_dtype(dt: DTypeLike, names: Any = ...) -> Any:
    """The complex dtype that a complex dtype or a `complex_compat_dtype` stands for, else None.

    The record's fields must have these names; None takes any two."""
def check_dtype(**kwds: Any) -> Any:
    """What a noted dtype stands for, by keyword: ``vlen=dt``, ``enum=dt`` or ``ref=dt``.

    `check_vlen_dtype`, `check_enum_dtype` and `check_ref_dtype` return the same. The result is None
    for a dtype without such a note. Raises TypeError for another keyword, or for several."""
def check_enum_dtype(dt: DTypeLike) -> Any:
    """The names and values of an `enum_dtype`, None for any other dtype."""
def check_opaque_dtype(dt: DTypeLike) -> bool:
    """Whether a dtype is an `opaque_dtype`."""
def check_ref_dtype(dt: DTypeLike) -> Any:
    """The class of references that a dtype is of, None for any other dtype.

    It is Reference, RegionReference or StandardReference."""
def check_string_dtype(dt: DTypeLike) -> string_info | None:
    """The pair (encoding, length in bytes) of a string dtype, None for any other.

    The length is None where it varies from string to string."""
def check_vlen_dtype(dt: DTypeLike) -> Any:
    """The element dtype of a `vlen_dtype`, str or bytes for strings, None for any other dtype."""
def complex_compat_dtype(complex_dtype: Any, names: Any = ...) -> Any:
    """The record of two floats by which files before HDF5 2.0 hold complex numbers.

    `complex_dtype` is a complex dtype; it decides size and byte order. Raises TypeError for
    another."""
def convert(src: TypeID, dst: TypeID, n: int, buf: Any, bkg: Any = None, dxpl: _objects.ObjectID | None = None) -> None:
    """Convert n elements in place; buf holds them packed, whatever its dtype, and has room for
    the larger type. bkg holds what compound members keep that src lacks. Source:
    H5Tconvert."""
def create(classtype: int, size: int) -> Any:
    """Create a COMPOUND or OPAQUE datatype of the given size in bytes. Source: H5Tcreate."""
def decode(buf: bytes) -> Any:
    """A datatype from the bytes that encode() makes. Source: H5Tdecode."""
def enum_create(base: TypeID) -> Any:
    """An enumeration over an integer datatype. Source: H5Tenum_create."""
def enum_dtype(values_dict: Any, basetype: Any = ...) -> numpy.dtype[Any]:
    """The dtype of an enumeration: a dict of names to integers, over an integer dtype.

    Raises TypeError when `basetype` is no integer dtype. Source: H5Tenum_create."""
def find(src: TypeID, dst: TypeID) -> Any:
    """The kind of conversion between two types: None where there is none, else a tuple of
    BKG_NO, BKG_TEMP or BKG_YES. Source: H5Tfind."""
def get_config() -> h5.H5PYConfig:
    """The configuration, an H5PYConfig: what is set there counts for the whole process."""
def opaque_dtype(np_dtype: Any) -> numpy.dtype[Any]:
    """A dtype whose values are kept as opaque bytes, with a note of the dtype itself.

    For what HDF5 has no type for, like datetime64. It comes back as it was; other programs see
    bytes only. Raises TypeError for objects, records, sub-arrays and dtypes without a size.
    Source: H5Tset_tag."""
def open(group: _objects.ObjectID, name: bytes, tapl: _objects.ObjectID | None = None) -> Any:
    """Open a datatype that was committed to a file. Source: H5Topen2."""
phil: _objects.FastRLock
def py_create(dtype_in: Any, logical: bool | None = 0, aligned: bool | None = 0) -> Any:
    """The datatype of a NumPy dtype: byte for byte that of the array's memory or, if logical,
    the one that says what the values mean (strings, enumerations, references, sequences)."""
ref_dtype: numpy.dtype[Any]
regionref_dtype: numpy.dtype[Any]
def special_dtype(**kwds: Any) -> numpy.dtype[Any]:
    """One of the noted dtypes by keyword: ``vlen=``, ``enum=`` or ``ref=``.

    ``vlen=str``, ``vlen=bytes`` or ``vlen=dtype``; ``enum=(basetype, {name: value})``;
    ``ref=`` with Reference, RegionReference or StandardReference. `string_dtype`, `vlen_dtype`,
    `enum_dtype`, `ref_dtype`, `regionref_dtype` and `std_ref_dtype` say the same in fewer words.
    Raises TypeError for another keyword, ValueError for another reference class."""
std_ref_dtype: numpy.dtype[Any]
def string_dtype(encoding: str = 'utf-8', length: int | None = None) -> numpy.dtype[Any]:
    """The dtype of strings in a file, 'utf-8' or 'ascii'.

    With `length` strings take that many bytes (bytes, not characters) and values are NumPy's
    fixed-length bytes. Without, their length varies and values are Python objects: str for UTF-8,
    bytes for ASCII. With NumPy 2 StringDType ('T') is the faster choice for varying UTF-8 text.

    Raises ValueError for another encoding, TypeError for another length. Source: H5Tset_cset."""

class string_info(tuple[Any, ...]):
    """string_info(encoding, length)"""
    def __repr__(self) -> str: ...
    @property
    def encoding(self) -> Any:
        """Alias for field number 0"""
    @property
    def length(self) -> Any:
        """Alias for field number 1"""
def typewrap(id_: int) -> Any:
    """The object for a datatype identifier's number; it takes over one reference."""
def vlen_create(base: TypeID) -> Any:
    """A variable-length sequence of elements. Source: H5Tvlen_create."""
def vlen_dtype(basetype: Any) -> numpy.dtype[Any]:
    """The dtype of sequences whose length varies from element to element.

    `basetype` is what dtype() takes, for the elements of a sequence. Each value is an array of one
    dimension. For strings use `string_dtype`. Source: H5Tvlen_create."""
