#!/usr/bin/env python3
"""Checks the include graph against the table of rooms: check_layers.py [ROOT]

A room of src/ may include itself and what its row names; who may include HDF5's and Python's
headers is fixed as well. One offending line, one line of output; exit 1 when there are any.
ARCHITECTURE.md says what the rooms are for.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

# What a room may include beside itself.
BELOW_HDF5 = ["core", "selection", "datatype", "filter", "storage"]
ROOMS = {
    "core": [],
    "selection": ["core"],
    "datatype": ["core"],
    "filter": ["core"],
    "storage": ["core"],
    "hdf5": BELOW_HDF5,
    "engine": [*BELOW_HDF5, "hdf5"],
    "object": [*BELOW_HDF5, "hdf5", "engine"],
}

# A public header belongs to a room too, so that a lower room cannot reach up through it.
PUBLIC_HEADERS = {
    "error.hpp": "core",
    "shape.hpp": "core",
    "index.hpp": "selection",
    "selection.hpp": "selection",
    "datatype.hpp": "datatype",
    "filter.hpp": "filter",
    "read_explanation.hpp": "engine",
}  # the others: object

# Folders outside src/ that may use nothing but the public headers: they keep the API honest.
PUBLIC_ONLY = ["cli", "examples", "h5boss"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
HDF5_HEADER = re.compile(r"^(hdf5|hdf5_hl|H5[A-Z]\w*)\.h$")
PYTHON_HEADER = re.compile(r"^(Python\.h|nanobind/.*|numpy/.*)$")


class Include(NamedTuple):
    file: Path  # relative to the root
    line: int
    name: str
    quoted: bool


def room_of_public_header(name: str) -> str:
    return PUBLIC_HEADERS.get(name, "object")


def includes(root: Path, folder: str):
    for file in sorted((root / folder).rglob("*")):
        if file.suffix not in (".hpp", ".cpp", ".h", ".inl"):
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if match := INCLUDE.match(line):
                yield Include(file.relative_to(root), number, match[2], match[1] == '"')


def home_of(name: str, including: Path, root: Path) -> str | None:
    """The room of an included header; None when it is not one of ours."""
    head, _, rest = name.partition("/")
    if head == "hyperslab":
        return room_of_public_header(rest)
    if head in ROOMS and (root / "src" / name).parent.is_dir() and rest:
        return head
    sibling = (root / including).parent / name
    if sibling.is_file() and (root / "src") in sibling.resolve().parents:
        return sibling.resolve().relative_to((root / "src").resolve()).parts[0]
    return None


def offence(include: Include, root: Path) -> str | None:
    """Why this include is not allowed, or None."""
    top, second = include.file.parts[0], include.file.parts[1]
    if HDF5_HEADER.match(include.name):
        allowed = top == "src" and second == "hdf5"
        return None if allowed else "only src/hdf5 may include HDF5's headers"
    if PYTHON_HEADER.match(include.name):
        allowed = include.file.parts[:2] == ("python", "binding")
        return None if allowed else "only python/binding may include Python's headers"

    home = home_of(include.name, include.file, root)
    if top in PUBLIC_ONLY:
        private = home is not None and not include.name.startswith("hyperslab/")
        return f"{top} may include only <hyperslab/...>" if private else None
    if top == "include":
        if home is not None and not include.name.startswith("hyperslab/"):
            return "a public header may not include a private one"
        room = room_of_public_header("/".join(include.file.parts[2:]))
    elif top == "src":
        room = second
        if room not in ROOMS:
            return f"src/{room} is no room of the table in tools/check_layers.py"
    else:
        return None  # the binding stands above all rooms
    if home is None or home == room or home in ROOMS[room]:
        return None
    may = ", ".join(ROOMS[room]) or "only the standard library"
    return f"{room} may not use {home} (it may use: {may})"


def check(root: Path) -> list[str]:
    found = []
    for folder in ["src", "include", "python/binding", *PUBLIC_ONLY]:
        for include in includes(root, folder):
            if why := offence(include, root):
                marks = '""' if include.quoted else "<>"
                shown = f"{marks[0]}{include.name}{marks[1]}"
                found.append(f"{include.file}:{include.line}: #include {shown}: {why}")
    return found


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    found = check(root)
    print("\n".join(found) if found else "layers: every include points the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
