"""No static inside a function is made at its first use: a child of fork() may wait for it for ever.

tools/check_statics.py reads the source; the compiled module says whether that found all of them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import hyperslab
import pytest

ROOT = Path(__file__).parents[3]
TOOL = ROOT / "tools" / "check_statics.py"


def check(root):
    return subprocess.run([sys.executable, TOOL, root], capture_output=True, text=True)


@pytest.mark.parametrize(
    "line",
    [
        "static const std::size_t count = find_out();",
        "static Pool& pool = *new Pool;",
        "static std::vector<int> seen;",
        "static auto& found = *new std::array<Type, 3>;",
        "static const Named others[] = {first(), second()};",
        "const static Table table{1, 2};",
    ],
)
def test_a_static_that_is_made_at_its_first_use_is_named(tmp_path, line):
    file = tmp_path / "src" / "core" / "a.cpp"
    file.parent.mkdir(parents=True)
    file.write_text(f"int f() {{\n    {line}\n    return 1;\n}}\n")
    result = check(tmp_path)
    assert result.returncode == 1
    assert result.stdout.startswith(f"src/core/a.cpp:2: {line}: ")


@pytest.mark.parametrize(
    "text",
    [
        "int f() {\n    static constexpr int kNumbers[] = {1, 2};\n}\n",
        "int f() {\n    static constinit std::atomic<int> number{0};\n}\n",
        "struct A {\n    static A& instance();\n    static int of(B& b) { return b.x = 1; }\n};\n",
        "static const int kNumber = find_out();\n",
        "struct A {\n    static thread_local bool inside_;\n    inline static int made = 0;\n};\n",
    ],
)
def test_what_the_compiler_or_the_load_makes_passes(tmp_path, text):
    file = tmp_path / "python" / "binding" / "a.hpp"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    result = check(tmp_path)
    assert result.returncode == 0, result.stdout


def test_this_repository_has_none():
    result = check(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.skipif(not shutil.which("nm"), reason="needs binutils' nm")
def test_the_compiled_rooms_wait_for_none():
    """__cxa_guard_acquire waits. nanobind's statics are met holding the interpreter's lock, and
    CLI11's are in programs, which have no child by fork().
    """
    build = Path(hyperslab._core.__file__).parents[2]
    rooms = set(build.glob("libhyperslab_*.a")) - {build / "libhyperslab_apps_shared.a"}
    compiled = [*rooms, *build.glob("CMakeFiles/_core.dir/**/*.o")]
    if not compiled:
        pytest.skip("this package was not built in place")
    found = subprocess.run(["nm", "-A", *compiled], capture_output=True, text=True, check=True)
    waiting = [line for line in found.stdout.splitlines() if "__cxa_guard_acquire" in line]
    assert waiting == []
