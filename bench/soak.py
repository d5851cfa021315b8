#!/usr/bin/env python3
"""Does memory grow? Opens, reads and closes many times and prints the resident memory on the way.

    ./dev python bench/soak.py [--rounds 100000] [--package hyperslab]

A round opens a file, reads from it in every way that makes objects (numbers, compressed chunks,
records, strings, sequences, attributes, references, iteration, exceptions) and closes it. Ends with
status 1 when memory grew by more than --allowed MiB after the first tenth, in which caches fill.
HYPERSLAB_ENGINE=direct sends every read through the direct engine, small ones too.
"""

import argparse
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
    parser.add_argument("--allowed", type=float, default=4.0, help="MiB of growth")
    options = parser.parse_args()
    h5 = importlib.import_module(options.package)
    marks = {options.rounds * tenth // 10 for tenth in range(1, 11)}
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file.h5")
        make(h5, path)
        print(f"  before: {resident():14.1f} MiB", flush=True)
        for i in range(1, options.rounds + 1):
            one_round(h5, path)
            if i in marks:
                gc.collect()
                seen.append(resident())
                print(f"{i:8} rounds: {seen[-1]:7.1f} MiB", flush=True)
    growth = seen[-1] - seen[0]
    print(f"grew by {growth:.2f} MiB after the first tenth")
    return 1 if growth > options.allowed else 0


if __name__ == "__main__":
    sys.exit(main())
