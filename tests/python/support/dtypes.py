"""Random dtypes that HDF5 has a type for, and random values of them."""

import h5py
import numpy as np
from hypothesis import strategies as st

orders = st.sampled_from("<>")
integers = st.builds("{}{}{}".format, orders, st.sampled_from("iu"), st.sampled_from([1, 2, 4, 8]))
floats = st.builds("{}f{}".format, orders, st.sampled_from([2, 4, 8]))
numbers = (integers | floats | st.sampled_from(["<c8", ">c16", "?", "g", "G", "<c16"])).map(
    np.dtype
)
names = st.text("abcdefghij XYZüß_01", min_size=1, max_size=6)


def enums():
    def make(base, members):
        return h5py.enum_dtype(members, base)

    members = st.dictionaries(names, st.integers(0, 100), min_size=1, max_size=4)
    return st.builds(
        make, st.sampled_from(["i1", "u1", "<i4", ">i2", "u8"]), members.filter(distinct)
    )


def distinct(members):
    return len(set(members.values())) == len(members)


def strings():
    length = st.integers(1, 12)
    return st.one_of(
        length.map(lambda n: np.dtype(f"S{n}")),
        st.builds(h5py.string_dtype, st.sampled_from(["ascii", "utf-8"]), length),
        st.builds(h5py.string_dtype, st.sampled_from(["ascii", "utf-8"])),
    )


def leaves():
    return numbers | enums() | strings() | st.integers(1, 9).map(lambda n: np.dtype(f"V{n}"))


def compounds(inner):
    def make(fields, align):
        formats = [f for _, f in fields]
        return np.dtype({"names": [n for n, _ in fields], "formats": formats}, align=align)

    fields = st.lists(st.tuples(names, inner), min_size=1, max_size=4, unique_by=lambda f: f[0])
    aligned = st.booleans()
    return st.builds(make, fields, aligned)


def arrays(inner):
    dims = st.lists(st.integers(1, 3), min_size=1, max_size=2).map(tuple)
    return st.builds(lambda dt, shape: np.dtype((dt, shape)), inner.filter(flat), dims)


def flat(dt):
    return dt.subdtype is None


def fields():
    """What may be a field of a compound."""
    plain = leaves()
    return plain | arrays(plain) | st.builds(h5py.vlen_dtype, sequence_elements)


# Big-endian elements of sequences are left out: h5py 3.16 reads them with their bytes swapped.
sequence_elements = st.sampled_from(["i1", "u2", "i4", "i8", "f4", "f8", "c8"]).map(np.dtype)


def dtypes():
    inner = fields()
    inner |= compounds(inner)
    return leaves() | st.builds(h5py.vlen_dtype, sequence_elements) | compounds(inner)


@st.composite
def value(draw, dt):
    """One value of a dtype, as it may be assigned to an element of an array."""
    if dt.subdtype is not None:
        base, shape = dt.subdtype
        found = np.empty(shape, base)
        for index in np.ndindex(*shape):
            found[index] = draw(value(base))
        return found
    if dt.names is not None:
        return tuple(draw(value(dt[name])) for name in dt.names)
    if (vlen := h5py.check_vlen_dtype(dt)) in (str, bytes):
        text = draw(st.text("aäß€x z", max_size=8) if vlen is str else st.text("abc ", max_size=8))
        return text if vlen is str else text.encode()
    if vlen is not None:
        return draw(array(np.dtype(vlen), draw(st.integers(0, 4))))
    if (members := h5py.check_enum_dtype(dt)) is not None:
        return draw(st.sampled_from(sorted(members.values())))
    if dt.kind == "S":
        encoding = h5py.check_string_dtype(dt).encoding
        letters = "ab c" if encoding == "ascii" else "aä c"
        return draw(st.text(letters, max_size=dt.itemsize // 2)).encode()
    if dt.kind == "V":
        return np.frombuffer(draw(st.binary(min_size=dt.itemsize, max_size=dt.itemsize)), dt)[0]
    if dt.kind == "b":
        return draw(st.booleans())
    if dt.kind in "iu":
        limits = np.iinfo(dt)
        return draw(st.integers(int(limits.min), int(limits.max)))
    width = {"f": 1, "c": 2}[dt.kind]
    parts = [draw(st.floats(width=32)) for _ in range(width)]
    with np.errstate(all="ignore"):
        return np.array(complex(*parts) if width == 2 else parts[0]).astype(dt)[()]


@st.composite
def array(draw, dt, *shape):
    found = np.empty(shape, dt)
    for index in np.ndindex(*shape):
        if found.dtype == object:
            found[index] = draw(value(dt))
        elif dt.names is not None:
            for name, item in zip(dt.names, draw(value(dt)), strict=True):
                found[index][name] = item
        else:
            found[index] = draw(value(dt))
    return found
