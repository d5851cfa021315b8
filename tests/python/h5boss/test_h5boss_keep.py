"""What `h5boss` keeps of files that it did not make itself, and of runs that were broken off."""

import os
import subprocess
import sys

import h5py
import numpy as np
import pytest
from spectra import NEEDS, SPECTRA, fibers_of, h5boss, ids, pmf

pytestmark = NEEDS

COADD = np.dtype([(n, "<f4") for n in ("WAVE", "FLUX", "IVAR")] + [("AND_MASK", "<i4")])
FRAME = np.dtype([(n, "<f4") for n in ("WAVE", "FLUX", "IVAR")] + [("MASK", "<i4")])
STORAGES = {
    "plain": {},
    "gzip": {"chunks": (100,), "compression": "gzip", "shuffle": True},
    "lzf": {"chunks": (64,), "compression": "lzf"},
}


def old_file(path, fibers=(1, 2, 3), storage=None, order="<"):
    """A file as H5Boss made them: headers are attributes of every spectrum, of frames as well."""
    rng = np.random.default_rng(7)
    with h5py.File(path, "w") as file:
        file.attrs["origin"] = "a survey"
        file["notes/text"] = "kept"
        plate = file.create_group("4857/55711")
        for fiber in fibers:
            places = ["coadd", "exposures/103138/b", "exposures/103138/r"]
            for place, dtype in zip(places, [COADD, FRAME, FRAME], strict=True):
                values = np.zeros(400, dtype.newbyteorder(order))
                for name in dtype.names:
                    values[name] = rng.integers(0, 1000, 400)
                made = plate.create_dataset(f"{fiber}/{place}", data=values, **(storage or {}))
                made.attrs["EXPTIME"] = 900.0 + fiber
                made.attrs["PLATEID"] = 4857
                made.attrs["a long name"] = ["one", "two"]
                made.attrs["vector"] = np.arange(3)
        rows = np.zeros(
            len(fibers), [("PLATE", "i4"), ("MJD", "i4"), ("FIBERID", "i4"), ("Z", "f4")]
        )
        rows["FIBERID"] = fibers
        plate["zbest"] = rows
        plate["zbest"].attrs["EXTNAME"] = "ZBEST"
        plate["photo/match"] = rows
        plate["photo/match"].attrs["UNITS"] = np.array([b"deg", b""])
        plate["made_by_hand"] = np.arange(5)
    return path


def assert_same_object(ours, theirs):
    assert ours.dtype == theirs.dtype
    assert ours[()].tobytes() == theirs[()].tobytes()
    assert set(ours.attrs) == set(theirs.attrs)
    for name in theirs.attrs:
        np.testing.assert_array_equal(ours.attrs[name], theirs.attrs[name])
    assert (ours.compression, ours.chunks, ours.shuffle) == (
        theirs.compression,
        theirs.chunks,
        theirs.shuffle,
    )


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("storage", STORAGES)
@pytest.mark.parametrize("command", ["subset", "remove", "add", "update", "merge"])
def test_spectra_are_copied_with_attributes_and_storage(tmp_path, command, storage, order):
    source = old_file(tmp_path / "source.hdf5", storage=STORAGES[storage], order=order)
    before = source.read_bytes()
    made = tmp_path / "made.hdf5"
    listed = pmf(tmp_path / "list", [(4857, 55711, 1), (4857, 55711, 3)])
    if command == "subset":
        h5boss("subset", source, "-o", made, "--pmf", listed)
    elif command == "remove":
        made.write_bytes(before)
        h5boss("remove", made, "--pmf", pmf(tmp_path / "other", [(4857, 55711, 2)]))
    elif command == "merge":
        h5boss("subset", source, "-o", tmp_path / "one.hdf5", "--pmf", listed)
        h5boss("merge", tmp_path / "one.hdf5", "-o", made)
    else:
        first = pmf(tmp_path / "first", [(4857, 55711, 1)])
        h5boss("subset", source, "-o", made, "--pmf", first)
        h5boss(command, made, source, listed)
    assert source.read_bytes() == before
    assert fibers_of(made) == {(4857, 55711, 1), (4857, 55711, 3)}
    with h5py.File(made) as ours, h5py.File(source) as theirs:
        for fiber in (1, 3):
            for place in ("coadd", "exposures/103138/b", "exposures/103138/r"):
                path = f"4857/55711/{fiber}/{place}"
                assert_same_object(ours[path], theirs[path])
        for name in ("zbest", "photo/match"):
            table = ours["4857/55711"][name]
            assert list(table["FIBERID"]) == [1, 3]
            for key, value in theirs["4857/55711"][name].attrs.items():
                np.testing.assert_array_equal(table.attrs[key], value)
        assert list(ours["4857/55711/made_by_hand"]) == list(range(5))
        if command == "remove":
            assert ours.attrs["origin"] == "a survey"
            assert ours["notes/text"].asstr()[()] == "kept"


def test_told_storage_wins_and_attributes_stay(tmp_path):
    source = old_file(tmp_path / "source.hdf5", storage=STORAGES["gzip"])
    listed = pmf(tmp_path / "list", [(4857, 55711, 2)])
    made = tmp_path / "made.hdf5"
    h5boss("subset", source, "-o", made, "--pmf", listed, "--compression", "none")
    path = "4857/55711/2/exposures/103138/b"
    with h5py.File(made) as ours, h5py.File(source) as theirs:
        assert ours[path].compression is None
        assert ours[path][()].tobytes() == theirs[path][()].tobytes()
        assert ours[path].attrs["EXPTIME"] == 902
        np.testing.assert_array_equal(ours[path].attrs["vector"], np.arange(3))


def test_a_cutout_and_the_other_format_keep_the_compression(tmp_path):
    source = old_file(tmp_path / "source.hdf5", storage=STORAGES["gzip"])
    listed = pmf(tmp_path / "list", [(4857, 55711, 2)])
    h5boss("subset", source, "-o", tmp_path / "a.hdf5", "--pmf", listed, "--cutout", 100, 300)
    h5boss("subset", source, "-o", tmp_path / "b.hdf5", "--pmf", listed, "--format", "v2")
    with h5py.File(tmp_path / "a.hdf5") as cut, h5py.File(tmp_path / "b.hdf5") as stacked:
        assert cut["4857/55711/2/coadd"].compression == "gzip"
        assert cut["4857/55711/2/coadd"].attrs["EXPTIME"] == 902
        assert stacked["4857/55711/coadds/flux"].compression == "gzip"


@pytest.mark.parametrize("form", ["v1", "v2"])
def test_all_fibres_can_be_removed(tmp_path, form):
    made = tmp_path / "made.hdf5"
    h5boss("convert", *SPECTRA[:2], "-o", made, "--format", form)
    h5boss("remove", made, "--pmf", pmf(tmp_path / "list", [ids(path) for path in SPECTRA[:2]]))
    assert h5boss("count", made).stdout == "0\n"
    assert "0 plates" in h5boss("info", made).stdout
    h5boss("convert", SPECTRA[0], "-o", tmp_path / "again.hdf5")
    h5boss("add", made, tmp_path / "again.hdf5", pmf(tmp_path / "one", [ids(SPECTRA[0])]))
    assert fibers_of(made) == {ids(SPECTRA[0])}


def test_what_a_killed_run_left_is_removed_and_that_of_a_living_one_stays(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    dead = tmp_path / f".a.hdf5.part-{gone.pid}"
    dead.write_bytes(b"half")
    other = tmp_path / f".b.hdf5.part-{gone.pid}"
    other.write_bytes(b"of another file")
    alive = tmp_path / f".a.hdf5.part-{os.getpid()}"
    alive.write_bytes(b"being written")
    h5boss("convert", SPECTRA[0], "-o", tmp_path / "a.hdf5")
    assert not dead.exists()
    assert alive.exists()
    assert other.exists()


def test_resume_makes_files_anew_that_are_not_whole(tmp_path):
    source = SPECTRA[:2] + SPECTRA[-1:]
    h5boss("convert", *source, "-o", tmp_path)
    first, second = sorted(tmp_path.glob("*.hdf5"))
    whole = first.read_bytes()
    first.write_bytes(whole[:100_000])
    kept = second.stat().st_ino
    h5boss("convert", *source, "-o", tmp_path, "--resume")
    assert "0 differences" in h5boss("verify", first, *source[:2]).stdout
    assert second.stat().st_ino == kept
    with h5py.File(first, "r+") as file:
        del file[f"3655/55240/{ids(SPECTRA[0])[2]}/coadd"]
    h5boss("convert", *source, "-o", tmp_path, "--resume")
    assert "0 differences" in h5boss("verify", first, *source[:2]).stdout
    made = first.stat().st_ino
    h5boss("convert", *source, "-o", tmp_path, "--resume")
    assert first.stat().st_ino == made
