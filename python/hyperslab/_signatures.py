"""What `inspect.signature` says of functions written in C++; they ask here.

nanobind's text has the types as well. They are left out, as in h5py, and stand in the stubs.
"""

import ast
import re
from inspect import Parameter, Signature

_SELF = Parameter("self", Parameter.POSITIONAL_ONLY)


def _slot(*names):
    positional = [Parameter(name, Parameter.POSITIONAL_ONLY) for name in names]
    return Signature([_SELF, *positional])


_GENERIC = Signature(
    [
        _SELF,
        Parameter("args", Parameter.VAR_POSITIONAL),
        Parameter("kwargs", Parameter.VAR_KEYWORD),
    ]
)

# Methods that Python itself calls look like those of built-in classes.
_SLOTS = {
    **dict.fromkeys(("__bool__", "__hash__", "__iter__", "__repr__", "__str__"), _slot()),
    **dict.fromkeys(("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"), _slot("value")),
    "__init__": _GENERIC,
}


def of(function):
    """The `inspect.Signature` of a function, a method, or a method of an object."""
    bound = getattr(function, "__self__", None)
    signature = _parse(function)
    if "->" in function.__nb_signature__[0][0]:  # otherwise it was written by hand
        signature = _SLOTS.get(function.__name__, signature)
    if bound is None:
        return signature
    return signature.replace(parameters=list(signature.parameters.values())[1:])


def _parse(function):
    text, _, defaults = function.__nb_signature__[0]
    # A default is written \0, \1, …: its number among the values that follow. The getter of a
    # property has no name.
    source = re.sub(r"\\(\d+)", r"(\1)", text).replace("def (", "def _(", 1)
    given = ast.parse(source + ": ...").body[0].args

    def default(node):
        return Parameter.empty if node is None else defaults[node.value]

    named = [*given.posonlyargs, *given.args]
    values = [None] * (len(named) - len(given.defaults)) + given.defaults
    kinds = [Parameter.POSITIONAL_ONLY] * len(given.posonlyargs)
    kinds += [Parameter.POSITIONAL_OR_KEYWORD] * len(given.args)
    parameters = [
        Parameter(arg.arg, kind, default=default(value))
        for arg, kind, value in zip(named, kinds, values, strict=True)
    ]
    if given.vararg:
        parameters.append(Parameter(given.vararg.arg, Parameter.VAR_POSITIONAL))
    parameters += [
        Parameter(arg.arg, Parameter.KEYWORD_ONLY, default=default(value))
        for arg, value in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    if given.kwarg:
        parameters.append(Parameter(given.kwarg.arg, Parameter.VAR_KEYWORD))
    return Signature(parameters)
