"""Calls that move next to nothing: what they cost is the binding, not HDF5."""

from itertools import count as numbers

import numpy as np
from measure import Case

ELEMENTS = 2_000
OBJECTS = 1_000
CREATED = 8_000
TABLES = 1_000

COADD = np.dtype(
    [
        ("WAVE", "f4"),
        ("FLUX", "f4"),
        ("IVAR", "f4"),
        ("AND_MASK", "i4"),
        ("OR_MASK", "i4"),
        ("WAVEDISP", "f4"),
        ("SKY", "f4"),
        ("MODEL", "f4"),
    ]
)


def opened(module, folder, cleanup, name, fill, **options):
    """A file made by `fill(file)`, reopened for reading."""
    path = folder / name
    with module.File(path, "w", **options) as file:
        fill(file)
    return cleanup.enter_context(module.File(path, "r"))


def element(**layout):
    def prepare(module, folder, cleanup):
        def fill(file):
            file.create_dataset("d", data=np.arange(250_000.0).reshape(500, 500), **layout)

        dataset = opened(module, folder, cleanup, "element.h5", fill)["d"]

        def work():
            for i in range(ELEMENTS):
                dataset[i % 7, i % 97]

        return work

    return prepare


def row(module, folder, cleanup):
    dataset = opened(
        module,
        folder,
        cleanup,
        "row.h5",
        lambda file: file.create_dataset("d", data=np.arange(250_000.0).reshape(500, 500)),
    )["d"]

    def work():
        for i in range(ELEMENTS):
            dataset[i % 500]

    return work


def write_element(module, folder, cleanup):
    file = cleanup.enter_context(module.File(folder / "write.h5", "w"))
    dataset = file.create_dataset("d", shape=(500, 500), dtype="f8")

    def work():
        for i in range(ELEMENTS):
            dataset[i % 7, i % 97] = 1.5

    return work


def lookup(module, folder, cleanup):
    names = [f"group/d{i:05}" for i in range(OBJECTS)]

    def fill(file):
        for name in names:
            file.create_dataset(name, data=np.arange(8.0))

    file = opened(module, folder, cleanup, "lookup.h5", fill)

    def work():
        for name in names:
            dataset = file[name]
            _ = dataset.shape, dataset.dtype

    return work


def attribute(value, action):
    def prepare(module, folder, cleanup):
        def fill(file):
            file.create_dataset("d", data=np.arange(8.0)).attrs["a"] = value

        attributes = opened(module, folder, cleanup, "attribute.h5", fill)["d"].attrs

        def work():
            for _ in range(ELEMENTS):
                action(attributes)

        return work

    return prepare


def read_attribute(value):
    return attribute(value, lambda attributes: attributes["a"])


def create(libver):
    def prepare(module, folder, cleanup):
        data = np.arange(8.0)
        runs = numbers()

        def work():
            path = folder / f"create{next(runs)}.h5"
            with module.File(path, "w", libver=libver) as file:
                for i in range(CREATED):
                    file.create_dataset(f"d{i}", data=data)
            path.unlink()

        return work

    return prepare


def two_fields(rows):
    def prepare(module, folder, cleanup):
        names = [f"{i}/coadd" for i in range(TABLES)]

        def fill(file):
            for name in names:
                file.create_dataset(name, data=np.ones(rows, COADD))

        file = opened(module, folder, cleanup, f"tables{rows}.h5", fill)

        def work():
            for name in names:
                file[name]["FLUX", "IVAR"]

        return work

    return prepare


def listing(module, folder, cleanup):
    def fill(file):
        for i in range(OBJECTS):
            file.create_group(f"g{i:05}")

    file = opened(module, folder, cleanup, "listing.h5", fill)
    return lambda: list(file)


def visiting(module, folder, cleanup):
    def fill(file):
        for i in range(OBJECTS):
            file.create_dataset(f"{i % 10}/d{i:05}", data=np.arange(8.0))

    file = opened(module, folder, cleanup, "visiting.h5", fill)
    return lambda: file.visititems(lambda name, thing: None)


def contains(module, folder, cleanup):
    file = opened(module, folder, cleanup, "contains.h5", lambda file: file.create_group("a/b/c"))

    def work():
        for _ in range(ELEMENTS):
            "a/b/c" in file  # noqa: B015 - the look-up is what is timed

    return work


def open_close(module, folder, cleanup):
    path = folder / "open.h5"
    module.File(path, "w").close()

    def work():
        for _ in range(200):
            module.File(path, "r").close()

    return work


CASES = [
    Case("element ds[i,j], contiguous", element(), ELEMENTS, target=2.5),
    Case("element ds[i,j], chunked", element(chunks=(50, 50)), ELEMENTS, target=2.5),
    Case(
        "element ds[i,j], gzip", element(chunks=(50, 50), compression="gzip"), ELEMENTS, target=2.5
    ),
    Case("row ds[i] of 500 doubles", row, ELEMENTS),
    Case("element ds[i,j] = x", write_element, ELEMENTS),
    Case("group[name], then .shape and .dtype", lookup, OBJECTS, target=5),
    Case("attrs[name], a double", read_attribute(2.5), ELEMENTS, target=10),
    Case("attrs[name], a string", read_attribute("metres"), ELEMENTS, target=10),
    Case("attrs[name], 3 doubles", read_attribute(np.arange(3.0)), ELEMENTS, target=10),
    Case("name in attrs", attribute(1.0, lambda attributes: "a" in attributes), ELEMENTS),
    Case("name in group", contains, ELEMENTS),
    Case("create_dataset, 8,000 small ones, earliest", create("earliest"), CREATED, target=3),
    Case("create_dataset, 8,000 small ones, latest", create("latest"), CREATED, target=3),
    Case("two fields of 1,000 tables of 100 rows", two_fields(100), TABLES, target=3),
    Case("two fields of 1,000 tables of 4,600 rows", two_fields(4_600), TABLES),
    Case("list(group), each of 1,000 names", listing, OBJECTS),
    Case("visititems, each of 1,000 datasets", visiting, OBJECTS),
    Case("File(path) and close", open_close, 200),
]
