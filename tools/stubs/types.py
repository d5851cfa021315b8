"""Types as text: those of nanobind, and those of the tables, as a module can say them."""

import re

from stubs.tables import KNOWN, RETURNS


def of_nanobind(text):
    """A type that nanobind tells, with parameters where it gives none."""
    text = text.replace("collections.abc.Callable", "Callable[..., Any]")
    text = re.sub(r"\bobject\b", "Any", text)
    text = re.sub(r"\btuple\b(?!\[)", "tuple[Any, ...]", text)
    text = re.sub(r"\blist\b(?!\[)", "list[Any]", text)
    return re.sub(r"\bdict\b(?!\[)", "dict[Any, Any]", text)


def in_module(text, module, defines, imports):
    """The text as a module says it; what it must import is added to `imports`."""

    def local(match):
        home, cls = match.group(1), match.group(2)
        if home == module:
            return cls
        imports.add(f"from hyperslab import {home}")
        return f"{home}.{cls}"

    text = re.sub(r"hyperslab\.(h5\w*|_objects)\.(\w+)", local, text)
    for home in re.findall(r"(?<![\w.])(h5[a-z]*)\.\w+", text):
        if home != module:
            imports.add(f"from hyperslab import {home}")
    text = re.sub(rf"(?<![\w.]){re.escape(module)}\.(\w)", r"\1", text) if module else text
    for word in re.findall(r"(?<![\w.])[A-Za-z_]\w*(?!\w|\.)", text):
        home = KNOWN.get(word)
        if home and home != module and not defines(word):
            imports.add(f"from hyperslab.{home} import {word}")
    return text.replace("Any | None", "Any").replace("Any | Any", "Any")


def returned(owner, name, default="Any"):
    """What a method of a class, or of the class that it has the method from, gives."""
    for cls in owner.__mro__ if owner else ():
        found = RETURNS.get(f"{cls.__name__}.{name}")
        if found:
            return found
    return RETURNS.get(name, default)


def default_text(value):
    simple = value is None or isinstance(value, (bool, int, float, str, bytes))
    return repr(value) if simple and len(repr(value)) < 60 else "..."
