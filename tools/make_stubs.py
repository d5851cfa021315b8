#!/usr/bin/env python3
"""Writes the stub files of the Python package: make_stubs.py [--check]

Names, signatures and docstrings come from the package itself; the types of C++ functions from
nanobind, those of Python functions from the tables in tools/stubs/. The files lie beside the
sources and are checked in; test_stubs.py compares. A change to what only parallel
builds have needs a run on one: ./dev mpirun 1 tools/make_stubs.py.
"""

import argparse
import sys
from pathlib import Path

from stubs import parallel
from stubs.engines import PACKAGES, EngineStub
from stubs.writer import Stub, package

FOLDER = Path(__file__).parents[1] / "python" / "hyperslab"
LOW_LEVEL = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()
OTHERS = (
    "_dtypes _errors _install _objects _portable _reading _repack _selector h5py_warnings "
    "utils version"
).split()
HIGH_LEVEL = (
    "attrs base compat dataset datatype dims files filters group selections selections2 vds".split()
)
MODULES = ["", *LOW_LEVEL, *OTHERS, *("_hl." + name for name in HIGH_LEVEL)]


def stubs():
    for name in MODULES:
        is_package = hasattr(package(name), "__path__")
        path = FOLDER / name.replace(".", "/") / "__init__.pyi" if is_package else None
        yield path or FOLDER / (name.replace(".", "/") + ".pyi"), Stub(name).text()
    for name in PACKAGES:
        yield FOLDER / name / "__init__.pyi", EngineStub(name, FOLDER).text()
    yield FOLDER / "_typing.pyi", Stub("_typing").shared_text()
    table = parallel.table()
    if table is not None:
        yield parallel.TABLE, table


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="write nothing; say what is old")
    check = arguments.parse_args().check
    old = []
    for path, text in stubs():
        if not path.exists() or path.read_text() != text:
            old.append(str(path.relative_to(FOLDER.parents[1])))
            if not check:
                path.write_text(text)
    print("\n".join(old) if check else f"{len(old)} files written")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main())
