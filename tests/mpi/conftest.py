"""Tests of parallel files. Every rank runs every test, in the same order (pytest-mpi).

A test that fails on one rank ends the program on all of them: the others would wait for it.
"""

import sys
from pathlib import Path

import pytest
from mpi4py import MPI

COMM = MPI.COMM_WORLD


@pytest.fixture
def comm():
    return COMM


@pytest.fixture
def shared_path(tmp_path_factory):
    """A folder that all ranks share, as a Path; each test gets one of its own."""
    folder = str(tmp_path_factory.mktemp("mpi")) if COMM.rank == 0 else None
    return Path(COMM.bcast(folder))


@pytest.fixture(autouse=True)
def together():
    """Ranks begin a test together, and end it so."""
    COMM.barrier()
    yield
    COMM.barrier()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    if report.failed and COMM.size > 1:
        sys.stderr.write(f"\nrank {COMM.rank}: {item.nodeid}\n{report.longreprtext}\n")
        sys.stderr.flush()
        COMM.Abort(1)
