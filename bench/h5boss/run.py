"""h5boss beside the same work with stock h5py and astropy: run.py [--fibers N] [--plates N] …

Each is done in the most sensible way of Python: whole images read once, files opened once, groups
copied by HDF5. What both made is compared. Both sides take turns, the quickest round counts, and
files are in the page cache. A process of h5boss is started for each round, which counts too.
`--growth` asks and copies from ten times the plates as well. It prints a table; without options it
keeps the figures in results.json beside this file, with `--json FILE` in another one.
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
import sys
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
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def memory_of(*arguments):
    """The most memory that a command has, in megabytes. Another process starts it: what a process
    had before it became the program would count as well, and this one has much."""
    watch = """import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(pid, 0)
print(used.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))"""
    command = [sys.executable, "-S", "-c", watch, find_program(), *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stderr.splitlines()[-1]) / 1024


def best(sides, rounds):
    """The shortest time of each side, which take turns.

    Parameters
    ----------
    sides
        Pairs of the work and its output, which is removed before each round, or None.
    """
    seconds = [[] for _ in sides]
    for _ in range(rounds):
        for number, (work, output) in enumerate(sides):
            if output is not None:
                output.unlink(missing_ok=True)
            begin = time.perf_counter()
            work()
            seconds[number].append(time.perf_counter() - begin)
    return [min(one) for one in seconds]


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


def without_pixels(first, path, number):
    """A plate with the catalogues of another one, and fibres without pixels: a thirtieth of it."""
    with h5py.File(first) as source, h5py.File(path, "w", libver="latest") as file:
        ((_, nights),) = source.items()
        ((mjd, plate),) = nights.items()
        made = file.create_group(f"{number}/{mjd}")
        for name in CATALOGUES:
            plate.copy(name, made, name)
        nothing = plate["1/coadd"][:0]
        for fiber in plate:
            if fiber.isdigit():
                made[f"{fiber}/coadd"] = nothing


def make_plates(folder, plates, fibers, whole=20):
    """Plates of v1 with coadds and catalogues. Beyond the first one they are copies by number, and
    beyond the whole ones they have no pixels, so that the disk holds them."""
    folder.mkdir(exist_ok=True)
    h5boss("generate", "--plates", 1, "--fibers", fibers, "--exposures", 0, "-o", folder / "fits")
    h5boss("convert", folder / "fits", "-o", folder / "plates")
    (first,) = (folder / "plates").iterdir()
    files = {(4000, 55500): first}
    for number in range(4001, 4000 + plates):
        path = folder / "plates" / f"{number:04d}-55500.hdf5"
        if len(files) < whole:
            shutil.copy(first, path)
        else:
            without_pixels(first, path, number)
        with h5py.File(path, "r+") as file:
            if "4000" in file:
                file.move("4000", str(number))
            group = file[f"{number}/55500"]
            for name in ("zbest", "zline"):
                table = group[name][()]
                table["PLATE"] = number
                group[name][...] = table
        files[number, 55500] = path
    return files


def in_h5boss_form(folder, pixels, fibers, cards=227):
    """A plate as H5Boss itself made them: five exposures, and the header's cards with every one."""
    path = folder / "old" / "3523-55144.hdf5"
    path.parent.mkdir()
    with h5py.File(path, "w") as file:
        plate = file.create_group("3523/55144")
        frames = [f"exposures/{103138 + n}/{camera}" for n in range(5) for camera in "br"]
        for fiber in range(1, fibers + 1):
            for place in ["coadd", *frames]:
                made = plate.create_dataset(f"{fiber}/{place}", data=pixels)
                for card in range(cards):
                    made.attrs[f"CARD{card}"] = (card, card * 1.5, f"text {card}")[card % 3]
        rows = np.zeros(fibers, [("PLATE", "i4"), ("MJD", "i4"), ("FIBERID", "i4"), ("Z", "f4")])
        rows["FIBERID"] = np.arange(1, fibers + 1)
        for name in CATALOGUES:
            plate[name] = rows
    return {(3523, 55144): path}


def measure_convert(folder, arguments):
    out, other = folder / "a.hdf5", folder / "b.hdf5"
    source = folder / "fits/4000"
    ours, theirs = best(
        [
            (lambda: h5boss("convert", source, "-o", out), out),
            (lambda: convert_in_python(source, (4000, 55500), other), other),
        ],
        arguments.rounds,
    )
    assert_same(out, other)
    memory = memory_of("convert", source, "-o", out)
    work = f"convert a plate of {arguments.fibers} fibres"
    return {"work": work, "h5boss": ours, "python": theirs, "memory": memory}


def copy_bytes(source, target):
    with open(source, "rb") as a, open(target, "wb") as b:
        while data := a.read(1 << 20):
            b.write(data)


def listed_fibers(folder, files, wanted):
    """The list of fibres and the list of files that the command line takes."""
    lines = [f"{p} {m} {f}\n" for (p, m), fibers in wanted.items() for f in fibers]
    (folder / "list.pmf").write_text("plates mjds fibers\n" + "".join(lines))
    (folder / "input").write_text("".join(f"{path}\n" for path in files.values()))
    return folder / "list.pmf", folder / "input"


def measure_copy(folder, files, wanted, arguments, what):
    listed, sources = listed_fibers(folder, files, wanted)
    out, other, copied = folder / "s.hdf5", folder / "t.hdf5", folder / "copy"
    ours, theirs, copy = best(
        [
            (lambda: h5boss("subset", sources, "-o", out, "--pmf", listed), out),
            (lambda: subset_in_python(files, wanted, other), other),
            (lambda: copy_bytes(out, copied), copied),
        ],
        arguments.rounds,
    )
    assert_same(out, other)
    memory = memory_of("subset", sources, "-o", out, "--pmf", listed)
    size = out.stat().st_size / 1e6
    for path in (out, other, copied):
        path.unlink()
    return {
        "work": what,
        "h5boss": ours,
        "python": theirs,
        "memory": memory,
        "copy": copy,
        "MB": size,
    }


def measure_subset(folder, files, arguments):
    files = dict(list(files.items())[:20])
    random = np.random.default_rng(3)
    each = max(1, arguments.subset // len(files))
    wanted = {
        number: sorted(random.choice(np.arange(1, arguments.fibers + 1), each, False).tolist())
        for number in files
    }
    count = each * len(files)
    figures = [
        measure_copy(
            folder, files, wanted, arguments, f"subset of {count} fibres out of {len(files)} plates"
        )
    ]
    leads = folder / "v.hdf5"
    listed, sources = listed_fibers(folder, files, wanted)
    command = ("subset", sources, "-o", leads, "--pmf", listed, "--virtual")
    (virtual,) = best([(lambda: h5boss(*command), leads)], arguments.rounds)
    memory = memory_of(*command)
    work = f"--virtual subset of {count} fibres"
    figures.append({"work": work, "h5boss": virtual, "memory": memory})
    with h5py.File(next(iter(files.values()))) as file:
        pixels = next(iter(next(iter(file.values())).values()))["1/coadd"][()]
    old = in_h5boss_form(folder, pixels, arguments.old)
    half = {number: list(range(1, arguments.old + 1, 2)) for number in old}
    figures.append(
        measure_copy(
            folder,
            old,
            half,
            arguments,
            f"subset of {(arguments.old + 1) // 2} fibres of H5Boss's own form",
        )
    )
    return figures


QUESTION = "CLASS = 'QSO' AND Z > 2 AND SN_MEDIAN_ALL > 3"


def plates_in_python(files):
    """The catalogue of each plate. The file's name says which it is."""
    for (plate, mjd), path in files.items():
        with h5py.File(path) as file:
            yield plate, mjd, file[f"{plate}/{mjd}/zbest"][()]


def ask_arrays(files):
    found = set()
    for plate, mjd, table in plates_in_python(files):
        good = (table["CLASS"] == b"QSO") & (table["Z"] > 2) & (table["SN_MEDIAN_ALL"] > 3)
        found |= {(plate, mjd, int(fiber)) for fiber in table["FIBERID"][good]}
    return found


def ask_sqlite(files):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE z (plate, mjd, fiber, class, z, sn)")
    for _, _, table in plates_in_python(files):
        names = ("PLATE", "MJD", "FIBERID", "CLASS", "Z", "SN_MEDIAN_ALL")
        columns = [table[name].tolist() for name in names]
        database.executemany("INSERT INTO z VALUES (?, ?, ?, ?, ?, ?)", zip(*columns, strict=True))
    where = "class = CAST('QSO' AS BLOB) AND z > 2 AND sn > 3"
    return set(database.execute(f"SELECT plate, mjd, fiber FROM z WHERE {where}"))


def measure_query(folder, files, arguments):
    index, out = folder / "index.hdf5", folder / "q.csv"
    h5boss("index", folder / "plates", "-o", index)
    found = {}
    ours, indexed, arrays, sqlite = best(
        [
            (lambda: h5boss("query", folder / "plates", QUESTION, "-o", out), out),
            (lambda: h5boss("query", index, QUESTION, "-o", out), out),
            (lambda: found.update(arrays=ask_arrays(files)), None),
            (lambda: found.update(sqlite=ask_sqlite(files)), None),
        ],
        arguments.rounds,
    )
    lines = out.read_text().splitlines()[1:]
    assert found["arrays"] == {tuple(map(int, line.split(",")[:3])) for line in lines}
    assert found["sqlite"] == found["arrays"]
    memory = memory_of("query", folder / "plates", QUESTION)
    what = f"query over {len(files)} plates"
    return [
        {"work": what, "h5boss": ours, "python": arrays, "memory": memory},
        {"work": what + ", beside SQLite in Python", "h5boss": ours, "python": sqlite},
        {"work": what + ", with an index", "h5boss": indexed, "python": sqlite},
    ]


def measure_growth(folder, arguments):
    """Ten times the fibres copied, and ten times the plates indexed and asked: it must not take
    more than ten times as long."""
    figures = []
    out = folder / "grown.hdf5"
    files = make_plates(folder / "copied", 20, arguments.fibers)
    for step in (20, 2):
        wanted = {number: range(1, arguments.fibers + 1, step) for number in files}
        listed, sources = listed_fibers(folder, files, wanted)
        count = sum(len(fibers) for fibers in wanted.values())
        work = f"subset of {count} fibres out of 20 plates"
        figures.append(measure_alone(work, out, "subset", sources, "-o", out, "--pmf", listed))
        out.unlink()
    shutil.rmtree(folder / "copied")
    for plates in (arguments.growth // 10, arguments.growth):
        place = folder / f"asked-{plates}"
        make_plates(place, plates, arguments.fibers, whole=1)
        index = place / "index.hdf5"
        work = f"index of {plates} plates"
        figures.append(measure_alone(work, index, "index", place / "plates", "-o", index))
        work = f"query over an index of {plates} plates"
        figures.append(measure_alone(work, None, "query", index, QUESTION))
        shutil.rmtree(place)
    return figures


def measure_alone(work, output, *command):
    (seconds,) = best([(lambda: h5boss(*command), output)], 2)
    return {"work": work, "h5boss": seconds, "memory": memory_of(*command)}


def report(figures):
    print(f"{'':60}{'h5boss':>10}{'Python':>10}{'':>8}{'memory':>10}")
    for one in figures:
        python = one.get("python")
        text = f"{one['work']:60}{one['h5boss']:>8.3f} s"
        text += f"{python:>8.3f} s{python / one['h5boss']:>7.1f}x" if python else " " * 18
        text += f"{one['memory']:>7.0f} MB" if "memory" in one else ""
        if "copy" in one:
            text += f"   {one['MB']:.0f} MB, copied in {one['copy']:.3f} s"
        print(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fibers", type=int, default=1000, help="of a plate")
    parser.add_argument("--plates", type=int, default=100, help="that are asked")
    parser.add_argument("--subset", type=int, default=1000, help="fibres out of 20 plates")
    parser.add_argument("--old", type=int, default=100, help="fibres of H5Boss's own form")
    parser.add_argument("--growth", type=int, default=0, help="plates, and a tenth of them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    usual = parser.parse_args([])
    with tempfile.TemporaryDirectory(prefix="h5boss-bench-") as name:
        folder = Path(name)
        files = make_plates(folder, arguments.plates, arguments.fibers)
        figures = [measure_convert(folder, arguments)]
        figures += measure_subset(folder, files, arguments)
        figures += measure_query(folder, files, arguments)
        if arguments.growth:
            for path in files.values():
                path.unlink()
            figures += measure_growth(folder, arguments)
    report(figures)
    kept = arguments.json
    arguments.growth = 0
    if kept is None and arguments == usual:
        kept = Path(__file__).with_name("results.json")
    if kept:
        kept.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
