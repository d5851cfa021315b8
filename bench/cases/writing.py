"""Files that are written: what both packages make is read back by stock h5py and by h5dump."""

import shutil
import subprocess
import time
from dataclasses import replace

import h5py
import numpy as np
from measure import Case, Work
from scale import scaled

from . import arrays

MILLISECONDS = {"unit": "ms", "scale": 1e3}
ROWS = (64, 4_096)
ACROSS = (256, 1_024)  # blocks of 64 rows are quarters of these chunks


def every_value(path):
    """What stock h5py reads; h5dump, where it is installed, has to read it too."""
    found = []

    def note(name, thing):
        attributes = {key: np.asarray(value).tolist() for key, value in thing.attrs.items()}
        found.append((name, attributes, thing[()] if isinstance(thing, h5py.Dataset) else None))

    with h5py.File(path, "r") as file:
        file.visititems(note)
        whole = file.get("d")
        lzf = whole is not None and whole.compression == "lzf"  # which h5dump does not know
        numbers = whole is not None and whole.dtype.kind in "fi"
    if program := shutil.which("h5dump"):
        how = ["--header"] if lzf else ["--binary=FILE", "-d", "d"] if numbers else []
        output = [] if lzf else ["--output=/dev/null"]
        subprocess.run([program, *how, *output, path], check=True, stdout=subprocess.DEVNULL)
    return found


def new_file(fill, **options):
    """Makes a file anew in each round: `fill(file)` is timed with opening and closing it."""

    def prepare(module, folder, cleanup):
        path = folder / f"{module.__name__}.h5"
        prepared = fill(module)

        def work():
            path.unlink(missing_ok=True)
            begin = time.perf_counter()
            with module.File(path, "w", **options) as file:
                prepared(file)
            return time.perf_counter() - begin

        return Work(work, lambda: every_value(path))

    return prepare


def whole(data, dtype=None, **layout):
    """create_dataset(data=...)."""

    def fill(_module):
        array = data()
        chunks = {"chunks": tuple(map(min, layout["chunks"], array.shape))} if layout else {}
        keywords = {**layout, **chunks, "dtype": dtype or array.dtype}
        return lambda file: file.create_dataset("d", data=array, **keywords)

    return fill


def blocks_of_rows(data, count, **layout):
    """Some rows at a time, which are parts of chunks."""

    def fill(_module):
        array = data()
        chunks = tuple(map(min, layout["chunks"], array.shape))

        def write(file):
            dataset = file.create_dataset(
                "d", array.shape, array.dtype, **{**layout, "chunks": chunks}
            )
            for i in range(0, len(array), count):
                dataset[i : i + count] = array[i : i + count]

        return write

    return fill


def half_doubles():
    return arrays.half().astype("f8")


def names():
    return arrays.names()[: scaled(300_000)]


def texts(module):
    array = names()
    return lambda file: file.create_dataset("d", data=array, dtype=module.string_dtype())


def records():
    return np.resize(arrays.spectra(1_000), scaled(1_000_000))


def small_datasets(_module):
    values = [np.arange(10.0) + i for i in range(scaled(8_000))]

    def write(file):
        group = file.create_group("g")
        for i, value in enumerate(values):
            group.create_dataset(f"d{i:05}", data=value)

    return write


def datasets_together(module):
    """In one call where the package has one."""
    values = {f"d{i:05}": np.arange(10.0) + i for i in range(scaled(8_000))}
    if not hasattr(module.Group, "create_many"):
        return small_datasets(module)
    return lambda file: file.create_group("g").create_many(values)


def attributes(_module):
    def write(file):
        for i in range(scaled(2_000)):
            attrs = file.create_group(f"g{i:05}").attrs
            attrs["number"] = i
            attrs["name"] = "a name"
            attrs["unit"] = "m/s"
            attrs["scale"] = 1.5
            attrs["range"] = (0.0, 1.0)
            attrs["flag"] = True

    return write


def appended(by_method):
    def fill(module):
        rows = np.arange(scaled(5_000) * 100.0).reshape(-1, 100)
        direct = by_method and hasattr(module.Dataset, "append")

        def write(file):
            dataset = file.create_dataset(
                "d", (0, 100), "f8", maxshape=(None, 100), chunks=(100, 100)
            )
            for i, row in enumerate(rows):
                if direct:
                    dataset.append(row[None])
                else:
                    dataset.resize(i + 1, axis=0)
                    dataset[i] = row

        return write

    return fill


def at_random(single, **layout):
    def fill(_module):
        rng = np.random.default_rng(1)
        places = rng.integers(0, 500, (scaled(20_000), 2)).tolist()

        def write(file):
            dataset = file.create_dataset("d", (500, 500), "f8", **layout)
            for i, j in places:
                if single:
                    dataset[i, j] = i
                else:
                    dataset[i] = j

        return write

    return fill


def by_turns(**layout):
    """d[i] = f(d[i])"""

    def fill(_module):
        def write(file):
            dataset = file.create_dataset("d", (scaled(2_000, least=50), 500), "f8", **layout)
            for i in range(len(dataset)):
                dataset[i] = dataset[i] + i

        return write

    return fill


GZIP = {"compression": "gzip", "shuffle": True}
LATEST = {"libver": "latest"}

GOALS = [
    Case(
        "write gzip-4 + shuffle, 64 MB",
        new_file(whole(arrays.half, chunks=ROWS, **GZIP)),
        target=5,
        limit="deflate",
        in_c="write gzip-4 + shuffle",
    ),
    Case(
        "write gzip-4 by partial chunks, 64 MB",
        new_file(blocks_of_rows(arrays.half, 64, chunks=ACROSS, **GZIP)),
        target=3,
        limit="deflate",
        in_c="write gzip-4 + shuffle by blocks of rows",
    ),
    Case(
        "write lzf + shuffle, 128 MB",
        new_file(whole(arrays.field, chunks=ROWS, compression="lzf", shuffle=True)),
        target=5,
        limit="pwrite",
    ),
    Case(
        "write doubles as singles, 128 MB",
        new_file(whole(half_doubles, "f4")),
        target=1.3,
        limit="pwrite",
        in_c="write doubles as singles",
    ),
    Case("write contiguous, 256 MB", new_file(whole(arrays.doubles)), target=1, limit="pwrite"),
    Case("write 300k vlen UTF-8 strings", new_file(texts), target=2, in_c="write 300k texts"),
    Case(
        "write 1M records, gzip",
        new_file(whole(records, chunks=(10_000,), compression="gzip")),
        target=5,
        limit="deflate",
    ),
    Case(
        "create 8,000 datasets",
        new_file(small_datasets),
        target=4,
        in_c="create 8,000 datasets",
    ),
    Case(
        "create 8,000 datasets, latest",
        new_file(small_datasets, **LATEST),
        target=4,
        in_c="create 8,000 datasets, latest",
    ),
    Case(
        "create 8,000 datasets by create_many",
        new_file(datasets_together),
        target=8,
        in_c="create 8,000 datasets",
    ),
    Case(
        "write 12,000 attributes on 2,000 groups",
        new_file(attributes),
        target=6,
        in_c="write 12,000 attributes on 2,000 groups",
    ),
    Case(
        "append 5,000 rows by resize",
        new_file(appended(False)),
        target=6,
        in_c="append 5,000 rows",
    ),
    Case(
        "append 5,000 rows by append()",
        new_file(appended(True)),
        target=15,
        in_c="append 5,000 rows",
    ),
    Case("write 20,000 elements at random", new_file(at_random(True)), target=2),
    Case(
        "write 20,000 elements at random, gzip",
        new_file(at_random(True, chunks=(50, 50), **GZIP)),
        target=2,
    ),
    Case("write 20,000 rows at random", new_file(at_random(False)), target=2),
    Case(
        "write 20,000 rows at random, gzip",
        new_file(at_random(False, chunks=(50, 50), **GZIP)),
        target=2,
    ),
    Case("rows by turns, contiguous", new_file(by_turns()), target=1),
    Case("rows by turns, chunked", new_file(by_turns(chunks=(50, 500))), target=1),
    Case("rows by turns, gzip", new_file(by_turns(chunks=(50, 500), **GZIP)), target=1),
]

CASES = [replace(case, own_clock=True, **MILLISECONDS) for case in GOALS]
