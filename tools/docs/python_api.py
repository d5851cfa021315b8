"""The reference of the Python package: a page for each topic and for each low-level module.

What the pages say comes from the docstrings, by Sphinx's autodoc; which pages there are, from the
package itself. A public name that no topic has is an error, so none is forgotten.
"""

import ast
import inspect
import pkgutil
import types
from importlib import import_module

from docs.stage import ROOT, listed

# The top of the package: what belongs together, and the classes that its functions return.
TOPICS = {
    "file": ("File", ["File"]),
    "group": ("Group", ["Group"]),
    "dataset": ("Dataset", ["Dataset"]),
    "views": (
        "Views of a dataset",
        ["_hl.dataset.AsTypeView", "_hl.dataset.AsStrView", "_hl.dataset.FieldsView"]
        + ["_hl.dataset.ChunkIterator"],
    ),
    "attributes": ("Attributes", ["AttributeManager"]),
    "objects": ("What all objects share", ["HLObject", "Datatype", "Empty"]),
    "links": ("Links", ["HardLink", "SoftLink", "ExternalLink"]),
    "dimension-scales": (
        "Dimension scales",
        ["_hl.dims.DimensionManager", "_hl.dims.DimensionProxy"],
    ),
    "virtual-datasets": ("Virtual datasets", ["VirtualLayout", "VirtualSource"]),
    "references": (
        "References and selections",
        ["Reference", "RegionReference", "StandardReference", "Selection", "MultiBlockSlice"],
    ),
    "types": (
        "Types that NumPy lacks",
        ["string_dtype", "vlen_dtype", "enum_dtype", "opaque_dtype", "complex_compat_dtype"]
        + ["special_dtype", "check_string_dtype", "check_vlen_dtype", "check_enum_dtype"]
        + ["check_opaque_dtype", "check_complex_dtype", "check_ref_dtype", "check_dtype"],
    ),
    "reading": (
        "How reads and writes are done",
        [
            "ReadExplanation",
            "WriteExplanation",
            "io_stats",
            "get_engine",
            "set_engine",
            "get_num_threads",
        ]
        + ["set_num_threads", "threads", "progress"],
    ),
    "drivers": (
        "Files and drivers",
        ["is_hdf5", "repack", "register_driver", "registered_drivers", "unregister_driver"],
    ),
    "package": (
        "The package",
        ["get_config", "install_as_h5py", "portable", "run_tests", "enable_ipython_completer"],
    ),
}
# Values of the package, which have no docstring of their own.
VALUES = {
    "UNLIMITED": "references",
    "ref_dtype": "types",
    "regionref_dtype": "types",
    "std_ref_dtype": "types",
}
MODULES = (
    "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z "
    "h5py_warnings utils version as_h5py ipy_completer boss"
).split()
# Packages for engines, which need not be installed: autodoc puts stand-ins in their place.
ENGINES = {
    "distributed": "Plans for many workers",
    "spark": "Spark",
    "dask": "Dask",
    "ray": "Ray",
    "torch": "PyTorch",
    "xarray": "xarray",
}
# Modules that nobody calls: for the C++ counterpart of Cython's declarations, and of the tests.
WITHOUT = {"defs", "tests"}
FOLDER = "api/python/"
ENGINE_FOLDER = ROOT / "python" / "hyperslab"


def lookup(name):
    """What a name below the package means."""
    *modules, last = name.split(".")
    return getattr(import_module(".".join(["hyperslab", *modules])), last)


def is_public(name, value):
    return not name.startswith("_") and not isinstance(value, types.ModuleType)


def check_complete():
    """Every public name of the package has a topic, and every public module a page."""
    package = import_module("hyperslab")
    named = {name for _, names in TOPICS.values() for name in names} | set(VALUES)
    public = {name for name, value in vars(package).items() if is_public(name, value)}
    modules = {m.name for m in pkgutil.iter_modules(package.__path__) if m.name[0] != "_"}
    missing = sorted((public - named) | (modules - set(MODULES) - set(ENGINES) - WITHOUT))
    if missing:
        raise SystemExit(f"tools/docs/python_api.py has no topic for {missing}")


def heading(text, line="="):
    return [text, line * len(text), ""]


def described(name, value):
    """The directive by which autodoc writes of a class or a function."""
    if not inspect.isclass(value):
        return [f".. autofunction:: hyperslab.{name}", ""]
    lines = [f".. autoclass:: hyperslab.{name}", "   :members:", "   :show-inheritance:", ""]
    return lines + inherited(value)


def inherited(cls):
    """A line for each base that gives members, with their names."""
    lines, known = [], set(vars(cls))
    for base in cls.__mro__[1:]:
        names = [n for n, v in vars(base).items() if is_public(n, v) and n not in known]
        known |= set(names)
        if names and base.__module__.startswith("hyperslab"):
            members = ", ".join(f"``{name}``" for name in sorted(names))
            lines += [f"   *From {base.__name__}:* {members}", ""]
    return lines


def topic_page(topic):
    title, names = TOPICS[topic]
    lines = [*heading(title), ".. py:currentmodule:: hyperslab", ""]
    for name in names:
        lines += described(name, lookup(name))
    for name in (name for name, place in VALUES.items() if place == topic):
        lines += [f".. py:data:: hyperslab.{name}", f"   :value: {lookup(name)!r}", ""]
    return "\n".join(lines)


def module_page(name):
    module = import_module(f"hyperslab.{name}")
    members = {n: v for n, v in sorted(vars(module).items()) if is_public(n, v)}
    own = {n: v for n, v in members.items() if is_own(module, v)}
    constants = [f"``{n}``" for n, v in members.items() if not callable(v) and n != "phil"]
    lines = [*heading(f"hyperslab.{name}"), f".. py:module:: hyperslab.{name}", ""]
    lines += [*inspect.cleandoc(module.__doc__ or "").splitlines(), ""]
    for member, value in sorted(own.items(), key=lambda item: inspect.isclass(item[1])):
        lines += described(f"{name}.{member}", value)
    if constants:
        lines += [*heading("Constants", "-"), ", ".join(constants), ""]
    return "\n".join(lines)


def engine_page(name):
    """The page of a package that cannot be imported here: its names are those of `__all__`."""
    stub = ENGINE_FOLDER / name
    lines = [*heading(f"hyperslab.{name}"), f".. py:module:: hyperslab.{name}", ""]
    source = ast.parse((stub / "__init__.py").read_text())
    lines += [*inspect.cleandoc(ast.get_docstring(source) or "").splitlines(), ""]
    for node in ast.parse((stub / "__init__.pyi").read_text()).body:
        if isinstance(node, ast.FunctionDef):
            lines += [f".. autofunction:: hyperslab.{name}.{node.name}", ""]
        elif isinstance(node, ast.ClassDef):
            lines += [f".. autoclass:: hyperslab.{name}.{node.name}", "   :members:", ""]
    return "\n".join(lines)


def is_own(module, value):
    """Whether a function or class is the module's, not one that it only uses.

    Those of C++ name the module of C++; a named tuple made there names none.
    """
    home = getattr(value, "__module__", None) or ""
    homes = (module.__name__, "hyperslab._core", "importlib")
    return callable(value) and home.startswith(homes)


def first_sentence(name):
    text = inspect.getdoc(import_module(f"hyperslab.{name}")) or ""
    return text.split("\n")[0]


def stage_python_api(stage):
    check_complete()
    topics = {FOLDER + name: title for name, (title, _) in TOPICS.items()}
    modules = {FOLDER + name: f"hyperslab.{name}" for name in MODULES}
    for topic in TOPICS:
        stage.write(f"{FOLDER}{topic}.rst", topic_page(topic))
    for name in MODULES:
        stage.write(f"{FOLDER}{name}.rst", module_page(name))
    engines = {FOLDER + name: title for name, title in ENGINES.items()}
    for name in ENGINES:
        stage.write(f"{FOLDER}{name}.rst", engine_page(name))
    index = f"# Python\n\n{INTRODUCTION}{listed(FOLDER + 'index', topics)}"
    index += f"\n{FOR_ENGINES}{listed(FOLDER + 'index', engines)}"
    stage.write(f"{FOLDER}index.md", index + f"\n{LOW_LEVEL}{listed(FOLDER + 'index', modules)}")


INTRODUCTION = """\
Everything public of the package `hyperslab`, with its docstrings. The names and what they do are
h5py's; [the tour](../../python.md) shows them at work.
"""
FOR_ENGINES = """\
## Engines

Spark, Dask, Ray, PyTorch and xarray read HDF5 by these packages. [How to](../../howto/index.md)
has a page with a program for each.

"""
LOW_LEVEL = """\
## Modules

The low level has one module for each interface of HDF5, under h5py's names.
"""
