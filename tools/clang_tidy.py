#!/usr/bin/env python3
"""Runs clang-tidy over the sources of a build: clang_tidy.py BUILD FOLDER...

Judged are the files of BUILD/compile_commands.json that lie in one of the folders, as many at once
as there are cores. A file that passed is not judged again while nothing that it includes of ours,
its flags, .clang-tidy and clang-tidy itself stay the same; passes are kept in the user's cache.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Where quoted includes begin.
TOPS = ["src", "include", "python/binding", "apps"]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
# The precompiled header is GCC's; clang reads the text behind it, but says so each time. Deprecated
# names are GCC's to find as well: clang blames us for what libstdc++'s own stable_sort uses.
QUIET = ("ignored-gch", "unknown-warning-option", "deprecated-declarations")
FLAGS = ["--quiet", *(f"--extra-arg=-Wno-{name}" for name in QUIET)]
# What a mutex guards: src/core/thread_safety.hpp.
FLAGS += ["--extra-arg=-Wthread-safety"]


def cache_folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(os.environ.get("HYPERSLAB_CACHE") or Path(home) / "hyperslab") / "clang-tidy"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def with_includes(file: Path) -> list[Path]:
    """The file and all headers of this repository that it includes, directly or not."""
    seen, waiting = set(), [file]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for name in INCLUDE.findall(current.read_text()):
            for folder in (current.parent, *(ROOT / top for top in TOPS)):
                if (folder / name).is_file():
                    waiting.append((folder / name).resolve())
                    break
    return sorted(seen)


def key_of(entry: dict, fixed: bytes) -> str:
    digest = hashlib.sha256(fixed)
    # Without the paths of this checkout: a fresh clone has passed what its origin has passed.
    digest.update(entry["command"].replace(str(ROOT), "").encode())
    for file in with_includes(Path(entry["file"])):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def judge(entry: dict, build: Path, passed: Path) -> tuple[str, str]:
    """The file's name, and what clang-tidy has to say of it (nothing when it passes)."""
    name = str(Path(entry["file"]).relative_to(ROOT))
    if passed.exists():
        return name, ""
    done = subprocess.run(
        ["clang-tidy", "-p", build, *FLAGS, entry["file"]], capture_output=True, text=True
    )
    if done.returncode == 0:
        passed.touch()
        return name, ""
    return name, done.stdout or done.stderr


def main() -> int:
    build, folders = Path(sys.argv[1]).resolve(), [ROOT / folder for folder in sys.argv[2:]]
    entries = {
        entry["file"]: entry
        for entry in json.loads((build / "compile_commands.json").read_text())
        if any(folder in Path(entry["file"]).parents for folder in folders)
    }.values()
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    fixed = version + (ROOT / ".clang-tidy").read_bytes() + Path(__file__).read_bytes()
    cache = cache_folder()

    bad = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(judge, entry, build, cache / key_of(entry, fixed)) for entry in entries]
        for number, job in enumerate(jobs, 1):
            name, complaint = job.result()
            if complaint:
                bad += 1
                print(f"\r[{number}/{len(jobs)}] {name}\n{complaint}", flush=True)
            elif sys.stdout.isatty():
                print(f"\r[{number}/{len(jobs)}] {name:<70}", end="", flush=True)
    print(f"\n{len(jobs)} files judged, {bad} with complaints")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
