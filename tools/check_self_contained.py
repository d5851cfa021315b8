#!/usr/bin/env python3
"""Checks that what we ship needs no HDF5 or codec library of the system: PATH...

A path is a wheel, a shared object or a program. Exit 1 when one asks the loader for such a library,
or when a wheel lacks the licence of what is inside.
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS_INSIDE = ("libhdf5", "libsz.", "libaec.", "libz.", "libdeflate.", "libzstd.", "liblz4.")
OURS_INSIDE += ("libcfitsio",)  # of the program h5boss


def needed_libraries(binary: Path) -> list[str]:
    listing = subprocess.run(["readelf", "-d", binary], capture_output=True, text=True, check=True)
    return [line.split("[")[1][:-1] for line in listing.stdout.splitlines() if "(NEEDED)" in line]


def binaries(path: Path, scratch: Path):
    if path.suffix == ".whl":
        zipfile.ZipFile(path).extractall(scratch)
        files = [file for file in scratch.rglob("*") if file.is_file()]
    else:
        files = [path]
    return [file for file in files if file.read_bytes()[:4] == b"\x7fELF"]


def missing_licenses(wheel: Path) -> list[str]:
    held = {name.partition(".dist-info/licenses/")[2] for name in zipfile.ZipFile(wheel).namelist()}
    wanted = ["LICENSE", *(f"licenses/{path.name}" for path in (ROOT / "licenses").iterdir())]
    return [name for name in wanted if name not in held]


def main() -> int:
    status = 0
    for path in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as scratch:
            found = binaries(path, Path(scratch))
            if not found:
                print(f"{path}: nothing compiled in it")
                status = 1
            for name in missing_licenses(path) if path.suffix == ".whl" else []:
                print(f"{path.name}: {name} is missing")
                status = 1
            for binary in found:
                libraries = needed_libraries(binary)
                bad = [name for name in libraries if name.startswith(OURS_INSIDE)]
                print(f"{binary.name} needs {' '.join(libraries)}")
                if bad:
                    print(f"{binary.name}: {' '.join(bad)} should be inside")
                    status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
