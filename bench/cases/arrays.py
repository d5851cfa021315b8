"""The arrays that are timed. Random where it matters, and the same in every run."""

import h5py
import numpy as np
from scale import scaled

# What BOSS keeps of a spectrum, one row a pixel.
COADD = np.dtype(
    [
        ("WAVE", "f4"),
        ("FLUX", "f4"),
        ("IVAR", "f4"),
        ("AND_MASK", "i4"),
        ("OR_MASK", "i4"),
        ("WAVEDISP", "f4"),
        ("SKY", "f4"),
        ("MODEL", "f4"),
    ]
)


def generator():
    return np.random.default_rng(7)


def numbers():
    """40 MB of doubles that compress, but not to nothing."""
    return generator().integers(0, 1 << 12, (scaled(2_000), 2_500)).astype("f8")


def big_endian():
    return numbers().astype(">f4")


def records():
    table = np.zeros(scaled(1_000_000), [("a", "f8"), ("b", "i4"), ("c", "u2"), ("name", "S10")])
    table["a"] = np.arange(table.size)
    return table


def words():
    return np.array([f"word number {i}" for i in range(scaled(200_000))], object)


def names():
    """Texts as catalogues have them: of 8 to 20 letters, some not ASCII."""
    texts = [f"étoile {i * 7919}" if i % 10 == 0 else f"star {i * 7919}" for i in range(500_000)]
    return np.array(texts[: scaled(500_000)], object)


def sequences():
    """Of 0 to 9 singles."""
    values = np.empty(scaled(500_000), h5py.vlen_dtype(np.dtype("f4")))
    for i in range(values.size):
        values[i] = np.arange(i % 10, dtype="f4")
    return values


def fixed_strings():
    return np.arange(scaled(1_000_000)).astype("S16")


def smooth(rows, columns):
    """Singles on a grid of values, as instruments give them; gzip makes a quarter of them."""
    steps = generator().normal(scale=0.01, size=(rows, columns)).astype("f4")
    return np.cumsum(steps, axis=1, dtype="f4").round(2)


def field():
    """128 MB."""
    return smooth(scaled(8_192), 4_096)


def half():
    """64 MB."""
    return smooth(scaled(4_096), 4_096)


def wide_field():
    """128 MB of longer rows."""
    return smooth(scaled(4_096), 8_192)


def two_fields():
    return np.concatenate([field(), field()])


def doubles():
    return field().astype("f8")


def big_endian_field():
    return field().astype(">f4")


def counts():
    """64 MB of what a detector counts."""
    return generator().integers(0, 1 << 12, (scaled(8_192), 4_096), dtype="i2")


def small_counts():
    return counts().astype("u1")


def flags():
    return counts() % 3 == 0


def wide():
    """1,000,000 records of eight singles."""
    return np.zeros(scaled(1_000_000), [(name, "f4") for name in "abcdefgh"])


def million():
    return np.arange(float(scaled(1_000_000)))


def ten_million():
    return np.arange(float(scaled(10_000_000)))


def square():
    return np.arange(250_000.0).reshape(500, 500)


def spectra(rows):
    """A table of spectra: smooth fluxes, few different masks."""
    table = np.zeros(rows, COADD)
    for name in ("WAVE", "FLUX", "IVAR", "WAVEDISP", "SKY", "MODEL"):
        table[name] = smooth(1, rows)[0]
    table["AND_MASK"] = generator().integers(0, 4, rows) << 16
    return table


def long_table():
    """12.8 MB of records."""
    return spectra(scaled(400_000))


def some(count, of):
    """Different indices, in order."""
    return np.sort(np.random.default_rng(5).choice(scaled(of), scaled(count), replace=False))


def mask(share, of):
    return np.random.default_rng(5).random(scaled(of)) < share
