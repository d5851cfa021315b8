"""tools/check_layers.py finds what breaks the order of the rooms, and only that."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TOOL = ROOT / "tools" / "check_layers.py"


def check(root):
    return subprocess.run([sys.executable, TOOL, root], capture_output=True, text=True)


@pytest.fixture
def tree(tmp_path):
    """A small tree that keeps every rule; a test adds what it wants judged."""

    def write(path, text=""):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return tmp_path

    write("src/core/checked.hpp", "#include <hyperslab/error.hpp>\n#include <vector>\n")
    write("src/selection/runs.hpp", '#include "core/checked.hpp"\n')
    write("src/hdf5/capi.hpp", "#include <hdf5.h>\n#include <hdf5_hl.h>\n")
    write("src/hdf5/call/lock.hpp", "#include <mutex>\n")
    write("src/hdf5/api/h5d.hpp", '#include "hdf5/call/lock.hpp"\n')
    write("src/engine/plan.hpp", '#include "hdf5/capi.hpp"\n#include "selection/runs.hpp"\n')
    write("src/object/file.cpp", '#include <hyperslab/file.hpp>\n#include "engine/plan.hpp"\n')
    write("include/hyperslab/error.hpp")
    write("include/hyperslab/file.hpp", '#include "hyperslab/error.hpp"\n')
    write("python/binding/file.cpp", '#include <nanobind/nanobind.h>\n#include "hdf5/capi.hpp"\n')
    write(
        "apps/hyperslab/main.cpp", '#include "shared/output.hpp"\n#include <hyperslab/file.hpp>\n'
    )
    write("python/binding/ids/object_id.hpp")
    write("apps/hyperslab/dump.hpp")
    write("apps/shared/output.hpp", "#include <CLI/CLI.hpp>\n")
    return write


def test_a_tree_that_keeps_the_order_passes(tree):
    result = check(tree("src/README", "any text"))
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    "file, include, reason",
    [
        ("src/core/a.cpp", '"selection/runs.hpp"', "core may not use selection"),
        ("src/selection/a.cpp", '"hdf5/capi.hpp"', "selection may not use hdf5"),
        ("src/selection/a.cpp", "<hyperslab/file.hpp>", "selection may not use object"),
        ("src/selection/a.cpp", '"../hdf5/capi.hpp"', "selection may not use hdf5"),
        ("src/hdf5/a.cpp", '"engine/plan.hpp"', "hdf5 may not use engine"),
        ("src/engine/a.cpp", "<hdf5.h>", "only src/hdf5"),
        ("src/object/a.cpp", '"H5Ppublic.h"', "only src/hdf5"),
        ("python/binding/a.cpp", "<hdf5.h>", "only src/hdf5"),
        ("src/object/a.cpp", "<Python.h>", "only python/binding"),
        ("include/hyperslab/a.hpp", "<nanobind/nanobind.h>", "only python/binding"),
        ("include/hyperslab/a.hpp", "<hdf5.h>", "only src/hdf5"),
        ("include/hyperslab/a.hpp", '"core/checked.hpp"', "may not include a private one"),
        ("include/hyperslab/error.hpp", "<hyperslab/file.hpp>", "core may not use object"),
        ("apps/hyperslab/a.cpp", '"core/checked.hpp"', "may include only <hyperslab/...>"),
        ("apps/shared/a.cpp", '"hyperslab/dump.hpp"', "apps/shared may not use apps/hyperslab"),
        ("apps/other/a.cpp", '"shared/output.hpp"', "apps/other is no room"),
        ("examples/a.cpp", '"hdf5/capi.hpp"', "may include only <hyperslab/...>"),
        ("src/attic/a.cpp", '"core/checked.hpp"', "attic is no room"),
        ("src/hdf5/attic/a.cpp", "<vector>", "hdf5/attic is no room"),
        (
            "python/binding/support/a.cpp",
            '"ids/object_id.hpp"',
            "binding/support may not use binding/ids",
        ),
        ("src/hdf5/call/a.cpp", '"hdf5/api/h5d.hpp"', "hdf5/call may not use hdf5/api"),
        ("src/hdf5/call/a.cpp", '"hdf5/capi.hpp"', "hdf5/call may not use what stands above"),
    ],
)
def test_an_include_against_the_order_is_named(tree, file, include, reason):
    result = check(tree(file, f"// a comment\n#include {include}\n"))
    assert result.returncode == 1
    [line] = result.stdout.splitlines()
    assert line.startswith(f"{file}:2: ")
    assert reason in line


def test_units_that_include_each_other_are_named(tree):
    tree("src/filter/a.hpp", '#include "filter/b.hpp"\n')
    tree("src/filter/b.cpp", '#include "filter/c.hpp"\n')
    tree("src/filter/b.hpp")
    result = check(tree("src/filter/c.hpp", '\n#include "a.hpp"\n'))
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        'src/filter/a.hpp:1: #include "filter/b.hpp": part of a circle',
        'src/filter/b.cpp:1: #include "filter/c.hpp": part of a circle',
        'src/filter/c.hpp:2: #include "a.hpp": part of a circle',
    ]


def test_this_repository_keeps_the_order():
    result = check(ROOT)
    assert result.returncode == 0, result.stdout
