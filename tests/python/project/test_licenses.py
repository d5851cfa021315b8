"""licenses/ has a text for whatever is linked into what we ship, and its table has every text."""

import re
from pathlib import Path

import hyperslab
import pytest

FOLDER = Path(__file__).parents[3] / "licenses"
TABLE = (FOLDER / "README.md").read_text()
NINJA = Path(hyperslab.__file__).parents[2] / "build.ninja"
# Of the tests, not of what is shipped.
TESTS_ONLY = {"libgtest.a", "libgtest_main.a"}


def test_the_table_has_every_text():
    texts = {path.name for path in FOLDER.glob("*.txt")}
    assert texts == set(re.findall(r"\]\((\S+\.txt)\)", TABLE))


@pytest.mark.skipif(not NINJA.exists(), reason="needs the folder that the package was built in")
def test_the_table_has_every_archive_that_is_linked():
    linked = set(re.findall(r"(?<=/)lib[\w+.-]+?\.a\b", NINJA.read_text()))
    foreign = {name for name in linked if not name.startswith("libhyperslab_")} - TESTS_ONLY
    assert foreign, "the expression finds what is linked"
    assert foreign <= set(re.findall(r"`(lib\S+\.a)`", TABLE))
