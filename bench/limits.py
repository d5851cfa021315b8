"""What the machine can do at most: runs bench_limits, which ./dev bench builds."""

import json
import subprocess
from functools import cache

import h5py
from programs import program


def limits_of(kind, stored):
    """Seconds that the parts of a read take alone, on the bytes of that dataset, by name."""
    tool = program("bench_limits")
    if tool is None:
        return {}
    return {"memcpy": _memcpy, "pread": _pread, "inflate": _inflate}[kind](tool, stored.path)


def limits_of_memory(size=1 << 28):
    """Bytes a second."""
    tool = program("bench_limits")
    if tool is None:
        return {}
    return {name: size / took for name, took in _run(tool, "memory", size).items()}


@cache
def _memcpy(tool, path):
    return _run(tool, "memory", _stored(path)[1])


@cache
def _pread(tool, path):
    places, size = _stored(path)
    return _run(tool, "pread", path, min(offset for offset, _ in places), size)


@cache
def _inflate(tool, path):
    places, size = _stored(path)
    with h5py.File(path) as file:
        dataset = file["d"]
        shuffled = dataset.dtype.itemsize if dataset.shuffle else 1
    lines = "".join(f"{offset} {stored}\n" for offset, stored in places)
    return _run(tool, "inflate", path, shuffled, size // len(places), stdin=lines)


def _stored(path):
    """Where the chunks lie and how long they are stored, and what they hold together."""
    with h5py.File(path) as file:
        dataset = file["d"]
        if dataset.chunks is None:
            return [(dataset.id.get_offset(), dataset.nbytes)], dataset.nbytes
        places = []
        dataset.id.chunk_iter(lambda chunk: places.append((chunk.byte_offset, chunk.size)))
        size = dataset.dtype.itemsize
        for length in dataset.chunks:
            size *= length
        return places, size * len(places)


def _run(tool, *arguments, stdin=""):
    command = [tool, *map(str, arguments)]
    done = subprocess.run(command, input=stdin, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
