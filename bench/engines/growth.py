"""How the plan grows: the driver's time and memory for ten times the files and the partitions."""

import time
import tracemalloc

import h5py
import numpy as np
from hyperslab.distributed import plan


def measure(folder, files):
    """Figures for some files, ten times as many, and those with ten times the partitions."""
    many = folder / "many"
    many.mkdir()
    for number in range(10 * files):
        with h5py.File(many / f"{number:05}.h5", "w") as file:
            file.create_dataset("d", data=np.zeros((1000, 4), "f4"), chunks=(10, 4))
    found = []
    for pattern_files, parts in ((files, 10), (10 * files, 10), (10 * files, 100)):
        paths = [str(many / f"{number:05}.h5") for number in range(pattern_files)]
        plan(paths, "d", partitions=parts)
        begin = time.perf_counter()
        made = plan(paths, "d", partitions=parts)
        took = time.perf_counter() - begin
        tracemalloc.start()
        made = plan(paths, "d", partitions=parts)
        memory = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        found.append(
            {
                "files": pattern_files,
                "partitions": len(made.partitions),
                "seconds": took,
                "bytes": memory,
            }
        )
    return found


def line(figure):
    return (
        f"plan of {figure['files']} files, {figure['partitions']} partitions: "
        f"{figure['seconds'] * 1e3:.1f} ms, {figure['bytes'] / 1e6:.2f} MB"
    )
