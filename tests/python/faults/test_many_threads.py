"""Sixteen threads that do everything at once: right answers, no deadlock, no crash.

thread_workload.py is the work; it runs in a child, which ends itself when it hangs.
"""

import json
import os
import subprocess
import sys
import sysconfig

import pytest
from run_python import environment, output

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
WORKLOAD = os.path.join(os.path.dirname(__file__), "thread_workload.py")


def outcome(folder, *arguments, **variables):
    process = subprocess.Popen(
        [sys.executable, WORKLOAD, str(folder), *map(str, arguments)],
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return json.loads(output(process, timeout=300))


@pytest.mark.parametrize("engine", ["automatic", "direct", "library"])
def test_threads_do_everything_at_once(tmp_path, engine):
    found = outcome(tmp_path, HYPERSLAB_ENGINE=engine)
    assert found["failures"] == [] and found["missing"] == 0
    assert found["gil"] is not FREE_THREADED, "the import has turned the interpreter's lock on"
