"""The measured figures on the page docs/performance.md, made of bench/results.json."""

import json

from docs.stage import ROOT

RESULTS = ROOT / "bench" / "results.json"

MEASURED = """\
Measured on {when} with {processor}, {cores} cores, {system}; {versions}.
"""
GOALS = """\
## Python

The geometric mean of all gains is **{mean:.1f}×**. The columns show the time of one operation.
"Best of others" is the quickest of the other packages that can do the same work. "Limit" is the
share of what the machine can do at most on the same bytes (the codec on all cores, or `pread`, into
memory that was touched before).
"""


def duration(seconds):
    """With three digits and a unit that suits."""
    for unit, least in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= least:
            return f"{seconds / least:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def table(head, rows):
    """A Markdown table; columns after the first are aligned to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def best_of_others(figure):
    if not figure["peers"]:
        return ""
    name, took = min(figure["peers"].items(), key=lambda peer: peer[1])
    return f"{duration(took)} ({name})"


def share_of_limit(figure):
    """Of the limit on memory that was touched before, the strictest one."""
    for name, took in figure["limits"].items():
        if name.endswith("into touched memory"):
            return f"{took / figure['seconds']:.0%}"
    return ""


def case_row(figure):
    ours, theirs = duration(figure["seconds"]), duration(figure["h5py_seconds"])
    gain = f"**{figure['gain']:.1f}×**"
    return [figure["case"], ours, theirs, gain, best_of_others(figure), share_of_limit(figure)]


def cases_part(section):
    head = ["", "hyperslab", "h5py", "gain", "best of others", "limit"]
    parts = []
    for title, goal in (("", True), ("\n### Further cases\n\n", False)):
        rows = [case_row(figure) for figure in section["figures"] if figure["goal"] is goal]
        parts += [title + table(head, rows)] if rows else []
    return GOALS.format(mean=section["geometric_mean"]) + "\n" + "".join(parts)


def growth_part(section):
    parts = ["## How costs grow\n"]
    studies = dict.fromkeys(figure["study"] for figure in section["figures"])
    for study in studies:
        figures = [figure for figure in section["figures"] if figure["study"] == study]
        sides = list(dict.fromkeys(side for figure in figures for side in figure["seconds"]))
        rows = [
            [
                figure["case"],
                *(
                    duration(figure["seconds"][side]) if side in figure["seconds"] else ""
                    for side in sides
                ),
            ]
            for figure in figures
        ]
        parts.append(f"### {study}\n\n" + table(["", *sides], rows))
    return "\n".join(parts)


def cpp_part(section):
    rows = [
        [figure["case"], duration(figure["seconds"]), duration(figure["c_api_seconds"])]
        + [f"**{figure['gain']:.1f}×**"]
        for figure in section["figures"]
    ]
    return "## C++\n\n" + table(["", "hyperslab", "H5Dread", "gain"], rows)


PARTS = {"cases": cases_part, "cpp": cpp_part, "growth": growth_part}


def figures(results):
    measured = results["cases"]["measured"]
    versions = ", ".join(f"{name} {version}" for name, version in measured["versions"].items())
    stamp = {**measured, "when": measured["when"][:10], "versions": versions}
    parts = [part(results[name]) for name, part in PARTS.items() if name in results]
    return "\n".join([MEASURED.format(**stamp), *parts])


def measured_figures():
    return figures(json.loads(RESULTS.read_text()))
