"""Warnings name the line that called the package, so that Python shows one for each place."""

import os
import runpy
import warnings

import pytest

# Each line that says "warns" warns, in its own place, once.
PROGRAM = """
import numpy as np

class Sub(h5.File):
    def create_dataset(self, *args, **kwds):
        return super().create_dataset(*args, **kwds)  # warns

class Doubly(h5.Group):
    def make(self, name):
        return self.create_dataset(name, (2,))  # warns

with h5.File("a.h5", "w") as f:
    f.create_dataset("a", (4, 4))  # warns
    f.create_group("g").create_dataset("a", (2,))  # warns
    make = f.create_dataset
    make("b", (4,))  # warns
    [f.create_dataset(n, (1,)) for n in "cd"]  # warns
    f.require_dataset("e", (2,), None)  # warns
    (lambda: f.create_dataset("h", (2,)))()  # warns
    Doubly(f["g"].id).make("b")
    h5.get_config().default_file_mode  # warns
    getattr(h5.get_config(), "swmr_min_hdf5_version")  # warns
    f["a"].dims.create_scale(f["b"], "name")  # warns
with Sub("b.h5", "w", swmr=True) as f:  # warns
    f.create_dataset("a", (4, 4))
    f.create_dataset("b", (4, 4))
"""


def places_of(h5, folder):
    """The lines that warned, under Python's default rule: once for each place."""
    script = folder / "program.py"
    script.write_text(PROGRAM)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("default")
        runpy.run_path(str(script), {"h5": h5})
    assert {os.path.basename(w.filename) for w in seen} == {"program.py"}
    return sorted(w.lineno for w in seen)


def test_each_place_warns_once(tmp_path, monkeypatch):
    import hyperslab

    monkeypatch.chdir(tmp_path)
    lines = PROGRAM.splitlines()
    marked = [n for n, line in enumerate(lines, 1) if line.endswith("# warns")]
    assert places_of(hyperslab, tmp_path) == marked


def test_a_warning_can_be_made_an_error(h5, tmp_path):
    with h5.File(tmp_path / "a.h5", "w") as f, warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(h5.h5py_warnings.H5pyDeprecationWarning):
            f.create_dataset("a", (4, 4))
        assert "a" not in f
