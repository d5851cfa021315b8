# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
from collections.abc import Mapping
from collections.abc import Sequence
from hyperslab._typing import Path
from typing import Any
from typing import Literal
import ray.data

class HDF5Datasource(ray.data.Datasource):
    """The source behind `read_hdf5`, which says what its arguments are."""
    def __init__(self, paths: Path | Sequence[Path], dataset: str, columns: Sequence[str] | None=None, *, rows: tuple[int | None, int | None] | slice | None=None, files: str | None=None, partition_bytes: int=..., mode: Literal['FAILFAST', 'PERMISSIVE', 'DROPMALFORMED']='FAILFAST', bounds: Mapping[str, tuple[Any, Any]] | None=None) -> None: ...
    def get_name(self) -> str: ...
    def estimate_inmemory_data_size(self) -> int:
        """The number of bytes of all rows, where strings count as their references."""
    def get_read_tasks(self, parallelism: int, per_task_row_limit: int | None=None, data_context: Any=None) -> list[Any]:
        """A task for each partition; smaller partitions where there are fewer than asked for."""

def read_hdf5(paths: Path | Sequence[Path], dataset: str, columns: Sequence[str] | None=None, *, rows: tuple[int | None, int | None] | slice | None=None, files: str | None=None, partition_bytes: int=..., mode: Literal['FAILFAST', 'PERMISSIVE', 'DROPMALFORMED']='FAILFAST', bounds: Mapping[str, tuple[Any, Any]] | None=None, **options: Any) -> ray.data.Dataset:
    """A `ray.data.Dataset` of the rows of a dataset, or of a table that is a group.

    Parameters
    ----------
    paths : str, path-like or list of them
        Files, globs and folders, as `hyperslab.distributed.find_files` takes them.
    dataset : str
        The path of a dataset, or of a group of datasets of equal length.
    columns : list of str, optional
        Fields of a compound, or datasets of the group.
    rows, files, mode, bounds
        As `hyperslab.distributed.plan` takes them.
    partition_bytes : int
        The number of stored bytes that a task reads at most, unless a row of chunks has more.
    **options
        More keywords of `ray.data.read_datasource`, such as ``override_num_blocks`` and
        ``concurrency``.

    Returns
    -------
    ray.data.Dataset
        A compound and a group have a column for each field; any other dataset has the column
        "value", whose rows are tensors where the dataset has more than one axis.

    Raises
    ------
    FileNotFoundError, SchemaError, OSError, ValueError
        As `hyperslab.distributed.plan` does."""
