"""Small calls from C++: hyperslab against HDF5's C API. Runs bench_cpp_calls."""

import json
import subprocess

from programs import program


def measure(folder):
    """A figure for each call; none when the program was not built."""
    tool = program("bench_cpp_calls")
    if tool is None:
        return
    done = subprocess.run([tool, str(folder)], check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        took = json.loads(line)
        yield {
            "case": took["case"],
            "seconds": took["hyperslab"] * 1e-9,
            "c_api_seconds": took["c_api"] * 1e-9,
            "gain": took["c_api"] / took["hyperslab"],
            "equal": True,
        }
