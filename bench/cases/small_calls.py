"""Calls that move next to nothing: what they cost is the binding, not HDF5."""

from itertools import count as runs
from itertools import islice

import numpy as np
from measure import Case, Work
from scale import scaled
from shelf import shelf_beside

from . import arrays
from .whole_arrays import Reading

ELEMENTS = 2_000
OBJECTS = 8_000
FEWER = 1_000
TABLES = 1_000


def opened(module, folder, cleanup, key, fill):
    """The file that `fill` makes, open for reading."""
    path = shelf_beside(folder).file(key, fill)
    return cleanup.enter_context(module.File(path, "r"))


def element(**layout):
    def make_work(dataset, _cleanup):
        return lambda: [dataset[i % 7, i % 97] for i in range(scaled(ELEMENTS))]

    return Reading(arrays.square, layout, make_work)


def row():
    def make_work(dataset, _cleanup):
        return lambda: [dataset[i % 500] for i in range(scaled(ELEMENTS))]

    return Reading(arrays.square, {}, make_work)


def write_element(module, folder, cleanup):
    file = cleanup.enter_context(module.File(folder / "write.h5", "w"))
    dataset = file.create_dataset("d", shape=(500, 500), dtype="f8")

    def work():
        for i in range(scaled(ELEMENTS)):
            dataset[i % 7, i % 97] = 1.5

    return Work(work, lambda: dataset[()])


# A group of many small datasets with three attributes each.


def fill_group(file):
    group = file.create_group("group")
    for i in range(scaled(OBJECTS)):
        dataset = group.create_dataset(f"d{i:05}", data=np.arange(10.0) + i)
        dataset.attrs["exposure"] = 900.5 + i
        dataset.attrs["units"] = "1e-17 erg/s/cm2/Angstrom"
        dataset.attrs["position"] = np.arange(3.0)


def paths(count=OBJECTS):
    return [f"group/d{i:05}" for i in range(scaled(count))]


def many_objects(make_work):
    def prepare(module, folder, cleanup):
        return make_work(opened(module, folder, cleanup, "many objects", fill_group))

    return prepare


def attributes_of_all(file):
    attributes = [file[path].attrs for path in paths()]
    return lambda: [(a["exposure"], a["units"], a["position"]) for a in attributes]


def open_by_path(count):
    def make_work(file):
        wanted = paths(count)

        def work():
            answer = []
            for path in wanted:
                dataset = file[path]
                answer.append((dataset.shape, dataset.dtype))
            return answer

        return work

    return make_work


def items_with_read(file):
    group = file["group"]
    return lambda: [(name, dataset[:10]) for name, dataset in group.items()]


def visit_all(file):
    found = []
    return Work(
        lambda: file.visititems(lambda name, thing: None),
        lambda: file.visititems(lambda name, thing: found.append((name, thing.name))) or found,
    )


def list_names(file):
    return lambda: list(file["group"])


# Tables of spectra, as BOSS keeps them: plate/mjd/fibre/coadd.


def two_fields(rows):
    def fill(file):
        for path in tables():
            file.create_dataset(path, data=arrays.spectra(rows))

    def tables():
        return [f"4857/55711/{i}/coadd" for i in range(scaled(TABLES))]

    def prepare(module, folder, cleanup):
        file = opened(module, folder, cleanup, ("tables", rows), fill)
        wanted = tables()
        return lambda: [file[path]["FLUX", "IVAR"] for path in wanted]

    return prepare


def one_attribute(value, action):
    def prepare(module, folder, cleanup):
        def fill(file):
            file.create_dataset("d", data=np.arange(8.0)).attrs["a"] = value

        attributes = opened(module, folder, cleanup, ("attribute", str(value)), fill)["d"].attrs
        return lambda: [action(attributes) for _ in range(scaled(ELEMENTS))]

    return prepare


def read_attribute(value):
    return one_attribute(value, lambda attributes: attributes["a"])


def create(libver):
    def prepare(module, folder, cleanup):
        data = np.arange(8.0)
        number = runs()

        def work():
            path = folder / f"create{next(number)}.h5"
            with module.File(path, "w", libver=libver) as file:
                for i in range(scaled(OBJECTS)):
                    file.create_dataset(f"d{i}", data=data)
                last = [(name, file[name][()]) for name in islice(file, 3)]
            path.unlink()
            return last

        return work

    return prepare


def contains(module, folder, cleanup):
    file = opened(module, folder, cleanup, "nested", lambda file: file.create_group("a/b/c"))
    return lambda: ["a/b/c" in file for _ in range(scaled(ELEMENTS))]


def open_close(module, folder, cleanup):
    path = shelf_beside(folder).file("nested", lambda file: file.create_group("a/b/c"))

    def work():
        for _ in range(scaled(200)):
            module.File(path, "r").close()

    return work


CASES = [
    Case("single elements ds[i, j]", element(), ELEMENTS, target=5, goal=True),
    Case(
        "two fields of 1,000 BOSS tables by path",
        two_fields(4_600),
        TABLES,
        unit="µs a table",
        target=8,
        goal=True,
    ),
    Case(
        "3 attributes of 8,000 datasets",
        many_objects(attributes_of_all),
        3 * OBJECTS,
        target=15,
        goal=True,
    ),
    Case(
        "8,000 opens by path with shape and dtype",
        many_objects(open_by_path(OBJECTS)),
        OBJECTS,
        target=8,
        goal=True,
    ),
    Case(
        "8,000 items() with a 10-value read",
        many_objects(items_with_read),
        OBJECTS,
        target=8,
        goal=True,
    ),
    Case("8,000 by visititems", many_objects(visit_all), OBJECTS, target=6, goal=True),
    Case("element ds[i,j], chunked", element(chunks=(50, 50)), ELEMENTS, target=2.5),
    Case(
        "element ds[i,j], gzip", element(chunks=(50, 50), compression="gzip"), ELEMENTS, target=2.5
    ),
    Case("row ds[i] of 500 doubles", row(), ELEMENTS),
    Case("element ds[i,j] = x", write_element, ELEMENTS),
    Case(
        "group[name] of 1,000, .shape and .dtype",
        many_objects(open_by_path(FEWER)),
        FEWER,
        target=5,
    ),
    Case("attrs[name], a double", read_attribute(2.5), ELEMENTS, target=10),
    Case("attrs[name], a string", read_attribute("metres"), ELEMENTS, target=10),
    Case("attrs[name], 3 doubles", read_attribute(np.arange(3.0)), ELEMENTS, target=10),
    Case("name in attrs", one_attribute(1.0, lambda attributes: "a" in attributes), ELEMENTS),
    Case("name in group", contains, ELEMENTS),
    Case("create_dataset, 8,000 small ones, earliest", create("earliest"), OBJECTS, target=3),
    Case("create_dataset, 8,000 small ones, latest", create("latest"), OBJECTS, target=3),
    Case("two fields of 1,000 tables of 100 rows", two_fields(100), TABLES, target=3),
    Case("list(group), each of 8,000 names", many_objects(list_names), OBJECTS),
    Case("File(path) and close", open_close, 200),
]
