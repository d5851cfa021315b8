"""The same files written from C++: hyperslab against HDF5's C API. Runs bench_cpp_writes."""

import json
import subprocess
from functools import cache

from cases import arrays
from programs import program


def measure(shelf, folder):
    """A figure for each file; none when the program was not built."""
    for took in _run(shelf.stored(arrays.half, {}).path, folder):
        yield {
            "case": took["case"],
            "seconds": took["hyperslab"],
            "c_api_seconds": took["c_api"],
            "gain": took["c_api"] / took["hyperslab"],
            "bytes": took["bytes"],
            "c_api_bytes": took["c_api_bytes"],
            "equal": took["equal"],
        }


@cache
def seconds_in_c(name, shelf, folder):
    """Seconds of HDF5's own calls in C, by the name of the limit; empty without the program."""
    for took in _run(shelf.stored(arrays.half, {}).path, folder, name):
        if took["case"] == name:
            return {"HDF5's calls in C": took["c_api"]}
    return {}


def _run(field, folder, *part):
    tool = program("bench_cpp_writes")
    if tool is None:
        return []
    done = subprocess.run(
        [tool, str(field), str(folder), *part], check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
