"""A table to Arrow, against the way by pandas."""

import contextlib

import h5py
import hyperslab
import pandas
import pyarrow
from data import Row


@contextlib.contextmanager
def rows(data):
    with hyperslab.File(data.table) as ours, h5py.File(data.table) as theirs:
        yield [
            Row(
                f"Arrow: table, {how}",
                ours[how].to_arrow,
                "h5py and pandas",
                lambda dataset=theirs[how]: pyarrow.Table.from_pandas(
                    pandas.DataFrame(dataset[...])
                ),
                5,
            )
            for how in ("plain", "gzip")
        ]
