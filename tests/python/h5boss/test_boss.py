"""`hyperslab.boss`, beside astropy on the real spectra."""

import sys
import types

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from hyperslab.boss import BossError, Survey, run
from spectra import NEEDS, SHARED, SPECTRA, ids

pytestmark = NEEDS

ROWS = {ids(path): fits.getdata(path, 2)[0] for path in SPECTRA}


@pytest.fixture(scope="module", params=["v1", "v2", "index", "file"])
def survey(request, tmp_path_factory):
    made = tmp_path_factory.mktemp(request.param)
    form = "v2" if request.param == "v2" else "v1"
    where = made / "all.hdf5" if request.param == "file" else made
    run("convert", SHARED / "boss/spec", "-o", where, "--format", form)
    if request.param == "index":
        where = tmp_path_factory.mktemp("i") / "index.hdf5"
        run("index", made, "-o", where)
    with Survey(where) as survey:
        yield survey


def test_a_spectrum_is_found_by_plate_mjd_and_fibre(survey):
    for path in SPECTRA[::11] + SPECTRA[-1:]:
        coadd = survey[ids(path)].coadd
        source = fits.getdata(path, 1)
        assert isinstance(coadd, np.recarray)
        assert coadd.dtype.names[:3] == ("WAVE", "FLUX", "IVAR")
        np.testing.assert_array_equal(coadd.FLUX, source["FLUX"])
        np.testing.assert_array_equal(coadd["WAVEDISP"], source["WDISP"])
        np.testing.assert_array_equal(
            np.log10(coadd.WAVE.astype("f8")).astype("f4"), source["LOGLAM"]
        )


def test_a_survey_lists_what_it_holds(survey):
    assert len(survey) == len(SPECTRA)
    assert set(survey) == {ids(path) for path in SPECTRA}
    assert survey.plates == [(3655, 55240), (3657, 55244)]
    assert survey.fibers(3657, 55244) == [552]
    assert ids(SPECTRA[0]) in survey
    assert (1, 2, 3) not in survey
    with pytest.raises(KeyError, match="1/2/3"):
        survey[1, 2, 3]


def test_rows_of_catalogues_come_with_a_spectrum(survey):
    spectrum = survey[ids(SPECTRA[4])]
    source = ROWS[ids(SPECTRA[4])]
    assert np.float32(spectrum.redshift) == source["Z"]
    assert spectrum.row("spall").SPECOBJID[0] == int(source["SPECOBJID"])
    assert len(spectrum.row("zline")) == 32
    assert spectrum.exposures == {}
    with pytest.raises(KeyError):
        spectrum.row("nothing")


def test_a_query_is_a_table_of_astropy(survey):
    table = survey.query("CLASS = 'QSO' AND Z > 3", columns=["Z", "CLASS", "SPECOBJID"])
    assert isinstance(table, Table)
    assert table.colnames == ["PLATE", "MJD", "FIBERID", "Z", "CLASS", "SPECOBJID"]
    wanted = {n for n, r in ROWS.items() if r["CLASS"].strip() == "QSO" and r["Z"] > 3}
    assert {tuple(map(int, list(row)[:3])) for row in table} == wanted
    for row in table:
        source = ROWS[row["PLATE"], row["MJD"], row["FIBERID"]]
        assert row["Z"] == source["Z"]
        assert row["CLASS"] == "QSO"
        assert int(row["SPECOBJID"]) == int(source["SPECOBJID"])
    records = survey.query(cone=(111.2, 39.4, 0.3), output="numpy")
    assert 0 < len(records) < len(SPECTRA)
    with pytest.raises(BossError, match="NOTHING"):
        survey.query("NOTHING = 1")


@pytest.mark.parametrize("virtual", [False, True])
def test_a_subset_is_a_survey(tmp_path, survey, virtual):
    chosen = [ids(path) for path in SPECTRA[1:6:2]]
    made = survey.subset(tmp_path / "some.hdf5", chosen, virtual=virtual)
    assert set(made) == set(chosen)
    np.testing.assert_array_equal(made[chosen[0]].coadd.FLUX, survey[chosen[0]].coadd.FLUX)
    made.close()
    with pytest.raises(BossError):
        survey.subset(tmp_path / "none.hdf5", [(1, 2, 3)])
    assert not (tmp_path / "none.hdf5").exists()


@pytest.mark.parametrize("form", ["v1", "v2"])
def test_exposures_are_found_by_number_and_camera(tmp_path, form):
    run("generate", "--fibers", 4, "--exposures", 2, "-o", tmp_path / "fits")
    run("convert", tmp_path / "fits", "-o", tmp_path / "a.hdf5", "--format", form)
    with Survey(tmp_path / "a.hdf5") as survey:
        exposures = survey[4000, 55500, 3].exposures
    assert sorted(exposures) == [155000, 155001]
    assert {camera: len(frame) for camera, frame in exposures[155000].items()} == {
        "b": 4112,
        "r": 4128,
    }
    source = fits.getdata(tmp_path / "fits/4000/spCFrame-b2-00155001.fits")
    np.testing.assert_array_equal(exposures[155001]["b"].FLUX, source[0][:4112])


def test_what_is_not_there_is_one_error(tmp_path):
    with pytest.raises(BossError, match="nowhere"):
        Survey(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BossError):
        Survey(tmp_path / "empty")


def test_a_query_is_a_frame_of_pandas(survey):
    pandas = pytest.importorskip("pandas", reason="pandas is not in this environment")
    frame = survey.query("CLASS = 'QSO' AND Z > 3", columns=["Z"], output="pandas")
    assert isinstance(frame, pandas.DataFrame)
    assert set(frame["PLATE"]) <= {3655, 3657}
    wanted = [r["Z"] for r in ROWS.values() if r["CLASS"].strip() == "QSO" and r["Z"] > 3]
    assert sorted(frame["Z"]) == sorted(wanted)


class Specutils:
    """What `Spectrum.to_spectrum1d` needs of specutils, which keeps what it was given."""

    def __init__(self, **given):
        self.__dict__.update(given)


@pytest.mark.parametrize("name", ["Spectrum1D", "Spectrum"])
def test_a_spectrum_of_specutils_has_units_and_errors(monkeypatch, survey, name):
    """With a stand-in of either generation of specutils, whose class has been renamed."""
    monkeypatch.setitem(sys.modules, "specutils", types.SimpleNamespace(**{name: Specutils}))
    path = SPECTRA[6]
    made = survey[ids(path)].to_spectrum1d()
    source = fits.getdata(path, 1)
    assert made.flux.unit.is_equivalent("erg / (s cm2 Angstrom)")
    np.testing.assert_array_equal(made.flux.value, source["FLUX"])
    assert made.spectral_axis.unit == "Angstrom"
    np.testing.assert_allclose(made.spectral_axis.value, 10 ** source["LOGLAM"].astype("f8"), 1e-6)
    np.testing.assert_array_equal(made.uncertainty.array, source["IVAR"])
    np.testing.assert_array_equal(made.mask, source["IVAR"] == 0)
    assert (made.meta["plate"], made.meta["mjd"], made.meta["fiber"]) == ids(path)


def test_a_spectrum_of_the_real_specutils(survey):
    specutils = pytest.importorskip("specutils", reason="specutils is not in this environment")
    made = survey[ids(SPECTRA[6])].to_spectrum1d()
    kind = getattr(specutils, "Spectrum1D", None) or specutils.Spectrum
    assert isinstance(made, kind)
    assert len(made.flux) == len(fits.getdata(SPECTRA[6], 1))


class Axes:
    """Axes that remember what was drawn."""

    def __init__(self):
        self.lines = {}
        self.marks = []
        self.texts = []
        self.title = ""

    def plot(self, x, y, *, label, **_):
        self.lines[label] = (np.asarray(x), np.asarray(y))

    def axvline(self, x, **_):
        self.marks.append(x)

    def text(self, x, _, name, **__):
        self.texts.append((x, name))

    def set_title(self, title):
        self.title = title

    def __getattr__(self, name):
        return lambda *_, **__: None


def test_a_plot_has_flux_error_model_and_lines(survey):
    path = SPECTRA[6]
    source, row = fits.getdata(path, 1), ROWS[ids(path)]
    axes = Axes()
    assert survey[ids(path)].plot(axes, smooth=1) is axes
    assert list(axes.lines) == ["flux", "error", "model"]
    wave, flux = axes.lines["flux"]
    good = source["IVAR"] > 0
    np.testing.assert_array_equal(flux[good], source["FLUX"][good])
    assert np.isnan(flux[~good]).all()
    np.testing.assert_allclose(axes.lines["error"][1][good], source["IVAR"][good] ** -0.5, 1e-6)
    np.testing.assert_array_equal(axes.lines["model"][1], source["MODEL"])
    for where, name in axes.texts:
        assert wave[0] < where < wave[-1]
        if name == "H α":
            assert where == pytest.approx(6564.61 * (1 + row["Z"]))
    assert str(ids(path)[0]) in axes.title


def test_matplotlib_draws_a_spectrum(tmp_path, survey):
    pytest.importorskip("matplotlib", reason="matplotlib is not in this environment").use("Agg")
    axes = survey[ids(SPECTRA[6])].plot()
    axes.figure.savefig(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
