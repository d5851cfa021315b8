"""Spectra of BOSS and SDSS in files of h5boss: by plate, MJD and fibre, or by a question.

>>> from hyperslab.boss import Survey
>>> with Survey("plates") as survey:
...     spectrum = survey[3655, 55240, 26]
...     flux = spectrum.coadd["FLUX"]
...     quasars = survey.query("CLASS = 'QSO' AND Z > 2")

The work is done by the program ``h5boss``, which comes along with the package, and by
`hyperslab.File`.
"""

from .program import BossError, run
from .spectrum import Spectrum
from .survey import Survey

__all__ = ["BossError", "Spectrum", "Survey", "run"]
