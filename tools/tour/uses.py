"""What hyperslab is for: spectra of the sky in HDF5, read and written as h5py's users write it."""

import os

import hyperslab
import numpy as np

from .console import Console
from .report import size_text

PIXELS = 4639
FIBRES = 8
SPECTRUM = np.dtype(
    [(name, "<f4") for name in ("WAVE", "FLUX", "IVAR")]
    + [(name, "<i4") for name in ("AND_MASK", "OR_MASK")]
    + [(name, "<f4") for name in ("WAVEDISP", "SKY", "MODEL")]
)

CREATE_900_GB = """\
spaceid = h5s.create_simple((30000,8000000))
plist = h5p.create(h5p.DATASET_CREATE)
plist.set_chunk((60,15625))
plist.set_fill_time(h5d.FILL_TIME_NEVER)
datasetid = h5d.create(f.id, b"data", h5t.NATIVE_FLOAT, spaceid, plist)
dset = Dataset(datasetid)"""


def made_up_spectrum(fibre):
    """A smooth continuum with a line and noise."""
    spectrum = np.zeros(PIXELS, SPECTRUM)
    noise = np.random.default_rng(fibre)
    wave = 10 ** (3.55 + 1e-4 * np.arange(PIXELS))
    spectrum["WAVE"] = wave
    spectrum["MODEL"] = 2 + np.exp(-(((wave - 6563 - 20 * fibre) / 30) ** 2))
    spectrum["FLUX"] = spectrum["MODEL"] + noise.normal(0, 0.1, PIXELS)
    spectrum["IVAR"] = 100
    return spectrum


def make_plate(path):
    """A small file as H5Boss keeps spectra: PLATE/MJD/FIBRE/coadd."""
    with hyperslab.File(path, "w") as file:
        for fibre in range(1, FIBRES + 1):
            file[f"4857/55711/{fibre}/coadd"] = made_up_spectrum(fibre)
        file["4857"].attrs["survey"] = "boss"
        file["path"] = np.linspace(0, 1, 1000)


def superblock_version(path):
    with open(path, "rb") as file:
        return file.read(9)[8]


def read_a_plate(report, folder):
    report.part("Spectra, read by name and by slice")
    path = os.path.join(folder, "plate-4857.h5")
    make_plate(path)
    expected = made_up_spectrum(4)
    with hyperslab.File(path) as fx:
        console = Console(report, fx=fx)
        console.run(
            "fx['4857/55711/4/coadd'][('FLUX','IVAR')]",
            expect=lambda v: (
                v.dtype.names == ("FLUX", "IVAR") and (v["FLUX"] == expected["FLUX"]).all()
            ),
        )
        console.run("fx['4857/55711/4/coadd'][()]", expect=lambda v: (v == expected).all())
        console.run(
            "fx['4857/55711/4/coadd'][0:10, 'FLUX']",
            expect=lambda v: (v == expected["FLUX"][:10]).all(),
        )
        console.run("fx['path'][0:10]", expect=lambda v: (v == np.linspace(0, 1, 1000)[:10]).all())
        console.run("list(fx['4857/55711'])", expect=lambda v: len(v) == FIBRES)
        console.run("fx['4857'].attrs['survey']", expect=lambda v: v == "boss")


def write_arrays(report, folder):
    report.part("Arrays, created and written by slice")
    with hyperslab.File(os.path.join(folder, "new.h5"), "w") as f:
        arr = np.arange(60.0).reshape(6, 10)
        console = Console(report, f=f, arr=arr, temp=np.full((2, 10), -1.0), shape=(100, 50))
        console.run(
            "dset = f.create_dataset('mydset',data=arr)",
            expect="(dset[...] == arr).all()",
            shown="dset",
        )
        console.run(
            "dset[0:2,:]=temp",
            expect="(dset[0:2] == temp).all() and (dset[2:] == arr[2:]).all()",
            shown="f'the first two rows are {dset[0, 0]}, the third begins with {dset[2, 0]}'",
        )
        console.run(
            "field = f.require_dataset('field', shape, 'f')",
            expect="field.shape == shape and field.dtype == 'f'",
            shown="field",
        )
        console.run(
            "f.require_dataset('field', shape, 'f') == field", expect=lambda same: same is True
        )
        console.refuses("f.require_dataset('field', (7,), 'f')", TypeError)


def choose_a_format(report, folder):
    report.part("Old and new file formats")
    for libver in ("earliest", "latest"):
        name = os.path.join(folder, f"{libver}.h5")
        console = Console(report, File=hyperslab.File, name=name, version=superblock_version)
        console.run(
            f"f = File(name, 'w', libver='{libver}')\nf['x'] = 1\nf.close()",
            expect=f"(version(name) >= 2) is {libver == 'latest'}",
            shown="f'superblock version {version(name)}'",
        )


def create_900_gigabytes(report, folder):
    report.part("A dataset of 900 GB, made through the low-level interface")
    path = os.path.join(folder, "huge.h5")
    low_level = {name: getattr(hyperslab, name) for name in ("h5s", "h5p", "h5d", "h5t", "Dataset")}
    with hyperslab.File(path, "w") as f:
        console = Console(report, f=f, **low_level)
        console.run(CREATE_900_GB, expect="dset.shape == (30000, 8000000)", shown="dset")
        report.check("it was made in less than a second", console.seconds < 1)
        f.flush()
        size = os.path.getsize(path)
        report.check(f"so far the file has {size_text(size)}", size < 1_000_000)
        console.run(
            "dset[29999, 7999990:] = 1",
            expect="(dset[29999, -11:] == [0] + 10 * [1]).all()",
            shown="f'row 29999 ends with {dset[29999, -12:].astype(int)}'",
        )
    size = os.path.getsize(path)
    report.check(f"with the one chunk that was written it has {size_text(size)}", size < 5_000_000)


def tour(report, folder):
    report.heading("1  What HDF5 files are used for, with hyperslab in h5py's place")
    read_a_plate(report, folder)
    write_arrays(report, folder)
    choose_a_format(report, folder)
    create_900_gigabytes(report, folder)
