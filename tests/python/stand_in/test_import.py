"""What `import hyperslab` brings along: a program that reads one value waits for all of it."""

import subprocess
import sys

PROGRAM = """
import sys
import numpy
before = set(sys.modules)
import hyperslab
print(*set(sys.modules) - before)
"""


def test_the_import_brings_no_large_modules_along():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    # Each of these costs a tenth to a half of the package's own import.
    costly = {"importlib.abc", "tempfile", "traceback", "pathlib", "asyncio", "pyarrow", "mpi4py"}
    assert "hyperslab" in done.stdout.split()
    assert not costly & set(done.stdout.split())
