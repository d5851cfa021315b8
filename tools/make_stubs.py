#!/usr/bin/env python3
"""Writes the stub files of the Python package: make_stubs.py [--check]

Names, signatures and docstrings come from the package itself; the types of C++ functions from
nanobind, those of Python functions from the table below, `Any` where it says nothing. The files
lie beside the sources and are checked in; test_stubs.py compares.
"""

import argparse
import inspect
import re
import sys
import textwrap
import types
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "python" / "hyperslab"
LOW_LEVEL = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()
OTHERS = (
    "_dtypes _errors _install _objects _portable _reading _selector h5py_warnings utils version"
).split()
HIGH_LEVEL = (
    "attrs base compat dataset datatype dims files filters group selections selections2 vds".split()
)
MODULES = ["", *LOW_LEVEL, *OTHERS, *("_hl." + name for name in HIGH_LEVEL)]

SHAPE = "tuple[int, ...]"
NAME = "str | bytes"
PATH = "str | bytes | os.PathLike[str] | os.PathLike[bytes]"

# Of parameters, by their name; of what is returned, by "Class.member" or the function's name.
PARAMETERS = {
    "name": NAME,
    "self": "",
    "cls": "",
    "track_order": "bool | None",
    "track_times": "bool",
    "create": "bool",
    "key": "Any",
    "func": "Callable[..., Any]",
    "libver": "str | tuple[str, str] | None",
    "driver": "str | None",
    "mode": "str | None",
    "locking": "bool | str | None",
    "swmr": "bool",
}
SPECIAL_PARAMETERS = {
    ("File.__init__", "name"): PATH + " | BinaryIO | Any",
    ("File.__init__", "mode"): "str",
    ("is_hdf5", "fname"): PATH,
    ("filename_encode", "filename"): PATH,
    ("Group.__getitem__", "name"): "str | bytes | Any",
    ("Group.create_group", "name"): NAME + " | None",
    ("Group.create_dataset", "name"): NAME + " | None",
    ("Group.get", "name"): "Any",
    ("__contains__", "name"): "object",
    ("__eq__", "other"): "object",
    ("Dataset.__init__", "bind"): "h5d.DatasetID",
    ("Group.__init__", "bind"): "h5g.GroupID",
}
RETURNS = {
    "__init__": "None",
    "__len__": "int",
    "__bool__": "bool",
    "__hash__": "int",
    "__eq__": "bool",
    "__contains__": "bool",
    "__repr__": "str",
    "__str__": "str",
    "__exit__": "None",
    "__setitem__": "None",
    "__delitem__": "None",
    "File.__enter__": "Self",
    "Group.__iter__": "Iterator[str]",
    "AttributeManager.__iter__": "Iterator[str]",
    "Group.create_group": "Group",
    "Group.require_group": "Group",
    "Group.create_dataset": "_dataset.Dataset",
    "Group.create_dataset_like": "_dataset.Dataset",
    "Group.require_dataset": "_dataset.Dataset",
    "Group.create_virtual_dataset": "_dataset.Dataset",
    "Group.copy": "None",
    "Group.move": "None",
    "AttributeManager.create": "None",
    "AttributeManager.modify": "None",
    "AttributeManager.get_id": "h5a.AttrID",
    "HLObject.file": "File",
    "HLObject.name": "str | None",
    "HLObject.parent": "Group",
    "HLObject.ref": "h5r.Reference",
    "HLObject.attrs": "AttributeManager",
    "Dataset.shape": SHAPE,
    "Dataset.maxshape": "tuple[int | None, ...]",
    "Dataset.dtype": "numpy.dtype[Any]",
    "Dataset.size": "int",
    "Dataset.nbytes": "int",
    "Dataset.ndim": "int",
    "Dataset.chunks": f"{SHAPE} | None",
    "Dataset.compression": "str | None",
    "Dataset.shuffle": "bool",
    "Dataset.fletcher32": "bool",
    "Dataset.is_virtual": "bool",
    "Dataset.is_scale": "bool",
    "Dataset.id": "h5d.DatasetID",
    "Dataset.resize": "None",
    "Dataset.explain": "h5d.ReadExplanation",
    "AsTypeView.explain": "h5d.ReadExplanation",
    "progress.__enter__": "Self",
    "threads.__enter__": "Self",
    "Dataset.read_direct": "None",
    "Dataset.write_direct": "None",
    "Dataset.refresh": "None",
    "Dataset.flush": "None",
    "Dataset.len": "int",
    "Dataset.__iter__": "Iterator[Any]",
    "Dataset.__array__": "numpy.ndarray[Any, Any]",
    "Dataset.iter_chunks": "Iterator[tuple[slice, ...]]",
    "Dataset.asstr": "AsStrView",
    "Dataset.astype": "AsTypeView",
    "Datatype.dtype": "numpy.dtype[Any]",
    "Empty.dtype": "numpy.dtype[Any]",
    "File.filename": "str",
    "File.mode": "str",
    "File.driver": "str",
    "File.libver": "tuple[str, str]",
    "File.swmr_mode": "bool",
    "File.userblock_size": "int",
    "File.flush": "None",
    "File.close": "None",
    "is_hdf5": "bool",
    "run_tests": "int",
    "enable_ipython_completer": "None",
    "install_as_h5py": "types.ModuleType",
    "register_driver": "None",
    "unregister_driver": "None",
    "registered_drivers": "frozenset[str]",
    "string_dtype": "numpy.dtype[Any]",
    "vlen_dtype": "numpy.dtype[Any]",
    "enum_dtype": "numpy.dtype[Any]",
    "opaque_dtype": "numpy.dtype[Any]",
    "special_dtype": "numpy.dtype[Any]",
    "check_string_dtype": "string_info | None",
    "check_opaque_dtype": "bool",
    "filename_encode": "bytes",
    "filename_decode": "str",
}
HEADER = """\
# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="override,misc"
import os
import types
from collections import namedtuple
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    ValuesView,
)
from typing import Any, BinaryIO

import numpy
from typing_extensions import Self

"""


def package(module_name):
    return import_module(".".join(filter(None, ("hyperslab", module_name))))


def returned(owner, name, default="Any"):
    for cls in owner.__mro__ if owner else ():
        found = RETURNS.get(f"{cls.__name__}.{name}")
        if found:
            return found
    return RETURNS.get(name, default)


def default_text(value):
    simple = value is None or isinstance(value, (bool, int, float, str, bytes))
    return repr(value) if simple and len(repr(value)) < 60 else "..."


class Stub:
    """The stub of one module."""

    def __init__(self, module_name):
        self.name = module_name
        self.module = package(module_name)
        self.imports = set()
        self.body = []

    # Types that nanobind or the table name, in a form that this module can say.
    def type_text(self, text):
        text = text.replace("collections.abc.Callable", "Callable[..., Any]")
        text = re.sub(r"\bobject\b", "Any", text)
        text = re.sub(r"\b(tuple|list)\b(?!\[)", r"\1[Any, ...]", text)
        text = text.replace("list[Any, ...]", "list[Any]").replace("dict", "dict[Any, Any]")

        def local(match):
            home, cls = match.group(1), match.group(2)
            if home == self.name:
                return cls
            self.imports.add(home)
            return f"{home}.{cls}"

        text = re.sub(r"hyperslab\.(h5\w*|_objects)\.(\w+)", local, text)
        for home in re.findall(r"(?<![\w.])(h5[a-z]*)\.\w+", text):
            if home != self.name:
                self.imports.add(home)
        for word, line in KNOWN.items():
            if re.search(rf"(?<![\w.]){word}(?!\w)", text) and line.split()[1] != self.dotted():
                if not self.defines(word):
                    self.imports.add(line)
        return text.replace("Any | None", "Any").replace("Any | Any", "Any")

    def dotted(self):
        return ".".join(filter(None, ("hyperslab", self.name)))

    def defines(self, word):
        return getattr(vars(self.module).get(word), "__module__", "") == self.dotted()

    def cpp_signature(self, function):
        text, _, defaults = function.__nb_signature__[0]
        values = [default_text(value) for value in defaults or ()]
        text = re.sub(r"\\(\d+)", lambda match: values[int(match.group(1))], text)
        text = re.sub(r"(bool(?: \| None)? = )([01])\b", lambda m: m[1] + str(m[2] == "1"), text)
        head, arrow, result = text.partition(") -> ")
        if not arrow:
            head, result = text.rstrip(")"), "None"
        name, _, inner = head.partition("(")
        inner = re.sub(r"\*args(?!:)", "*args: Any", inner)
        inner = re.sub(r"\*\*kwargs(?!:)", "**kwargs: Any", inner)
        inner = re.sub(r"(?<=, )(\w+)(?=,|$)", r"\1: Any", inner)
        result = self.type_text(result)
        if function.__name__ == "__eq__" or function.__name__ == "__ne__":
            return f"def {function.__name__}(self, other: object, /) -> bool"
        return f"{name}({self.type_text(inner)}) -> {result}"

    def python_signature(self, function, owner):
        name = function.__name__
        key = f"{owner.__name__}.{name}" if owner else name
        try:
            signature = inspect.signature(function)
        except ValueError:
            return f"def {name}(self, *args: Any, **kwargs: Any) -> Any"
        parts, kind_before = [], None
        for i, parameter in enumerate(signature.parameters.values()):
            kind = parameter.kind
            if kind == parameter.KEYWORD_ONLY and kind_before not in (
                parameter.VAR_POSITIONAL,
                parameter.KEYWORD_ONLY,
            ):
                parts.append("*")
            star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(kind, "")
            annotation = SPECIAL_PARAMETERS.get(
                (key, parameter.name),
                SPECIAL_PARAMETERS.get((name, parameter.name), PARAMETERS.get(parameter.name)),
            )
            annotation = annotation or "Any"
            if parameter.default is None and "None" not in annotation and annotation != "Any":
                annotation += " | None"
            text = star + parameter.name
            if not (i == 0 and owner and parameter.name in ("self", "cls")):
                text += ": " + self.type_text(annotation)
            if parameter.default is not parameter.empty:
                text += " = " + default_text(parameter.default)
            parts.append(text)
            kind_before = kind
        result = self.type_text(returned(owner, name))
        return f"def {name}({', '.join(parts)}) -> {result}"

    def function(self, function, owner=None, decorator=""):
        cpp = hasattr(function, "__nb_signature__")
        if isinstance(function, types.WrapperDescriptorType) and function.__name__ == "__init__":
            return [f"def __init__({self.made_by_new(owner)}) -> None: ..."]
        line = self.cpp_signature(function) if cpp else self.python_signature(function, owner)
        doc = documentation(function)
        lines = [decorator] if decorator else []
        lines.append(f"{line}: {'...' if not doc else ''}".rstrip())
        return [*lines, *indented(doc)]

    def made_by_new(self, cls):
        """The parameters of a class of python/binding/made_by_new.hpp, which Python cannot tell."""
        if issubclass(cls, package("_objects").ObjectID):
            return "self, id_: int"
        try:
            cls(None)
        except TypeError:
            return "self"
        return "self, *args: Any, **kwargs: Any"

    def property_(self, value, name, owner):
        getter = getattr(value, "fget", None)
        result = returned(owner, name)
        if hasattr(getter, "__nb_signature__"):
            result = getter.__nb_signature__[0][0].partition(" -> ")[2] or "Any"
        result = self.type_text(result)
        doc = documentation(value)
        lines = ["@property", f"def {name}(self) -> {result}:" + ("" if doc else " ...")]
        lines += indented(doc)
        if getattr(value, "fset", None) is not None:
            lines += [f"@{name}.setter", f"def {name}(self, value: Any) -> None: ..."]
        return lines

    def class_(self, cls):
        bases = [self.base(base) for base in cls.__bases__ if base is not object]
        bases = [base for base in bases if base and base != cls.__name__]
        lines = [f"class {cls.__name__}" + (f"({', '.join(bases)})" if bases else "") + ":"]
        body = indented(documentation(cls), 1) if documentation(cls) else []
        for name, value in sorted(vars(cls).items()):
            if name.startswith("_") and name not in DUNDERS:
                continue
            if isinstance(value, staticmethod):
                member = self.function(value.__func__, cls, "@staticmethod")
            elif isinstance(value, classmethod):
                member = self.function(value.__func__, cls, "@classmethod")
            elif inspect.isroutine(value) or hasattr(value, "__nb_signature__"):
                member = self.function(value, cls)
                if value.__name__ != name:  # another name for a method
                    member[0] = member[0].replace(f"def {value.__name__}(", f"def {name}(", 1)
            elif inspect.isdatadescriptor(value) or hasattr(value, "func"):
                member = self.property_(value, name, cls)
            elif inspect.isclass(value) or name in DUNDERS:
                member = []
            else:
                member = [f"{name}: Any"]
            body += ["    " + line if line else line for line in member]
        return [*lines, *(body or ["    ..."])]

    def base(self, base):
        home = base.__module__.removeprefix("hyperslab").strip(".")
        if base.__module__ in ("collections.abc", "builtins"):
            generic = {"KeysView": 1, "ValuesView": 1, "Mapping": 2, "MutableMapping": 2}
            count = generic.get(base.__name__, 2 if base.__name__ == "ItemsView" else 0)
            arguments = {0: "", 1: "[Any]", 2: "[str, Any]"}[count]
            arguments = "[Any, ...]" if base is tuple else arguments
            return base.__name__ + arguments
        if home == self.name:
            return "" if base.__name__.startswith("_") else base.__name__
        if not base.__module__.startswith("hyperslab"):
            return ""
        self.imports.add(f"from hyperslab.{home} import {base.__name__}")
        return base.__name__

    def add(self, name, value):
        home = getattr(value, "__module__", None)
        if isinstance(value, types.ModuleType):
            inside = value.__name__.startswith("hyperslab.")
            public = inside and not name.startswith("_")
            if public and value.__name__ not in ("hyperslab._core",):
                parent, _, last = value.__name__.rpartition(".")
                self.imports.add(f"from {parent} import {last} as {name}")
            return
        has_home = inspect.isclass(value) or inspect.isfunction(value)
        if has_home and home and home != self.dotted() and home.startswith("hyperslab"):
            if not home.startswith("hyperslab._core"):
                self.imports.add(f"from {home} import {value.__name__} as {name}")
        elif has_home and not home.startswith("hyperslab"):
            return
        elif inspect.isclass(value):
            self.body += ["", *self.class_(value)]
        elif inspect.isfunction(value) or hasattr(value, "__nb_signature__"):
            if value.__name__ == name:
                self.body += self.function(value)
            else:
                self.body.append(f"{name} = {value.__name__}")
        else:
            self.constant(name, value)

    def constant(self, name, value):
        cls = type(value)
        if isinstance(value, tuple):
            self.body.append(f"{name}: tuple[Any, ...]")
        elif cls.__module__.startswith("hyperslab"):
            self.body.append(f"{name}: {self.type_text(f'{cls.__module__}.{cls.__name__}')}")
        elif cls in (bool, int, float, str, bytes):
            self.body.append(f"{name}: {cls.__name__}")
        else:
            self.body.append(f"{name}: Any")

    def text(self):
        for name, value in sorted(vars(self.module).items()):
            ours = inspect.isclass(value) and value.__module__ == self.dotted() == "hyperslab.h5o"
            if not name.startswith("_") or name == "__version__" or ours:
                self.add(name, value)
        lines = [
            line if line.startswith(("from", "import")) else f"from hyperslab import {line}"
            for line in self.imports
        ]
        lines = sorted(line for line in set(lines) if f"from {self.dotted()} " not in line + " ")
        return HEADER + "\n".join([*lines, "", *self.body]) + "\n"


KNOWN = {
    "File": "from hyperslab._hl.files import File",
    "Group": "from hyperslab._hl.group import Group",
    "AttributeManager": "from hyperslab._hl.attrs import AttributeManager",
    "_dataset": "from hyperslab._hl import dataset as _dataset",
    "string_info": "from hyperslab._dtypes import string_info",
}
DUNDERS = """
    __init__ __len__ __bool__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__
    __enter__ __exit__ __eq__ __ne__ __hash__ __repr__ __str__ __array__ __call__ __reversed__
""".split()


def documentation(thing):
    doc = getattr(thing, "__doc__", None)
    if getattr(thing, "__name__", "").startswith("__"):
        return None
    if hasattr(thing, "__nb_signature__"):
        doc = thing.__nb_signature__[0][1]
    return inspect.cleandoc(doc) if doc else None


def indented(doc, levels=1):
    if not doc:
        return []
    text = doc.replace("\\", "\\\\")
    lines = f'"""{text}"""' if "\n" in text or len(text) < 80 else text
    if isinstance(lines, str) and not lines.startswith('"""'):
        lines = '"""' + textwrap.fill(lines, 88) + '"""'
    return [("    " * levels + line).rstrip() for line in lines.split("\n")]


def stubs():
    for name in MODULES:
        module = package(name)
        is_package = hasattr(module, "__path__")
        path = FOLDER / name.replace(".", "/") / "__init__.pyi" if is_package else None
        yield path or FOLDER / (name.replace(".", "/") + ".pyi"), Stub(name).text()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="write nothing; say what is old")
    check = arguments.parse_args().check
    old = []
    for path, text in stubs():
        if not path.exists() or path.read_text() != text:
            old.append(path.name)
            if not check:
                path.write_text(text)
    print("\n".join(old) if check else f"{len(old)} files written")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
