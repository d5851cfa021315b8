"""What `import` costs beyond NumPy, each time in an interpreter of its own."""

import os
import subprocess
import sys
from pathlib import Path

from measure import Case

PROGRAM = """
import time
import numpy
begin = time.perf_counter()
import {module}
print(time.perf_counter() - begin)
"""


def start(module, _folder, _cleanup):
    package_root = str(Path(module.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": package_root}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a package is compiled once, not each time
    command = [sys.executable, "-c", PROGRAM.format(module=module.__name__)]

    def work():
        answer = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        )
        return float(answer.stdout)

    return work


CASES = [
    Case(
        "import, beyond NumPy's",
        start,
        unit="ms",
        scale=1e3,
        target=1.5,
        goal=True,
        own_clock=True,
    )
]
