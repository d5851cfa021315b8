"""The benchmark itself: every case runs and gives equal answers. Nothing here looks at a time."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from run_python import environment

BENCH = Path(__file__).parents[3] / "bench"


@pytest.fixture
def bench(monkeypatch):
    """Its modules can be imported."""
    monkeypatch.syspath_prepend(str(BENCH))


def run(*arguments):
    command = [sys.executable, str(BENCH / "run.py"), *map(str, arguments)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """What a run over tiny data recorded."""
    folder = tmp_path_factory.mktemp("bench")
    done = run("--quick", "--all", "--folder", folder, "--json", folder / "figures.json")
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / "figures.json").read_text())


@pytest.mark.slow
def test_every_case_runs_and_both_sides_agree(figures):
    cases = figures["cases"]["figures"]
    listed = [line.strip() for line in run("--list").stdout.splitlines() if line.startswith(" ")]
    assert [case["case"] for case in cases] == listed
    assert all(case["equal"] for case in cases)
    assert sum(case["goal"] for case in cases) == 20
    assert all(case["wanted"] for case in cases if case["goal"])


@pytest.mark.slow
def test_growth_and_cpp_are_measured_too(figures):
    assert len({figure["study"] for figure in figures["growth"]["figures"]}) == 5
    assert all(figure["equal"] for figure in figures["cpp"]["figures"])


@pytest.mark.slow
def test_the_picture_has_a_row_for_each_goal(figures, bench):
    import picture

    drawn = ElementTree.fromstring(picture.draw(figures["cases"]))
    texts = {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert {case["case"] for case in figures["cases"]["figures"] if case["goal"]} <= texts


def test_another_value_dtype_or_type_is_another_answer(bench):
    from same import same

    array = np.arange(3.0)
    assert same([array, "a", 1], [array.copy(), "a", 1])
    assert not same(array, np.array([0.0, 1.0, 3.0]))
    assert not same(array, array.astype("f4"))
    assert not same(array, array[:2])
    assert not same(array, list(array))
    assert not same(np.float64(1), 1.0)
    assert not same(np.array(["a"], object), np.array([b"a"], object))
    assert same(np.array([np.nan]), np.array([np.nan]))


def test_a_run_replaces_only_what_it_measured(bench, tmp_path):
    import record

    file = tmp_path / "results.json"
    record.write({"cases": {"figures": [1.23456789]}, "cpp": {"figures": [1]}}, file)
    record.write({"cpp": {"figures": [2]}}, file)
    assert record.read(file) == {"cases": {"figures": [1.235]}, "cpp": {"figures": [2]}}


def test_a_peer_that_crashes_or_is_absent_stops_nothing(bench, tmp_path):
    from cases import named
    from peers.process import PeerProcess
    from shelf import Shelf

    case = named("read 40 MB, chunked")
    stored = Shelf(tmp_path).stored(lambda: np.arange(12.0).reshape(3, 4), {"chunks": (2, 2)})
    with PeerProcess("h5py_in_threads", tiny=True) as peer:
        assert peer.load(case, stored) is None
        assert peer.round() > 0
        peer.child.kill()
        with pytest.raises(RuntimeError, match="crashed"):
            peer.round()
        assert peer.load(case, stored) is None  # in a new process
    with pytest.raises(ImportError), PeerProcess("with_nothing_installed", tiny=True):
        pass
