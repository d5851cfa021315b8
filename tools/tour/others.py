"""Files that other programs have just written: opened, sliced, extended and read back by them."""

import os
import sys
from pathlib import Path

import hyperslab
import numpy as np

from .console import Console
from .programs import built, output_of, writer
from .report import size_text
from .writers import ROWS, block

PROGRAMS = {"netcdf4": "netCDF4", "tables": "PyTables", "h5py": "stock h5py"}
GROWING = {"netcdf4": "temperature", "tables": "signal", "h5py": "runs/signal"}

# What else of each file is looked at: an expression, and what must come back.
FURTHER = {
    "netcdf4": [
        ("f['name'].asstr()[:3]", lambda v: list(v) == ["station 0", "station 1", "station 2"]),
        ("f['temperature'].dims[0][0].name", lambda v: v == "/time"),
    ],
    "tables": [
        (
            "f['particles']['label', 'energy'][3:5]",
            lambda v: v.tolist() == [(b"p3", 1.5), (b"p4", 2.0)],
        ),
    ],
    "h5py": [
        ("f['names'].asstr()[...]", lambda v: list(v) == ["alpha", "beta", "gamma"]),
        ("f[f['runs'].attrs['target']].name", lambda v: v == "/runs/signal"),
    ],
}

ALL_FOUR = """\
import sys
import tables, h5py, netCDF4, hyperslab
with hyperslab.File(sys.argv[1]) as a, h5py.File(sys.argv[1]) as b:
    print(a["temperature"][-1, -1], b["temperature"][-1, -1], end=" ")
with netCDF4.Dataset(sys.argv[1]) as c, tables.open_file(sys.argv[1]) as d:
    print(c["temperature"][-1, -1], d.root.temperature[-1, -1])
print("hyperslab", hyperslab.version.hdf5_version, "  h5py", h5py.version.hdf5_version,
      "  netCDF4", netCDF4.__hdf5libversion__, "  PyTables", tables.hdf5_version)
"""


def write_file(report, program, path):
    report.part(f"A file from {PROGRAMS[program]}")
    ok, output = writer(program, "write", path)
    size = size_text(os.path.getsize(path)) if ok else ""
    report.check(f"{PROGRAMS[program]} wrote {path.name}, {size}", ok, output)
    return ok


def from_python(report, program, path):
    name = GROWING[program]
    with hyperslab.File(path, "r+") as f:
        console = Console(report, f=f, rows=block(ROWS, 2))
        console.run(f"data = f['{name}']", expect=f"data.shape == ({ROWS}, 6)", shown="data")
        console.run("data[1:3, ::2]", expect=lambda v: np.array_equal(v, block(1, 2)[:, ::2]))
        for source, expect in FURTHER[program]:
            console.run(source, expect=expect)
        console.run(
            f"data.resize({ROWS + 2}, axis=0)\n"
            f"data[{ROWS}:] = rows\n"
            "data.attrs['added_by'] = 'Python'",
            expect=f"data.shape == ({ROWS + 2}, 6)",
            shown="data",
        )


def from_cpp(report, program, path):
    example = built("example_append_row")
    if example is None:
        report.check("example_append_row is not built", False, "./dev build dev demo")
        return
    report.did(f"example_append_row {path.name} {GROWING[program]}", prompt="$ ")
    ok, output = output_of(example, path.name, GROWING[program], folder=path.parent)
    report.block(output)
    report.check("examples/append_row.cpp appended a row", ok)


def read_back(report, program, path, rows):
    ok, output = writer(program, "check", path, rows)
    report.check(f"{PROGRAMS[program]} reads back: {output}", ok, "not what was written")


def all_in_one_process(report, path):
    report.part("All four in one process, each with the HDF5 that it brought")
    ok, output = output_of(sys.executable, "-W", "ignore", "-c", ALL_FOUR, path)
    values, _, versions = output.partition("\n")
    report.check(versions or values, ok, output)
    report.check(f"the last value, by each of them: {values}", ok and len(set(values.split())) == 1)


def tour(report, folder):
    report.heading("2  Files that other programs have just written, from Python and from C++")
    folder = Path(folder)
    for program in PROGRAMS:
        path = folder / f"{program}.h5"
        if not write_file(report, program, path):
            continue
        from_python(report, program, path)
        read_back(report, program, path, ROWS + 2)
        from_cpp(report, program, path)
        read_back(report, program, path, ROWS + 3)
    all_in_one_process(report, folder / "netcdf4.h5")
