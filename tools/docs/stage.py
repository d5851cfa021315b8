"""Lays the checkout's pages out as the site has them, in one folder for Sphinx.

The pages in the repository stay plain Markdown that reads well where the repository is browsed: no
directive, no table of contents. Two things are added here. The menu is that of `MENU`. A link to
another page leads to it on the site; one to any other file of the repository becomes plain text.
"""

import os
import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Pages outside docs/, and what they are called on the site.
PROJECT_PAGES = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "project/architecture.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CHANGELOG.md": "project/changelog.md",
    "SECURITY.md": "project/security.md",
    "licenses/README.md": "project/licenses.md",
    "docs/howto/README.md": "howto/index.md",
}

# The menu: below each page the pages that belong to it, with the name that the menu shows.
MENU = {
    "index": {
        "install": "Install",
        "python": "Python",
        "cpp": "C++",
        "cli": "Command line",
        "howto/index": "How to",
        "parallel": "Parallel",
        "from-h5py": "Coming from h5py",
        "api/index": "Reference",
        "performance": "Performance",
        "errors": "Errors",
        "project/index": "Project",
    },
    "cli": {"sql": "Queries in SQL", "h5boss": "Spectra of BOSS and SDSS"},
    "cpp": {"cpp-programs": "Whole programs"},
    "howto/index": {
        "howto/compressed": "Read a large compressed array",
        "howto/random-rows": "Pick rows at random",
        "howto/grow": "Append, and read while it grows",
        "howto/strings-and-tables": "Strings and tables",
        "howto/many-files": "One dataset over many files",
        "howto/unchanged-programs": "Run a program written for h5py",
        "howto/threads-and-processes": "Threads and processes",
        "howto/sound-files": "Keep a file sound",
        "howto/look-inside": "Look into a file",
        "howto/cmake": "Use it in a CMake project",
        "howto/spark": "Read and write in Spark",
        "howto/dask": "Read and write in Dask",
        "howto/ray": "Read in Ray",
        "howto/torch": "Feed PyTorch's loaders",
        "howto/xarray": "Open netCDF-4 files in xarray",
        "howto/arrow": "DuckDB, Polars and pandas",
    },
    "api/index": {"api/python/index": "Python", "api/cpp/index": "C++"},
    "from-h5py": {"h5py-differences": "What differs"},
    "errors": {"errors-and-locking": "Exceptions, locks, threads"},
    "project/index": {
        "project/changelog": "Changes",
        "project/security": "Security",
        "project/licenses": "Licences",
        "project/architecture": "Architecture",
        "project/contributing": "Contributing",
    },
}

LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^][]*)\]\((?P<target>[^()\s]*)\)")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def pages():
    """{path in the repository: path on the site} of all pages."""
    written = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/**/*.md")]
    in_docs = {path: path.removeprefix("docs/") for path in written}
    return {**in_docs, **PROJECT_PAGES}


class Stage:
    """A folder of sources; what a build before left there, and is no longer made, goes."""

    def __init__(self, folder):
        self.folder = folder
        self.made = set()

    def write(self, name, content):
        """Leaves a file of the same content alone, so that Sphinx need not read it again."""
        path = self.folder / name
        self.made.add(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)

    def remove_others(self):
        for path in self.folder.rglob("*"):
            if path.is_file() and path not in self.made:
                path.unlink()


def stage_pages(stage, filled):
    """All pages; `filled` has what stands for some HTML comments, which no other reader shows."""
    names = pages()
    for path, name in names.items():
        text = (ROOT / path).read_text()
        for comment, content in filled.items():
            text = text.replace(comment, content)
        stage.write(name, translated(text, path, names, stage) + menu(name.removesuffix(".md")))
    stage.write("project/index.md", "# The project\n" + listed("project/index"))
    stage.write("api/index.md", "# Reference\n" + listed("api/index"))


def translated(text, path, names, stage):
    """The page's text with its links as they are on the site; code blocks stay as they are."""
    parts, end = [], 0
    for block in CODE.finditer(text):
        parts += [links(text[end : block.start()], path, names, stage), block.group()]
        end = block.end()
    return "".join([*parts, links(text[end:], path, names, stage)])


def links(text, path, names, stage):
    here = posixpath.dirname(names[path])

    def translate(match):
        target, hash_, anchor = match["target"].partition("#")
        if "://" in target or not target:
            return match.group()
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if match["picture"]:
            stage.write(target, (ROOT / target).read_bytes())
            return f"![{match['text']}]({relative(target, here)})"
        if target not in names:
            return match["text"]
        return f"[{match['text']}]({relative(names[target], here)}{hash_}{anchor})"

    return LINK.sub(translate, text)


def relative(target, folder):
    return posixpath.relpath(target, folder or ".")


def menu(page, entries=None):
    """The table of contents of a page, which the theme shows in its menus."""
    entries = entries or MENU.get(page)
    if not entries:
        return ""
    here = os.path.dirname(page)
    lines = [f"{title} <{relative(name, here)}>" for name, title in entries.items()]
    return "\n".join(["", "```{toctree}", ":hidden:", "", *lines, "```", ""])


def listed(page, entries=None):
    """The same as a list on the page."""
    entries = entries or MENU[page]
    here = os.path.dirname(page)
    lines = [f"- {{doc}}`{title} <{relative(name, here)}>`" for name, title in entries.items()]
    return "\n".join(["", *lines, "", menu(page, entries)])
