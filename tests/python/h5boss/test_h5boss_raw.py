"""Subsets whose files `h5boss` writes past HDF5: every form in which HDF5 keeps groups, attributes
and tables comes out as it went in, and HDF5 can go on with the file."""

import h5py
import numpy as np
import pytest
from spectra import NEEDS, fibers_of, h5boss, pmf

pytestmark = NEEDS

PIXEL = np.dtype([("WAVE", "<f4"), ("FLUX", "<f4"), ("MASK", "<i4"), ("NAME", "S3")])
ROW = np.dtype([("Z", "<f8"), ("MAG", "<f4", (5,)), ("FIBERID", "<i2"), ("CLASS", "S6")])


def attributes(target, count, seed):
    rng = np.random.default_rng(seed)
    for number in range(count):
        kinds = [1.5 * number, number, f"text {number} ä", np.bytes_(b"fixed"), True, ""]
        kinds += [np.arange(number % 5, dtype="<u2"), ["one", "", "three"], np.float32(2)]
        target.attrs[f"KEY{number}"] = kinds[rng.integers(len(kinds))]


def plate_file(path, *, libver, fibers, exposures, count, ids=None, order=1):
    """A file of one plate as h5py makes it, with so many attributes of each object."""
    rng = np.random.default_rng(len(fibers) + count)
    with h5py.File(path, "w", libver=libver) as file:
        plate = file.create_group("4857/55711")
        attributes(plate, count, 1)
        places = ["coadd", *(f"exposures/{100 + n}/{c}" for n in range(exposures) for c in "br")]
        for fiber in fibers:
            for place in places:
                pixels = np.zeros(int(rng.integers(0, 60)), PIXEL)
                for name in PIXEL.names[:3]:
                    pixels[name] = rng.integers(0, 1000, len(pixels))
                pixels["NAME"] = b"ab"
                attributes(plate.create_dataset(f"{fiber}/{place}", data=pixels), count, fiber)
        for name, repeats in (("zbest", 1), ("zline", 4), ("photo/match", 1)):
            rows = np.zeros(len(fibers) * repeats, ROW)
            rows["FIBERID"] = np.repeat(list(fibers)[::order], repeats)
            rows["Z"] = rng.random(len(rows))
            attributes(plate.create_dataset(name, data=rows), count, 2)
    return path


def is_raw(path):
    """Whether the program wrote it itself: HDF5 gives its files another superblock."""
    return path.read_bytes()[8] == 2


def assert_same(ours, theirs):
    assert ours.dtype == theirs.dtype
    assert ours[()].tobytes() == theirs[()].tobytes()
    assert_same_attributes(ours, theirs)


def assert_same_attributes(ours, theirs):
    assert set(ours.attrs) == set(theirs.attrs)
    for name in theirs.attrs:
        mine, other = ours.attrs.get_id(name), theirs.attrs.get_id(name)
        assert mine.get_type() == other.get_type(), name
        assert mine.shape == other.shape, name
        np.testing.assert_array_equal(ours.attrs[name], theirs.attrs[name])


def assert_subset(path, source, wanted):
    with h5py.File(path) as ours, h5py.File(source) as theirs:
        ours, theirs = ours["4857/55711"], theirs["4857/55711"]
        assert_same_attributes(ours, theirs)
        assert {int(name) for name in ours if name.isdigit()} == set(wanted)
        for fiber in wanted:
            names = []
            theirs[str(fiber)].visit(names.append)
            mine = []
            ours[str(fiber)].visit(mine.append)
            assert mine == names
            for name in names:
                if isinstance(theirs[f"{fiber}/{name}"], h5py.Dataset):
                    assert_same(ours[f"{fiber}/{name}"], theirs[f"{fiber}/{name}"])
        for name in ("zbest", "zline", "photo/match"):
            rows = theirs[name][()]
            rows = rows[np.isin(rows["FIBERID"], list(wanted))]
            rows = rows[np.argsort(rows["FIBERID"], kind="stable")]
            assert ours[name][()].tobytes() == rows.tobytes()
            assert_same_attributes(ours[name], theirs[name])


@pytest.mark.parametrize("libver", ["earliest", "v108", "latest"])
@pytest.mark.parametrize(
    ("fibers", "exposures", "count"),
    [(3, 0, 0), (9, 2, 3), (40, 12, 1), (12, 1, 40), (2, 1, 400), (1000, 0, 0)],
)
def test_every_form_of_groups_and_attributes_is_copied(tmp_path, libver, fibers, exposures, count):
    source = plate_file(
        tmp_path / "a.hdf5",
        libver=libver,
        fibers=range(1, fibers + 1),
        exposures=exposures,
        count=count,
    )
    wanted = list(range(1, fibers + 1))[::2]
    listed = pmf(tmp_path / "list", [(4857, 55711, fiber) for fiber in wanted])
    out = tmp_path / "out.hdf5"
    h5boss("subset", source, "-o", out, "--pmf", listed, "--strict")
    assert is_raw(out)
    assert_subset(out, source, wanted)


def test_hdf5_goes_on_with_the_file(tmp_path):
    source = plate_file(
        tmp_path / "a.hdf5", libver="latest", fibers=range(1, 60), exposures=1, count=5
    )
    out = tmp_path / "out.hdf5"
    h5boss("merge", source, "-o", out)
    assert is_raw(out)
    with h5py.File(out, "r+") as file:
        plate = file["4857/55711"]
        del plate["7"]
        plate["1000/coadd"] = np.arange(4)
        plate["3/coadd"].attrs["MORE"] = "added"
        del plate["4/coadd"].attrs["KEY1"]
        plate.attrs["KEY2"] = "a longer text than before, which is new"
        plate["5/coadd"][...] = plate["6/coadd"][:1]
        file.copy("4857", "5000")
    with h5py.File(out) as file:
        plate = file["5000/55711"]
        assert len(plate) == 59 + 3
        assert plate["3/coadd"].attrs["MORE"] == "added"
        assert "KEY1" not in plate["4/coadd"].attrs
        assert plate["1000/coadd"][3] == 3
        assert plate.attrs["KEY2"].startswith("a longer text")
    h5boss("remove", out, "--pmf", pmf(tmp_path / "list", [(4857, 55711, 3)]))
    assert 3 not in {fiber for plate, _, fiber in fibers_of(out) if plate == 4857}


def test_rows_are_sorted_by_fibre_and_several_files_make_one_plate(tmp_path):
    sources = [
        plate_file(
            tmp_path / f"{number}.hdf5",
            libver=libver,
            fibers=fibers,
            exposures=1,
            count=2,
            order=-1,
        )
        for number, (libver, fibers) in enumerate(
            [("latest", [1, 5, 9]), ("earliest", [2, 5, 8]), ("latest", [3])]
        )
    ]
    out = tmp_path / "out.hdf5"
    h5boss("merge", *sources, "-o", out)
    with h5py.File(out) as file:
        plate = file["4857/55711"]
        assert plate["zbest"]["FIBERID"].tolist() == [1, 2, 3, 5, 8, 9]
        assert plate["zline"]["FIBERID"].tolist() == np.repeat([1, 2, 3, 5, 8, 9], 4).tolist()
        for fiber, source in ((1, 0), (5, 0), (2, 1), (8, 1), (3, 2)):
            with h5py.File(sources[source]) as other:
                assert_same(plate[f"{fiber}/coadd"], other[f"4857/55711/{fiber}/coadd"])


@pytest.mark.parametrize("what", ["ordered", "soft", "compressed", "2-D", "reference", "committed"])
def test_what_is_unusual_is_left_to_hdf5(tmp_path, what):
    source = plate_file(
        tmp_path / "a.hdf5", libver="latest", fibers=range(1, 4), exposures=0, count=1
    )
    with h5py.File(source, "r+") as file:
        plate = file["4857/55711"]
        pixels = plate["1/coadd"][()]
        if what == "ordered":
            plate.create_group("4", track_order=True)["coadd"] = pixels
        elif what == "soft":
            plate["4/coadd"] = h5py.SoftLink("/4857/55711/1/coadd")
        elif what == "compressed":
            plate.create_dataset("4/coadd", data=np.zeros(50, PIXEL), compression="gzip")
        elif what == "2-D":
            plate["more"] = np.zeros((3, 4))
        elif what == "reference":
            plate["1/coadd"].attrs["to"] = plate["2"].ref
        else:
            file["type"] = PIXEL
            plate.create_dataset("4/coadd", (5,), file["type"])
    out = tmp_path / "out.hdf5"
    h5boss("merge", source, "-o", out)
    assert not is_raw(out)
    with h5py.File(out) as ours, h5py.File(source) as theirs:
        for fiber in (1, 2, 3):
            path = f"4857/55711/{fiber}/coadd"
            assert ours[path][()].tobytes() == theirs[path][()].tobytes()


def test_a_damaged_header_is_an_error_and_no_wrong_file(tmp_path):
    source = plate_file(
        tmp_path / "a.hdf5", libver="latest", fibers=range(1, 30), exposures=1, count=4
    )
    whole = source.read_bytes()
    listed = pmf(tmp_path / "list", [(4857, 55711, fiber) for fiber in range(1, 30)])
    out = tmp_path / "out.hdf5"
    rng = np.random.default_rng(5)
    for place in rng.integers(0, len(whole), 60):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << int(rng.integers(8))
        source.write_bytes(damaged)
        out.unlink(missing_ok=True)
        h5boss("subset", source, "-o", out, "--pmf", listed, "--strict", status=None)
        if out.exists():
            with h5py.File(out) as file:
                file.visititems(lambda _, found: found.attrs.keys())
