#!/usr/bin/env python3
"""Builds the site in build/docs/html; warnings are errors. ./dev docs prepares what this needs.

Pages are laid out in build/docs/source (tools/docs/stage.py), those of the reference beside them,
and Sphinx makes the site of all.
"""

import os
import re
import subprocess
import sys

from docs.cpp_api import run_doxygen, stage_cpp_api
from docs.performance import measured_figures
from docs.python_api import stage_python_api
from docs.stage import ROOT, Stage, stage_pages

TOOLS = ROOT / "tools"
BUILD = ROOT / "build" / "docs"
REMOTE = re.compile(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="((?:https?:)?//[^"]*)')


def lay_out():
    stage = Stage(BUILD / "source")
    stage_pages(stage, {"<!-- the measured figures -->": measured_figures()})
    stage_python_api(stage)
    stage_cpp_api(stage, BUILD / "doxygen" / "xml")
    stage.remove_others()


def run_sphinx(arguments):
    command = [sys.executable, "-m", "sphinx", "--builder", "html", "--fail-on-warning"]
    command += ["--conf-dir", TOOLS / "docs", "--doctree-dir", BUILD / "doctrees"]
    command += ["--define", f"breathe_projects.hyperslab={BUILD / 'doxygen' / 'xml'}"]
    paths = os.pathsep.join([str(TOOLS), os.environ.get("PYTHONPATH", "")])
    return subprocess.call(
        [*command, *arguments, BUILD / "source", BUILD / "html"],
        env={**os.environ, "PYTHONPATH": paths},
    )


def remote_resources():
    """What an open page would ask the network for; links that a reader may follow are none."""
    for page in (BUILD / "html").rglob("*.html"):
        for address in REMOTE.findall(page.read_text()):
            yield f"{page.relative_to(BUILD)} asks for {address}"


def main():
    run_doxygen(BUILD / "doxygen")
    lay_out()
    status = run_sphinx(sys.argv[1:])
    remote = list(remote_resources())
    print("\n".join(remote) or BUILD / "html" / "index.html")
    return status or bool(remote)


if __name__ == "__main__":
    sys.exit(main())
