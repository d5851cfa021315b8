"""What ./dev docs lays out for Sphinx, as far as it can be judged without Sphinx and Doxygen."""

import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tools"))

from docs import cpp_api, declarations, performance, python_api, stage  # noqa: E402

# Pages that are made, not written.
MADE = {"api/index", "api/python/index", "api/cpp/index", "cpp-programs", "project/index"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of sources, of all that needs no Doxygen."""
    laid_out = stage.Stage(tmp_path_factory.mktemp("source"))
    stage.stage_pages(laid_out, {"<!-- the measured figures -->": "figures stand here"})
    python_api.stage_python_api(laid_out)
    return laid_out.folder


def test_every_public_name_of_the_package_has_a_topic():
    python_api.check_complete()  # exits where one has none


def test_a_page_is_in_the_menu_and_an_entry_of_the_menu_is_a_page(site):
    entries = {name for below in stage.MENU.values() for name in below} | {"index"}
    written = {name.removesuffix(".md") for name in stage.pages().values()}
    assert entries - MADE == written


def test_links_between_pages_lead_to_pages(site):
    for page in site.rglob("*.md"):
        text = stage.CODE.sub("", page.read_text())
        for link in stage.LINK.finditer(text):
            target = link["target"].partition("#")[0]
            if target and "://" not in target:
                assert (page.parent / target).resolve().is_file(), (page, target)


def test_links_to_other_files_become_text(site):
    assert "[src](" not in (site / "project" / "architecture.md").read_text()
    assert "`docs/h5py-differences.md`" not in (site / "from-h5py.md").read_text()
    assert "figures stand here" in (site / "performance.md").read_text()


def test_what_a_build_before_left_goes(tmp_path):
    (tmp_path / "old.md").write_text("old")
    laid_out = stage.Stage(tmp_path)
    laid_out.write("new.md", "new")
    laid_out.remove_others()
    assert [path.name for path in tmp_path.iterdir()] == ["new.md"]


def test_every_measured_case_is_in_the_tables():
    results = json.loads(performance.RESULTS.read_text())
    text = performance.figures(results)
    for figure in results["cases"]["figures"]:
        assert f"| {figure['case']} |" in text
        assert f"**{figure['gain']:.1f}×**" in text


def test_growth_and_cpp_have_tables_when_they_were_measured():
    results = json.loads(performance.RESULTS.read_text())
    growth = {"study": "threads", "case": "two", "seconds": {"hyperslab": 0.5, "h5py": 2e-4}}
    cpp = {"case": "whole", "seconds": 3e-6, "c_api_seconds": 9e-9, "gain": 3e-3}
    text = performance.figures(
        {**results, "growth": {"figures": [growth]}, "cpp": {"figures": [cpp]}}
    )
    assert "### threads" in text and "| two | 500 ms | 200 µs |" in text
    assert "| whole | 3 µs | 9 ns | **0.0×** |" in text


def test_a_headers_opening_comment_is_text_and_code():
    code = "//     File f(name);\n//     f.close();\n"
    header = f"// Files: opened.\n//\n{code}//\n// More.\n#pragma once\n"
    assert cpp_api.opening_comment(header) == (
        "Files: opened.\n\n```cpp\nFile f(name);\nf.close();\n```\n\nMore."
    )


def test_declarations_come_in_the_headers_order_and_without_what_is_private(tmp_path):
    place = '<location file="hyperslab/x.hpp" line="{}"/>'
    (tmp_path / "a.xml").write_text(
        '<doxygen><compounddef kind="class"><compoundname>hyperslab::B</compoundname>'
        f'{place.format(9)}</compounddef><compounddef kind="class">'
        f"<compoundname>hyperslab::detail::C</compoundname>{place.format(1)}</compounddef>"
        '<compounddef kind="namespace"><compoundname>hyperslab</compoundname><sectiondef>'
        '<memberdef kind="function"><name>f</name><argsstring>(int x)</argsstring>'
        "<param><type>int</type><declname>x</declname></param>"
        f"{place.format(5)}</memberdef></sectiondef></compounddef></doxygen>"
    )
    names = [declaration.name for declaration in declarations.read(tmp_path)["x.hpp"]]
    assert names == ["hyperslab::f(int x)", "hyperslab::B"]


def test_the_pages_need_no_network(site):
    for page in site.rglob("*.md"):
        assert not re.search(r"!\[[^]]*\]\(https?:", page.read_text()), page
