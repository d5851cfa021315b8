"""The reference of the C++ library: a page for each public header.

A page opens with the header's own opening comment. The declarations below it come from the comments
in the header, by Doxygen and Breathe.
"""

import re
import subprocess
import textwrap
from pathlib import Path

from docs.declarations import read
from docs.stage import ROOT, listed

HEADERS = ROOT / "include" / "hyperslab"
FOLDER = "api/cpp/"
OPENING = r"(?://.*\n)*"
# Read and write, which datasets and fields have in common, are declared in a base of both.
SHARED = """
## Reading and writing elements

`Dataset` and `Field` have these functions.

```{doxygenclass} hyperslab::detail::ArrayAccess
:members:
:undoc-members:
```
"""

INTRODUCTION = """\
# C++

Everything public is in `#include <hyperslab/hyperslab.hpp>` and in the namespace `hyperslab`; each
of the headers below may also be included alone. [The tour](../../cpp.md) shows them at work.
"""

PROGRAMS = """\
# Whole programs in C++

These are the programs of the folder `examples/`. The tests build and run each of them.
"""


def run_doxygen(folder):
    """Writes what Doxygen reads from the headers to folder/xml."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = Path(__file__).with_name("Doxyfile").read_text()
    subprocess.run(
        ["doxygen", "-"],
        input=f"{configuration}\nOUTPUT_DIRECTORY = {folder}\n",
        text=True,
        cwd=ROOT,
        check=True,
    )


def opening_comment(text):
    """The comment at a header's top as Markdown; indented lines are code."""
    lines = [re.sub(r"^// ?", "", line) for line in re.match(OPENING, text)[0].splitlines()]
    parts, code = [], []
    for line in [*lines, "end"]:
        if line.startswith("    ") or (code and not line):
            code.append(line)
            continue
        if code:
            parts += code_block(textwrap.dedent("\n".join(code)).strip())
            code = []
        parts.append(line)
    return "\n".join(parts[:-1])


def code_block(text):
    is_code = re.search(r"[;{]$", text, re.MULTILINE)  # otherwise a table
    language = "cpp" if is_code else "text"
    return [f"```{language}", text.replace("…", "..."), "```", ""]


def header_page(path, declarations):
    opening = opening_comment(path.read_text())
    body = "\n".join(declaration.text() for declaration in declarations)
    shared = SHARED if path.name == "dataset.hpp" else ""
    return f"# {path.name}\n\n{opening}\n\n{body}\n{shared}"


def programs_page():
    """The programs of examples/, each with its opening comment as text."""
    parts = [PROGRAMS]
    for path in sorted((ROOT / "examples").glob("*.cpp")):
        text = path.read_text()
        code = text[len(re.match(OPENING, text)[0]) :].strip()
        parts.append(f"## {path.stem}\n\n{opening_comment(text)}\n\n```cpp\n{code}\n```\n")
    return "\n".join(parts)


def stage_cpp_api(stage, xml):
    stage.write("cpp-programs.md", programs_page())
    entries = {}
    for header, declarations in sorted(read(xml).items()):
        path = HEADERS / header
        if path.exists():
            entries[FOLDER + header] = header
            stage.write(f"{FOLDER}{header}.md", header_page(path, declarations))
    stage.write(f"{FOLDER}index.md", INTRODUCTION + listed(FOLDER + "index", entries))
