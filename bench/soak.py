#!/usr/bin/env python3
"""Does memory grow? Opens, reads and closes many times and prints the resident memory on the way.

    ./dev python bench/soak.py [--rounds 100000] [--package hyperslab]

A round opens a file, reads from it in every way that makes objects (numbers, compressed chunks,
records, strings, sequences, attributes, references, iteration, exceptions) and closes it. Ends with
status 1 when either of two figures grew by more than --allowed MiB:

- what is held of malloc()'s memory, after the first tenth of the rounds, in which caches fill;
- resident memory, in the last three tenths. Before, the C library and the system may still keep
  more and more of what was freed, up to a limit of theirs.

HYPERSLAB_ENGINE=direct sends every read through the direct engine, small ones too.
"""

import argparse
import ctypes
import gc
import importlib
import os
import sys
import tempfile

import numpy as np


def resident():
    """Resident memory, MiB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


class MallocFigures(ctypes.Structure):
    """What glibc's mallinfo2() returns, bytes."""

    _names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in _names.split()]


def held():
    """What is allocated and not freed, MiB: small blocks of all threads, and large ones."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = MallocFigures
    figures = ask()
    return (figures.uordblks + figures.hblkhd) / 2**20


def make(h5, path):
    dtype = np.dtype([("a", "i4"), ("text", h5.string_dtype()), ("v", h5.vlen_dtype("i2"))])
    records = np.empty(4, dtype)
    for i in range(4):
        records[i] = (i, "text" * i, np.arange(i, dtype="i2"))
    with h5.File(path, "w") as file:
        file["numbers"] = np.arange(1000.0)
        file.create_dataset("packed", data=np.arange(1000), chunks=(100,), compression="gzip")
        file["records"] = records
        file["texts"] = ["one", "two", "three"]
        sequences = file.create_dataset("sequences", 5, h5.vlen_dtype("f8"))
        for i in range(5):
            sequences[i] = np.arange(i)
        file["group/inner"] = 1
        file["group"].attrs["name"] = "value"
        file["group"].attrs["numbers"] = np.arange(3.0)
        file["group"].attrs["region"] = file["numbers"].regionref[10:20]
        file["group"].attrs["references"] = np.array(
            [file["numbers"].ref, file["group"].ref], h5.ref_dtype
        )


def one_round(h5, path):
    with h5.File(path, "r") as file:
        assert file["numbers"][10:20].sum() == 145
        assert file["packed"][5] == 5 and len(file["packed"][[1, 5, 900]]) == 3
        assert file["records"][3]["text"] == b"texttexttext"
        assert list(file["texts"].asstr()[:]) == ["one", "two", "three"]
        assert [len(sequence) for sequence in file["sequences"][:]] == [0, 1, 2, 3, 4]
        attributes = file["group"].attrs
        assert attributes["name"] == "value" and len(dict(attributes)) == 4
        assert file[attributes["references"][0]].shape == (1000,)
        assert file["numbers"][attributes["region"]][0] == 10
        assert len(list(file.items())) == 6
        file.visititems(lambda name, thing: None)
        raised = 0
        for wrong in (lambda: file["nothing"], lambda: file["numbers"][2000], lambda: file.id.x):
            try:
                wrong()
            except (KeyError, IndexError, ValueError, AttributeError):
                raised += 1
        assert raised == 3
    try:
        h5.File(path + ".not-there", "r")
    except OSError:
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100_000)
    parser.add_argument("--package", default="hyperslab")
    parser.add_argument("--allowed", type=float, default=1.0, help="MiB of growth")
    options = parser.parse_args()
    h5 = importlib.import_module(options.package)
    marks = {options.rounds * tenth // 10 for tenth in range(1, 11)}
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file.h5")
        make(h5, path)
        print(f"  before: {resident():14.1f} MiB, {held():6.2f} MiB held", flush=True)
        for i in range(1, options.rounds + 1):
            one_round(h5, path)
            if i in marks:
                gc.collect()
                seen.append((resident(), held()))
                size, used = seen[-1]
                print(f"{i:8} rounds: {size:7.1f} MiB, {used:6.2f} MiB held", flush=True)
    held_growth = seen[-1][1] - seen[0][1]
    resident_growth = seen[-1][0] - seen[-4][0]
    print(f"holds {held_growth:.2f} MiB more than after the first tenth")
    print(f"is {resident_growth:.2f} MiB larger than three tenths ago")
    if max(held_growth, resident_growth) <= options.allowed:
        return 0
    with open("/proc/self/smaps") as maps:  # where it is
        print(maps.read())
    return 1


if __name__ == "__main__":
    sys.exit(main())
