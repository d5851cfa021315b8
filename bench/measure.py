"""How one case is timed: what a case is, and the alternating rounds."""

import gc
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import hyperslab


@dataclass(frozen=True)
class Case:
    """A thing to time.

    `prepare(module, folder, cleanup)` makes what the work needs with that module (or with stock
    h5py where both read the same file) and gives the work: a callable without arguments that does
    `count` operations. What must be closed afterwards goes onto `cleanup`, an ExitStack.
    """

    name: str
    prepare: Callable[[Any, Path, ExitStack], Callable[[], object]]
    count: int = 1
    unit: str = "µs each"
    scale: float = 1e6
    target: float | None = None
    own_clock: bool = False  # the work says itself how many seconds it took


@dataclass(frozen=True)
class Measured:
    """Seconds of one operation, the quickest round of each side."""

    ours: float
    stock: float

    @property
    def ratio(self):
        return self.stock / self.ours


# A quick case is repeated until it has had its share of quiet moments.
ENOUGH = 1.0
MOST_ROUNDS = 60


def seconds(work, own_clock):
    gc.collect()
    gc.disable()
    try:
        begin = time.perf_counter()
        answer = work()
        return answer if own_clock else time.perf_counter() - begin
    finally:
        gc.enable()


def measure(case: Case, folder: Path, rounds: int) -> Measured:
    best = {}
    with ExitStack() as cleanup:
        works = {}
        for module in (hyperslab, h5py):
            place = folder / module.__name__
            place.mkdir(exist_ok=True)
            works[module] = case.prepare(module, place, cleanup)
        for work in works.values():
            work()  # fills the page cache and what either side keeps
        order = list(works.items())
        begin = time.perf_counter()
        done = 0
        while done < rounds or (done < MOST_ROUNDS and time.perf_counter() - begin < ENOUGH):
            done += 1
            order.reverse()  # neither always runs in what the other left in the caches
            for module, work in order:
                took = seconds(work, case.own_clock)
                best[module] = min(took, best.get(module, took))
    return Measured(best[hyperslab] / case.count, best[h5py] / case.count)
