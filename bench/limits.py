"""What the machine can do at most: runs bench_limits, which ./dev bench builds."""

import json
import math
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import h5py
from programs import program


def limits_of(kind, stored, slices=()):
    """Seconds that the parts of a read take alone, on the bytes of that dataset, by name.

    Of its chunks those that the slices touch; of what has none, all bytes.
    """
    tool = program("bench_limits")
    if tool is None:
        return {}
    limit = {"memcpy": _memcpy, "pread": _pread, "inflate": _inflate}[kind]
    return limit(tool, _stored(stored.path, slices))


def limits_of_written(kind, path):
    """The same for a file that was written: for "deflate" its chunks, for "pwrite" its bytes."""
    tool = program("bench_limits")
    if tool is None:
        return {}
    if kind == "pwrite":
        return _run(tool, "pwrite", path.parent, path.stat().st_size)
    stored = _stored(path, ())
    return _chunks(tool, "deflate", stored)


def limits_of_memory(size=1 << 28):
    """Bytes a second."""
    tool = program("bench_limits")
    if tool is None:
        return {}
    return {name: size / took for name, took in _run(tool, "memory", size).items()}


@cache
def _memcpy(tool, stored):
    return _run(tool, "memory", stored.size)


@cache
def _pread(tool, stored):
    begin = min(offset for offset, _ in stored.places)
    return _run(tool, "pread", stored.path, begin, stored.size)


@cache
def _inflate(tool, stored):
    return _chunks(tool, "inflate", stored)


def _chunks(tool, what, stored):
    lines = "".join(f"{offset} {length}\n" for offset, length in stored.places)
    chunk = stored.size // len(stored.places)
    return _run(tool, what, stored.path, stored.shuffled, chunk, stdin=lines)


class Bytes(NamedTuple):
    """Where chunks lie and how long they are stored, and what they hold together."""

    path: Path
    places: tuple[tuple[int, int], ...]
    size: int
    shuffled: int  # the elements' size, or 1


def _stored(path, slices):
    with h5py.File(path) as file:
        dataset = file["d"]
        if dataset.chunks is None:
            return Bytes(path, ((dataset.id.get_offset(), dataset.nbytes),), dataset.nbytes, 1)
        lengths = dataset.shape[: len(slices)]
        touched = [each.indices(n) for each, n in zip(slices, lengths, strict=True)]
        places = []

        def take(chunk):
            axes = zip(touched, chunk.chunk_offset, dataset.chunks, strict=False)
            if all(begin < at + length and at < end for (begin, end, _), at, length in axes):
                places.append((chunk.byte_offset, chunk.size))

        dataset.id.chunk_iter(take)
        size = math.prod(dataset.chunks) * dataset.dtype.itemsize * len(places)
        shuffled = dataset.dtype.itemsize if dataset.shuffle else 1
        return Bytes(path, tuple(places), size, shuffled)


def _run(tool, *arguments, stdin=""):
    command = [tool, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
