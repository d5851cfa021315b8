# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="misc,import-not-found,import-untyped"
from collections.abc import Mapping
from collections.abc import Sequence
from hyperslab._typing import Path
from typing import Any
from typing import Literal
import dask.array
import dask.dataframe

def from_hdf5(path: Path, dataset: str, chunks: Literal['auto'] | int | tuple[Any, ...]='auto') -> dask.array.Array:
    """A Dask array of a dataset.

    Parameters
    ----------
    path : str or path-like
        The file, which is opened for reading by whoever reads a block.
    dataset : str
        The path of the dataset in it.
    chunks : 'auto', int, or tuple
        The shape of blocks. With 'auto', blocks are multiples of the stored chunks and have about
        the number of bytes that Dask's setting ``array.chunk-size`` says.

    Returns
    -------
    dask.array.Array
        Its name depends on the file's size and time, so that a changed file is another array.

    Raises
    ------
    OSError
        The file cannot be opened.
    SchemaError
        There is no such dataset."""

def read_table(path: Path | Sequence[Path], dataset: str, columns: Sequence[str] | None=None, *, rows: tuple[int | None, int | None] | slice | None=None, partition_bytes: int=..., mode: Literal['FAILFAST', 'PERMISSIVE', 'DROPMALFORMED']='FAILFAST', bounds: Mapping[str, tuple[Any, Any]] | None=None) -> dask.dataframe.DataFrame:
    """A Dask dataframe of a compound dataset, or of a group of datasets of equal length.

    Parameters
    ----------
    path : str, path-like or list of them
        Files, globs and folders with the same table.
    dataset : str
        The path of the dataset or group.
    columns : list of str, optional
        The columns to read. Columns that a later step does not use are not read either.
    rows : tuple, optional
        The rows of each file, as `hyperslab.distributed.plan` takes them.
    partition_bytes : int
        The number of stored bytes of a partition.
    mode : {'FAILFAST', 'PERMISSIVE', 'DROPMALFORMED'}
        Whether a file that cannot be planned ends the call, or is left out.
    bounds : dict, optional
        For columns a pair (low, high): chunks that have no such value by the summary of their file
        are left out, as `hyperslab.distributed.plan` does it. Other rows are not looked at.

    Returns
    -------
    dask.dataframe.DataFrame
        Strings and enumerations are strings and categories; fields that are arrays or sequences are
        objects.

    Raises
    ------
    SchemaError
        A file has not that table, or another one than the first file.
    OSError
        A file cannot be read."""

def to_hdf5(array: dask.array.Array, path: Path, dataset: str, *, chunks: tuple[int, ...] | None=None, mode: Literal['a', 'w', 'x', 'r+']='a', compute: bool=True, **options: Any) -> Any:
    """Write a Dask array to a new dataset, chunk by chunk and several of them at a time.

    Parameters
    ----------
    array : dask.array.Array
        What is written. Its shape must be known.
    path : str or path-like
        The file.
    dataset : str
        The path of the dataset, which must not be there.
    chunks : tuple, optional
        The stored chunks; by default the first block of the array, if it is at most 4 MB. The
        array's blocks are aligned to them, so that no chunk is written twice.
    mode : {'a', 'w', 'x', 'r+'}
        How the file is opened.
    compute : bool
        False returns a `dask.delayed.Delayed` that writes when it is computed.
    **options
        More keywords of `Group.create_dataset`, such as ``compression``.

    Raises
    ------
    OSError
        The file cannot be written. A new file is dropped then, and a new dataset of an old file
        removed; with mode 'w' the old file stays.
    ValueError
        The dataset is there already, or the shape is not known."""
