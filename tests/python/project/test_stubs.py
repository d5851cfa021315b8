"""The stub files are as new as the package, and docstrings say enough; types: test_typing.py."""

import importlib
import inspect
import pydoc
import re
import subprocess
import sys
from pathlib import Path

import hyperslab
import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tools"))

from stubs.docstrings import PoorDocstring, require_good  # noqa: E402

HERE = Path(__file__).parent


@pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple[:2] != (1, 14) or sys.version_info[:2] != (3, 11),
    reason="the stubs are written with Python 3.11 and HDF5 1.14",
)
def test_the_stubs_are_those_of_this_package():
    run = [sys.executable, ROOT / "tools" / "make_stubs.py", "--check"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 0, f"run tools/make_stubs.py for\n{done.stdout}{done.stderr}"


LOW_LEVEL = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()
HIGH_LEVEL = (
    "attrs base compat dataset datatype dims files filters group selections selections2 vds"
)
OTHERS = "as_h5py h5py_warnings utils version".split()
MODULES = ["", *LOW_LEVEL, *OTHERS, "_hl", *(f"_hl.{name}" for name in HIGH_LEVEL.split())]
WORDS = 2  # "Close it." says what a name does, "Close." says its name again


def public_names():
    """(name, docstring) of all modules, functions, classes, methods and properties of ours."""
    for name in MODULES:
        module = importlib.import_module(f"hyperslab.{name}".rstrip("."))
        yield module.__name__, module.__doc__
        for key, value in vars(module).items():
            ours = str(getattr(value, "__module__", "")).startswith("hyperslab")
            if key.startswith("_") or not ours or not callable(value):
                continue
            yield f"{module.__name__}.{key}", documentation(value)
            if inspect.isclass(value):
                yield from members(f"{module.__name__}.{key}", value)


def members(name, cls):
    for key, member in vars(cls).items():
        wanted = callable(member) or inspect.isdatadescriptor(member)
        wanted = wanted or isinstance(member, (classmethod, staticmethod))
        if not key.startswith("_") and wanted and not is_an_object(member):
            yield f"{name}.{key}", documentation(member)


def is_an_object(member):
    """A method that is a value: an instance of another class, which has its own docstring."""
    return inspect.isclass(member)


def documentation(member):
    if hasattr(member, "__nb_signature__"):
        return member.__nb_signature__[0][1]
    return inspect.getdoc(member)


def test_every_public_name_says_what_it_is():
    short = {name for name, text in public_names() if len((text or "").split()) < WORDS}
    assert sorted(short) == []


def test_every_docstring_can_be_understood_alone():
    poor = []
    for name, text in public_names():
        try:
            require_good(name, text or "")
        except PoorDocstring as error:
            poor.append(str(error))
    assert poor == []


@pytest.mark.parametrize(
    "poor",
    [
        "The same as a sentence.",
        "Those bytes. Source: H5Pget_buffer.",
        "As `visit`, with ``func(name, object)``.",
        "Whether it does: 0 or 1.",
        "The length of the first axis. TypeError for a scalar.",
    ],
)
def test_a_docstring_that_leans_on_a_neighbour_is_refused(poor):
    with pytest.raises(PoorDocstring):
        require_good("f", poor)


def test_no_text_follows_a_section_without_a_heading():
    """In NumPy's form a section goes on to the next heading: Notes, for what is not a parameter."""

    def goes_on(text):
        *_, last = re.split(r"^-{4,}$", text or "", flags=re.MULTILINE)
        heading = (text or "").removesuffix(last).rstrip("-\n").rpartition("\n")[2]
        after_a_gap = [paragraph for paragraph in last.split("\n\n")[1:] if paragraph.strip()]
        listed = heading in ("Parameters", "Raises", "Returns")
        return listed and any(not paragraph.startswith(" ") for paragraph in after_a_gap)

    assert [name for name, text in public_names() if goes_on(text)] == []


def test_every_function_of_hdf5_says_its_source():
    sourced = set()
    for name, text in public_names():
        module, _, rest = name.removeprefix("hyperslab.").partition(".")
        if module in LOW_LEVEL and rest and "Source: H5" in (text or ""):
            sourced.add(module)
    # Modules that are one function of HDF5 after the other.
    assert sourced >= set(LOW_LEVEL) - {"h5", "h5fd"}


def test_help_on_a_dataset_reads_well():
    text = pydoc.plain(pydoc.render_doc(hyperslab.Dataset))
    for wanted in (
        "slicing reads it as a NumPy array",
        "read_direct(self, dest",
        "Parameters",
        "append",
    ):
        assert wanted in text
    assert " object at 0x" not in text and "_core" not in text
