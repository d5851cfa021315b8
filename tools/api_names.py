#!/usr/bin/env python3
"""Prints what hyperslab offers in Python, a name a line.

    api_names.py > tests/python/project/api_names.txt

Modules, functions and classes with their signatures, methods, properties, constants with their
values; public names only. test_api_names.py compares it with the file, so a name that goes or a
signature that changes is seen in the review.
"""

import importlib
import inspect
import numbers
import re
import types

import hyperslab

LOW_LEVEL = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()
HIGH_LEVEL = "attrs base compat dataset datatype dims files filters group selections vds".split()
# Of these only the name is told: their values are this build's, or this process'.
VARYING = {
    "HDF5_VERSION_COMPILED_AGAINST",
    "MPI",
    "LIBVER_LATEST",
    "decode",
    "encode",
    "hdf5_built_version_tuple",
    "hdf5_version",
    "libver_dict",
    "libver_dict_r",
    "mpi",
}


def modules():
    """(name, module) of everything public, and of the modules that clients reach for."""
    yield "", hyperslab
    for name in [*LOW_LEVEL, "_errors", "_objects", "_selector", "utils", "h5py_warnings"]:
        yield name, importlib.import_module("hyperslab." + name)
    for name in HIGH_LEVEL:
        yield "_hl." + name, importlib.import_module("hyperslab._hl." + name)


def signature(thing):
    try:
        return re.sub(r" at 0x\w+", "", str(inspect.signature(thing)))
    except (TypeError, ValueError):
        return "(?)"


def described(value, name):
    """What stands behind a name, '' for what is not worth a line."""
    if isinstance(value, types.ModuleType):
        return ""
    if callable(value):
        return name + signature(value)
    if isinstance(value, property) or inspect.isdatadescriptor(value):
        return f"{name}: property"
    plain = isinstance(value, (numbers.Number, str, bytes, tuple)) and "#" not in repr(value)
    varies = name.rpartition(".")[2] in VARYING or ".h5fd." in name
    return f"{name} = {value!r}" if plain and not varies else f"{name}: {type(value).__name__}"


def members(cls, name):
    for key in sorted(dir(cls)):
        if key.startswith("_") or issubclass(cls, BaseException):
            continue
        value = inspect.getattr_static(cls, key)
        if isinstance(value, (staticmethod, classmethod)):
            value = value.__func__
        yield described(value, f"{name}.{key}")


def lines():
    package = "hyperslab"
    for module_name, module in modules():
        prefix = ".".join(filter(None, (package, module_name)))
        for key in sorted(vars(module)):
            value = vars(module)[key]
            home = str(getattr(value, "__module__", ""))
            foreign = inspect.isclass(value) or inspect.isroutine(value)
            if key.startswith("_") or (foreign and not home.startswith((package, "h5py"))):
                continue
            if not inspect.isclass(value):
                yield described(value, f"{prefix}.{key}")
            elif home != module.__name__:
                yield f"{prefix}.{key} is {home}.{value.__qualname__}"
            else:
                bases = ", ".join(base.__name__ for base in value.__bases__)
                yield f"{prefix}.{key}: class({bases})"
                yield from members(value, f"{prefix}.{key}")


def text():
    return "".join(line + "\n" for line in lines() if line)


if __name__ == "__main__":
    print(text(), end="")
