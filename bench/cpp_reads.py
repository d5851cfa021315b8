"""The same reads from C++: hyperslab against H5Dread. Runs bench_cpp_reads."""

import json
import subprocess

from cases import arrays
from cases.whole_arrays import GZIP, ROWS
from programs import program

READS = {
    "gzip-4 + shuffle, float32 128 MB, whole": ("whole", arrays.field, GZIP),
    "chunked without filter, 128 MB, whole": ("whole", arrays.field, {"chunks": ROWS}),
    "contiguous, 256 MB, whole": ("whole", arrays.two_fields, {}),
    "f8 → f4, 256 MB on read": ("whole", arrays.doubles, {}),
    "strided [::3, ::2] of 256 MB": ("strided", arrays.two_fields, {}),
    "30,000 of 1e6 points": ("points", arrays.million, {}),
    "single elements": ("elements", arrays.square, {}),
}


def measure(shelf):
    """A figure for each read; none when the program was not built."""
    tool = program("bench_cpp_reads")
    if tool is None:
        return
    for name, (what, data, layout) in READS.items():
        stored = shelf.stored(data, layout)
        done = subprocess.run(
            [tool, what, str(stored.path)], check=True, capture_output=True, text=True
        )
        took = json.loads(done.stdout)
        yield {
            "case": name,
            "seconds": took["hyperslab"],
            "c_api_seconds": took["H5Dread"],
            "gain": took["H5Dread"] / took["hyperslab"],
            "equal": took["equal"],
        }
