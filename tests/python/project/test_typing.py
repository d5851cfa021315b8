"""The types that the stubs give: mypy --strict and pyright on programs that use h5py's interface.

The programs in tests/typing use it in the common ways: the checkers have nothing to say about them,
and they run. In wrong.py each line that says so is wrong, and no other.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import MutableMapping
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "typing"
WRONG = FOLDER / "wrong.py"
PROGRAMS = sorted(set(FOLDER.glob("*.py")) - {WRONG})


def mypy(cache, *paths):
    """{path: lines with errors}"""
    options = ["--strict", "--cache-dir", cache, "--config-file", ROOT / "pyproject.toml"]
    run = [sys.executable, "-m", "mypy", *options, *paths]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found = re.findall(r"^(\S+\.pyi?):(\d+): error: (.*)$", done.stdout, re.MULTILINE)
    return [(Path(path).name, int(line), text) for path, line, text in found]


def pyright(cache, *paths):
    options = ["--outputjson", "--pythonpath", sys.executable]
    run = [sys.executable, "-m", "pyright", *options, *paths]
    quiet = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(run, capture_output=True, text=True, cwd=FOLDER, env=quiet)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [
        (Path(told["file"]).name, told["range"]["start"]["line"] + 1, told["message"])
        for told in json.loads(done.stdout)["generalDiagnostics"]
        if told["severity"] == "error"
    ]


@pytest.fixture(params=[mypy, pyright], ids=lambda checker: checker.__name__)
def checker(request, tmp_path):
    if find_spec(request.param.__name__) is None:
        pytest.skip("it is not installed")
    if request.param is pyright and shutil.which("node") is None:
        pytest.skip("pyright needs Node.js")
    return lambda *paths: request.param(tmp_path, *paths)


def test_common_ways_are_right(checker):
    assert checker(*PROGRAMS) == []


def test_what_is_wrong_is_found_and_nothing_else(checker):
    wrong = {i for i, line in enumerate(WRONG.read_text().splitlines(), 1) if "# wrong" in line}
    assert {line for _, line, _ in checker(WRONG)} == wrong


# Programs for engines, which need not be installed to be checked.
ENGINES = """\
from hyperslab.dask import from_hdf5, read_table
from hyperslab.distributed import Plan, plan, summarize
from hyperslab.ray import read_hdf5
from hyperslab.torch import ChunkBatches, Rows, RowStream

found: Plan = plan(["a.h5", "b.h5"], "t", bounds={"id": (1, None)}, rows=(0, 10))
rows: int = sum(part.rows for part in found.partitions)
path: str = summarize("a.h5", ["t"])
batches: list[list[int]] = list(ChunkBatches(Rows("a.h5", "x", tensors=True), 32, pool=4))
stream = RowStream("a.h5", "x", batch_rows=5)
length: int = len(stream)
x, table, data = from_hdf5("a.h5", "x"), read_table("*.h5", "t", ["id"]), read_hdf5("a.h5", "x")
plan("a.h5", 5)  # wrong
plan("a.h5", "x", mode="LOOSE")  # wrong
ChunkBatches(Rows("a.h5", "x"), "32")  # wrong
from_hdf5("a.h5", "x", lock=True)  # wrong
"""


def test_programs_for_engines(checker, tmp_path):
    program = tmp_path / "engines.py"
    program.write_text(ENGINES)
    wrong = {i for i, line in enumerate(ENGINES.splitlines(), 1) if "# wrong" in line}
    assert {line for name, line, _ in checker(program) if name == program.name} == wrong


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_the_programs_run(program, tmp_path):
    run = [sys.executable, program, tmp_path / "file.h5"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_member_of_a_group_has_what_groups_datasets_and_types_have():
    import hyperslab

    text = (ROOT / "python" / "hyperslab" / "_typing.pyi").read_text().partition("class Member")[2]
    shown = set(re.findall(r"^    def (\w+)\(", text, re.MULTILINE))
    for cls in (hyperslab.Dataset, hyperslab.Group, hyperslab.Datatype):
        own = {name for name in dir(cls) if not name.startswith("_")} - set(dir(MutableMapping))
        assert own - shown <= {"collective"}
