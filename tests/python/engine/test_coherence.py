"""Reads see every write, whoever made it and on which way, and the file holds them all.

HYPERSLAB_TEST_EXAMPLES=1000 makes a thousand runs of fifty steps each with every engine.
"""

import os

import coherence_machine
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from run_python import run

needs_our_hdf5 = pytest.mark.skipif(
    not coherence_machine.OUR_HDF5,
    reason="HDF5 2 is the machine's, without our patch: it copies what was in the file before, may"
    " write past a buffer, and refreshing takes other handles their index",
)
EXAMPLES = int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "12"))


@pytest.mark.parametrize("engine", [*coherence_machine.ENGINES, "mixed"])
def test_random_interleavings_agree_with_numpy(tmp_path, engine):
    run_state_machine_as_test(
        coherence_machine.machine(tmp_path, engine),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=50 if "HYPERSLAB_TEST_EXAMPLES" in os.environ else 30,
            phases=[Phase.generate],  # shrinking takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )


@needs_our_hdf5
def test_a_copy_holds_what_is_not_in_the_file_yet(tmp_path):
    with hyperslab.File(tmp_path / "a.h5", "w") as file:
        file["whole"] = np.zeros(1_000)
        file.flush()
        dataset = file["whole"]
        dataset[500] = 7  # which waits in memory, with a few elements around it
        file.copy("whole", "copy")
        assert file["copy"][500] == 7


COPY = """
import sys, hyperslab, numpy as np
with hyperslab.File(sys.argv[1], "w") as file:
    for name in "abcdefgh":
        dataset = file.create_dataset(
            name, (64, 512), "f8", chunks=(8, 512), compression="gzip", maxshape=(None, 512)
        )
        for i in range(64):
            dataset[i] = i
        file.flush()
        dataset[::3] = 5
        file.copy(name, name * 2)
        assert np.array_equal(file[name * 2], file[name])
print("sound")
"""


@needs_our_hdf5
def test_copying_chunks_that_are_in_memory_harms_nothing(tmp_path):
    assert run(COPY, tmp_path / "a.h5") == "sound\n"


@needs_our_hdf5
@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_other_handles_stay_whole_when_one_is_refreshed(tmp_path, libver):
    data = np.arange(10_000).reshape(100, 100)
    with hyperslab.File(tmp_path / "a.h5", "w", libver=libver) as file:
        file.create_dataset("x", data=data, chunks=(10, 10), maxshape=(None, 100), shuffle=True)
    hyperslab.set_engine("library")
    try:
        with hyperslab.File(tmp_path / "a.h5") as file:
            handles = [file["x"] for _ in range(3)]
            for handle in handles:
                handle.refresh()
                for each in handles:
                    assert np.array_equal(each[3:50], data[3:50])
    finally:
        hyperslab.set_engine("automatic")
