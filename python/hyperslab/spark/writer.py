"""Writing: a part file from each task, and one virtual dataset over those that were committed.

A task writes into a folder that nobody reads. Only the driver, when all tasks are done, moves the
parts whose messages it got beside each other and replaces the file with the virtual dataset, which
says what the folder holds: until then, and when anything fails, readers see what was there before.
An attempt of a task that was killed or repeated leaves a file that nobody names.
"""

import contextlib
import fcntl
import os
import shutil
import uuid
from dataclasses import dataclass

import numpy
import pyarrow as pa
from pyspark.sql.datasource import DataSourceArrowWriter, WriterCommitMessage
from pyspark.sql.pandas.types import to_arrow_schema

from .. import h5t
from .._hl.files import File
from .._hl.vds import VirtualLayout, VirtualSource
from ..distributed.partition import MANIFEST, committed
from .options import _number
from .reader import FILE, ROW


@dataclass
class Part(WriterCommitMessage):
    """What a task has written; no name when it had no rows."""

    name: str | None
    rows: int


class Writer(DataSourceArrowWriter):
    """Writes a table as a compound dataset, or one column of lists as rows of a 2-D dataset."""

    def __init__(self, options, schema, overwrite):
        given = {name.lower(): value for name, value in dict(options).items()}
        self.folder = given.get("path")
        if not self.folder:
            raise ValueError("where to? say .save(folder)")
        self.folder = os.path.abspath(self.folder.removeprefix("file:"))
        if os.path.isfile(self.folder):
            raise FileExistsError(f"'{self.folder}' is a file: parts are written into a folder")
        self.dataset = given.get("dataset")
        if not self.dataset or not self.dataset.strip("/"):
            raise ValueError('which dataset? say .option("dataset", "/path/in/the/file")')
        self.compression = _compression(given.get("compression"))
        self.chunk_rows = _number(given.get("chunkrows"), "chunkRows")
        self.layout = given.get("layout", "table")
        if self.layout not in ("table", "array"):
            raise ValueError(
                f"the layout of what is written is table or array, not '{self.layout}'"
            )
        self.overwrite = overwrite
        arrow = to_arrow_schema(schema, timezone="UTC")
        self.columns = [field.name for field in arrow if field.name not in (FILE, ROW)]
        if not self.columns:
            raise ValueError("there is no column to write")
        if self.layout == "array" and len(self.columns) != 1:
            raise ValueError(f"the layout 'array' is of one column, not of {len(self.columns)}")
        self.dtype = numpy.dtype(
            [(name, dtype_of(arrow.field(name).type, name)) for name in self.columns]
        )
        self.job = uuid.uuid4().hex
        self.temporary = os.path.join(self.folder, "_temporary", self.job)

    # In the workers.

    def write(self, iterator):
        name = f"part-{uuid.uuid4().hex}.h5"
        os.makedirs(self.temporary, exist_ok=True)
        path = os.path.join(self.temporary, name)
        rows = 0
        try:
            with File(path, "w", locking=False) as file:
                dataset = None
                for batch in iterator:
                    if batch.num_rows == 0:
                        continue
                    values = self._values(batch)
                    if dataset is None:
                        dataset = self._create(file, values)
                    elif dataset.shape[1:] != values.shape[1:]:
                        raise ValueError(
                            f"the lists of '{self.columns[0]}' are not of one length: "
                            f"{dataset.shape[1]} and {values.shape[1]}"
                        )
                    dataset.append(values)
                    rows += len(values)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
            raise
        if rows == 0:
            os.remove(path)
        return Part(name if rows else None, rows)

    def _create(self, file, values):
        row_bytes = max(1, values[:1].nbytes)
        rows = self.chunk_rows or max(1, (1 << 20) // row_bytes)
        return file.create_dataset(
            self.dataset,
            shape=(0, *values.shape[1:]),
            maxshape=(None, *values.shape[1:]),
            dtype=values.dtype,
            chunks=(rows, *values.shape[1:]),
            **self.compression,
        )

    def _values(self, batch):
        if self.layout == "array":
            return _grid(batch.column(batch.schema.get_field_index(self.columns[0])),
                         self.columns[0])  # fmt: skip
        rows = numpy.empty(batch.num_rows, self.dtype)
        for name in self.columns:
            column = batch.column(batch.schema.get_field_index(name))
            rows[name] = to_numpy(column, self.dtype[name], name)
        return rows

    # On the driver.

    def commit(self, messages):
        parts = [message for message in messages if message is not None and message.name]
        os.makedirs(self.folder, exist_ok=True)
        with self._locked():
            manifest = os.path.join(self.folder, MANIFEST)
            before = committed(manifest) if os.path.exists(manifest) else []
            kept = [] if self.overwrite else [os.path.basename(path) for path in before]
            names = kept + [part.name for part in parts]
            moved = []
            try:
                for part in parts:
                    os.replace(
                        os.path.join(self.temporary, part.name),
                        os.path.join(self.folder, part.name),
                    )
                    moved.append(part.name)
                self._write_manifest(manifest, names)
            except BaseException:
                for name in moved:
                    os.remove(os.path.join(self.folder, name))
                raise
            for path in before if self.overwrite else []:
                with contextlib.suppress(FileNotFoundError):
                    os.remove(path)
        self._clean()

    def abort(self, messages):
        self._clean()

    def _clean(self):
        shutil.rmtree(self.temporary, ignore_errors=True)
        for folder in (os.path.dirname(self.temporary), self.folder):
            with contextlib.suppress(OSError):  # others write there, or it holds something
                os.rmdir(folder)

    @contextlib.contextmanager
    def _locked(self):
        with open(os.path.join(self.folder, "_lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _write_manifest(self, manifest, names):
        fresh = f"{manifest}.{self.job}"
        try:
            with File(fresh, "w", locking=False) as file:
                file.attrs.create("parts", names, (len(names),), h5t.string_dtype())
                sources = []
                for name in names:
                    with File(os.path.join(self.folder, name), "r", locking=False) as part:
                        one = part.get(self.dataset)
                        if one is None:
                            raise ValueError(
                                f"the folder holds another dataset than {self.dataset}"
                            )
                        sources.append((name, one.shape, one.dtype))
                self._map(file, sources)
            os.replace(fresh, manifest)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.remove(fresh)
            raise

    def _map(self, file, sources):
        if not sources:
            file.create_dataset(self.dataset, (0,), self.dtype)
            return
        _, (_, *row), dtype = sources[0]
        for name, shape, kind in sources:
            if kind != dtype or list(shape[1:]) != row:
                raise ValueError(
                    f"'{self.dataset}' of '{name}' has rows of type {kind} and shape {shape[1:]}, "
                    f"which is not that of the others: {dtype} and {tuple(row)}"
                )
        layout = VirtualLayout((sum(shape[0] for _, shape, _ in sources), *row), dtype)
        first = 0
        for name, shape, kind in sources:
            layout[first : first + shape[0]] = VirtualSource(name, self.dataset, shape, kind)
            first += shape[0]
        file.create_virtual_dataset(self.dataset, layout)


def _compression(text):
    if text is None or text == "none":
        return {}
    if text == "gzip":
        return {"compression": 1, "shuffle": True}
    if text == "lzf":
        return {"compression": "lzf", "shuffle": True}
    raise ValueError(f"compression is gzip, lzf or none, not '{text}'")


def dtype_of(kind, name):
    """The dtype in which a column of an Arrow type is written. TypeError when there is none."""
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return h5t.string_dtype()
    if pa.types.is_boolean(kind):
        return numpy.dtype(bool)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return numpy.dtype(kind.to_pandas_dtype())
    if pa.types.is_decimal(kind) and kind.scale == 0 and kind.precision <= 20:
        return numpy.dtype("u8" if kind.precision == 20 else "i8")
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return h5t.vlen_dtype(numpy.uint8)
    if pa.types.is_list(kind):
        return h5t.vlen_dtype(dtype_of(kind.value_type, name))
    if pa.types.is_struct(kind):
        return numpy.dtype([(f.name, dtype_of(f.type, f"{name}.{f.name}")) for f in kind])
    raise TypeError(f"the column '{name}' has the type {kind}, which is not written to HDF5")


def to_numpy(array, dtype, name):
    """The values of a column. ValueError for nulls, which HDF5 does not have."""
    kind = array.type
    if array.null_count:
        if not pa.types.is_floating(kind):
            raise ValueError(
                f"the column '{name}' has {array.null_count} nulls, which HDF5 does not have: fill "
                "or drop them before writing"
            )
        array = array.fill_null(float("nan"))
    if pa.types.is_struct(kind):
        rows = numpy.empty(len(array), dtype)
        for i, field in enumerate(kind):
            rows[field.name] = to_numpy(array.field(i), dtype[field.name], f"{name}.{field.name}")
        return rows
    if pa.types.is_decimal(kind):
        return array.cast(pa.uint64() if dtype.kind == "u" else pa.int64()).to_numpy()
    if pa.types.is_list(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return _sequences(array, h5t.check_vlen_dtype(dtype), name)
    return array.to_numpy(zero_copy_only=False)


def _sequences(array, base, name):
    rows = numpy.empty(len(array), object)
    base = numpy.dtype(base)
    if pa.types.is_list(array.type):
        for i, one in enumerate(array):
            rows[i] = to_numpy(one.values, base, f"{name}[]")
    else:
        for i, one in enumerate(array):
            rows[i] = numpy.frombuffer(one.as_py(), base)
    return rows


def _grid(array, name):
    if not pa.types.is_list(array.type):
        return to_numpy(array, dtype_of(array.type, name), name)
    if array.null_count:
        raise ValueError(f"the column '{name}' has {array.null_count} nulls")
    lengths = set(numpy.diff(numpy.asarray(array.offsets)).tolist())
    if len(lengths) > 1:
        raise ValueError(f"the lists of '{name}' are not of one length: {sorted(lengths)[:5]}")
    return numpy.stack([_grid(one.values, name) for one in array]) if _is_nested(array) else (
        to_numpy(array.flatten(), dtype_of(array.type.value_type, name), name).reshape(
            len(array), lengths.pop()
        )
    )  # fmt: skip


def _is_nested(array):
    return pa.types.is_list(array.type.value_type)
