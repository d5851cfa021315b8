# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
from collections.abc import Iterable
from collections.abc import Mapping
from hyperslab._typing import Path
from typing import Any
from typing import Literal
import xarray
import xarray.backends

class HyperslabBackend(xarray.backends.BackendEntrypoint):
    """Opens netCDF-4 files, and most other HDF5 files, without a lock.

    Blocks are decoded in several threads at once. The keywords are those of xarray's engine
    "h5netcdf"."""
    def guess_can_open(self, filename_or_obj: Any) -> bool:
        """Return whether something is the path of an HDF5 file, for xarray to choose an engine."""
    def open_dataset(self, filename_or_obj: Any, **options: Any) -> xarray.Dataset:
        """A dataset of one group of a file, whose variables are read when they are used."""
    def open_datatree(self, filename_or_obj: Any, **options: Any) -> xarray.DataTree:
        """All groups of a file as an `xarray.DataTree`."""
    def open_groups_as_dict(self, filename_or_obj: Any, **options: Any) -> dict[str, xarray.Dataset]:
        """All groups of a file as a dict of datasets by their paths."""

def to_netcdf(dataset: xarray.Dataset, path: Path, mode: Literal['w', 'a']='w', *, group: str | None=None, format: Literal['NETCDF4', 'NETCDF4_CLASSIC']='NETCDF4', encoding: Mapping[str, Mapping[str, Any]] | None=None, unlimited_dims: Iterable[str]=()) -> None:
    """Write an `xarray.Dataset` to a netCDF-4 file.

    Parameters
    ----------
    dataset : xarray.Dataset
        What is written.
    path : str or path-like
        The file.
    mode : {'w', 'a'}
        Whether a file that is there is replaced, or gets more groups and variables.
    group : str, optional
        The group to write to.
    format : {'NETCDF4', 'NETCDF4_CLASSIC'}
        The data model.
    encoding : dict, optional
        How variables are stored, as `xarray.Dataset.to_netcdf` takes it for "h5netcdf".
    unlimited_dims : iterable of str
        The dimensions that can grow.

    Raises
    ------
    OSError
        The file cannot be written.
    ValueError
        An argument cannot be used."""
