"""The engine, which is xarray's one for h5netcdf on hyperslab's files."""

import os

from xarray.backends.common import BACKEND_ENTRYPOINTS, BackendEntrypoint

SIGNATURE = b"\x89HDF\r\n\x1a\n"


class HyperslabBackend(BackendEntrypoint):
    """Opens netCDF-4 files, and most other HDF5 files, without a lock.

    Blocks are decoded in several threads at once. The keywords are those of xarray's engine
    "h5netcdf".
    """

    description = "Open netCDF-4 and most other HDF5 files with hyperslab"
    url = "https://docs.xarray.dev/en/stable/user-guide/io.html"
    supports_groups = True
    open_dataset_parameters = (
        "mask_and_scale", "decode_times", "concat_characters", "decode_coords", "drop_variables",
        "use_cftime", "decode_timedelta", "format", "group", "lock", "invalid_netcdf", "phony_dims",
        "decode_vlen_strings",
    )  # fmt: skip

    def guess_can_open(self, filename_or_obj):
        """Return whether something is the path of an HDF5 file, for xarray to choose an engine."""
        if not isinstance(filename_or_obj, (str, os.PathLike)):
            return False
        try:
            with open(filename_or_obj, "rb") as file:
                return file.read(len(SIGNATURE)) == SIGNATURE
        except OSError:
            return False

    def open_dataset(self, filename_or_obj, **options):
        """A dataset of one group of a file, whose variables are read when they are used."""
        return _engine().open_dataset(filename_or_obj, **_lockless(options))

    def open_datatree(self, filename_or_obj, **options):
        """All groups of a file as an `xarray.DataTree`."""
        return _engine().open_datatree(filename_or_obj, **_lockless(options))

    def open_groups_as_dict(self, filename_or_obj, **options):
        """All groups of a file as a dict of datasets by their paths."""
        return _engine().open_groups_as_dict(filename_or_obj, **_lockless(options))


def to_netcdf(dataset, path, mode="w", *, group=None, format="NETCDF4", encoding=None,
              unlimited_dims=()):  # fmt: skip
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
        An argument cannot be used.
    """
    from xarray.backends.common import ArrayWriter

    if mode not in ("w", "a"):
        raise ValueError(f"mode is 'w' or 'a', not {mode!r}")
    unknown = set(encoding or ()) - set(dataset.variables)
    if unknown:
        raise ValueError(f"there is no variable {sorted(unknown)[0]!r} to encode")
    store = _modules().H5NetCDFStore.open(
        os.path.abspath(os.fspath(path)), mode, format=format, group=group, lock=False
    )
    try:
        writer = ArrayWriter()
        variables, attributes = _encoded(dataset, encoding or {})
        store.store(
            variables, attributes, set(encoding or ()), writer, unlimited_dims=set(unlimited_dims)
        )
        writer.sync()
    finally:
        store.close()


def _encoded(dataset, encoding):
    from xarray.conventions import encode_dataset_coordinates

    variables, attributes = encode_dataset_coordinates(dataset)
    for name, how in encoding.items():
        variables[name] = variables[name].copy(deep=False)
        variables[name].encoding = dict(how)
    return variables, attributes


def _lockless(options):
    return {**options, "lock": False} if options.get("lock") is None else options


def _modules():
    from . import twins

    return twins.backend


def _engine():
    return _modules().H5netcdfBackendEntrypoint()


BACKEND_ENTRYPOINTS.setdefault("hyperslab", ("h5netcdf", HyperslabBackend))
