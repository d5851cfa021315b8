"""Files that every side reads: made once in a run, by stock h5py."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import h5py


@dataclass(frozen=True)
class Stored:
    """The dataset "d" of a file."""

    path: Path
    layout: dict[str, Any]  # keywords of create_dataset

    def array(self):
        with h5py.File(self.path) as file:
            return file["d"][()]

    def chunks(self):
        with h5py.File(self.path) as file:
            return file["d"].chunks

    def dtype(self):
        with h5py.File(self.path) as file:
            return file["d"].dtype


class Shelf:
    def __init__(self, folder: Path):
        self.folder = folder
        self._files: dict[Any, Path] = {}

    def file(self, key, fill: Callable[[h5py.File], object]) -> Path:
        """The file that `fill` made, now or when `key` was first asked for."""
        if key not in self._files:
            path = self.folder / f"{len(self._files)}.h5"
            with h5py.File(path, "w") as file:
                fill(file)
            self._files[key] = path
        return self._files[key]

    def stored(self, data, layout) -> Stored:
        """The array that data() gives, in that layout."""

        def fill(file):
            array = data()
            file.create_dataset("d", data=array, **_fitting(layout, array.shape))

        return Stored(self.file((data, *sorted(layout.items())), fill), layout)


def _fitting(layout, shape):
    """Tiny arrays are smaller than the chunks of full ones."""
    chunks = layout.get("chunks", True)
    if chunks is True:
        return layout
    return {**layout, "chunks": tuple(map(min, chunks, shape))}


def shelf_beside(folder: Path) -> Shelf:
    """The shelf of all sides whose own folders lie beside each other."""
    return _shelf_in(folder.parent / "shared")


@cache
def _shelf_in(folder: Path) -> Shelf:
    folder.mkdir()
    return Shelf(folder)
