"""results.json: the figures of the last whole run, section by section.

A run replaces the sections that it measured and leaves the others, each of which says when, where
and with what it was measured.
"""

import importlib.metadata
import json
import platform
import sys
from datetime import datetime, timezone
from math import exp, log
from os import sched_getaffinity
from pathlib import Path

import h5py
import hyperslab
import numpy

FILE = Path(__file__).with_name("results.json")
PACKAGES = ["tables", "netCDF4", "zarr", "tensorstore", "hidefix", "deflate"]


def stamp():
    return {
        "when": datetime.now(timezone.utc).isoformat(timespec="minutes"),
        "processor": _processor(),
        "cores": len(sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()}",
        "versions": {
            "hyperslab": hyperslab.version.hyperslab_version,
            "HDF5 of hyperslab": hyperslab.version.hdf5_version,
            "h5py": h5py.__version__,
            "HDF5 of h5py": h5py.version.hdf5_version,
            "NumPy": numpy.__version__,
            "Python": sys.version.split()[0],
            **dict(_versions()),
        },
    }


def _processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _versions():
    for package in PACKAGES:
        try:
            yield package, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass


def row(case, measured):
    """A case's figures; seconds are those of one operation."""
    return {
        "case": case.name,
        "goal": case.goal,
        "seconds": measured.ours,
        "h5py_seconds": measured.stock,
        "gain": measured.ratio,
        "wanted": case.target,
        "equal": measured.equal,
        "peers": measured.peers,
        "peers_without": measured.absent,
        "limits": measured.limits,
    }


def geometric_mean(rows):
    """Of the goals' gains; None when there are none."""
    gains = [row["gain"] for row in rows if row["goal"]]
    return exp(sum(map(log, gains)) / len(gains)) if gains else None


def read(file=FILE):
    return json.loads(file.read_text()) if file.exists() else {}


def write(sections, file=FILE):
    """Puts these sections into the file."""
    record = {**read(file), **sections}
    file.write_text(json.dumps(_rounded(record), indent=1, ensure_ascii=False) + "\n")
    return record


def _rounded(value):
    """Four digits: more would be noise, in the file and in its history."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list) else value
