"""`hyperslab doctor`: what is found of a machine and of a place, and what to set."""

import os

import h5py
import hyperslab
import pytest
from run_cli import complaint, from_json, output

WORDS = ["HDF5", "MPI", "processors", "threads", "path", "file system", "block size", "locking"]


def test_everything_is_named(tmp_path):
    text = output("doctor", tmp_path)
    for word in WORDS:
        assert any(line.startswith(word) for line in text.splitlines()), word
    assert str(tmp_path) in text


def test_facts_are_true(tmp_path):
    found = from_json("doctor", tmp_path)
    facts = found["facts"]
    assert facts["HDF5"].startswith(hyperslab.version.hdf5_version)
    assert facts["path"] == str(tmp_path)
    assert facts["locking"].startswith("works")
    assert int(facts["processors"]) <= len(os.sched_getaffinity(0))
    assert isinstance(found["advice"], list)


def test_a_file_its_folder_and_one_that_is_not_there_yet(tmp_path):
    path = tmp_path / "f.h5"
    new = from_json("doctor", path)["facts"]
    with h5py.File(path, "w"):
        pass
    there = from_json("doctor", path)["facts"]
    assert there["file_system"] == new["file_system"]
    assert there["path"] == str(path)
    folder = from_json("doctor", tmp_path)["facts"]
    assert folder["block_size"] == there["block_size"]


def test_a_file_that_another_process_writes(tmp_path):
    path = tmp_path / "f.h5"
    with h5py.File(path, "w", locking=True):
        assert "works" in from_json("doctor", path)["facts"]["locking"]


def test_threads_and_locking_of_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("HYPERSLAB_NUM_THREADS", "512")
    monkeypatch.setenv("HDF5_USE_FILE_LOCKING", "FALSE")
    found = from_json("doctor", tmp_path)
    assert found["facts"]["threads"] == "512"
    assert "FALSE" in found["facts"]["locking"]
    assert any("HYPERSLAB_NUM_THREADS" in text for text in found["advice"])


def test_a_serial_build_under_mpirun(tmp_path, monkeypatch):
    monkeypatch.setenv("OMPI_COMM_WORLD_SIZE", "4")
    found = from_json("doctor", tmp_path)
    if found["facts"]["MPI"] == "none in this build":
        assert found["facts"]["ranks"] == "4"
        assert any("mpi=on" in text for text in found["advice"])


@pytest.mark.parametrize("path", ["/nowhere/at/all.h5", "nowhere/f.h5"])
def test_places_that_are_not_there(path):
    assert "Cannot look at" in complaint("doctor", path)
