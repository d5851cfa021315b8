"""What a call of a function written in C++ says of arguments that it cannot take; it asks here.

The sentences are those of h5py's, which Cython writes: how many arguments there should be, which
keyword is unknown, or which argument has another type than it should.
"""

import ast
import importlib
import re


def describe(function, positional, keywords):
    """The message for a call of `function` that nanobind has refused.

    Parameters
    ----------
    function : nanobind's function or method
    positional : list
        Arguments by position, the object of a method among them.
    keywords : dict
    """
    name = function.__name__
    text, _, _ = function.__nb_signature__[0]
    # A default is written \0, \1, …: its number among the values that follow. The functions behind
    # properties have no name.
    source = re.sub(r"\\(\d+)", r"(\1)", text).replace("def (", "def _(", 1)
    given = ast.parse(source + ": ...").body[0].args
    named = [*given.posonlyargs, *given.args]
    found = None
    if named and named[0].arg == "self" and named[0].annotation is None:
        if not positional:
            return f"unbound method {name}() needs an argument"
        # The class is not in the signature: whatever else is right, the object is wrong.
        found = f"descriptor '{name}' does not apply to a '{_name_of(type(positional[0]))}' object"
        named, positional = named[1:], positional[1:]
    return (
        _wrong_number(name, given, named, positional, keywords)
        or _wrong_type(given, named, positional, keywords)
        or found
        or f"{name}() does not take these arguments"
    )


def _wrong_number(name, given, named, positional, keywords):
    known = [arg.arg for arg in named]
    for keyword in keywords:
        if keyword in known[: len(positional)]:
            return f"{name}() got multiple values for keyword argument '{keyword}'"
        if keyword not in known and keyword not in [arg.arg for arg in given.kwonlyargs]:
            if given.kwarg is None:
                return f"{name}() got an unexpected keyword argument '{keyword}'"
    needed = len(named) - len(given.defaults)
    missing = [arg for arg in known[len(positional) : needed] if arg not in keywords]
    too_many = len(positional) > len(named) and given.vararg is None
    if not missing and not too_many:
        return None
    exactly = "exactly" if not given.defaults else "at most" if too_many else "at least"
    count = len(named) if too_many else needed
    plural = "" if count == 1 else "s"
    return f"{name}() takes {exactly} {count} positional argument{plural} ({len(positional)} given)"


def _wrong_type(given, named, positional, keywords):
    asked = {arg.arg: arg.annotation for arg in [*named, *given.kwonlyargs]}
    for name, value in [*zip(asked, positional, strict=False), *keywords.items()]:
        if asked.get(name) is None:
            continue
        kinds = ast.unparse(asked[name]).split(" | ")
        if not any(_fits(kind, value) for kind in kinds):
            return _complaint(name, kinds[0], value)
    return None


def _complaint(name, kind, value):
    got = _name_of(type(value))
    if kind == "int":
        return f"an integer is required (argument '{name}' is {got})"
    if kind == "float":
        return f"must be real number, not {got} (argument '{name}')"
    if kind == "bytes":
        return f"expected bytes, {got} found (argument '{name}')"
    if kind == "object":
        return f"Argument '{name}' must not be None"
    wanted = _class_of(kind)
    expected = kind if wanted is None else _name_of(wanted)
    return f"Argument '{name}' has incorrect type (expected {expected}, got {got})"


def _name_of(cls):
    return cls.__name__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__name__}"


_NUMBERS = {"int": ("__index__", "__int__"), "float": ("__float__", "__index__")}
_BUILT_IN = {"bytes": bytes, "str": str, "tuple": tuple, "list": list, "dict": dict}


def _class_of(kind):
    if kind in _BUILT_IN:
        return _BUILT_IN[kind]
    module, _, cls = kind.rpartition(".")
    try:
        return getattr(importlib.import_module(module), cls)
    except (ImportError, AttributeError, ValueError):
        return None


def _fits(kind, value):
    if kind == "None" or value is None:
        return kind == "None" and value is None
    if kind in ("object", "bool"):
        return True
    if kind in _NUMBERS:
        return not isinstance(value, str | bytes) and any(hasattr(value, n) for n in _NUMBERS[kind])
    if kind.startswith("collections.abc.Callable"):
        return callable(value)
    wanted = _class_of(kind)
    return wanted is None or isinstance(value, wanted)
