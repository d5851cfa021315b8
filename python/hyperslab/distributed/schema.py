"""What the rows of files have in common: the datasets, their types and their shapes."""

from dataclasses import dataclass

import numpy

from .. import h5r, h5t
from .._hl.dataset import Dataset
from .._hl.group import Group


class SchemaError(ValueError):
    """A file does not have the datasets that the others have, or they are of other types."""


@dataclass(frozen=True)
class Layout:
    """One dataset of a file, without its number of rows.

    `name` is its path, `kind` describes its type whatever the byte order, and `row_shape` is the
    shape of one row.
    """

    name: str
    kind: str
    row_shape: tuple


@dataclass(frozen=True)
class Source:
    """The datasets of a file that are read together: one, or the columns of a group."""

    layouts: tuple
    is_group: bool

    def differs_from(self, other):
        """The first difference from another file's source in words; None when there is none."""
        if self.is_group != other.is_group:
            return "one is a dataset, the other a group"
        ours = {layout.name: layout for layout in self.layouts}
        theirs = {layout.name: layout for layout in other.layouts}
        for name in [*theirs, *ours]:
            if name not in ours or name not in theirs:
                return f"'{name}' is in one of them only"
            one, two = ours[name], theirs[name]
            if one.kind != two.kind:
                return f"'{name}' has elements of type {one.kind}, not {two.kind}"
            if one.row_shape != two.row_shape:
                return f"'{name}' has rows of shape {one.row_shape}, not {two.row_shape}"
        return None


def kind_of(dtype):
    """A description of a dtype that does not depend on byte order and padding."""
    string = h5t.check_string_dtype(dtype)
    if string is not None:
        return "str" if string.length is None else f"str[{string.length}]"
    enum = h5t.check_enum_dtype(dtype)
    if enum is not None:
        names = ", ".join(f"{name}={value}" for name, value in sorted(enum.items()))
        return f"enum {numpy.dtype(dtype.str).newbyteorder('=')}({names})"
    vlen = h5t.check_vlen_dtype(dtype)
    if vlen is not None:
        return f"vlen {kind_of(numpy.dtype(vlen))}"
    reference = h5t.check_ref_dtype(dtype)
    if reference is not None:
        return "region reference" if reference is h5r.RegionReference else "reference"
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return f"{kind_of(base)}{list(shape)}"
    if dtype.names is not None:
        return "{" + ", ".join(f"{n}: {kind_of(dtype.fields[n][0])}" for n in dtype.names) + "}"
    return str(dtype.newbyteorder("="))


def has_references(dtype):
    """Whether elements are references, or have some in them."""
    if h5t.check_ref_dtype(dtype) is not None:
        return True
    vlen = h5t.check_vlen_dtype(dtype)
    if vlen is not None:
        return has_references(numpy.dtype(vlen))
    if dtype.subdtype is not None:
        return has_references(dtype.subdtype[0])
    return any(has_references(dtype.fields[name][0]) for name in dtype.names or ())


def open_source(file, name, columns=None):
    """The datasets under a name: [(column, dataset)], and the `Source`.

    Raises SchemaError when nothing there can be read as rows.
    """
    where = f"'{name}' in file '{file.filename}'"
    try:
        found = file[name]
    except KeyError:
        raise SchemaError(f"there is no {where}") from None
    if isinstance(found, Dataset):
        if not found.shape:
            raise SchemaError(f"{where} has no rows: it is a scalar or empty")
        _require_fields(found, columns, where)
        return [(None, found)], Source((_layout(found, name),), False)
    if not isinstance(found, Group):
        raise SchemaError(f"{where} is neither a dataset nor a group")
    return _open_group(found, columns, where)


def _open_group(group, columns, where):
    names = list(group) if columns is None else list(columns)
    datasets = []
    for name in names:
        try:
            member = group[name]
        except KeyError:
            raise SchemaError(f"there is no column '{name}' in {where}") from None
        if isinstance(member, Dataset) and member.shape:
            datasets.append((name, member))
        elif columns is not None:
            raise SchemaError(f"the column '{name}' in {where} is no dataset with rows")
    if not datasets:
        raise SchemaError(f"{where} is a group without datasets that have rows")
    lengths = {name: member.shape[0] for name, member in datasets}
    if len(set(lengths.values())) > 1:
        few = ", ".join(f"'{name}': {rows}" for name, rows in list(lengths.items())[:5])
        raise SchemaError(f"the datasets of {where} are no table: their lengths differ ({few})")
    return datasets, Source(tuple(_layout(member, name) for name, member in datasets), True)


def _require_fields(dataset, columns, where):
    for name in columns or ():
        if dataset.dtype.names is None or name not in dataset.dtype.names:
            raise SchemaError(f"there is no column '{name}' in {where}")


def _layout(dataset, name):
    return Layout(name, kind_of(dataset.dtype), tuple(dataset.shape[1:]))
