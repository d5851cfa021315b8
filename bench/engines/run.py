"""The benchmark of ./dev bench --engines: hyperslab in Arrow, Spark, Dask and loaders.

Both sides of a row run in this process, or in the workers of one engine, taking turns. What counts
is the quickest round of each, because a shared machine only ever adds time. A whole run writes
results.json and results.svg beside this file.
"""

import argparse
import gc
import os
import re
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import arrow_rows  # noqa: E402
import dask_rows  # noqa: E402
import growth  # noqa: E402
import loader_rows  # noqa: E402
import picture  # noqa: E402
import record  # noqa: E402
import spark_rows  # noqa: E402
from data import Data  # noqa: E402

ENGINES = [arrow_rows, dask_rows, loader_rows, spark_rows]
PACKAGES = ["pyarrow", "pandas", "dask", "pyspark"]
# H5Spark read 16 TB on 1,600 nodes of 32 cores in 2 minutes.
H5SPARK_MB_PER_CORE = 2.6


def arguments():
    parser = argparse.ArgumentParser(
        prog="./dev bench --engines", description=__doc__.split("\n")[0]
    )
    parser.add_argument("pattern", nargs="?", default="", help="only rows whose name matches")
    parser.add_argument("--quick", action="store_true", help="tiny data, to see that all runs")
    parser.add_argument("--rounds", type=int, default=5, help="of each row (default 5)")
    parser.add_argument("--folder", type=Path, help="where files are made, some 500 MB")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there instead")
    return parser.parse_args()


def seconds(work):
    gc.collect()
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(row, rounds):
    """The quickest round of each side, after one that nobody counts."""
    sides = [row.ours, row.theirs]
    best = [float("inf")] * 2
    for number in range(rounds + 1):
        for side in (0, 1) if number % 2 else (1, 0):
            took = seconds(sides[side])
            if number:
                best[side] = min(best[side], took)
    return best


def run_rows(options, data):
    figures = []
    for engine in ENGINES:
        with engine.rows(data) as rows:
            for row in rows:
                if not re.search(options.pattern, row.name):
                    continue
                ours, theirs = measure(row, options.rounds)
                figures.append(
                    {
                        "case": row.name,
                        "seconds": ours,
                        "against": row.against,
                        "against_seconds": theirs,
                        "gain": theirs / ours,
                        "wanted": row.wanted,
                        "megabytes": row.megabytes,
                    }
                )
                print(line(figures[-1]), flush=True)
    return figures


def line(figure):
    wanted = f"{figure['wanted']:g}×" if figure["wanted"] else ""
    return (
        f"{figure['case']:<44}{figure['seconds']:>8.3f} s   {figure['against']:<34}"
        f"{figure['against_seconds']:>8.3f} s{figure['gain']:>7.2f}×  {wanted}"
    )


def on_paper(figures):
    """What a core reads here, beside H5Spark's on 51,200 of them."""
    for figure in figures:
        if figure["case"] == spark_rows.SCAN:
            speed = figure["megabytes"] / figure["seconds"] / len(os.sched_getaffinity(0))
            print(
                f"{speed:.1f} MB/s a core through Spark; H5Spark had {H5SPARK_MB_PER_CORE} MB/s a "
                f"core when it read 16 TB on 1,600 nodes in 2 minutes: this would take "
                f"{120 * H5SPARK_MB_PER_CORE / speed:.0f} s there, if the file system gave as much"
            )


def draw(section):
    rows = [
        {
            "case": f"{figure['case']}, to {figure['against']}",
            "goal": True,
            "gain": figure["gain"],
            "wanted": figure["wanted"],
            "peers": {},
            "h5py_seconds": figure["against_seconds"],
        }
        for figure in section["figures"]
    ]
    versions = section["measured"]["versions"]
    named = ", ".join(f"{name} {versions[name]}" for name in PACKAGES if name in versions)
    return picture.draw(
        {**section, "figures": rows},
        title="How many times as fast, in engines",
        summary=f"hyperslab {versions['hyperslab']}, h5py {versions['h5py']}, {named}, "
        f"{section['measured']['cores']} cores, load {section['load']:.0f}",
    )


def main():
    options = arguments()
    if options.quick:
        options.rounds = 1
    record.PACKAGES = PACKAGES
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        data = Data(Path(folder), 20_000 if options.quick else 500_000)
        figures = run_rows(options, data)
        on_paper(figures)
        grown = growth.measure(Path(folder), 3 if options.quick else 20)
        for one in grown:
            print(growth.line(one))
    section = {
        "measured": record.stamp(),
        "load": os.getloadavg()[1],  # of the last five minutes; more than 2 disturbs Spark's rows
        "figures": figures,
        "growth": grown,
    }
    if options.json:
        record.write({"engines": section}, options.json)
    elif not (options.quick or options.pattern):
        written = record.write({"engines": section}, HERE / "results.json")
        (HERE / "results.svg").write_text(draw(written["engines"]))


if __name__ == "__main__":
    sys.exit(main())
