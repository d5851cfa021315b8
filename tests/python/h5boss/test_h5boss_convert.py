"""`h5boss convert`, `to-fits`, `info`, `count` and `verify`, on real spectra, beside astropy."""

import json
import shutil
import signal
import subprocess

import h5py
import numpy as np
import pytest
from astropy.io import fits
from spectra import H5BOSS, NEEDS, SHARED, SPECTRA, h5boss, ids

pytestmark = NEEDS


def same_text(ours, theirs):
    return np.char.rstrip(np.asarray(ours, "S")) == np.char.rstrip(np.asarray(theirs, "S"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """All spectra, a file a plate."""
    made = tmp_path_factory.mktemp("v1")
    h5boss("convert", SHARED / "boss/spec", "-o", made)
    return made


def spectrum(folder, path):
    plate, mjd, fiber = ids(path)
    return h5py.File(folder / f"{plate:04d}-{mjd:05d}.hdf5")[f"{plate}/{mjd}"], str(fiber)


def test_pixels_are_those_of_the_fits_files(folder):
    names = {"FLUX", "IVAR", "AND_MASK", "OR_MASK", "SKY", "MODEL"}
    for path in SPECTRA:
        plate, fiber = spectrum(folder, path)
        coadd = plate[fiber]["coadd"][()]
        source = fits.getdata(path, 1)
        assert coadd.dtype.names[:3] == ("WAVE", "FLUX", "IVAR")
        assert coadd.dtype.itemsize == 32
        for name in names:
            np.testing.assert_array_equal(coadd[name], source[name])
        np.testing.assert_array_equal(coadd["WAVEDISP"], source["WDISP"])
        wave = coadd["WAVE"].astype("f8")
        np.testing.assert_array_equal(np.log10(wave).astype("f4"), source["LOGLAM"])


def test_catalogues_are_the_rows_of_the_fits_files(folder):
    for path in SPECTRA:
        plate, fiber = spectrum(folder, path)
        row = fits.getdata(path, 2)
        for name in ("zbest", "plugmap", "spall", "photo/matchflux"):
            table = plate[name][()]
            mine = table[table["FIBERID"] == int(fiber)]
            assert len(mine) == 1
            for column in set(mine.dtype.names) & set(row.dtype.names):
                if name == "plugmap" and column in ("RA", "DEC"):
                    continue
                if mine.dtype[column].kind == "S":
                    assert same_text(mine[column], row[column]).all()
                else:
                    np.testing.assert_array_equal(mine[column], row[column])
        assert plate["spall"].dtype.names == tuple(n.upper() for n in row.dtype.names)
        lines = plate["zline"][()]
        mine = lines[lines["FIBERID"] == int(fiber)]
        source = fits.getdata(path, 3)
        np.testing.assert_array_equal(mine["LINEZ"], source["LINEZ"])
        assert same_text(mine["LINENAME"], source["LINENAME"]).all()


def test_unsigned_integers_stay_exact(folder):
    plate, _ = spectrum(folder, SPECTRA[0])
    column = plate["spall"]["SPECOBJID"]
    assert column.dtype == np.uint64
    assert column[0] == fits.getdata(SPECTRA[0], 2)["SPECOBJID"][0]


@pytest.mark.parametrize("form", ["v1", "v2"])
def test_to_fits_gives_the_files_back_byte_for_byte(tmp_path, form):
    h5boss("convert", SHARED / "boss/spec", "-o", tmp_path / "all.h5", "--format", form)
    for path in SPECTRA[::9] + SPECTRA[-1:]:
        plate, mjd, fiber = ids(path)
        h5boss("to-fits", tmp_path / "all.h5", plate, mjd, fiber, "-o", tmp_path / "fits")
        assert (tmp_path / "fits" / path.name).read_bytes() == path.read_bytes()


def test_v2_has_the_union_of_the_grids(tmp_path, folder):
    h5boss("convert", folder / "3655-55240.hdf5", "-o", tmp_path / "v2.hdf5", "--format", "v2")
    sources = {ids(path)[2]: fits.getdata(path, 1) for path in SPECTRA if ids(path)[0] == 3655}
    with h5py.File(tmp_path / "v2.hdf5") as file:
        coadds = file["3655/55240/coadds"]
        grid = np.unique(np.concatenate([s["LOGLAM"] for s in sources.values()]))
        wave = coadds["wave"][()]
        np.testing.assert_array_equal(np.log10(wave.astype("f8")).astype("f4"), grid)
        assert sorted(coadds["fiberid"][()]) == sorted(sources)
        for row, fiber in enumerate(coadds["fiberid"][()]):
            inside = np.isin(grid, sources[fiber]["LOGLAM"])
            np.testing.assert_array_equal(coadds["flux"][row][inside], sources[fiber]["FLUX"])
            assert (coadds["ivar"][row][~inside] == 0).all()


def test_one_format_and_back_is_the_same(tmp_path, folder):
    first = folder / "3655-55240.hdf5"
    h5boss(
        "convert", first, "-o", tmp_path / "v2.hdf5", "--format", "v2", "--compression", "gzip:1"
    )
    h5boss("convert", tmp_path / "v2.hdf5", "-o", tmp_path / "v1.hdf5", "--compression", "lzf")
    with h5py.File(first) as before, h5py.File(tmp_path / "v1.hdf5") as after:
        names = []
        before.visit(names.append)
        compared = 0
        for name in names:
            if isinstance(before[name], h5py.Dataset):
                assert before[name].dtype == after[name].dtype, name
                assert before[name][()].tobytes() == after[name][()].tobytes(), name
                compared += 1
        assert compared > 55
        assert after["3655/55240/2/coadd"].compression == "lzf"


def test_headers_are_kept_once_a_plate_or_with_every_spectrum(tmp_path, folder):
    plate, fiber = spectrum(folder, SPECTRA[0])
    header = fits.getheader(SPECTRA[0])
    assert plate.attrs["TILEID"] == header["TILEID"]
    assert not plate[fiber]["coadd"].attrs
    h5boss("convert", SPECTRA[0], "-o", tmp_path / "a.hdf5", "--keep-attrs")
    with h5py.File(tmp_path / "a.hdf5") as file:
        number = ids(SPECTRA[0])
        attributes = file["/".join(map(str, number))]["coadd"].attrs
        for key in ("PLUG_RA", "THING_ID", "TELESCOP", "VACUUM", "EXPTIME"):
            assert attributes[key] == header[key]


def test_info_count_and_verify_agree_with_the_files(folder):
    assert h5boss("count", folder).stdout == f"{len(SPECTRA)}\n"
    facts = json.loads(h5boss("info", folder / "3655-55240.hdf5", "--json").stdout)
    assert facts["plates"][0]["fibers"] == sum(ids(path)[0] == 3655 for path in SPECTRA)
    assert "\u2588" in h5boss("info", folder / "3655-55240.hdf5", 3655, 55240, 26).stdout
    done = h5boss("verify", folder / "3655-55240.hdf5", SHARED / "boss/spec")
    assert "0 differences" in done.stdout


def test_verify_finds_a_changed_value(tmp_path, folder):
    shutil.copy(folder / "3657-55244.hdf5", tmp_path / "changed.hdf5")
    with h5py.File(tmp_path / "changed.hdf5", "r+") as file:
        coadd = file["3657/55244/552/coadd"][()]
        coadd["FLUX"][7] += 1
        file["3657/55244/552/coadd"][...] = coadd
    done = h5boss("verify", tmp_path / "changed.hdf5", folder / "3657-55244.hdf5", status=1)
    assert "552 coadd FLUX" in done.stderr


def test_what_is_missing_is_listed_and_strict_writes_nothing(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    shutil.copy(SPECTRA[0], source)
    cut = SPECTRA[1].read_bytes()[:100_000]
    (source / SPECTRA[1].name).write_bytes(cut)
    (source / SPECTRA[2].name).write_bytes(b"no FITS")
    shutil.copy(SPECTRA[0], source / "spec-9999-55240-0002.fits")  # the same fibre again
    with fits.open(SPECTRA[3]) as file:
        fits.HDUList(file[:2]).writeto(source / SPECTRA[3].name)
    done = h5boss("convert", source, "-o", tmp_path / "out.hdf5")
    for name in (SPECTRA[1].name, SPECTRA[2].name, SPECTRA[3].name, "there already"):
        assert name in done.stderr
    assert all(line.startswith("h5boss: ") for line in done.stderr.splitlines())
    with h5py.File(tmp_path / "out.hdf5") as file:
        assert len([n for n in file["3655/55240"] if n.isdigit()]) == 2
    h5boss("convert", source, "-o", tmp_path / "strict.hdf5", "--strict", status=1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out.hdf5"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "nowhere", "-o", "x.hdf5"),
        ("convert", "/dev/null", "-o", "x.hdf5"),
        ("to-fits", "nowhere.hdf5", 1, 2, 3, "-o", "x"),
        ("info", "/etc/passwd"),
        ("info", "nowhere.hdf5"),
        ("verify", "nowhere.hdf5", "nowhere"),
    ],
)
def test_bad_input_is_one_clear_failure(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    done = h5boss(*arguments, status=1)
    assert done.stderr.startswith("h5boss: ")
    assert not list(tmp_path.iterdir())


def test_a_killed_run_leaves_nothing_under_the_final_name(tmp_path):
    running = subprocess.Popen([H5BOSS, "convert", SHARED / "boss/spec", "-o", tmp_path / "a.hdf5"])
    running.send_signal(signal.SIGKILL)
    running.wait()
    if (tmp_path / "a.hdf5").exists():  # it was quicker
        with h5py.File(tmp_path / "a.hdf5") as file:
            assert len(file) == 2
