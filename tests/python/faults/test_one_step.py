"""What a method does is one step for other threads: they come before it or after it.

steps.py has the methods. With hyperslab the second step is made at every place where the first one
lets the library lock go, which is where another thread comes in: all that can happen is tried. With
both packages threads race.
"""

import gc
import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import h5py
import hyperslab
import pytest
import steps
from hyperslab import _core

ALL_STEPS = {**steps.STEPS, **steps.OURS}
EXAMPLES = int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "60"))


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("steps") / "template.h5"
    steps.write_template(h5py, path)
    return path


@pytest.fixture(params=["automatic", "direct", "library"])
def engine(request):
    hyperslab.set_engine(request.param)
    yield request.param
    hyperslab.set_engine("automatic")


@pytest.fixture(autouse=True)
def no_garbage():
    """What is collected lets the lock go too."""
    gc.disable()
    yield
    gc.enable()


def at_releases(function, step, scene):
    """What a step comes to; the function is called whenever it has let the lock go."""
    _core._objects._call_at_releases(function)
    try:
        return steps.make(step, scene)
    finally:
        _core._objects._call_at_releases(None)


def count_releases(step, template, path):
    counted = []
    scene = steps.Scene(hyperslab, template, path)
    at_releases(lambda: counted.append(None), step, scene)
    scene.close()
    return len(counted)


def interleaved(first, second, place, template, path):
    """Results of both and the state, when the second is made at that release of the first."""
    scene = steps.Scene(hyperslab, template, path)
    releases, results = [], []

    def come_in():
        if len(releases) == place and not results:
            results.append(steps.make(second, scene))
        releases.append(None)

    result = at_releases(come_in, first, scene)
    if not results:
        results.append(steps.make(second, scene))
    return steps.described(scene, result, results[0])


def is_possible(found, possible):
    if found in possible:
        return True
    # A step that meets a closed file may raise what it likes; what it returns is closed by now.
    ways = [result[0] for result in found[:2]]
    return found[2] == "closed" and any(
        each[2] == "closed" and [result[0] for result in each[:2]] == ways for each in possible
    )


def pairs(names, seed):
    """Some of all pairs, others for each seed; each name comes first, and each second."""
    chosen = random.Random(seed)
    seconds = [list(names) for _ in range(max(1, EXAMPLES // 60))]
    for each in seconds:
        chosen.shuffle(each)
    return [(first, each[i]) for each in seconds for i, first in enumerate(names)]


def test_no_step_can_come_into_the_middle_of_another(template, tmp_path, engine):
    places = {}
    for first, second in pairs(ALL_STEPS, engine):
        a, b = ALL_STEPS[first], ALL_STEPS[second]
        possible = steps.possible(hyperslab, template, tmp_path / "p.h5", a, b)
        if first not in places:
            places[first] = count_releases(a, template, tmp_path / "c.h5")
        for place in range(places[first]):
            found = interleaved(a, b, place, template, tmp_path / "i.h5")
            assert is_possible(found, possible), (
                f"{second!r} in the middle of {first!r}, at {place} of {places[first]}"
            )


def test_the_steps_come_to_the_same_as_with_h5py(template, tmp_path):
    """So what is possible with hyperslab is what is possible with h5py."""
    for first, second in pairs(steps.STEPS, "h5py"):
        a, b = steps.STEPS[first], steps.STEPS[second]
        ours = steps.outcome(hyperslab, template, tmp_path / "a.h5", a, b)
        stock = steps.outcome(h5py, template, tmp_path / "b.h5", a, b)
        assert is_possible(ours, [stock]), f"{first!r}, then {second!r}"


VISITS = "visit", "visititems", "visit_links", "visititems_links"


@pytest.mark.parametrize("visit", VISITS)
@pytest.mark.parametrize("name", ["x", "soft"])
def test_a_visit_passes_over_what_another_thread_takes_away(template, tmp_path, visit, name):
    def names(scene):
        found = []
        getattr(scene.g, visit)(lambda *args: found.append(args[0]))
        return found

    path = tmp_path / "v.h5"
    scene = steps.Scene(hyperslab, template, path)
    everything = names(scene)
    scene.close()
    the_rest = [each for each in everything if each != name]
    for place in range(count_releases(names, template, path)):
        scene = steps.Scene(hyperslab, template, path)
        releases = []

        def take_away(scene=scene, releases=releases, place=place):
            if len(releases) == place:
                del scene.g[name]
            releases.append(None)

        found = at_releases(take_away, names, scene)
        assert found in (("returned", everything), ("returned", the_rest)), place
        scene.close()


def raced(package, template, path, *racing):
    """Results and state when each step is made by a thread of its own."""
    scene = steps.Scene(package, template, path)
    barrier = threading.Barrier(len(racing))

    def make(step):
        barrier.wait()
        return steps.make(step, scene)

    with ThreadPoolExecutor(len(racing)) as pool:
        results = list(pool.map(make, racing))
    return steps.described(scene, *results)


def test_racing_threads_come_one_after_the_other(h5, template, tmp_path):
    for first, second in pairs(steps.STEPS, "race"):
        a, b = steps.STEPS[first], steps.STEPS[second]
        possible = steps.possible(h5, template, tmp_path / "p.h5", a, b)
        found = raced(h5, template, tmp_path / "r.h5", a, b)
        assert is_possible(found, possible), f"{first!r} and {second!r}"


def test_a_block_of_the_lock_is_one_step(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w") as f:
        count = f.create_dataset("count", (), "i4")

        def add():
            for _ in range(50):
                with h5._objects.phil:
                    count[()] += 1
                    f.attrs["count"] = count[()]

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(add) for _ in range(4)]:
                done.result()
        assert count[()] == 200 and f.attrs["count"] == 200


def waiting_for(work):
    """An object that becomes an array when another thread has done something."""

    class Waiting:
        def __array__(self, dtype=None, copy=None):
            other = threading.Thread(target=work)
            other.start()
            other.join(20)
            assert not other.is_alive(), "the lock is held"
            return steps.np.zeros(3)

    return Waiting()


def test_what_is_given_is_converted_before_the_lock_is_taken(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["x"] = [1.0, 2.0, 3.0]
        f.attrs["n"] = [1.0, 2.0, 3.0]
        value = waiting_for(lambda: f["x"][1])
        f["x"][...] = value
        f["y"] = value
        f.create_dataset("z", data=value)
        f.require_dataset("r", (3,), "f8", data=value)
        f.create_dataset("c", (0,), "f8", maxshape=(None,)).append(value)
        f.attrs["m"] = value
        f.attrs.create("o", value)
        f.attrs.modify("n", value)
        f.attrs.setdefault("p", value)
        assert list(f["c"]) == [0, 0, 0] and f["x"] in f.values()


def test_callbacks_and_comparisons_run_without_the_lock(tmp_path):
    class Equal:
        def __eq__(self, other):
            waiting.__array__()
            return False

        __hash__ = None

    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["g/x"] = [1.0, 2.0, 3.0]
        waiting = waiting_for(lambda: f["g/x"][1])
        for visit in f.visit, f.visititems, f.visit_links, f.visititems_links:
            called = []
            visit(lambda *_, called=called: called.append(waiting.__array__()))
            assert len(called) == 2
        assert Equal() not in f.values()
        assert ("g", Equal()) not in f.items()
