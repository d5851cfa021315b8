"""Fixtures of programs under mpirun."""

import pytest
import small_disk


@pytest.fixture
def small_folder(tmp_path):
    """A folder in which small_disk mounts a small file system."""
    if not small_disk.may_be_mounted(tmp_path):
        pytest.skip("this process may not mount a file system")
    return tmp_path
