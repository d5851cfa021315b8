#!/usr/bin/env python3
"""Finds function-local statics that are made when they are first met: check_statics.py [ROOT]

Threads wait for the one that makes such a static; in a child of fork() that thread does not
exist, and they wait for ever. What is to be there once is a global, which is made at load, or is
made under the library lock, which is held across fork(), or by detail::made_once or MadeOnce, which
nobody waits for. Inside functions `static constexpr` and `constinit static` are fine: the compiler
makes them. One offending line, one line of output; exit 1 when there are any.
"""

import re
import sys
from pathlib import Path

FOLDERS = ["src", "include", "python/binding"]

# A variable, for an initializer or the end follows its name; a function's name has its parameters.
STATIC = re.compile(r"^\s+(?:\w+ )*static\s+[^()=;{]*?[\w>&*\]]\s*(?:\[\w*\]\s*)?(?:=|;|\{)")
MADE_BY_COMPILER = re.compile(r"\b(constexpr|constinit|inline|thread_local)\b")


def offending_lines(file: Path):
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if STATIC.match(line) and not MADE_BY_COMPILER.search(line):
            yield number, line.strip()


def check(root: Path) -> list[str]:
    found = []
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*.[ch]pp")):
            for number, line in offending_lines(file):
                found.append(
                    f"{file.relative_to(root)}:{number}: {line}: a static that is made at its "
                    "first use (tools/check_statics.py says what to do)"
                )
    return found


def main() -> int:
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    found = check(root)
    print("\n".join(found) if found else "statics: none is made at its first use")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
