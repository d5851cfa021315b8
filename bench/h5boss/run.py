"""h5boss beside the same work with stock h5py and astropy: run.py [--fibers N] [--plates N] …

Each is done in the most sensible way of Python: whole images read once, files opened once, groups
copied by HDF5. What both made is compared. Both sides take turns, the quickest round counts, and
files are in the page cache. It prints a table; `--json FILE` keeps the figures.
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np
from astropy.io import fits
from hyperslab.boss.program import find_program

COADD = [("WAVE", "f4"), ("FLUX", "f4"), ("IVAR", "f4"), ("AND_MASK", "i4")]
COADD += [("OR_MASK", "i4"), ("WAVEDISP", "f4"), ("SKY", "f4"), ("MODEL", "f4")]
TABLES = {"photo/match": "photoMatchPlate", "photo/matchflux": "photoPlate"}
TABLES |= {"photo/matchpos": "photoPosPlate", "zline": "spZline", "zbest": "spZbest"}
CATALOGUES = [*TABLES, "plugmap"]


def h5boss(*arguments):
    command = [find_program(), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def best(work, rounds, output=None):
    """The shortest time of some rounds. An output is removed before each of them."""
    seconds = []
    for _ in range(rounds):
        if output is not None:
            output.unlink(missing_ok=True)
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def native(table):
    """A table of FITS with the byte order of this machine, as astropy's Table has it."""
    table = np.asarray(table)
    return table.astype(table.dtype.newbyteorder("="))


def convert_in_python(folder, number, output):
    """One plate without exposures, v1, as h5py and astropy do it best."""
    plate, mjd = number
    name = f"-{plate:04d}-{mjd:05d}.fits"
    with (
        fits.open(folder / f"spPlate{name}", memmap=False) as hdus,
        h5py.File(output, "w", libver="latest") as file,
    ):
        header = hdus[0].header
        group = file.create_group(f"{plate}/{mjd}")
        fibers = hdus[5].data["FIBERID"]
        group["plugmap"] = native(hdus[5].data)
        for path, kind in TABLES.items():
            below = folder / "v5_7_0" if kind.startswith("sp") else folder
            table = native(fits.getdata(below / (kind + name), 1))
            if "FIBERID" not in table.dtype.names:
                wider = np.empty(len(table), [*table.dtype.descr, ("FIBERID", "i2")])
                for column in table.dtype.names:
                    wider[column] = table[column]
                wider["FIBERID"] = fibers
                table = wider
            group[path] = table
        wave = 10 ** (header["COEFF0"] + header["COEFF1"] * np.arange(header["NAXIS1"]))
        model = fits.getdata(folder / "v5_7_0" / f"spZbest{name}", 2)
        pixels = np.empty(hdus[0].data.shape, COADD)
        pixels["WAVE"] = wave.astype("f4")
        columns = {"FLUX": 0, "IVAR": 1, "AND_MASK": 2, "OR_MASK": 3, "WAVEDISP": 4, "SKY": 6}
        for column, hdu in columns.items():
            pixels[column] = hdus[hdu].data
        pixels["MODEL"] = model
        for row, fiber in enumerate(fibers):
            group[f"{fiber}/coadd"] = pixels[row]


def subset_in_python(files, wanted, output):
    """Fibres and their rows: HDF5 copies the groups, each file is opened once."""
    with h5py.File(output, "w", libver="latest") as target:
        for (plate, mjd), path in files.items():
            fibers = wanted.get((plate, mjd))
            if not fibers:
                continue
            with h5py.File(path) as source:
                group = source[f"{plate}/{mjd}"]
                made = target.create_group(f"{plate}/{mjd}")
                for fiber in fibers:
                    group.copy(group[str(fiber)], made, str(fiber))
                for name in CATALOGUES:
                    table = group[name][()]
                    made[name] = table[np.isin(table["FIBERID"], fibers)]


def assert_same(ours, theirs):
    """The same objects with the same bytes, but for our headers."""
    compared = 0
    with h5py.File(ours) as a, h5py.File(theirs) as b:

        def compare(name, other):
            nonlocal compared
            if isinstance(other, h5py.Dataset):
                mine = a[name]
                assert mine.shape == other.shape, name
                for column in other.dtype.names:
                    x, y = mine[column], other[column]
                    if x.dtype.kind == "S":
                        assert (np.char.rstrip(x) == np.char.rstrip(y)).all(), (name, column)
                    else:
                        np.testing.assert_array_equal(x, y, err_msg=f"{name} {column}")
                compared += 1

        b.visititems(compare)
    assert compared > 0


def make_plates(folder, plates, fibers):
    """Plates of v1 with coadds and catalogues. Beyond the first ones they are copies by number."""
    h5boss("generate", "--plates", 1, "--fibers", fibers, "--exposures", 0, "-o", folder / "fits")
    h5boss("convert", folder / "fits", "-o", folder / "plates")
    (first,) = (folder / "plates").iterdir()
    files = {(4000, 55500): first}
    for number in range(1, plates):
        path = folder / "plates" / f"{4000 + number:04d}-55500.hdf5"
        shutil.copy(first, path)
        with h5py.File(path, "r+") as file:
            file.move("4000", str(4000 + number))
            group = file[f"{4000 + number}/55500"]
            for name in ("zbest", "zline"):
                table = group[name][()]
                table["PLATE"] = 4000 + number
                group[name][...] = table
        files[4000 + number, 55500] = path
    return files


def measure_convert(folder, arguments):
    out, other = folder / "a.hdf5", folder / "b.hdf5"
    source = folder / "fits/4000"
    ours = best(lambda: h5boss("convert", source, "-o", out), arguments.rounds, out)
    theirs = best(lambda: convert_in_python(source, (4000, 55500), other), arguments.rounds, other)
    assert_same(out, other)
    return {
        "work": f"convert a plate of {arguments.fibers} fibres",
        "h5boss": ours,
        "python": theirs,
    }


def measure_subset(folder, files, arguments):
    files = dict(list(files.items())[:20])
    random = np.random.default_rng(3)
    each = max(1, arguments.subset // len(files))
    wanted = {
        number: sorted(random.choice(np.arange(1, arguments.fibers + 1), each, False).tolist())
        for number in files
    }
    listed = folder / "list.pmf"
    lines = [f"{p} {m} {f}\n" for (p, m), fibers in wanted.items() for f in fibers]
    listed.write_text("plates mjds fibers\n" + "".join(lines))
    sources = folder / "input"
    sources.write_text("".join(f"{path}\n" for path in files.values()))
    out, other = folder / "s.hdf5", folder / "t.hdf5"
    ours = best(
        lambda: h5boss("subset", sources, "-o", out, "--pmf", listed), arguments.rounds, out
    )
    theirs = best(lambda: subset_in_python(files, wanted, other), arguments.rounds, other)
    assert_same(out, other)

    def copy():
        with open(out, "rb") as a, open(folder / "copy", "wb") as b:
            while data := a.read(1 << 22):
                b.write(data)

    count = len(lines)
    leads = folder / "v.hdf5"
    virtual = best(
        lambda: h5boss("subset", sources, "-o", leads, "--pmf", listed, "--virtual"),
        arguments.rounds,
        leads,
    )
    return [
        {
            "work": f"subset of {count} fibres out of {len(files)} plates",
            "h5boss": ours,
            "python": theirs,
            "copy": best(copy, arguments.rounds),
            "MB": out.stat().st_size / 1e6,
        },
        {"work": f"--virtual subset of {count} fibres", "h5boss": virtual},
    ]


def measure_query(folder, files, arguments):
    index = folder / "index.hdf5"
    h5boss("index", folder / "plates", "-o", index)
    question = "CLASS = 'QSO' AND Z > 2 AND SN_MEDIAN_ALL > 3"
    out = folder / "q.csv"
    ours = best(lambda: h5boss("query", folder / "plates", question, "-o", out), arguments.rounds)
    with_index = best(lambda: h5boss("query", index, question, "-o", out), arguments.rounds)
    found = {tuple(map(int, line.split(",")[:3])) for line in out.read_text().splitlines()[1:]}

    def in_python():
        result = set()
        for (plate, mjd), path in files.items():
            with h5py.File(path) as file:
                table = file[f"{plate}/{mjd}/zbest"][()]
            good = (table["CLASS"] == b"QSO") & (table["Z"] > 2) & (table["SN_MEDIAN_ALL"] > 3)
            result |= {(plate, mjd, int(fiber)) for fiber in table["FIBERID"][good]}
        assert result == found

    def in_sqlite():
        database = sqlite3.connect(":memory:")
        database.execute("CREATE TABLE z (plate, mjd, fiber, class, z, sn)")
        for path in files.values():
            with h5py.File(path) as file:
                (plate,) = file
                (mjd,) = file[plate]
                table = file[f"{plate}/{mjd}/zbest"][()]
            columns = [table[n].tolist() for n in ("PLATE", "MJD", "FIBERID", "CLASS", "Z")]
            columns.append(table["SN_MEDIAN_ALL"].tolist())
            database.executemany(
                "INSERT INTO z VALUES (?, ?, ?, ?, ?, ?)", zip(*columns, strict=True)
            )
        rows = database.execute(
            "SELECT plate, mjd, fiber FROM z WHERE class = CAST('QSO' AS BLOB) AND z > 2 AND sn > 3"
        )
        assert set(rows) == found

    what = f"query over {len(files)} plates"
    return [
        {"work": what, "h5boss": ours, "python": best(in_python, arguments.rounds)},
        {
            "work": what + ", beside SQLite loaded by Python",
            "h5boss": ours,
            "python": best(in_sqlite, arguments.rounds),
        },
        {"work": what + ", with an index", "h5boss": with_index},
    ]


def report(figures):
    print(f"{'':60}{'h5boss':>10}{'Python':>10}{'':>8}")
    for one in figures:
        python = one.get("python")
        text = f"{one['work']:60}{one['h5boss']:>8.3f} s"
        text += f"{python:>8.3f} s{python / one['h5boss']:>7.1f}x" if python else ""
        if "copy" in one:
            text += f"   {one['MB']:.0f} MB, copied in {one['copy']:.3f} s"
        print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fibers", type=int, default=1000, help="of a plate")
    parser.add_argument("--plates", type=int, default=100, help="that are asked")
    parser.add_argument("--subset", type=int, default=1000, help="fibres out of 20 plates")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="h5boss-bench-") as name:
        folder = Path(name)
        files = make_plates(folder, arguments.plates, arguments.fibers)
        figures = [measure_convert(folder, arguments)]
        figures += measure_subset(folder, files, arguments)
        figures += measure_query(folder, files, arguments)
    report(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
