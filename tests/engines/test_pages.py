"""The pages on engines run, and print what stands beside each print."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "howto"


@pytest.mark.parametrize("page", ["arrow.md", "dask.md", "ray.md", "spark.md", "xarray.md"])
def test_a_page_prints_what_it_says(page, tmp_path):
    blocks = re.findall(r"^```python\n(.*?)^```$", (PAGES / page).read_text(), re.M | re.S)
    program = "".join(blocks)
    expected = re.findall(r"^ *print\(.*\)  # (.*)$", program, re.M)
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert ran.stdout.splitlines() == expected
