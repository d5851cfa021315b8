"""Signatures as text: those of nanobind, and of Python functions with types from the tables."""

import inspect
import re

from stubs.tables import PARAMETERS, RETURNS, SPECIAL_PARAMETERS
from stubs.types import default_text, of_nanobind, returned


def of_cpp(function):
    """`name(self, …) -> result` of a function that nanobind made."""
    text, _, defaults = function.__nb_signature__[0]
    values = [default_text(value) for value in defaults or ()]
    text = re.sub(r"\\(\d+)", lambda match: values[int(match.group(1))], text)
    text = text.replace("bool = 0", "bool = False").replace("bool = 1", "bool = True")
    head, arrow, result = text.partition(") -> ")
    if not arrow:
        head, result = text.rstrip(")"), "None"
    if function.__name__ in ("__eq__", "__ne__"):
        return f"def {function.__name__}(self, other: object, /) -> bool"
    name, _, inner = head.partition("(")
    inner = re.sub(r"\*args(?!:)", "*args: Any", inner)
    inner = re.sub(r"\*\*kwargs(?!:)", "**kwargs: Any", inner)
    inner = re.sub(r"(?<=, )(\w+)(?=,|$)", r"\1: Any", inner)
    known = RETURNS.get(function.__name__) if "." not in function.__qualname__ else None
    return f"{name}({of_nanobind(inner)}) -> {known or of_nanobind(result)}"


def of_python(function, owner, keywords=None, loose=False):
    """The same of a function written in Python; with `keywords` in place of its **kwds.

    `loose` is for keywords that a program keeps in a dict: each may be for any parameter.
    """
    key = f"{owner.__name__}.{function.__name__}" if owner else function.__name__
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except ValueError:
        return f"def {function.__name__}(self, *args: Any, **kwargs: Any) -> Any"
    if keywords:
        parameters = parameters[:-1] + keywords
    parts, kind_before = [], None
    for i, parameter in enumerate(parameters):
        if needs_star(parameter.kind, kind_before):
            parts.append("*")
        is_self = i == 0 and owner and parameter.name in ("self", "cls")
        names = (key, function.__name__)
        any_type = loose and parameter.name != "name"
        parts.append(parameter.name if is_self else of_parameter(parameter, names, any_type))
        kind_before = parameter.kind
    return f"def {function.__name__}({', '.join(parts)}) -> {returned(owner, function.__name__)}"


def needs_star(kind, kind_before):
    """Whether a bare * comes before a parameter."""
    keyword_only = inspect.Parameter.KEYWORD_ONLY
    starred = (inspect.Parameter.VAR_POSITIONAL, keyword_only)
    return kind == keyword_only and kind_before not in starred


def of_parameter(parameter, names, any_type):
    key, name = names
    star = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    by_name = SPECIAL_PARAMETERS.get((name, parameter.name), PARAMETERS.get(parameter.name))
    annotation = SPECIAL_PARAMETERS.get((key, parameter.name), by_name) or "Any"
    if star or any_type:
        annotation = "Any"
    if parameter.default is None and not re.search(r"(\| None|\bAny|DTypeLike)$", annotation):
        annotation += " | None"
    text = f"{star}{parameter.name}: {annotation}"
    if parameter.default is not parameter.empty:
        text += " = " + default_text(parameter.default)
    return text


def keywords_of(function, given):
    """Its parameters as keywords, without those that are given already."""
    return [
        parameter.replace(kind=parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in given
    ]
