"""Signatures with types for the reference: those of the stub files, which autodoc does not read."""

import ast
import functools

from docs.stage import ROOT

FOLDER = ROOT / "python" / "hyperslab"


@functools.cache
def functions(module):
    """{qualified name: definition} of a stub; of overloads the first, which says most."""
    path = FOLDER.joinpath(*module.split(".")[1:])
    stub = path / "__init__.pyi" if path.is_dir() else path.with_suffix(".pyi")
    if not stub.exists():  # a package for an engine has one stub for all of its modules
        stub = path.parent / "__init__.pyi"
    found = {}
    for node in ast.parse(stub.read_text()).body if stub.exists() else ():
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for definition in inside:
            if isinstance(definition, ast.FunctionDef):
                found.setdefault(prefix + definition.name, definition)
    return found


def signature(thing):
    """(arguments, result) as text of a function, method or class; None where no stub has it."""
    module, name = getattr(thing, "__module__", None), getattr(thing, "__qualname__", None)
    known = functions(module) if (module or "").startswith("hyperslab") else {}
    definition = known.get(name) or known.get(f"{name}.__init__")
    if definition is None:
        return None
    arguments = definition.args
    is_method = "." in name or definition.name == "__init__"
    if is_method and arguments.args and not is_static(definition):
        arguments = ast.arguments(**{**vars(arguments), "args": arguments.args[1:]})
    result = ast.unparse(definition.returns) if definition.returns else ""
    return f"({ast.unparse(arguments)})", "" if definition.name == "__init__" else result


def is_static(definition):
    return any(getattr(node, "id", "") == "staticmethod" for node in definition.decorator_list)
