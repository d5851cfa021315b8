"""One fibre of a plate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .._hl.group import Group

__all__ = ["Spectrum"]

# The columns of H5Boss's tables of pixels, in their order.
COADD = ("WAVE", "FLUX", "IVAR", "AND_MASK", "OR_MASK", "WAVEDISP", "SKY", "MODEL")
EXPOSURE = ("WAVE", "FLUX", "IVAR", "MASK", "WAVEDISP", "SKY", "X", "CALIB")
# Lines that a plot shows: at rest in vacuum, in Angstrom.
LINES = {
    "Ly α": 1215.67,
    "C IV": 1549.48,
    "C III]": 1908.73,
    "Mg II": 2800.32,
    "[O II]": 3728.48,
    "H β": 4862.68,
    "[O III]": 5008.24,
    "H α": 6564.61,
    "[S II]": 6725.5,
}
SKY_LINES = (5578.9, 5891.6, 6302.0, 6365.5)


class Spectrum:
    """The spectra of one fibre, and its rows of the catalogues.

    Attributes
    ----------
    plate, mjd, fiber : int
        The numbers by which it is known.
    """

    def __init__(self, group: Group, plate: int, mjd: int, fiber: int) -> None:
        self._plate = group  # of the plate
        self.plate = plate
        self.mjd = mjd
        self.fiber = fiber

    def __repr__(self) -> str:
        return f"<Spectrum {self.plate}/{self.mjd}/{self.fiber}>"

    @property
    def coadd(self) -> np.recarray:
        """The coadded pixels, shape (pixels,): WAVE in Angstrom, FLUX and MODEL and SKY in
        1e-17 erg/s/cm2/Angstrom, IVAR the inverse variance, masks, and WAVEDISP."""
        if "coadds" in self._plate:
            return self._stacked("coadds", COADD)
        return _records(self._plate[f"{self.fiber}/coadd"][()])

    @property
    def exposures(self) -> dict[int, dict[str, np.recarray]]:
        """The frames of single exposures: ``exposures[103138]["b"]``; empty when there are none."""
        stacked = "coadds" in self._plate
        path = "exposures" if stacked else f"{self.fiber}/exposures"
        if path not in self._plate:
            return {}
        frames: dict[int, dict[str, np.recarray]] = {}
        for number, cameras in self._plate[path].items():
            for camera, frame in cameras.items():
                if not stacked:
                    pixels = _records(frame[()])
                elif self._row(f"{path}/{number}/{camera}") is None:
                    continue
                else:
                    pixels = self._stacked(f"{path}/{number}/{camera}", EXPOSURE)
                frames.setdefault(int(number), {})[camera] = pixels
        return frames

    def row(self, catalogue: str) -> np.recarray:
        """The rows of the fibre in a catalogue, shape (rows,): one, or in zline one for each line.

        Parameters
        ----------
        catalogue : str
            "zbest", "plugmap", "zline", "photo/match", …

        Raises
        ------
        KeyError
            The plate has no such catalogue.
        """
        table = self._plate[catalogue]
        return _records(table[np.flatnonzero(table["FIBERID"] == self.fiber)])

    @property
    def redshift(self) -> float:
        """Z of zbest; NaN when the plate has none of this fibre."""
        rows = self.row("zbest") if "zbest" in self._plate else ()
        return float(rows[0]["Z"]) if len(rows) else float("nan")

    def plot(self, ax: Any = None, *, smooth: int = 5) -> Any:
        """Draws flux, error and model, lines of the sky and emission lines at their redshift.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; a figure of its own by default.
        smooth : int
            The number of pixels of which the mean is drawn.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        ImportError
            Matplotlib is not installed.
        """
        if ax is None:
            from matplotlib import pyplot

            ax = pyplot.subplots(figsize=(10, 4), layout="constrained")[1]
        pixels = self.coadd
        wave, good = pixels["WAVE"], pixels["IVAR"] > 0
        flux = np.where(good, pixels["FLUX"], np.nan)
        if smooth > 1:
            weights = np.convolve(good, np.ones(smooth), "same")
            total = np.convolve(np.where(good, pixels["FLUX"], 0), np.ones(smooth), "same")
            flux = np.divide(total, weights, out=np.full(len(wave), np.nan), where=weights > 0)
        error = np.full(len(wave), np.nan)
        error[good] = pixels["IVAR"][good] ** -0.5
        ax.plot(wave, flux, color="0.25", linewidth=0.7, label="flux")
        ax.plot(wave, error, color="tab:green", linewidth=0.5, alpha=0.7, label="error")
        if "MODEL" in pixels.dtype.names:
            ax.plot(wave, pixels["MODEL"], color="tab:red", linewidth=0.9, label="model")
        if np.isfinite(flux).any():
            low, high = np.nanpercentile(flux, [0.5, 99.5])
            ax.set_ylim(min(0, low) - 0.05 * (high - low), high + 0.25 * (high - low))
        top = ax.get_xaxis_transform()
        for line in SKY_LINES:
            if wave[0] < line < wave[-1]:
                ax.axvline(line, color="0.85", linewidth=2, zorder=0)
        if np.isfinite(self.redshift):
            for name, rest in LINES.items():
                here = rest * (1 + self.redshift)
                if wave[0] < here < wave[-1]:
                    ax.axvline(here, color="tab:blue", linewidth=0.6, linestyle=":", zorder=0)
                    ax.text(here, 0.97, name, transform=top, rotation=90, va="top", fontsize=7)
        ax.set_xlim(wave[0], wave[-1])
        ax.set_xlabel("wavelength in vacuum, Å")
        ax.set_ylabel("flux, 10⁻¹⁷ erg s⁻¹ cm⁻² Å⁻¹")
        ax.set_title(f"{self.plate}-{self.mjd}-{self.fiber:04d}   z = {self.redshift:.4f}")
        ax.legend(loc="upper right", fontsize=7)
        return ax

    def to_spectrum1d(self) -> Any:
        """The coadd as a spectrum of specutils, with units, inverse variance and mask.

        Raises
        ------
        ImportError
            specutils is not installed.
        """
        import specutils
        from astropy import units
        from astropy.nddata import InverseVariance

        pixels = self.coadd
        unit = units.Unit("1e-17 erg / (s cm2 Angstrom)")
        kind = getattr(specutils, "Spectrum1D", None) or specutils.Spectrum
        return kind(
            flux=np.asarray(pixels["FLUX"]) * unit,
            spectral_axis=np.asarray(pixels["WAVE"], "f8") * units.AA,
            uncertainty=InverseVariance(np.asarray(pixels["IVAR"])),
            mask=np.asarray(pixels["IVAR"]) == 0,
            meta={"plate": self.plate, "mjd": self.mjd, "fiber": self.fiber},
        )

    def _row(self, path: str) -> int | None:
        """The fibre's row in stacks; None when they have none."""
        stacks = self._plate[path]
        if "fiberid" in stacks:
            held = stacks["fiberid"][()]
        else:
            held = self._plate["plugmap"]["FIBERID"]
        places = np.flatnonzero(held == self.fiber)
        return int(places[0]) if len(places) else None

    def _stacked(self, path: str, columns: tuple[str, ...]) -> np.recarray:
        """A row of each stack as one table, of the pixels that the fibre has."""
        stacks, row = self._plate[path], self._row(path)
        if row is None:
            raise KeyError(f"Fibre {self.plate}/{self.mjd}/{self.fiber} is not in {path}")
        names = [name for name in columns if name.lower() in stacks]
        known = {*(name.lower() for name in columns), "fiberid", "present"}
        names += [name.upper() for name in stacks if name not in known]
        values = {}
        for name in names:
            stack = stacks[name.lower()]
            values[name] = stack[()] if stack.ndim == 1 else stack[row]
        inside = stacks["present"][row] != 0 if "present" in stacks else slice(None)
        dtypes = [(name, value.dtype.newbyteorder("=")) for name, value in values.items()]
        pixels = np.empty(len(next(iter(values.values()))[inside]), dtypes)
        for name, value in values.items():
            pixels[name] = value[inside]
        return _records(pixels)


def _records(table: np.ndarray) -> np.recarray:
    return table.view(np.recarray)
