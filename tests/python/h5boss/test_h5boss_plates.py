"""Whole plates of the pipeline, made up by `h5boss generate`, beside astropy and NumPy."""

import gzip
import shutil

import h5py
import numpy as np
import pytest
from astropy.io import fits
from spectra import NEEDS, h5boss

pytestmark = NEEDS

IDS = ["4000/55500", "4001/55503", "4001/55683"]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    made = tmp_path_factory.mktemp("plates")
    done = h5boss(
        "generate", "--plates", 3, "--fibers", 12, "--exposures", 2, "--seed", 5, "-o", made
    )
    assert done.stdout.split() == IDS
    return made


@pytest.fixture(scope="module", params=["v1", "v2"])
def plates(request, source, tmp_path_factory):
    made = tmp_path_factory.mktemp(request.param)
    done = h5boss("convert", source, "-o", made, "--format", request.param, "--strict")
    assert done.stderr == ""
    return made


def coadd_of(plate, fiber):
    """A fibre's coadd as a table, of either format."""
    if "coadds" not in plate:
        return plate[f"{fiber}/coadd"][()]
    stacks = plate["coadds"]
    row = list(stacks["fiberid"]).index(fiber)
    return {n.upper(): s[()] if s.ndim == 1 else s[row] for n, s in stacks.items()}


def frame_of(plate, fiber, exposure, camera):
    if "coadds" not in plate:
        return plate[f"{fiber}/exposures/{exposure}/{camera}"][()]
    stacks = plate[f"exposures/{exposure}/{camera}"]
    row = list(stacks["fiberid"]).index(fiber)
    return {n.upper(): s[row] for n, s in stacks.items() if n != "fiberid"}


@pytest.mark.parametrize("number", IDS)
def test_coadds_and_catalogues_are_those_of_the_fits_files(source, plates, number):
    plate, mjd = number.split("/")
    folder = source / plate
    with h5py.File(plates / f"{plate}-{mjd}.hdf5") as file:
        group = file[number]
        with fits.open(folder / f"spPlate-{plate}-{mjd}.fits") as spectra:
            header = spectra[0].header
            pixels = np.arange(header["NAXIS1"])
            wave = 10 ** (header["COEFF0"] + header["COEFF1"] * pixels)
            model = fits.getdata(folder / f"v5_7_0/spZbest-{plate}-{mjd}.fits", 2)
            wanted = {"FLUX": 0, "IVAR": 1, "AND_MASK": 2, "OR_MASK": 3, "WAVEDISP": 4, "SKY": 6}
            for fiber in (1, 7, 12):
                coadd = coadd_of(group, fiber)
                np.testing.assert_array_equal(coadd["WAVE"], wave.astype("f4"))
                np.testing.assert_array_equal(coadd["MODEL"], model[fiber - 1])
                for name, hdu in wanted.items():
                    np.testing.assert_array_equal(coadd[name], spectra[hdu].data[fiber - 1])
            tables = {"plugmap": spectra[5].data}
            for name, path in {
                "zbest": "v5_7_0/spZbest",
                "zline": "v5_7_0/spZline",
                "photo/match": "photoMatchPlate",
                "photo/matchflux": "photoPlate",
                "photo/matchpos": "photoPosPlate",
            }.items():
                tables[name] = fits.getdata(folder / f"{path}-{plate}-{mjd}.fits", 1)
            for name, table in tables.items():
                ours = group[name][()]
                assert len(ours) == len(table)
                for column in table.dtype.names:
                    theirs = table[column]
                    if ours.dtype[column].base.kind == "S":
                        same = np.char.rstrip(ours[column]) == np.char.rstrip(theirs.astype("S"))
                        assert same.all()
                    else:
                        np.testing.assert_array_equal(ours[column], theirs)
                if name.startswith("photo/"):
                    assert list(ours["FIBERID"]) == list(range(1, 13))
                    assert ours["FIBERID"].dtype == np.int16


def test_frames_are_cut_to_the_detector_and_calibrated(source, plates):
    folder = source / "4000"
    with h5py.File(plates / "4000-55500.hdf5") as file:
        for exposure in (155000, 155001):
            for camera, width in (("b", 4112), ("r", 4128)):
                for fiber in (1, 6, 7, 12):
                    spectrograph, row = (1, fiber - 1) if fiber <= 6 else (2, fiber - 7)
                    name = f"{camera}{spectrograph}-{exposure:08d}.fits"
                    with fits.open(folder / f"spCFrame-{name}") as frame:
                        assert frame[0].data.shape[1] > width
                        part = [
                            hdu.data[row][:width] if hdu.data.ndim == 2 else None for hdu in frame
                        ]
                        flat = fits.getdata(folder / frame[0].header["FLATFILE"])
                    electrons = fits.getdata(folder / f"spFrame-{name}.gz")[row]
                    ours = frame_of(file["4000/55500"], fiber, exposure, camera)
                    assert len(ours["FLUX"]) == width
                    for column, hdu in {"FLUX": 0, "IVAR": 1, "MASK": 2, "SKY": 6, "X": 7}.items():
                        np.testing.assert_array_equal(ours[column], part[hdu])
                    np.testing.assert_array_equal(ours["WAVEDISP"], part[4])
                    np.testing.assert_allclose(
                        ours["WAVE"], 10.0 ** part[3].astype("f8"), rtol=1e-7
                    )
                    counted = electrons * flat[row] * part[8]
                    calib = np.divide(
                        part[0], counted, out=np.zeros_like(counted), where=counted != 0
                    )
                    np.testing.assert_allclose(ours["CALIB"], calib, rtol=1e-6)


def test_a_plate_is_the_same_whatever_way_it_is_named(tmp_path, source):
    path = source / "4000/spPlate-4000-55500.fits"
    h5boss("convert", path, "-o", tmp_path / "a.hdf5")
    h5boss("convert", path.parent, "-o", tmp_path)
    done = h5boss("verify", tmp_path / "a.hdf5", tmp_path / "4000-55500.hdf5", "--strict")
    assert "0 differences" in done.stdout
    assert "0 differences" in h5boss("verify", tmp_path / "a.hdf5", path).stdout


def test_compressed_files_and_another_place_of_siblings_do(tmp_path, source):
    folder = tmp_path / "4000"
    shutil.copytree(source / "4000", folder)
    for path in [*folder.glob("spPlate*"), *folder.glob("spCFrame*"), *folder.glob("*/spZ*")]:
        with open(path, "rb") as plain, gzip.open(f"{folder / path.name}.gz", "wb", 1) as packed:
            shutil.copyfileobj(plain, packed)
        path.unlink()
    h5boss("convert", folder, "-o", tmp_path / "a.hdf5", "--strict")
    h5boss("convert", source / "4000", "-o", tmp_path / "b.hdf5")
    done = h5boss("verify", tmp_path / "a.hdf5", tmp_path / "b.hdf5", "--strict")
    assert "0 differences" in done.stdout


@pytest.mark.parametrize(
    "name",
    ["v5_7_0/spZbest-4000-55500.fits", "photoPosPlate-4000-55500.fits", "spCFrame-r2-00155001.fits"]
    + ["v5_7_0/spZline-4000-55500.fits", "spFlat-b1-00154999.fits.gz"],
)
@pytest.mark.parametrize("how", ["gone", "cut off"])
def test_what_lacks_beside_a_plate_is_listed(tmp_path, source, name, how):
    folder = tmp_path / "4000"
    shutil.copytree(source / "4000", folder)
    path = folder / name
    data = path.read_bytes()
    path.unlink()
    if how == "cut off":
        path.write_bytes(data[: len(data) // 3])
    done = h5boss("convert", folder, "-o", tmp_path / "a.hdf5", status=None)
    assert path.name.split("-")[0] in done.stderr
    if done.returncode == 0:
        assert h5boss("count", tmp_path / "a.hdf5").stdout == "12\n"
    h5boss("convert", folder, "-o", tmp_path / "b.hdf5", "--strict", status=1)
    assert not (tmp_path / "b.hdf5").exists()


def test_a_made_up_fibre_survives_the_way_to_fits_and_back(tmp_path, plates):
    source = plates / "4000-55500.hdf5"
    h5boss("to-fits", source, 4000, 55500, 3, "-o", tmp_path)
    name = "spec-4000-55500-0003.fits"
    with fits.open(tmp_path / name) as spectrum, h5py.File(source) as file:
        coadd = coadd_of(file["4000/55500"], 3)
        np.testing.assert_array_equal(spectrum[1].data["FLUX"], coadd["FLUX"])
        assert spectrum[2].data["CLASS"][0].encode() == file["4000/55500/zbest"]["CLASS"][2]
        assert len(spectrum) == 4 + 4
    h5boss("convert", tmp_path / name, "-o", tmp_path / "again.hdf5", "--strict")
    with h5py.File(tmp_path / "again.hdf5") as again, h5py.File(source) as file:
        frame = again["4000/55500/3/exposures/155001/b"]
        np.testing.assert_array_equal(
            frame["FLUX"], frame_of(file["4000/55500"], 3, 155001, "b")["FLUX"]
        )


def test_the_same_seed_makes_the_same_plates(tmp_path):
    for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
        h5boss("generate", "--fibers", 3, "--exposures", 1, "--seed", seed, "-o", tmp_path / folder)
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*.fits*"))
    assert len(files) >= 15
    for path in files:
        assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()
    plate = "4000/spPlate-4000-55500.fits"
    assert (tmp_path / "a" / plate).read_bytes() != (tmp_path / "c" / plate).read_bytes()
    for path in files:
        with fits.open(tmp_path / "a" / path) as file:
            file.verify("exception")
