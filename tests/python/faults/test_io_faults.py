"""System calls that fail, one after the other: the caller is told, and nothing is lost silently.

fault_workload.py has the work and what must hold; here it is run on each driver. A part of the
calls is tried; with HYPERSLAB_TEST_EXAMPLES in the environment each of them.
"""

import json
import os

import pytest
from run_python import run_with_faults

SCENARIOS = ["repeated", "closed", "reopened", "unread", "left_open"]

FILES = {
    "sec2": {},
    "stdio": {"driver": "stdio"},
    "core": {"driver": "core"},
    "family": {"driver": "family", "memb_size": 8192, "ending": "-%d"},
    "split": {"driver": "split"},
    "latest": {"libver": "latest"},
    "pages": {"fs_strategy": "page", "page_buf_size": 16384},
}


def step_of(name, scenario):
    """How many calls further each attempt is. Ends of processes take long."""
    if "HYPERSLAB_TEST_EXAMPLES" in os.environ:
        return 1
    return 31 if scenario == "left_open" else 6 if name == "sec2" else 13


@pytest.mark.parametrize("name", FILES)
def test_no_failure_of_the_nth_call_is_silent_or_crashes(tmp_path, faulty_io, name):
    """Once and for good: an OSError with errno; with the call repeated the file is complete."""
    script = os.path.join(os.path.dirname(__file__), "fault_workload.py")
    steps = [f"{scenario}:{step_of(name, scenario)}" for scenario in SCENARIOS]
    found = json.loads(
        run_with_faults(faulty_io, script, tmp_path, json.dumps(FILES[name]), *steps)
    )
    problems = [problem for each in found.values() for problem in each["problems"]]
    assert not problems, "\n".join(problems[:5])
    for scenario, each in found.items():
        assert each["calls"] > 0, "the faults are not seen"
        assert each["told"] > 0 or scenario == "left_open", scenario
