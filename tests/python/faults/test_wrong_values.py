"""Every low-level call with values of any kind: an exception, never the end of the process."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from run_python import environment

CALLS = int(os.environ.get("HYPERSLAB_WRONG_VALUES", "6000"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_that_is_passed_ends_the_process(tmp_path, seed):
    walk = [sys.executable, Path(__file__).parent / "walk_api.py", tmp_path / "log", seed, CALLS]
    done = subprocess.run(
        [str(part) for part in walk],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, f"{(tmp_path / 'log').read_text()}\n{done.stderr[-3000:]}"


@pytest.mark.parametrize("plugins", ["none", "netCDF4's"])
def test_memory_does_not_grow(plugins):
    # A short run of the soak test in bench/, which says how to run it longer. netCDF4 names a
    # folder of filter plug-ins, which libhdf5 looks through whenever a file cannot be opened.
    netcdf4 = Path(importlib.util.find_spec("netCDF4").origin).parent / "plugins"
    assert netcdf4.is_dir()
    folder = None if plugins == "none" else str(netcdf4)
    soak = Path(__file__).parents[3] / "bench" / "soak.py"
    run = [sys.executable, str(soak), "--rounds", "600"]
    variables = environment(HDF5_PLUGIN_PATH=folder)
    done = subprocess.run(run, env=variables, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[:10000] + done.stderr
