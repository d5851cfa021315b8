"""The stub of one module: what is in it, one definition after the other."""

import inspect
import textwrap
import types
from importlib import import_module

from stubs import parallel, shared, signatures
from stubs.docstrings import require_good
from stubs.overloads import MAKE_DATASETS, OVERLOADS, added
from stubs.tables import RETURNS
from stubs.types import in_module, of_nanobind, returned

HEADER = """\
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

"""
DUNDERS = """
    __init__ __len__ __bool__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__
    __enter__ __exit__ __eq__ __ne__ __hash__ __repr__ __str__ __array__ __call__ __reversed__
""".split()
GENERIC = {"KeysView": "[Any]", "ValuesView": "[Any]", "tuple": "[Any, ...]"}
GENERIC |= dict.fromkeys(("Mapping", "MutableMapping", "ItemsView"), "[str, Any]")


def package(module_name):
    return import_module(".".join(filter(None, ("hyperslab", module_name))))


def documentation(thing):
    doc = getattr(thing, "__doc__", None)
    if getattr(thing, "__name__", "").startswith("__"):
        return None
    if hasattr(thing, "__nb_signature__"):
        doc = thing.__nb_signature__[0][1]
    doc = inspect.cleandoc(doc) if doc else None
    if doc:
        require_good(getattr(thing, "__qualname__", thing), doc)
    return doc


def indented(doc, levels=1):
    if not doc:
        return []
    text = doc.replace("\\", "\\\\")
    if "\n" not in text and len(text) >= 80:
        text = textwrap.fill(text, 88)
    return [("    " * levels + line).rstrip() for line in f'"""{text}"""'.split("\n")]


class Stub:
    """The stub of one module."""

    def __init__(self, module_name):
        self.name = module_name
        self.module = package(module_name) if module_name != "_typing" else None
        self.imports = set()
        self.body = []

    def dotted(self):
        return ".".join(filter(None, ("hyperslab", self.name)))

    def type_text(self, text):
        return in_module(text, self.name, self.defines, self.imports)

    def defines(self, word):
        members = vars(self.module) if self.module else {}
        return getattr(members.get(word), "__module__", "") == self.dotted()

    def is_shown(self, name):
        return not name.startswith("_") or name in DUNDERS

    def function(self, function, owner=None, decorator="", owner_name=""):
        """The definition of a function or method: all its cases, the docstring with the last."""
        owner_name = owner_name or (owner.__name__ if owner else "")
        lines = self.cases(function, owner, owner_name)
        doc = documentation(function)
        result = []
        for line in lines:
            result += ["@overload"] if len(lines) > 1 else []
            result += [decorator] if decorator else []
            result.append(f"{self.type_text(line)}: ...")
        if doc:
            result[-1] = result[-1].removesuffix(" ...")
            result += indented(doc)
        return result

    def cases(self, function, owner, owner_name):
        key = f"{owner.__name__ if owner else ''}.{function.__name__}"
        for name in (f"{owner_name}.{function.__name__}", key):
            if name in OVERLOADS:
                return [f"def {function.__name__}{case}" for case in OVERLOADS[name]]
        if hasattr(function, "__nb_signature__"):
            return [signatures.of_cpp(function)]
        if key not in MAKE_DATASETS:
            return [signatures.of_python(function, owner)]
        given = {"parent", *inspect.signature(function).parameters}
        make = package("_hl.dataset").make_new_dset
        keywords = signatures.keywords_of(make, given)
        typed = signatures.of_python(function, owner, keywords)
        return [typed, signatures.of_python(function, owner, loose=True)]

    def property_(self, value, name, owner, owner_name=""):
        getter = getattr(value, "fget", None)
        result = RETURNS.get(f"{owner_name}.{name}") or returned(owner, name)
        if hasattr(getter, "__nb_signature__"):
            told = getter.__nb_signature__[0][0].partition(" -> ")[2]
            result = of_nanobind(told) or "Any"
        result = self.type_text(result)
        doc = documentation(value)
        lines = ["@property", f"def {name}(self) -> {result}:" + ("" if doc else " ...")]
        lines += indented(doc)
        if getattr(value, "fset", None) is not None:
            taken = self.type_text("Shape") if name == "shape" else result
            lines += [f"@{name}.setter", f"def {name}(self, value: {taken}) -> None: ..."]
        return lines

    def member(self, cls, name, value, owner_name=""):
        """The lines of one member of a class, indented."""
        if isinstance(value, staticmethod):
            lines = self.function(value.__func__, cls, "@staticmethod")
        elif isinstance(value, classmethod):
            lines = self.function(value.__func__, cls, "@classmethod")
        elif inspect.isroutine(value) or hasattr(value, "__nb_signature__"):
            lines = self.function(value, cls, owner_name=owner_name)
            if value.__name__ != name:  # another name for a method
                lines[0] = lines[0].replace(f"def {value.__name__}(", f"def {name}(", 1)
        elif inspect.isdatadescriptor(value) or hasattr(value, "func"):
            lines = self.property_(value, name, cls, owner_name)
        elif inspect.isclass(value) or name in DUNDERS:
            lines = []
        else:
            lines = [f"{name}: Any"]
        return ["    " + line if line else line for line in lines]

    def class_(self, cls):
        bases = [self.base(base) for base in cls.__bases__ if base is not object]
        bases = [base for base in bases if base and base != cls.__name__]
        lines = [f"class {cls.__name__}" + (f"({', '.join(bases)})" if bases else "") + ":"]
        body = indented(documentation(cls))
        shown = {name: value for name, value in vars(cls).items() if self.is_shown(name)}
        members = {name: self.member(cls, name, value) for name, value in shown.items()}
        for _, lines_of_member in sorted(parallel.with_members(cls, members).items()):
            body += lines_of_member
        body += ["    " + self.type_text(line) for line in added(cls.__name__)]
        return [*lines, *(body or ["    ..."])]

    def base(self, base):
        home = base.__module__.removeprefix("hyperslab").strip(".")
        if base.__module__ in ("collections.abc", "builtins"):
            return base.__name__ + GENERIC.get(base.__name__, "")
        if home == self.name:
            return "" if base.__name__.startswith("_") else base.__name__
        if not base.__module__.startswith("hyperslab"):
            return ""
        self.imports.add(f"from hyperslab.{home} import {base.__name__}")
        return base.__name__

    def add(self, name, value):
        home = getattr(value, "__module__", None)
        if isinstance(value, types.ModuleType):
            self.add_module(name, value.__name__)
            return
        has_home = inspect.isclass(value) or inspect.isfunction(value)
        if has_home and home and home != self.dotted() and home.startswith("hyperslab"):
            if not home.startswith(("hyperslab._core", "hyperslab._hl.parallel")):
                self.imports.add(f"from {home} import {value.__name__} as {name}")
        elif has_home and not home.startswith("hyperslab"):
            return
        elif inspect.isclass(value):
            self.body += ["", *self.class_(value)]
        elif inspect.isfunction(value) or hasattr(value, "__nb_signature__"):
            same = value.__name__ == name
            self.body += self.function(value) if same else [f"{name} = {value.__name__}"]
        else:
            self.body.append(f"{name}: {self.type_text(self.constant_type(value))}")

    def add_module(self, name, dotted):
        inside = dotted.startswith("hyperslab.") and dotted != "hyperslab._core"
        if inside and not name.startswith("_"):
            parent, _, last = dotted.rpartition(".")
            self.imports.add(f"from {parent} import {last} as {name}")

    def constant_type(self, value):
        cls = type(value)
        if isinstance(value, tuple):
            return "tuple[Any, ...]"
        if cls.__module__.startswith("hyperslab"):
            return f"{cls.__module__}.{cls.__name__}"
        if cls.__module__.startswith("numpy.dtype"):
            return "numpy.dtype[Any]"
        return cls.__name__ if cls in (bool, int, float, str, bytes) else "Any"

    def text(self):
        for name in sorted(dir(self.module)):
            value = getattr(self.module, name)
            ours = inspect.isclass(value) and value.__module__ == self.dotted() == "hyperslab.h5o"
            if not name.startswith("_") or name == "__version__" or ours:
                self.add(name, value)
        lines = sorted(
            line.replace(f"from {self.dotted()} import", "from . import") for line in self.imports
        )
        return HEADER + "\n".join([*lines, "", *self.body]) + "\n"

    def shared_text(self):
        """The stub `_typing`, which has no module."""
        files, dataset, datatype = map(package, ("_hl.files", "_hl.dataset", "_hl.datatype"))
        lines = shared.member_lines(self, (dataset.Dataset, files.File.__base__, datatype.Datatype))
        self.type_text(shared.TEXT)
        return shared.TEXT.format(imports="\n".join(sorted(self.imports))) + "\n".join(lines) + "\n"
