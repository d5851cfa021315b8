"""`h5boss index`, `query` and `subset` by questions, beside astropy, NumPy and stock h5py."""

import csv
import io
import json
import os
import shutil

import h5py
import numpy as np
import pytest
from astropy import units
from astropy.coordinates import SkyCoord
from astropy.io import fits
from spectra import NEEDS, SHARED, SPECTRA, fibers_of, h5boss, ids, pmf
from test_h5boss_subset import PLATE, assert_same_fibers

pytestmark = NEEDS

ROWS = {ids(path): fits.getdata(path, 2)[0] for path in SPECTRA}
LINES = {ids(path): fits.getdata(path, 3) for path in SPECTRA}


@pytest.fixture(scope="module", params=["v1", "v2"])
def folder(request, tmp_path_factory):
    made = tmp_path_factory.mktemp(request.param)
    h5boss("convert", SHARED / "boss/spec", "-o", made, "--format", request.param)
    return made


@pytest.fixture(scope="module", params=["files", "index"])
def survey(request, tmp_path_factory, folder):
    """What a question is asked: the folder, or an index of it."""
    if request.param == "files":
        return folder
    made = tmp_path_factory.mktemp("index") / "index.hdf5"
    h5boss("index", folder, "-o", made)
    return made


def rows_of(*arguments):
    return list(csv.DictReader(io.StringIO(h5boss("query", *arguments, "--csv").stdout)))


def found(rows):
    return {(int(r["PLATE"]), int(r["MJD"]), int(r["FIBERID"])) for r in rows}


QUESTIONS = {
    "CLASS='QSO' AND Z>2": lambda r: r["CLASS"].strip() == "QSO" and r["Z"] > 2,
    "Z BETWEEN 2.3 AND 2.6 OR CLASS = 'GALAXY'": lambda r: (
        2.3 <= r["Z"] <= 2.6 or r["CLASS"].strip() == "GALAXY"
    ),
    "PLATE = 3657": lambda r: r["PLATE"] == 3657,
    "plate in (3655, 1) and fiberid < 200": lambda r: r["PLATE"] == 3655 and r["FIBERID"] < 200,
    "SUBCLASS LIKE 'BROAD%' AND ZWARNING = 0": lambda r: (
        r["SUBCLASS"].startswith("BROAD") and r["ZWARNING"] == 0
    ),
    "NOT (SN_MEDIAN_ALL > 3)": lambda r: not r["SN_MEDIAN_ALL"] > 3,
    "spall.Z > 3": lambda r: r["Z"] > 3,
    "MODELFLUX_2 > 5 -- a comment": lambda r: r["MODELFLUX"][2] > 5,
    "matchflux.RA > 110 AND plugmap.DEC > 39": lambda r: r["RA"] > 110 and r["PLUG_DEC"] > 39,
    "Z > 100": lambda r: False,
}


@pytest.mark.parametrize("expression", QUESTIONS)
def test_a_query_finds_what_astropy_finds(survey, expression):
    wanted = {number for number, row in ROWS.items() if QUESTIONS[expression](row)}
    assert found(rows_of(survey, expression)) == wanted


def test_values_are_those_of_the_fits_files(survey):
    rows = rows_of(survey, "Z > 2", "--columns", "Z,PLUG_RA,SPECOBJID,CLASS,spall.SN_MEDIAN_ALL")
    assert list(rows[0])[:3] == ["PLATE", "MJD", "FIBERID"]
    for row in rows:
        source = ROWS[int(row["PLATE"]), int(row["MJD"]), int(row["FIBERID"])]
        assert np.float32(row["Z"]) == source["Z"]
        assert float(row["PLUG_RA"]) == source["PLUG_RA"]
        assert int(row["SPECOBJID"]) == source["SPECOBJID"]
        assert row["CLASS"] == source["CLASS"].strip()
        assert np.float32(row["spall.SN_MEDIAN_ALL"]) == source["SN_MEDIAN_ALL"]


def test_unsigned_numbers_are_compared_exactly(survey):
    number = max(int(row["SPECOBJID"]) for row in ROWS.values())
    assert len(rows_of(survey, f"SPECOBJID >= {number}")) == 1
    assert len(rows_of(survey, f"SPECOBJID > {number}")) == 0
    assert len(rows_of(survey, f"SPECOBJID < {2**64 - 1}")) == len(SPECTRA)


def test_lines_of_a_fibre_are_asked_for_by_their_columns(survey):
    rows = rows_of(survey, "LINENAME = 'C_IV 1549' AND LINEEW > 50 AND CLASS = 'QSO'")
    wanted = {
        number
        for number, lines in LINES.items()
        if ROWS[number]["CLASS"].strip() == "QSO"
        and any(
            n.strip() == "C_IV 1549" and e > 50
            for n, e in zip(lines["LINENAME"], lines["LINEEW"], strict=True)
        )
    }
    assert wanted
    assert found(rows) == wanted
    assert all(float(row["LINEEW"]) > 50 for row in rows)


@pytest.mark.parametrize("radius", [0.05, 0.3, 2])
def test_a_cone_finds_what_astropy_finds(survey, radius):
    here = SkyCoord(111.2, 39.4, unit="deg")
    places = {n: SkyCoord(r["PLUG_RA"], r["PLUG_DEC"], unit="deg") for n, r in ROWS.items()}
    wanted = {n for n, place in places.items() if here.separation(place) <= radius * units.deg}
    assert found(rows_of(survey, "--cone", 111.2, 39.4, radius)) == wanted
    both = {n for n in wanted if ROWS[n]["Z"] > 2.5}
    assert found(rows_of(survey, "Z > 2.5", "--cone", 111.2 - 360, 39.4, radius)) == both
    assert found(rows_of(survey, "--cone", 111.2, 39.4, radius, "Z > 2.5")) == both


def test_a_cone_reaches_over_the_pole_and_over_the_first_meridian(tmp_path):
    rows = np.zeros(3, [("FIBERID", "i4"), ("PLUG_RA", "f8"), ("PLUG_DEC", "f8")])
    rows["FIBERID"] = [1, 2, 3]
    rows["PLUG_RA"] = [359.9, 0.1, 180]
    rows["PLUG_DEC"] = [-0.05, 0.05, 89.9]
    with h5py.File(tmp_path / "a.hdf5", "w") as file:
        file["1/2/zbest"] = rows
        for fiber in (1, 2, 3):
            file[f"1/2/{fiber}/coadd"] = np.zeros(1, [("FLUX", "f4")])
    assert found(rows_of(tmp_path / "a.hdf5", "--cone", 0, 0, 0.2)) == {(1, 2, 1), (1, 2, 2)}
    assert found(rows_of(tmp_path / "a.hdf5", "--cone", 0, 89.95, 0.2)) == {(1, 2, 3)}
    assert found(rows_of(tmp_path / "a.hdf5", "--cone", 0, -0.05, 0.11)) == {(1, 2, 1)}


def test_the_suffix_of_the_output_decides(tmp_path, survey):
    expression = "CLASS='QSO' AND Z>3"
    wanted = {n for n, r in ROWS.items() if r["CLASS"].strip() == "QSO" and r["Z"] > 3}
    for suffix in ("csv", "json", "hdf5", "pmf"):
        h5boss("query", survey, expression, "--output", tmp_path / f"a.{suffix}")
    with open(tmp_path / "a.csv") as text:
        assert text.readline().startswith("PLATE,MJD,FIBERID")
        text.seek(0)
        assert found(csv.DictReader(text)) == wanted
    assert found(json.loads((tmp_path / "a.json").read_text())) == wanted
    with h5py.File(tmp_path / "a.hdf5") as file:
        assert found(file["query"][()]) == wanted
        assert file["query"].dtype["Z"] == np.float32
    lines = (tmp_path / "a.pmf").read_text().splitlines()
    assert lines[0] == "plates mjds fibers"
    assert {tuple(map(int, line.split())) for line in lines[1:]} == wanted
    h5boss("query", survey, expression, "-o", tmp_path / "a.txt", status=1)
    assert not (tmp_path / "a.txt").exists()


def test_a_whole_select_is_a_question_too(survey):
    done = h5boss(
        "query", survey, "SELECT CLASS, count(*) AS n FROM zbest GROUP BY CLASS", "--json"
    )
    counts = {row["CLASS"]: row["n"] for row in json.loads(done.stdout)}
    kinds = [row["CLASS"].strip() for row in ROWS.values()]
    assert counts == {kind: kinds.count(kind) for kind in set(kinds)}
    done = h5boss("query", survey, "SELECT count(*) FROM zline WHERE LINEZ > 2", "--csv")
    assert int(done.stdout.split()[1]) == sum(
        (lines["LINEZ"] > 2).sum() for lines in LINES.values()
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("Z >",),
        ("NO_SUCH_COLUMN = 1",),
        ("Z > 2) OR (1", "--columns", "nothing"),
        ("DROP TABLE fibers",),
        ("SELECT * FROM nothing",),
        ("Z > 2; SELECT 1",),
        ("--cone", 1, 2, -3),
        ("--cone", 1, 95, 3),
        ("--cone", "nan", 5, 3),
    ],
)
def test_a_malformed_question_is_one_clear_failure(tmp_path, survey, arguments):
    done = h5boss("query", survey, *arguments, "-o", tmp_path / "a.csv", status=1)
    assert done.stderr.startswith("h5boss: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "a.csv").exists()


def test_a_subset_by_a_question_has_what_one_by_a_list_has(tmp_path, survey, folder):
    expression = "CLASS='QSO' AND Z>3"
    h5boss("query", survey, expression, "-o", tmp_path / "list.pmf")
    h5boss("subset", survey, "-o", tmp_path / "a.hdf5", "--pmf", tmp_path / "list.pmf")
    h5boss("subset", survey, "-o", tmp_path / "b.hdf5", "--query", expression)
    assert "0 differences" in h5boss("verify", tmp_path / "a.hdf5", folder).stdout
    done = h5boss("verify", tmp_path / "b.hdf5", tmp_path / "a.hdf5", "--strict")
    assert "0 differences" in done.stdout
    h5boss("subset", survey, "-o", tmp_path / "c.hdf5", "--cone", 111.2, 39.4, 0.3)
    assert int(h5boss("count", tmp_path / "c.hdf5").stdout) > 1
    h5boss("subset", survey, "-o", tmp_path / "d.hdf5", "--query", "Z > 100", status=1)
    assert not (tmp_path / "d.hdf5").exists()


def test_a_virtual_subset_reads_as_a_copy(tmp_path, survey, folder):
    expression = "CLASS='QSO' AND (Z>3 OR PLATE = 3657)"
    h5boss("subset", survey, "-o", tmp_path / "copy.hdf5", "--query", expression)
    h5boss("subset", survey, "-o", tmp_path / "leads.hdf5", "--query", expression, "--virtual")
    assert (tmp_path / "leads.hdf5").stat().st_size < 400_000
    done = h5boss("verify", tmp_path / "leads.hdf5", tmp_path / "copy.hdf5", "--strict")
    assert "0 differences" in done.stdout
    with h5py.File(tmp_path / "copy.hdf5") as copy, h5py.File(tmp_path / "leads.hdf5") as leads:
        for name in ("zbest", "zline", "spall", "photo/matchflux"):
            assert leads[PLATE][name][()].tobytes() == copy[PLATE][name][()].tobytes()
        if "coadds" in copy[PLATE]:
            # A copy has the union of the grids of its own fibres alone.
            inside = np.isin(leads[PLATE]["coadds/wave"], copy[PLATE]["coadds/wave"])
            flux = leads[PLATE]["coadds/flux"][()][:, inside]
            np.testing.assert_array_equal(flux, copy[PLATE]["coadds/flux"])
        for fiber in filter(str.isdigit, copy[PLATE]):
            own, other = (file[PLATE][fiber]["coadd"][()] for file in (leads, copy))
            assert own.tobytes() == other.tobytes()
    path = SPECTRA[-1]
    h5boss("to-fits", tmp_path / "leads.hdf5", *ids(path), "-o", tmp_path)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_virtual_subset_copies_nothing_so_it_cannot_change_anything(tmp_path, folder):
    listed = pmf(tmp_path / "list", [ids(SPECTRA[0])])
    for options in (["--compression", "gzip"], ["--cutout", 4000, 5000]):
        made = tmp_path / "a.hdf5"
        h5boss("subset", folder, "-o", made, "--pmf", listed, "--virtual", *options, status=1)
        assert not made.exists()


def test_an_index_says_where_the_coadds_lie(tmp_path):
    h5boss("convert", *SPECTRA[:3], "-o", tmp_path / "a.hdf5")
    h5boss("index", tmp_path, "-o", tmp_path / "index.hdf5")
    with h5py.File(tmp_path / "index.hdf5") as index, h5py.File(tmp_path / "a.hdf5") as file:
        raw = (tmp_path / "a.hdf5").read_bytes()
        assert len(index["fibers"]) == 3
        for row in index["fibers"][()]:
            coadd = file[f"{row['PLATE']}/{row['MJD']}/{row['FIBERID']}/coadd"]
            at = row["OFFSET"]
            assert raw[at : at + row["BYTES"]] == coadd[()].tobytes()
            assert row["Z"] == ROWS[row["PLATE"], row["MJD"], row["FIBERID"]]["Z"]


def test_a_virtual_subset_joins_the_stacks_of_several_files(tmp_path):
    h5boss("generate", "--plates", 1, "--fibers", 12, "--exposures", 1, "-o", tmp_path / "fits")
    whole = tmp_path / "whole.hdf5"
    h5boss("convert", tmp_path / "fits", "-o", whole, "--format", "v2")
    plate = (4000, 55500)
    parts = []
    for number in range(3):
        listed = pmf(tmp_path / f"list{number}", [(*plate, n) for n in range(1 + number, 13, 3)])
        parts.append(tmp_path / f"part{number}.hdf5")
        h5boss("subset", whole, "-o", parts[-1], "--pmf", listed)
    wanted = list(range(1, 13, 2))
    listed = pmf(tmp_path / "list", [(*plate, fiber) for fiber in wanted])
    out = tmp_path / "out.hdf5"
    h5boss("subset", *parts, "-o", out, "--pmf", listed, "--virtual", "--strict")
    with h5py.File(out) as ours, h5py.File(whole) as theirs:
        ours, theirs = ours["4000/55500"], theirs["4000/55500"]
        assert ours["coadds/flux"].is_virtual
        assert sorted(ours["coadds/fiberid"][()]) == wanted
        for place in ("coadds", "exposures/155000/b"):
            for row, fiber in enumerate(ours[place]["fiberid"][()]):
                other = int(np.flatnonzero(theirs[place]["fiberid"][()] == fiber)[0])
                for name in ("flux", "ivar", "sky"):
                    np.testing.assert_array_equal(
                        ours[place][name][row], theirs[place][name][other]
                    )
    h5boss("to-fits", out, *plate, 1, 3, 5, "-o", tmp_path / "a")
    h5boss("to-fits", whole, *plate, 1, 3, 5, "-o", tmp_path / "b")
    for path in (tmp_path / "b").iterdir():
        assert (tmp_path / "a" / path.name).read_bytes() == path.read_bytes()


def test_a_virtual_subset_does_not_join_other_wavelengths(tmp_path):
    parts = [tmp_path / "a.hdf5", tmp_path / "b.hdf5"]
    lists = [pmf(tmp_path / f"{n}", map(ids, SPECTRA[n * 3 : n * 3 + 3])) for n in range(2)]
    h5boss("convert", *SPECTRA[:6], "-o", tmp_path / "all.hdf5", "--format", "v2")
    h5boss("subset", tmp_path / "all.hdf5", "-o", parts[0], "--pmf", lists[0])
    cut = ["--cutout", 4000, 9000]
    h5boss("subset", tmp_path / "all.hdf5", "-o", parts[1], "--pmf", lists[1], *cut)
    listed = pmf(tmp_path / "list", [ids(path) for path in SPECTRA[:6]])
    out = tmp_path / "out.hdf5"
    done = h5boss("subset", *parts, "-o", out, "--pmf", listed, "--virtual", status=1)
    assert "other wavelengths" in done.stderr
    assert not out.exists()


def test_rows_of_a_fibre_in_two_files_count_once(tmp_path, folder):
    h5boss("subset", folder, "-o", tmp_path / "z.hdf5", "--query", "CLASS = 'QSO'")
    question = "SELECT PLATE, FIBERID, count(*) FROM zline GROUP BY 1, 2 ORDER BY 1, 2"
    once = rows_of(folder, question)
    assert rows_of(folder, tmp_path / "z.hdf5", question) == once
    assert rows_of(tmp_path / "z.hdf5", folder, question) == once


def test_fibres_of_a_file_that_went_are_those_of_another_one(tmp_path, folder):
    shutil.copytree(folder, tmp_path / "plates")
    whole = h5boss("count", tmp_path / "plates").stdout
    h5boss("merge", tmp_path / "plates", "-o", tmp_path / "plates/0.hdf5")
    index = tmp_path / "index.hdf5"
    h5boss("index", tmp_path / "plates", "-o", index)
    assert h5boss("count", index).stdout == whole
    (tmp_path / "plates/0.hdf5").unlink()
    done = h5boss("count", index)
    assert done.stdout == whole
    assert "0.hdf5" in done.stderr


@pytest.mark.parametrize("kind", ["index", "folder", "option"])
def test_other_commands_take_an_index_or_a_folder(tmp_path, folder, kind):
    index = tmp_path / "index.hdf5"
    where = [folder] if kind == "folder" else [index]
    if kind == "option":
        where = [folder, "--index", index]
    elif kind == "index":
        h5boss("index", folder, "-o", index)
    path = SPECTRA[3]
    h5boss("to-fits", where[0], *ids(path), "-o", tmp_path / "spec", *where[1:])
    assert (tmp_path / "spec" / path.name).read_bytes() == path.read_bytes()
    assert "3655/55240" in h5boss("info", *where).stdout
    assert f"{ids(path)[2]}" in h5boss("info", where[0], *ids(path), *where[1:]).stdout
    h5boss("plot", where[0], *ids(path), "-o", tmp_path / "a.svg", *where[1:])
    assert (tmp_path / "a.svg").exists()
    done = h5boss("verify", where[0], SHARED / "boss/spec", "--strict", *where[1:])
    assert f"{len(SPECTRA)} fibres" in done.stdout
    h5boss("to-fits", where[0], 1, 2, 3, "-o", tmp_path / "none", *where[1:], status=1)


def test_an_index_says_where_the_frames_lie(tmp_path):
    h5boss("generate", "--plates", 2, "--fibers", 6, "--exposures", 2, "-o", tmp_path / "fits")
    h5boss("convert", tmp_path / "fits", "-o", tmp_path / "plates")
    index = tmp_path / "index.hdf5"

    def check():
        with h5py.File(index) as file:
            frames, names = file["exposures"][()], file["files/path"].asstr()[()]
        found = 0
        for row in frames:
            path = tmp_path / names[row["FILE"]]
            with h5py.File(path) as file:
                place = "{}/{}/{}/exposures/{}/{}".format(
                    *(row[n] for n in ("PLATE", "MJD", "FIBERID", "EXPOSURE")),
                    row["CAMERA"].decode(),
                )
                pixels = file[place]
                assert pixels.id.get_offset() == row["OFFSET"]
                assert pixels.size * pixels.dtype.itemsize == row["BYTES"]
            found += 1
        return found

    h5boss("index", tmp_path / "plates", "-o", index)
    every = check()
    assert every > 0
    first = sorted((tmp_path / "plates").iterdir())[0]
    os.utime(first)  # One file is looked into again, the frames of the other are kept.
    h5boss("count", index)
    assert check() == every


def test_an_index_notices_what_has_changed(tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    h5boss("convert", *SPECTRA[:2], "-o", tree / "a.hdf5")
    index = tmp_path / "index.hdf5"
    h5boss("index", tree, "-o", index)
    assert h5boss("count", index).stdout == "2\n"
    h5boss("convert", *SPECTRA[-1:], "-o", tree / "b.hdf5")
    assert h5boss("count", index).stdout == "3\n"
    assert found(rows_of(index, "Z > -1")) == {ids(p) for p in [*SPECTRA[:2], SPECTRA[-1]]}
    h5boss("remove", tree / "a.hdf5", "--pmf", pmf(tmp_path / "list", [ids(SPECTRA[0])]))
    assert found(rows_of(index, "Z > -1")) == {ids(SPECTRA[1]), ids(SPECTRA[-1])}
    before = index.stat().st_mtime_ns
    h5boss("count", index)
    assert index.stat().st_mtime_ns == before
    (tree / "b.hdf5").unlink()
    done = h5boss("count", index, "--strict", status=1)
    assert "b.hdf5" in done.stderr
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.move(tree, moved / "tree")
    done = h5boss("query", index, "Z > 0", "--strict", "-o", tmp_path / "a.csv", status=1)
    assert "a.hdf5" in done.stderr
    assert not (tmp_path / "a.csv").exists()
    shutil.copy(index, moved / "index.hdf5")


def test_an_index_moves_with_its_files(tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    h5boss("convert", *SPECTRA[:2], "-o", tree / "a.hdf5")
    h5boss("index", tree, "-o", tree / "index.hdf5")
    shutil.move(tree, tmp_path / "other")
    assert h5boss("count", tmp_path / "other/index.hdf5", "--strict").stdout == "2\n"


def test_commands_make_the_index_that_they_are_told(tmp_path, folder):
    index = tmp_path / "index.hdf5"
    listed = pmf(tmp_path / "list", [ids(SPECTRA[0])])
    h5boss("subset", folder, "--index", index, "-o", tmp_path / "a.hdf5", "--pmf", listed)
    assert h5boss("count", "--index", index).stdout == f"{len(SPECTRA)}\n"
    h5boss("subset", "--index", index, "-o", tmp_path / "b.hdf5", "--pmf", listed)
    assert "0 differences" in h5boss("verify", tmp_path / "b.hdf5", tmp_path / "a.hdf5").stdout
    assert rows_of("--index", index, "Z > 3") == rows_of(folder, "Z > 3")


def test_unreadable_files_are_listed_and_the_others_are_asked(tmp_path):
    h5boss("convert", *SPECTRA[:2], "-o", tmp_path / "a.hdf5")
    (tmp_path / "b.hdf5").write_bytes((tmp_path / "a.hdf5").read_bytes()[:5000])
    done = h5boss("query", tmp_path, "Z > -1", "--csv")
    assert "b.hdf5" in done.stderr
    assert len(done.stdout.splitlines()) == 3
    h5boss("query", tmp_path, "Z > -1", "--strict", status=1)
    h5boss("index", tmp_path, "-o", tmp_path / "index.hdf5", "--strict", status=1)
    assert not (tmp_path / "index.hdf5").exists()
    assert not [name for name in os.listdir(tmp_path) if "part" in name]


def test_fibres_without_a_row_have_no_values(tmp_path):
    h5boss("convert", *SPECTRA[:3], "-o", tmp_path / "a.hdf5")
    first = ids(SPECTRA[0])[2]
    with h5py.File(tmp_path / "a.hdf5", "r+") as file:
        table = file[PLATE]["zbest"][()]
        del file[PLATE]["zbest"]
        file[PLATE]["zbest"] = table[table["FIBERID"] != first][::-1]
    rows = {int(row["FIBERID"]): row for row in rows_of(tmp_path / "a.hdf5")}
    assert len(rows) == 3
    assert rows[first]["Z"] == ""
    for path in SPECTRA[1:3]:
        assert np.float32(rows[ids(path)[2]]["Z"]) == ROWS[ids(path)]["Z"]


def test_a_subset_of_an_index_is_byte_for_byte(tmp_path):
    h5boss("convert", *SPECTRA[:-1], "-o", tmp_path / "all.hdf5")
    h5boss("index", tmp_path, "-o", tmp_path / "index.hdf5")
    chosen = [ids(path) for path in SPECTRA[:9:2]]
    made = tmp_path / "some.hdf5"
    h5boss("subset", tmp_path / "index.hdf5", "-o", made, "--pmf", pmf(tmp_path / "list", chosen))
    assert fibers_of(made) == set(chosen)
    assert_same_fibers(made, tmp_path / "all.hdf5", [fiber for _, _, fiber in chosen])
