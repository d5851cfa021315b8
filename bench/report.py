"""The tables that a run prints, line by line as the figures come."""

import sys

import h5py
import hyperslab

# Two equal sides differ by as much on a quiet machine.
NOISE = 0.03
# A share of a limit that the product promises to reach, by what limits.
WANTED_SHARE = {"libdeflate + unshuffle into touched memory": 0.8, "pread into touched memory": 0.8}


def heading():
    ours = hyperslab.version
    return (
        f"hyperslab {ours.hyperslab_version} on HDF5 {ours.hdf5_version}, "
        f"h5py {h5py.__version__} on HDF5 {h5py.version.hdf5_version}, "
        f"Python {sys.version.split()[0]}; the quickest round of each"
    )


def columns():
    return f"  {'':<50}{'hyperslab':>10}{'h5py':>10} {'':<10}{'gain':>8}  wanted"


def row(case, measured):
    verdict = "" if case.target is None else f"≥ {case.target:g}"
    if case.target is not None and measured.ratio < case.target * (1 - NOISE):
        verdict += "  below"
    if not measured.equal:
        verdict += "  DIFFERENT ANSWERS"
    return (
        f"  {case.name:<50}{_figure(measured.ours, case)}{_figure(measured.stock, case)} "
        f"{case.unit:<10}{measured.ratio:>7.2f}×  {verdict}"
    )


def _figure(seconds, case):
    return f"{seconds * case.scale:>10.4g}"


def beside(case, measured):
    """What others took, and the machine's limits with the share of them that was reached."""
    for peer, took in measured.peers.items():
        yield f"      {peer:<56}{_figure(took, case)}"
    for limit, took in measured.limits.items():
        reached = f"{took / measured.ours:.0%} reached"
        wanted = WANTED_SHARE.get(limit)
        aim = f", wanted {wanted:.0%}" if wanted else ""
        yield f"      {'limit: ' + limit:<56}{_figure(took, case)} {case.unit:<10}{reached}{aim}"


def memory(speeds):
    for name, speed in speeds.items():
        yield f"  {name:<50}{speed / 1e9:>10.4g} GB/s"


def growth(figure):
    took = "".join(f"{side:>12}{time(seconds):>11}" for side, seconds in figure["seconds"].items())
    return f"  {figure['case']:<52}{took}"


def cpp(figure):
    different = "" if figure["equal"] else "  DIFFERENT ANSWERS"
    return (
        f"  {figure['case']:<50}{time(figure['seconds']):>12}{time(figure['c_api_seconds']):>12}"
        f"{figure['gain']:>9.2f}×{different}"
    )


def time(seconds):
    if seconds < 1e-3:
        return f"{seconds * 1e6:.3g} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"
