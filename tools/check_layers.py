#!/usr/bin/env python3
"""Checks the include graph against the table of rooms: check_layers.py [ROOT]

A room may include itself and what its row names. Inside, a room may have rooms of its own, each
again with its row. Nowhere may units include each other in a circle (a unit is a header with its
source). Who may include HDF5's and Python's headers is fixed as well. Each offence is one line, or
the lines of the includes that make a circle; exit 1 when there are any. ARCHITECTURE.md says what
the rooms are for; rooms.py has the table.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

from rooms import APPS, BINDING, PUBLIC_HEADERS, PUBLIC_ONLY, ROOMS, Room

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
HDF5_HEADER = re.compile(r"^(hdf5|hdf5_hl|H5[A-Z]\w*)\.h$")
PYTHON_HEADER = re.compile(r"^(Python\.h|nanobind/.*|numpy/.*)$")
SUFFIXES = (".hpp", ".cpp", ".h", ".inl")

# The folders whose own headers are named from here: "core/checked.hpp", "support/wrap.hpp".
TREES = {"src": Path("src"), "binding": Path("python/binding"), "apps": Path("apps")}


class Include(NamedTuple):
    file: Path  # relative to the root
    line: int
    name: str
    quoted: bool
    target: Path | None  # the included file of ours, relative to the root

    def shown(self) -> str:
        marks = '""' if self.quoted else "<>"
        return f"{self.file}:{self.line}: #include {marks[0]}{self.name}{marks[1]}"


def target_of(root: Path, file: Path, name: str) -> Path | None:
    """The file of ours that an include means, or None."""
    top = next((tree for tree in TREES.values() if tree in file.parents), None)
    places = [file.parent, *([top] if top else []), Path("src"), Path("include")]
    for place in places:
        found = root / place / name
        if found.is_file():
            return found.resolve().relative_to(root)
    return None


def includes(root: Path, folder: str):
    for path in sorted((root / folder).rglob("*")):
        if path.suffix not in SUFFIXES:
            continue
        file = path.relative_to(root)
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if match := INCLUDE.match(line):
                target = target_of(root, file, match[2])
                yield Include(file, number, match[2], match[1] == '"', target)


def room_of(file: Path) -> tuple[str, ...]:
    """The rooms that a file lies in, outermost first: ("engine", "heap")."""
    parts = file.parts
    if parts[0] == "include":
        name = "/".join(parts[2:])
        return tuple(PUBLIC_HEADERS.get(name, "object").split("/"))
    if parts[0] == "src":
        return parts[1:-1]
    if parts[:2] == ("python", "binding"):
        return ("binding", *parts[2:-1])
    return (parts[0], *parts[1:-1])


def in_no_room(path: tuple[str, ...]) -> str | None:
    """The first of these folders that the table does not know, or None."""
    if not path:
        return "src"
    table = {**ROOMS, "binding": BINDING, "apps": APPS}
    for depth, name in enumerate(path):
        if name not in table:
            return "/".join(path[: depth + 1])
        table = table[name].inside
    return None


def table_of(path: tuple[str, ...]) -> dict[str, Room]:
    """The rooms beside the innermost of these."""
    table = {**ROOMS, "binding": BINDING, "apps": APPS}
    for name in path[:-1]:
        table = table[name].inside if name in table else {}
    return table


def against_the_order(here: tuple[str, ...], there: tuple[str, ...]) -> str | None:
    """Why a file in one room may not include one in another, or None."""
    depth = 0
    while depth < min(len(here), len(there)) and here[depth] == there[depth]:
        depth += 1
    if depth == len(here):  # what lies beside sub-rooms, or in the same one
        return None
    name = "/".join(here[: depth + 1])
    row = table_of(here[: depth + 1])[here[depth]].may
    if depth == len(there):
        return f"{name} may not use what stands above it, in {'/'.join(there)}"
    if there[depth] in row:
        return None
    allowed = ", ".join(row) or "nothing beside itself"
    return f"{name} may not use {'/'.join(there[: depth + 1])} (it may use: {allowed})"


def offence(include: Include) -> str | None:
    """Why this include is not allowed, or None."""
    top = include.file.parts[0]
    binding = include.file.parts[:2] == ("python", "binding")
    if HDF5_HEADER.match(include.name):
        allowed = include.file.parts[:2] == ("src", "hdf5")
        return None if allowed else "only src/hdf5 may include HDF5's headers"
    if PYTHON_HEADER.match(include.name):
        return None if binding else "only python/binding may include Python's headers"
    here = room_of(include.file)
    if (top in ("src", "apps") or binding) and (unknown := in_no_room(here)):
        return f"{unknown} is no room of the table in tools/rooms.py"
    if include.target is None:
        return None
    public = include.target.parts[0] == "include"
    if top in PUBLIC_ONLY and not public and include.target.parts[0] != top:
        return f"{top} may include only <hyperslab/...>"
    if top == "include" and not public:
        return "a public header may not include a private one"
    if (binding and include.target.parts[:2] != ("python", "binding")) or (
        top in PUBLIC_ONLY and public
    ):
        return None  # the binding and the programs stand above all rooms
    there = room_of(include.target)
    return against_the_order(here[:1] if public else here, there)


def unit_of(file: Path) -> str:
    return file.with_suffix("").as_posix()


def circles(found: list[Include]):
    """The includes inside each group of units that reach each other."""
    graph: dict[str, set[str]] = {}
    for include in found:
        if include.target is not None and include.target.parts[0] != "include":
            graph.setdefault(unit_of(include.file), set()).add(unit_of(include.target))
    reach = {unit: _reached(graph, unit) for unit in graph}
    done: set[str] = set()
    for unit in sorted(graph):
        group = {other for other in reach[unit] if unit in reach.get(other, ()) and other != unit}
        if group and unit not in done:
            group.add(unit)
            done |= group
            yield [
                include
                for include in found
                if include.target is not None
                and unit_of(include.file) in group
                and unit_of(include.target) in group
                and unit_of(include.file) != unit_of(include.target)
            ]


def _reached(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def check(root: Path) -> list[str]:
    found = []
    private: list[Include] = []
    in_no_rooms: set[Path] = set()  # of each, one include is shown
    for folder in ["src", "include", "python/binding", *PUBLIC_ONLY]:
        for include in includes(root, folder):
            if (why := offence(include)) and include.file not in in_no_rooms:
                found.append(f"{include.shown()}: {why}")
                if "is no room" in why:
                    in_no_rooms.add(include.file)
            if folder != "include":
                private.append(include)
    for circle in circles(private):
        found += [f"{include.shown()}: part of a circle" for include in circle]
    return found


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    found = check(root)
    print("\n".join(found) if found else "layers: every include points the right way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
