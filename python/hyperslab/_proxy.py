"""Names that h5py has between the low level and NumPy's strings."""

from ._npystrings import npystrings_pack, npystrings_unpack  # noqa: F401
from .h5t import NUMPY_RUNTIME_VERSION_TUPLE  # noqa: F401
