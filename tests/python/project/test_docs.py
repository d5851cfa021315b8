"""Every code block of the pages at the top and in docs/ runs, and prints what stands beside it.

A page is run from top to bottom in a folder of its own: first all Python blocks as one program,
then all C++ blocks as one program, then the lines of shell blocks that begin with `hyperslab`
(below docs/ also those with `h5boss` and `python`). A comment behind a `print(...)` or a
`std::cout` is what that line must print; a `text` block behind a Python block is what that block
must print, one behind a shell block what its last command must print. A `cmake` block with a whole
project is built and run, against what `cmake --install` installs.
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

ROOT = Path(__file__).parents[3]
BUILD = Path(hyperslab.__file__).parents[2]
# Run on several ranks, by tests/mpi_programs/test_programs.py.
OF_RANKS = {"parallel.md"}
# Run where Spark, Dask and the others are, by tests/engines/test_pages.py.
OF_ENGINES = {"arrow.md", "dask.md", "ray.md", "spark.md", "xarray.md"}
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
COMPILER = os.environ.get("CXX") or shutil.which("c++")
PROGRAM = BUILD / "hyperslab"
# Without CFITSIO there is no h5boss.
WITHOUT = set() if (BUILD / "h5boss").exists() else {"h5boss.md"}
LIBRARY = BUILD / "libhyperslab.so"

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTS = re.compile(r"^\s*(?:print\(|std::cout <<).*?(?:#|//) (.*)$", re.MULTILINE)
# A block that begins so belongs outside main().
FILE_SCOPE = ("#include", "struct ", "enum ", "namespace ")

END = "---- end of a block"
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
    texts = [block.text for block in blocks(page, "python")]
    program = "".join(f"{text}\nprint({END!r})\n" for text in texts)
    wanted = [line for lines in expected_of_blocks(page) for line in [*lines, END]]
    assert printed([sys.executable, "-c", program], folder) == wanted


def expected_of_blocks(page):
    """For each Python block what it prints: what its comments say, or the text block behind it."""
    expected, before = [], None
    for block in blocks(page, "python", "cpp", "sh", "text"):
        if block.language == "python":
            expected.append(expected_output(block.text))
        elif block.language == "text" and before == "python":
            assert expected[-1] == [], "comments and a text block say what is printed"
            expected[-1] = block.text.splitlines()
        before = block.language
    return expected


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
    # Eigen's headers are where Debian has them.
    paths = [f"-I{ROOT / 'include'}", "-isystem/usr/include/eigen3", LIBRARY, f"-Wl,-rpath,{BUILD}"]
    printed(
        [COMPILER, "-std=c++20", *warnings, "-Werror", "page.cpp", *paths, "-o", "page"], folder
    )
    assert printed(["./page"], folder) == expected_output(text)


def run_commands(page, folder):
    output = before = None
    path = f'PATH="{PROGRAM.parent}:{Path(sys.executable).parent}:$PATH"'
    for block in blocks(page, "python", "cpp", "sh", "text"):
        if block.language == "text" and before == "sh":
            assert output == block.text.splitlines()
        for command in commands(page, block):
            output = printed(["sh", "-ec", f"{path}\n{command}"], folder)
        before = block.language


def commands(page, block):
    names = (
        ("hyperslab ", "h5boss ", "python ") if ROOT / "docs" in page.parents else ("hyperslab ",)
    )
    lines = block.text.splitlines() if block.language == "sh" else []
    return [line for line in lines if line.startswith(names)]


def with_commands(page):
    return page.name not in WITHOUT and any(commands(page, block) for block in blocks(page, "sh"))


def projects(page):
    return [block.text for block in blocks(page, "cmake") if "cmake_minimum_required" in block.text]


def run_project(page, folder):
    prefix = folder / "prefix"
    printed(["cmake", "--install", BUILD, "--prefix", prefix], folder)
    (folder / "CMakeLists.txt").write_text(projects(page)[0])
    text = cpp_program(page)
    (folder / "main.cpp").write_text(text)
    generator = ["-G", "Ninja"]  # ./dev setup brings it, and a bare system need not have make
    prefix_path = f"-DCMAKE_PREFIX_PATH={prefix}"
    printed(["cmake", "-S", ".", "-B", "build", *generator, prefix_path], folder)
    printed(["cmake", "--build", "build"], folder)
    assert printed(["./build/program"], folder) == expected_output(text)


def of_pages(condition=lambda page: True):
    """Runs a test for each page of which the condition holds."""
    pages = [page for page in PAGES if condition(page)]
    return pytest.mark.parametrize(
        "page", pages, ids=lambda page: page.relative_to(ROOT).as_posix(), scope="module"
    )


@pytest.fixture(scope="module")
def folder(page, tmp_path_factory):
    """Where the page's programs leave files for each other, those in Python first."""
    if page.name == "errors.md" and hyperslab.version.hdf5_version_tuple >= (2,):
        pytest.skip("the page quotes the messages of the HDF5 that comes with hyperslab, 1.14")
    folder = tmp_path_factory.mktemp(page.stem)
    run_python(page, folder)
    return folder


@of_pages(lambda page: page.name not in OF_RANKS | OF_ENGINES | WITHOUT and blocks(page, "python"))
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


@of_pages(projects)
@pytest.mark.skipif(COMPILER is None, reason="needs a C++ compiler")
@pytest.mark.skipif(shutil.which("cmake") is None, reason="needs CMake")
@pytest.mark.skipif(not LIBRARY.exists(), reason="needs libhyperslab in the package's build")
def test_project(page, tmp_path):
    run_project(page, tmp_path)


@of_pages()
def test_links(page):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target
