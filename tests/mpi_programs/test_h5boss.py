"""`h5boss` under mpirun: ranks share plates, files and the bytes of one output.

./dev test --mpi runs these. The same work by one process is what they are compared with.
"""

import os
import subprocess
from pathlib import Path

import h5py
import pytest

ROOT = Path(__file__).parents[2]
RUN = ROOT / "tools" / "mpi" / "run.sh"
FLAVOR = os.environ.get("HYPERSLAB_MPI_FLAVOR", "openmpi")
BUILT = ROOT / "build" / ("mpi" if FLAVOR == "openmpi" else "mpi-mpich") / "h5boss"
pytestmark = pytest.mark.skipif(
    not BUILT.exists(), reason="h5boss needs CFITSIO, which is not there"
)


def alone(*arguments):
    command = [BUILT, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def on_ranks(count, *arguments, status=0):
    command = [RUN, str(count), "h5boss", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode == 0) == (status == 0), done.stderr
    return done


@pytest.fixture(scope="module")
def plates(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plates")
    alone("generate", "--plates", 4, "--fibers", 30, "--exposures", 1, "-o", folder / "fits")
    alone("convert", folder / "fits", "-o", folder / "one")
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("count", [1, 4])
def test_convert_and_verify(tmp_path, plates, count):
    on_ranks(count, "convert", plates / "fits", "-o", tmp_path / "many", "--strict")
    assert names(tmp_path / "many") == names(plates / "one")
    done = on_ranks(count, "verify", tmp_path / "many", plates / "fits", "--strict")
    lines = done.stdout.splitlines()
    assert len(lines) == count
    assert all("0 differences" in line for line in lines)
    damaged = next((tmp_path / "many").iterdir())
    with h5py.File(damaged, "r+") as file:
        (plate,) = file
        ((mjd, group),) = file[plate].items()
        table = group["zbest"][()]
        table["Z"][3] += 1
        group["zbest"][...] = table
    done = on_ranks(count, "verify", tmp_path / "many", plates / "fits", status=1)
    assert f"{plate}/{mjd}" in done.stderr


@pytest.mark.parametrize("count", [1, 4])
def test_subset_merge_and_index(tmp_path, plates, count):
    index = tmp_path / "index.hdf5"
    done = on_ranks(count, "index", plates / "one", "-o", index)
    assert done.stdout.count("fibres of") == 1
    whole = alone("count", plates / "one").stdout
    assert alone("count", index).stdout == whole
    out = tmp_path / "out.hdf5"
    on_ranks(count, "subset", index, "-o", out, "--query", "FIBERID % 3 = 0", "--strict")
    alone("subset", index, "-o", tmp_path / "alone.hdf5", "--query", "FIBERID % 3 = 0")
    assert out.read_bytes() == (tmp_path / "alone.hdf5").read_bytes()
    on_ranks(count, "merge", plates / "one", "-o", tmp_path / "all.hdf5")
    assert alone("count", tmp_path / "all.hdf5").stdout == whole
    assert names(tmp_path) == ["all.hdf5", "alone.hdf5", "index.hdf5", "out.hdf5"]


def test_a_rank_that_cannot_write_ends_all(tmp_path, plates):
    on_ranks(3, "subset", plates / "one", "-o", tmp_path / "no/such/out.hdf5", "--query", "Z > 0",
             status=1)  # fmt: skip
    assert names(tmp_path) == []
