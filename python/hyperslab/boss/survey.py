"""A survey: a file of plates, a folder of files, or an index of them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from .._hl.files import File
from .program import run
from .spectrum import Spectrum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Survey"]


class Survey:
    """The spectra of any number of plates.

    ``survey[plate, mjd, fiber]`` is a `Spectrum`. Files are opened when a spectrum of theirs is
    asked for, and stay open until `close`, or the end of a ``with`` block.

    Parameters
    ----------
    path : str or path-like
        A file of h5boss, a folder of them, or an index (``h5boss index``).

    Raises
    ------
    BossError
        There is nothing of that name, or no plate in it.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._open: dict[str, File] = {}
        with tempfile.TemporaryDirectory() as folder:
            if _is_index(self.path):
                run("count", self.path)  # which brings it up to date
                index = self.path
            else:
                index = Path(folder) / "index.hdf5"
                run("index", self.path, "-o", index)
            with File(index, "r") as file:
                base = index.parent.resolve()
                paths = file["files/path"].asstr()[()]
                self._files = [os.path.normpath(base / path) for path in paths]
                names = ["PLATE", "MJD", "FIBERID", "FILE"]
                self._fibers = file["fibers"].fields(names)[()]
        self._file_of = {(int(p), int(m), int(f)): int(n) for p, m, f, n in self._fibers.tolist()}

    def __repr__(self) -> str:
        return f"<Survey {self.path}: {len(self)} fibres of {len(self.plates)} plates>"

    def __enter__(self) -> Survey:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the files that are open; a spectrum that is asked for opens them again."""
        for file in self._open.values():
            file.close()
        self._open.clear()

    def __len__(self) -> int:
        """The number of fibres."""
        return len(self._file_of)

    def __iter__(self) -> Iterator[tuple[int, int, int]]:
        """The fibres, as plate, MJD and fibre."""
        return iter(self._file_of)

    def __contains__(self, fiber: object) -> bool:
        return fiber in self._file_of

    def __getitem__(self, fiber: tuple[int, int, int]) -> Spectrum:
        """The spectrum of a fibre: ``survey[plate, mjd, fiber]``.

        Raises
        ------
        KeyError
            The survey has no such fibre.
        """
        plate, mjd, number = (int(value) for value in fiber)
        if (plate, mjd, number) not in self._file_of:
            raise KeyError(f"There is no fibre {plate}/{mjd}/{number} in {self.path}")
        path = self._files[self._file_of[plate, mjd, number]]
        if path not in self._open:
            self._open[path] = File(path, "r")
        return Spectrum(self._open[path][f"{plate}/{mjd}"], plate, mjd, number)

    @property
    def plates(self) -> list[tuple[int, int]]:
        """The plates, as pairs of plate and MJD, sorted."""
        return sorted({(plate, mjd) for plate, mjd, _ in self._file_of})

    def fibers(self, plate: int, mjd: int) -> list[int]:
        """The fibres of a plate, sorted.

        Raises
        ------
        KeyError
            The survey has no such plate.
        """
        found = sorted(fiber for p, m, fiber in self._file_of if (p, m) == (plate, mjd))
        if not found:
            raise KeyError(f"There is no plate {plate}/{mjd} in {self.path}")
        return found

    def query(
        self,
        expression: str = "",
        *,
        cone: tuple[float, float, float] | None = None,
        columns: Sequence[str] | None = None,
        output: Literal["table", "pandas", "numpy"] = "table",
    ) -> Any:
        """The fibres that meet a condition, with their columns of the catalogues.

        Parameters
        ----------
        expression : str, optional
            A condition of SQL, such as ``"Z > 2 AND CLASS = 'QSO'"``, or a whole SELECT.
        cone : tuple of float, optional
            RA, DEC and radius of a circle on the sky, in degrees.
        columns : sequence of str, optional
            What to give beside PLATE, MJD and FIBERID; ``["*"]`` for all.
        output : {"table", "pandas", "numpy"}
            An astropy Table, a pandas DataFrame, or a record array.

        Returns
        -------
        astropy.table.Table or pandas.DataFrame or numpy.recarray

        Raises
        ------
        BossError
            The expression is no SQL, or names a column that is not there.
        ImportError
            The package for that output is not installed.
        """
        options: list[object] = []
        if cone is not None:
            options += ["--cone", *cone]
        if columns is not None:
            options += ["--columns", ",".join(columns)]
        if expression:
            options += [expression]
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "query.hdf5"
            run("query", self.path, *options, "-o", result)
            with File(result, "r") as file:
                rows = _texts(file["query"][()])
        if output == "numpy":
            return rows.view(np.recarray)
        if output == "pandas":
            import pandas

            return pandas.DataFrame(
                {
                    name: list(rows[name]) if rows[name].ndim > 1 else rows[name]
                    for name in rows.dtype.names
                }
            )
        from astropy.table import Table

        return Table(rows)

    def subset(
        self,
        output: str | os.PathLike[str],
        fibers: Sequence[tuple[int, int, int]] | None = None,
        *,
        expression: str = "",
        cone: tuple[float, float, float] | None = None,
        virtual: bool = False,
    ) -> Survey:
        """Writes some fibres with their rows of the catalogues to a file of their own.

        Parameters
        ----------
        output : str or path-like
            The new file.
        fibers : sequence of tuple, optional
            Plate, MJD and fibre of each.
        expression, cone
            What finds the fibres, as for `query`.
        virtual : bool
            Whether the file only leads to the spectra in place of copying them.

        Returns
        -------
        Survey
            The new file.

        Raises
        ------
        BossError
            There is no such fibre, or the file cannot be written.
        """
        with tempfile.TemporaryDirectory() as folder:
            options: list[object] = ["-o", output]
            if fibers is not None:
                listed = Path(folder) / "list.pmf"
                lines = [f"{plate} {mjd} {fiber}\n" for plate, mjd, fiber in fibers]
                listed.write_text("plates mjds fibers\n" + "".join(lines))
                options += ["--pmf", listed]
            if expression:
                options += ["--query", expression]
            if cone is not None:
                options += ["--cone", *cone]
            if virtual:
                options += ["--virtual"]
            run("subset", self.path, *options)
        return Survey(output)


def _is_index(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with File(path, "r") as file:
            return "h5boss_index" in file.attrs
    except OSError:
        return False


def _texts(rows: np.ndarray) -> np.ndarray:
    """The rows with texts in place of bytes."""
    columns: dict[str, np.ndarray] = {}
    for name in rows.dtype.names or ():
        values = rows[name]
        if values.dtype.kind == "S":
            values = np.char.decode(values, "utf-8", "replace")
        elif values.dtype.kind == "O":
            values = np.array([v.decode("utf-8", "replace") for v in values], "U")
        columns[name] = values
    dtypes = [(name, values.dtype, values.shape[1:]) for name, values in columns.items()]
    result = np.empty(rows.shape, dtypes)
    for name, values in columns.items():
        result[name] = values
    return result
