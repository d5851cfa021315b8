"""`h5boss subset`, `merge` and `remove`, on real spectra, looked at with stock h5py."""

import os
from pathlib import Path

import h5py
import numpy as np
import pytest
from spectra import NEEDS, SHARED, SPECTRA, fibers_of, h5boss, ids, pmf

pytestmark = NEEDS

PLATE = "3655/55240"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("v1")
    h5boss("convert", SHARED / "boss/spec", "-o", made)
    return made


def assert_same_fibers(path, source, fibers):
    """Spectra byte for byte, and exactly the rows of these fibres in every catalogue."""
    with h5py.File(path) as ours, h5py.File(source) as theirs:
        for name in ("zbest", "plugmap", "zline", "spall", "photo/matchflux"):
            table = theirs[PLATE][name][()]
            wanted = table[np.isin(table["FIBERID"], fibers)]
            assert ours[PLATE][name][()].tobytes() == wanted.tobytes()
        for fiber in fibers:
            coadd = ours[f"{PLATE}/{fiber}/coadd"]
            assert coadd[()].tobytes() == theirs[f"{PLATE}/{fiber}/coadd"][()].tobytes()


CHOSEN = [ids(path) for path in SPECTRA[:20:3]]


def test_a_subset_has_the_spectra_and_rows_of_its_fibres(tmp_path, folder):
    made = tmp_path / "some.hdf5"
    h5boss(
        "subset", folder, "-o", made, "--pmf", pmf(tmp_path / "list", [*CHOSEN, ids(SPECTRA[-1])])
    )
    assert fibers_of(made) == {*CHOSEN, ids(SPECTRA[-1])}
    assert_same_fibers(made, folder / "3655-55240.hdf5", [f for _, _, f in CHOSEN])
    assert "0 differences" in h5boss("verify", made, SHARED / "boss/spec").stdout


def test_a_subset_of_a_subset_still_gives_the_fits_files(tmp_path, folder):
    made = tmp_path / "some.hdf5"
    listed = pmf(tmp_path / "list", CHOSEN)
    h5boss("subset", folder, "-o", made, "--pmf", listed, "--format", "v2")
    path = SPECTRA[3]
    h5boss("to-fits", made, *ids(path), "-o", tmp_path)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("form", ["v1", "v2"])
def test_a_cutout_has_the_pixels_between_two_wavelengths(tmp_path, folder, form):
    made = tmp_path / "cut.hdf5"
    listed = pmf(tmp_path / "list", CHOSEN)
    h5boss("subset", folder, "-o", made, "--pmf", listed, "--cutout", 5000, 5100, "--format", form)
    plate, mjd, fiber = CHOSEN[1]
    with h5py.File(folder / "3655-55240.hdf5") as source, h5py.File(made) as file:
        whole = source[f"{PLATE}/{fiber}/coadd"][()]
        wanted = whole[(whole["WAVE"] >= 5000) & (whole["WAVE"] <= 5100)]
        if form == "v1":
            assert file[f"{PLATE}/{fiber}/coadd"][()].tobytes() == wanted.tobytes()
        else:
            row = list(file[PLATE]["coadds/fiberid"][()]).index(fiber)
            np.testing.assert_array_equal(file[PLATE]["coadds/flux"][row], wanted["FLUX"])


def test_remove_and_merge_undo_each_other(tmp_path, folder):
    source = folder / "3655-55240.hdf5"
    part, rest = tmp_path / "part.hdf5", tmp_path / "rest.hdf5"
    rest.write_bytes(source.read_bytes())
    listed = pmf(tmp_path / "list", CHOSEN)
    h5boss("subset", source, "-o", part, "--pmf", listed)
    h5boss("remove", rest, "--pmf", listed)
    assert fibers_of(rest) == fibers_of(source) - set(CHOSEN)
    assert os.path.getsize(rest) < os.path.getsize(source) - len(CHOSEN) * 140_000
    assert_same_fibers(rest, source, [f for _, _, f in fibers_of(rest)])
    h5boss("merge", part, rest, "-o", tmp_path / "all.hdf5")
    assert fibers_of(tmp_path / "all.hdf5") == fibers_of(source)
    assert_same_fibers(tmp_path / "all.hdf5", source, [f for _, _, f in fibers_of(source)])


def test_what_no_file_has_is_listed(tmp_path, folder):
    listed = pmf(tmp_path / "list", [CHOSEN[0], (3655, 55240, 999), (1, 2, 3), CHOSEN[0]])
    made = tmp_path / "a.hdf5"
    done = h5boss("subset", folder, "-o", made, "--pmf", listed)
    assert "3655/55240/999" in done.stderr
    assert "1/2/3" in done.stderr
    assert "more than once" in done.stderr
    assert fibers_of(made) == {CHOSEN[0]}
    before = made.read_bytes()
    h5boss("subset", folder, "-o", made, "--pmf", listed, "--strict", status=1)
    h5boss("remove", made, "--pmf", listed, "--strict", status=1)
    assert made.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.hdf5", "list"]


@pytest.mark.parametrize(
    "text", ["", "plates mjds fibers\n", "1 2\n", "1 2 3 4\n", "1 x 3\n", "-1 2 3\n"]
)
def test_a_malformed_list_is_one_clear_failure(tmp_path, folder, text):
    (tmp_path / "list").write_text(text)
    done = h5boss("subset", folder, "-o", tmp_path / "a", "--pmf", tmp_path / "list", status=1)
    assert done.stderr.count("\n") == 1
    assert not Path(tmp_path / "a").exists()


def test_headers_of_old_files_are_kept(tmp_path):
    """H5Boss's own files have headers as attributes of the spectra, and no group of headers."""
    h5boss("convert", *SPECTRA[:3], "-o", tmp_path / "old.hdf5", "--keep-attrs")
    with h5py.File(tmp_path / "old.hdf5", "r+") as file:
        del file[PLATE]["headers"]
    listed = pmf(tmp_path / "list", [ids(SPECTRA[1])])
    h5boss("remove", tmp_path / "old.hdf5", "--pmf", listed, "--keep-attrs")
    h5boss("convert", SPECTRA[0], "-o", tmp_path / "new.hdf5", "--keep-attrs")
    with h5py.File(tmp_path / "old.hdf5") as old, h5py.File(tmp_path / "new.hdf5") as new:
        path = "/".join(map(str, ids(SPECTRA[0]))) + "/coadd"
        assert dict(old[path].attrs) == dict(new[path].attrs)


def test_add_and_update_with_the_old_command_lines(tmp_path, folder):
    (tmp_path / "input").write_text("".join(f"{path}\n" for path in sorted(folder.iterdir())))
    base = tmp_path / "base.hdf5"
    first, second = CHOSEN[:3], CHOSEN[2:]
    h5boss("subset", tmp_path / "input", base, pmf(tmp_path / "one", first))
    assert fibers_of(base) == set(first)
    h5boss("add", base, tmp_path / "input", pmf(tmp_path / "two", second))
    assert fibers_of(base) == set(CHOSEN)
    assert_same_fibers(base, folder / "3655-55240.hdf5", [f for _, _, f in CHOSEN])
    h5boss("update", base, tmp_path / "input", tmp_path / "two")
    assert fibers_of(base) == set(second)
    assert_same_fibers(base, folder / "3655-55240.hdf5", [f for _, _, f in second])
    h5boss("boss2hdf5", "-i", SPECTRA[-1], "-o", tmp_path / "b.hdf5")
    assert fibers_of(tmp_path / "b.hdf5") == {ids(SPECTRA[-1])}
