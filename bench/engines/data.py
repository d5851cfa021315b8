"""What is read: a matrix of 128 MB, and a table of a million rows, plain and compressed."""

from collections.abc import Callable
from dataclasses import dataclass

import h5py
import numpy as np

COLUMNS = 64


@dataclass(frozen=True)
class Row:
    """One line of the table: two works that give the same, and how much quicker ours is to be."""

    name: str
    ours: Callable[[], object]
    against: str
    theirs: Callable[[], object]
    wanted: float | None = None
    megabytes: float | None = None


class Data:
    """The files, made by stock h5py."""

    def __init__(self, folder, rows):
        self.folder, self.rows = folder, rows
        self.matrix, self.table = str(folder / "matrix.h5"), str(folder / "table.h5")
        self.parquet = str(folder / "matrix.parquet")
        rng = np.random.default_rng(0)
        values = np.round(rng.normal(size=(rows, COLUMNS)).astype("f4"), 2)
        self.megabytes = values.nbytes / 1e6
        self._make(self.matrix, values, (16384, COLUMNS))
        self._make_parquet(values)
        # Chunks of 64 kB, which h5py keeps: with larger ones it would decode one for each sample.
        self.samples = str(folder / "samples.h5")
        self._make(self.samples, values[: rows // 4], (256, COLUMNS))
        self._make(self.table, self._stars(rng, 2 * rows), (16384,))

    @staticmethod
    def _make(path, values, chunks):
        chunks = tuple(min(chunk, n) for chunk, n in zip(chunks, values.shape, strict=True))
        with h5py.File(path, "w") as file:
            file.create_dataset("plain", data=values, chunks=chunks)
            file.create_dataset("gzip", data=values, chunks=chunks, compression=1, shuffle=True)

    def _make_parquet(self, values):
        import pyarrow
        from pyarrow import parquet

        columns = {f"c{i}": values[:, i] for i in range(COLUMNS)}
        parquet.write_table(pyarrow.table(columns), self.parquet, row_group_size=4 * 16384)

    @staticmethod
    def _stars(rng, rows):
        stars = np.zeros(
            rows,
            [
                ("id", "i8"),
                ("ra", "f8"),
                ("dec", "f8"),
                ("flux", "f4"),
                ("flag", "i2"),
                ("kind", "S6"),
            ],
        )
        stars["id"] = np.arange(rows)
        for name in ("ra", "dec", "flux"):
            stars[name] = rng.random(rows)
        stars["kind"] = rng.choice([b"STAR", b"GALAXY", b"QSO"], rows)
        return stars
