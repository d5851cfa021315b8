"""Sphinx's configuration; ./dev docs calls it with the folder that tools/docs/stage.py laid out."""

import inspect
import re

import hyperslab
from sphinx.ext.napoleon import Config, NumpyDocstring

from docs import stub_types
from docs.stage import MENU

project = "hyperslab"
version = release = hyperslab.version.hyperslab_version
copyright = "the hyperslab authors"
extensions = [
    "breathe",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx_copybutton",
]
default_role = "py:obj"  # docstrings name things as `File`

myst_heading_anchors = 4
autodoc_member_order = "bysource"
autodoc_docstring_signature = False
autodoc_mock_imports = "dask distributed h5netcdf pandas pyarrow pyspark ray torch xarray".split()
maximum_signature_line_length = 88
autodoc_class_signature = "mixed"
breathe_projects = {project: ""}  # build_docs.py says where
breathe_default_project = project
copybutton_selector = "div:not(.highlight-text) > div.highlight pre"

html_theme = "pydata_sphinx_theme"
html_title = f"{project} {version}"
html_static_path = ["static"]
html_css_files = ["style.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {"text": project},
    "header_links_before_dropdown": 7,
    "navbar_align": "left",
    "show_prev_next": False,
    "show_toc_level": 2,
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
    "secondary_sidebar_items": ["page-toc"],
    "pygments_light_style": "a11y-light",
    "pygments_dark_style": "a11y-dark",
}
# A page without pages below it, and the start page, need no menu of their section.
html_sidebars = {"index": [], **{page: [] for page in MENU["index"] if page not in MENU}}
SECTIONS = Config(napoleon_use_param=False, napoleon_use_rtype=False)


def translate_docstring(app, what, name, obj, options, lines):
    """NumPy's sections, where there are some; `name` as code, `Class` and `a.b` as links."""
    if hasattr(obj, "__nb_signature__"):  # of C++, whose docstring begins with the signature
        lines[:] = inspect.cleandoc(obj.__nb_signature__[0][1] or "").splitlines()
    lines[:] = [re.sub(r"(?<!`)`([a-z_][^`.]*)`(?!`)", r"``\1``", line) for line in lines]
    if any(re.fullmatch("-{4,}", line) for line in lines):
        lines[:] = str(NumpyDocstring(lines, SECTIONS)).splitlines()


def typed_signature(app, what, name, obj, options, signature, result):
    return stub_types.signature(obj) if signature else None


def setup(app):
    app.connect("autodoc-process-signature", typed_signature)
    app.connect("autodoc-process-docstring", translate_docstring)
