"""How the costs grow: with the size of a file, its chunks, threads, and what is selected.

Each study yields (what grows, how much of it, {side: seconds}). Nothing is judged here.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import h5py
import hyperslab
import numpy as np
from cases import arrays
from cases.whole_arrays import GZIP
from measure import best_of, clocks_of, seconds
from scale import scaled

SIDES = {"hyperslab": hyperslab, "h5py": h5py}
THREADS = (1, 2, 4, 8)
MANY_CHUNKS = (10_000, 1_000_000)
WRITTEN_CHUNKS = (2_000, 200_000)
CHUNK = 8  # elements, where there are many of them
SELECTED = (3_000, 30_000, 300_000)
# What h5py takes for so long a list is minutes.
MOST_FOR_H5PY = 30_000


def file_size(shelf, rounds):
    for times in (1, 10):
        for name, layout in (("contiguous", {}), ("gzip-4 + shuffle", GZIP)):
            path = shelf.file(("grown", name, times), _repeated(layout, times))
            yield (
                f"whole read, {name}, of {scaled(128) * times} MB",
                times,
                _of_both(path, _read_whole, rounds),
            )


def _repeated(layout, times):
    """The same field several times below itself. Compressed chunks are copied as they are."""

    def fill(file):
        field = arrays.field()
        rows = len(field)
        chunks = {"chunks": (min(64, rows), 4_096)} if layout else {}
        dataset = file.create_dataset(
            "d", (rows * times, 4_096), field.dtype, **{**layout, **chunks}
        )
        if not layout:
            for i in range(times):
                dataset[i * rows : (i + 1) * rows] = field
            return
        dataset[:rows] = field
        stored = []
        dataset.id.chunk_iter(lambda chunk: stored.append(chunk.chunk_offset))
        for row, column in stored:
            packed = dataset.id.read_direct_chunk((row, column))[1]
            for i in range(1, times):
                dataset.id.write_direct_chunk((row + i * rows, column), packed)

    return fill


def chunks(shelf, rounds):
    """A file is opened anew for each figure: the first element pays for what the second keeps."""
    for count in map(scaled, MANY_CHUNKS):
        path = shelf.file(("chunks", count), _of_many_chunks(count))
        for what, figures in _elements_of(path, count, rounds.least).items():
            yield f"{what}, {count:,} chunks", count, figures


def _of_many_chunks(count):
    def fill(file):
        data = np.arange(count * CHUNK, dtype="f4")
        file.create_dataset("d", data=data, chunks=(CHUNK,))

    return fill


def _elements_of(path, count, openings):
    """The quickest of some openings: seconds of each side, by what is done."""
    figures = {}
    for side, module in SIDES.items():
        for _ in range(openings):
            for what, took in _one_opening(module, path, count).items():
                best = figures.setdefault(what, {})
                best[side] = min(took, best.get(side, took))
    return figures


def _one_opening(module, path, count):
    places = iter(range(3, count * CHUNK, max(1, count * CHUNK // 50)))
    with ExitStack() as cleanup:
        opened = []

        def open_and_read():
            opened.append(cleanup.enter_context(module.File(path))["d"])
            return opened[0][count * CHUNK // 2]

        first = seconds(open_and_read)
        dataset = opened[0]
        return {
            "open and first element": first,
            "second element, elsewhere": seconds(lambda: dataset[next(places)]),
            "an element, elsewhere": min(seconds(lambda: dataset[next(places)]) for _ in range(40)),
            "whole": seconds(lambda: dataset[()]),
        }


def threads(shelf, rounds):
    path = shelf.stored(arrays.field, GZIP).path
    for count in THREADS:
        yield (
            f"{count} Python threads, a share of a gzip array each",
            count,
            _of_both(
                path,
                lambda file, cleanup, count=count: _shared_out(file["d"], count, cleanup),
                rounds,
            ),
        )
    for count in THREADS:
        with ExitStack() as cleanup:
            before = hyperslab.get_num_threads()
            cleanup.callback(hyperslab.set_num_threads, before)
            hyperslab.set_num_threads(count)
            took = _of_both(path, _read_whole, rounds, {"hyperslab": hyperslab})
        yield f"set_num_threads({count}), a gzip array", count, took


def written(shelf, rounds):
    """Each figure is of a new file, from creating to closing it."""
    for times in (1, 10):
        for name, layout in (("contiguous", {}), ("gzip-4 + shuffle", GZIP)):
            yield (
                f"written, {name}, {scaled(64) * times} MB",
                times,
                _written_by_both(shelf, times, layout, rounds),
            )
    for count in map(scaled, WRITTEN_CHUNKS):
        layout = {"chunks": (CHUNK * 8,), "compression": "gzip"}
        data = np.arange(count * CHUNK * 8, dtype="f4")
        yield (
            f"written, {count:,} gzip chunks",
            count,
            _written_by_both(shelf, 1, layout, rounds, data),
        )
    for count in THREADS:
        with ExitStack() as cleanup:
            cleanup.callback(hyperslab.set_num_threads, hyperslab.get_num_threads())
            hyperslab.set_num_threads(count)
            took = _written_by_both(shelf, 1, GZIP, rounds, sides={"hyperslab": hyperslab})
        yield f"set_num_threads({count}), gzip-4 + shuffle written", count, took


def _written_by_both(shelf, times, layout, rounds, data=None, sides=SIDES):
    field = arrays.half() if data is None else data
    chunks = {"chunks": tuple(map(min, layout["chunks"], field.shape))} if layout else {}
    rows = len(field)

    def clock(module):
        path = shelf.folder / f"{module.__name__}-written.h5"

        def write():
            with module.File(path, "w") as file:
                shape = (rows * times, *field.shape[1:])
                dataset = file.create_dataset("d", shape, field.dtype, **{**layout, **chunks})
                for i in range(times):
                    dataset[i * rows : (i + 1) * rows] = field

        def timed():
            path.unlink(missing_ok=True)
            took = seconds(write)
            path.unlink()
            return took

        return timed

    return best_of({side: clock(module) for side, module in sides.items()}, rounds)


def _shared_out(dataset, count, cleanup):
    rows = len(dataset) // count
    shares = [slice(i * rows, (i + 1) * rows) for i in range(count)]
    pool = cleanup.enter_context(ThreadPoolExecutor(count))
    return lambda: list(pool.map(dataset.__getitem__, shares))


def selected(shelf, rounds):
    """Runs of one element each, in a contiguous and in a chunked dataset."""
    for name, layout in (("contiguous", {}), ("chunked", {"chunks": (100_000,)})):
        path = shelf.stored(arrays.ten_million, layout).path
        for count in SELECTED:
            wanted = arrays.some(count, 10_000_000)
            sides = SIDES if count <= MOST_FOR_H5PY else {"hyperslab": hyperslab}
            yield (
                f"{scaled(count):,} of 10M by list, {name}",
                count,
                _of_both(
                    path,
                    lambda file, _cleanup, wanted=wanted: lambda: file["d"][wanted],
                    rounds,
                    sides,
                ),
            )


def _read_whole(file, _cleanup):
    return lambda: file["d"][()]


def _of_both(path, make_work, rounds, sides=SIDES):
    with ExitStack() as cleanup:
        works = {
            side: make_work(cleanup.enter_context(module.File(path)), cleanup)
            for side, module in sides.items()
        }
        for work in works.values():
            work()
        return best_of(clocks_of(works), rounds)


STUDIES = {
    "file size × 10": file_size,
    "chunks × 100": chunks,
    "threads": threads,
    "selected × 10, × 100": selected,
    "written × 10, chunks × 100, threads": written,
}


def measure(shelf, rounds):
    """Every figure of every study, printed by the caller as it comes."""
    for study, figures in STUDIES.items():
        for name, amount, took in figures(shelf, rounds):
            yield {"study": study, "case": name, "amount": amount, "seconds": took}
