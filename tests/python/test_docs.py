"""Every code block of the pages at the top and in docs/ runs, and prints what stands beside it.

A page is run from top to bottom in a folder of its own: first all Python blocks as one program,
then all C++ blocks as one program, then the lines of shell blocks that begin with `hyperslab`. A
comment behind a `print(...)` or a `std::cout` is what that line must print; a `text` block behind a
shell block is what its last command must print.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import hyperslab
import pytest

ROOT = Path(__file__).parents[2]
BUILD = Path(hyperslab.__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
COMPILER = os.environ.get("CXX") or shutil.which("c++")
PROGRAM = BUILD / "hyperslab"
LIBRARY = BUILD / "libhyperslab.so"

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTS = re.compile(r"^\s*(?:print\(|std::cout <<).*?(?:#|//) (.*)$", re.MULTILINE)
# A block that begins so belongs outside main().
FILE_SCOPE = ("#include", "struct ", "enum ", "namespace ")

PREAMBLE = """\
#include <hyperslab/hyperslab.hpp>

#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace hs = hyperslab;
"""


class Block(NamedTuple):
    language: str
    text: str


def blocks(page, *languages):
    found = [Block(*match) for match in BLOCK.findall(page.read_text())]
    return [block for block in found if block.language in languages]


def expected_output(text):
    """What the comments say, one line for each statement that prints."""
    return PRINTS.findall(text)


def printed(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.splitlines()


def run_python(page, folder):
    text = "\n".join(block.text for block in blocks(page, "python"))
    assert printed([sys.executable, "-c", text], folder) == expected_output(text)


def cpp_program(page):
    texts = [block.text for block in blocks(page, "cpp")]
    outside = [text for text in texts if text.startswith(FILE_SCOPE)]
    inside = [text for text in texts if not text.startswith(FILE_SCOPE)]
    if any("int main()" in text for text in outside):
        assert not inside, "a page is one program: blocks that need main() beside one that has it"
        return "\n".join(outside)
    return "\n".join([PREAMBLE, *outside, "int main() {", *inside, "}"])


def run_cpp(page, folder):
    text = cpp_program(page)
    (folder / "page.cpp").write_text(text)
    warnings = ["-Wall", "-Wextra", "-Wno-unused-variable", "-Wno-unused-but-set-variable"]
    paths = [f"-I{ROOT / 'include'}", LIBRARY, f"-Wl,-rpath,{BUILD}"]
    printed(
        [COMPILER, "-std=c++20", *warnings, "-Werror", "page.cpp", *paths, "-o", "page"], folder
    )
    assert printed(["./page"], folder) == expected_output(text)


def run_commands(page, folder):
    output = None
    for block in blocks(page, "sh", "text"):
        if block.language == "text":
            assert output == block.text.splitlines()
        for line in block.text.splitlines():
            if is_command(line):
                command = ["sh", "-ec", f'PATH="{PROGRAM.parent}:$PATH"\n{line}']
                output = printed(command, folder)


def is_command(line):
    return line.startswith("hyperslab ")


def with_commands(page):
    return any(is_command(line) for block in blocks(page, "sh") for line in block.text.splitlines())


def of_pages(condition=lambda page: True):
    """Runs a test for each page of which the condition holds."""
    pages = [page for page in PAGES if condition(page)]
    return pytest.mark.parametrize(
        "page", pages, ids=lambda page: page.relative_to(ROOT).as_posix(), scope="module"
    )


@pytest.fixture(scope="module")
def folder(page, tmp_path_factory):
    """Where the page's programs leave files for each other, those in Python first."""
    folder = tmp_path_factory.mktemp(page.stem)
    run_python(page, folder)
    return folder


@of_pages(lambda page: blocks(page, "python"))
def test_python(page, folder):
    assert folder.is_dir()  # it has run


@of_pages(lambda page: blocks(page, "cpp"))
@pytest.mark.skipif(COMPILER is None, reason="needs a C++ compiler")
@pytest.mark.skipif(not LIBRARY.exists(), reason="needs libhyperslab in the package's build")
def test_cpp(page, folder):
    run_cpp(page, folder)


@of_pages(with_commands)
@pytest.mark.skipif(not PROGRAM.exists(), reason="needs the program in the package's build")
def test_commands(page, folder):
    run_commands(page, folder)


@of_pages()
def test_links(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target
