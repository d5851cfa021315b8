"""One case of cases/cold.py in a process of its own: python cold_work.py MODULE CASE FILE [TINY].

Prints as JSON how many seconds one operation took and a digest of what was read. Only the standard
library, NumPy and the module have been imported when the clock starts.
"""

import hashlib
import importlib
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import scale


def some(count, of):
    """Numbers below `of` in no order, the same in every process."""
    return np.random.default_rng(3).integers(0, of, scale.scaled(count)).tolist()


def each_of(dataset, indices):
    """Reads one index after the other."""
    return [dataset[index] for index in indices], len(indices)


def elements(file):
    dataset = file["d"]
    rows, columns = dataset.shape
    indices = list(zip(some(20_000, rows), some(20_000, columns), strict=True))
    return lambda: each_of(dataset, indices)


def rows(count):
    def prepare(file):
        dataset = file["d"]
        indices = some(count, len(dataset))
        return lambda: each_of(dataset, indices)

    return prepare


def each_row_once(file):
    dataset = file["d"]
    indices = np.random.default_rng(3).permutation(len(dataset)).tolist()
    return lambda: each_of(dataset, indices)


def parts_of_rows(file):
    dataset = file["d"]
    rows, columns = dataset.shape
    starts = some(20_000, columns - 10)
    indices = [
        (row, slice(start, start + 10))
        for row, start in zip(some(20_000, rows), starts, strict=True)
    ]
    return lambda: each_of(dataset, indices)


def whole(file):
    dataset = file["d"]
    return lambda: (dataset[()], 1)


def second_whole(file):
    """What `whole` is compared with: nothing is first any more."""
    dataset = file["d"]
    dataset[()]
    return lambda: (dataset[()], 1)


def as_singles(file):
    dataset = file["d"]
    return lambda: (dataset.astype("f4")[()], 1)


def columns(file):
    dataset = file["d"]
    return lambda: (dataset[:, 100:110], 1)


def mixed(file):
    dataset = file["d"]
    picked = sorted(set(some(60, len(dataset))))
    return lambda: (dataset[picked, 10:300, ::3], 1)


def four_threads(file):
    datasets = [file[name] for name in "abcd"]
    pool = ThreadPoolExecutor(4)
    list(pool.map(len, datasets))  # the threads have been made
    return lambda: (list(pool.map(lambda dataset: dataset[()], datasets)), 1)


WORK = {
    "elements": elements,
    "rows": rows(20_000),
    "parts of rows": parts_of_rows,
    "images": each_row_once,
    "images again": rows(2_000),
    "ragged rows": rows(5_000),
    "whole": whole,
    "second whole": second_whole,
    "as singles": as_singles,
    "columns": columns,
    "mixed": mixed,
    "four threads": four_threads,
}


def open_read_close(module, path):
    """Of a file with little in it; not prepared, as opening is the work."""

    def work():
        answers = []
        for _ in range(scale.scaled(2_000)):
            with module.File(path) as file:
                answers.append(file["d"][()])
        return answers, len(answers)

    return work


def digest(answer):
    """The same for the same values, types and shapes."""
    found = hashlib.sha256()
    _add(found, answer)
    return found.hexdigest()


def _add(found, answer):
    if isinstance(answer, list) or (isinstance(answer, np.ndarray) and answer.dtype == object):
        for one in answer:
            _add(found, one)
    elif isinstance(answer, np.ndarray):
        found.update(f"{answer.dtype}{answer.shape}".encode())
        found.update(answer.tobytes())
    else:
        found.update(repr(answer).encode())


def main(module, case, path, tiny=""):
    if tiny:
        scale.make_tiny()
    module = importlib.import_module(module)
    if case == "open, read, close":
        work = open_read_close(module, path)
    else:
        work = WORK[case](module.File(path))
    begin = time.perf_counter()
    answer, count = work()
    took = time.perf_counter() - begin
    print(json.dumps({"seconds": took / count, "digest": digest(answer)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
