"""How one case is timed: what a case is, and the alternating rounds."""

import gc
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import h5py
import hyperslab
from same import same


@dataclass(frozen=True)
class Work:
    """What is timed, where calling it does not already give the answer to compare."""

    run: Callable[[], object]
    answer: Callable[[], object]

    def __call__(self):
        return self.run()


@dataclass(frozen=True)
class Case:
    """A thing to time.

    `prepare(module, folder, cleanup)` gives the work: a callable without arguments that does
    `count` operations and returns what both sides must agree on, or a Work. Files to read come
    from the shelf; what is written goes to `folder`. What must be closed afterwards goes onto
    `cleanup`, an ExitStack. A `prepare` that is a Reading can be timed with other packages too.
    """

    name: str
    prepare: Callable[[Any, Path, ExitStack], Callable[[], object]]
    count: int = 1
    unit: str = "µs each"
    scale: float = 1e6
    target: float | None = None
    goal: bool = False  # one of those whose geometric mean is printed
    limit: str | None = None  # what no work of this kind can undercut: a name in limits.py
    in_c: str | None = None  # the same work in C: a case of cpp_writes.cpp
    own_clock: bool = False  # the work says itself how many seconds it took


@dataclass
class Measured:
    """Seconds of one operation, the quickest round of each side."""

    ours: float
    stock: float
    equal: bool = True
    peers: dict[str, float] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)  # peer: why it has no figure
    limits: dict[str, float] = field(default_factory=dict)  # of the machine, for the same bytes

    @property
    def ratio(self):
        return self.stock / self.ours


@dataclass(frozen=True)
class Rounds:
    """A quick case is repeated until it has had its share of quiet moments."""

    least: int = 7
    most: int = 60
    enough: float = 1.0  # seconds


def seconds(work):
    """What one call takes, without letting go of what it returns."""
    gc.collect()
    gc.disable()
    try:
        begin = time.perf_counter()
        answer = work()
        took = time.perf_counter() - begin
        del answer
        return took
    finally:
        gc.enable()


def best_of(clocks: dict[Any, Callable[[], float]], rounds: Rounds):
    """The quickest round of each; a clock does a round and says what it took."""
    best = dict.fromkeys(clocks, float("inf"))
    order = list(clocks.items())
    begin = time.perf_counter()
    done = 0
    while done < rounds.least or (
        done < rounds.most and time.perf_counter() - begin < rounds.enough
    ):
        done += 1
        order.reverse()  # none always runs in what another left in the caches
        for side, clock in order:
            best[side] = min(best[side], clock())
    return best


def clocks_of(works):
    return {side: partial(seconds, work) for side, work in works.items()}


def answer_of(work):
    answer = work()
    return work.answer() if isinstance(work, Work) else answer


def measure(case: Case, folder: Path, rounds: Rounds, peers=()) -> Measured:
    with ExitStack() as cleanup:
        works = {}
        for module in (h5py, hyperslab):
            place = folder / module.__name__
            place.mkdir(exist_ok=True)
            works[module.__name__] = case.prepare(module, place, cleanup)
        expected = answer_of(works["h5py"])  # also fills the page cache and what a side keeps
        answer = answer_of(works["hyperslab"])
        equal = same(answer, expected) or _answers_nothing(case, works)
        del expected, answer
        clocks = works if case.own_clock else clocks_of(works)
        ready, absent = _peers_ready(case, folder / h5py.__name__, peers)
        best = best_of({**clocks, **ready}, rounds)
    each = {side: took / case.count for side, took in best.items() if side not in absent}
    return Measured(each.pop("hyperslab"), each.pop("h5py"), equal, each, absent)


def _answers_nothing(case, works):
    """A clock of its own that comes without an answer."""
    return case.own_clock and not any(isinstance(work, Work) for work in works.values())


def _peers_ready(case, folder, peers):
    """Clocks of the peers that can read this, and why the others cannot."""
    ready, absent = {}, {}
    for peer in peers:
        if not hasattr(case.prepare, "by_peer"):
            absent[peer.name] = "no such case there"
            continue
        try:
            why_not = peer.load(case, case.prepare.stored(folder))
        except RuntimeError as error:
            why_not = str(error)
        if why_not:
            absent[peer.name] = why_not
        else:
            ready[peer.name] = partial(_round_of, peer, absent)
    return ready, absent


def _round_of(peer, absent):
    try:
        return peer.round()
    except RuntimeError as error:
        absent[peer.name] = str(error)
        return float("inf")
