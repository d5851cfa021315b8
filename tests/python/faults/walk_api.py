"""Calls the API with wrong values: walk_api.py LOG SEED COUNT, in a folder to write in.

Every call either returns or raises. What ends the process is found in LOG: its last line says the
call. test_wrong_values.py runs it; so can you, with other seeds and a higher count.
"""

import array
import ctypes
import faulthandler
import inspect
import random
import re
import resource
import sys
import warnings

import hyperslab as h5
import numpy as np

MODULES = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()
# They take addresses or identifiers' numbers at their word, as in C, or print.
LEFT_OUT = {"register_filter", "get_vfd_handle", "dec_ref", "print_reg", "silence_errors"}


def ends_in_error():
    raise RuntimeError("called")


class Odd:
    """Answers wrongly whatever Python asks."""

    def __index__(self):
        raise OverflowError("no number")

    def __len__(self):
        return 3

    def __getitem__(self, key):
        raise KeyError(key)

    def __call__(self, *args):
        raise ZeroDivisionError("callback")


class Meddling:
    """Does something to a file whenever Python asks it for anything, then answers."""

    def __init__(self, meddle, dataset):
        self.meddle, self.dataset = meddle, dataset

    def __index__(self):
        self.meddle()
        return 1

    __int__ = __len__ = __index__

    def __float__(self):
        self.meddle()
        return 0.5

    def __getitem__(self, key):
        if isinstance(key, int) and key > 2:
            raise IndexError(key)
        self.meddle()
        return self.dataset

    def __array__(self, dtype=None, copy=None):
        self.meddle()
        return np.zeros(3, dtype)

    def __call__(self, *args):
        self.meddle()

    def __eq__(self, other):
        self.meddle()
        return False

    __hash__ = None

    def __fspath__(self):
        self.meddle()
        return "x"

    def __repr__(self):
        return "Meddling()"


def meddling(number):
    """Objects that close, resize or delete what they may have been given along with."""
    victim = h5.File(f"victim{number}.h5", "w")
    dataset = victim.create_dataset("x", (40, 3), maxshape=(None, 3), chunks=(4, 3))
    sizes = iter([1, 100, 0, 7] * 100)
    yield Meddling(lambda: dataset.resize(next(sizes), 0) if dataset else None, dataset.id)
    yield Meddling(victim.close, dataset.id)
    yield Meddling(lambda: victim.pop("x", None) if victim else None, dataset.id)
    yield from (victim.id, dataset.id, dataset.id.get_space(), dataset, victim)


def never_valid():
    """Identifiers of nothing."""
    for module in MODULES:
        for cls in vars(getattr(h5, module)).values():
            if inspect.isclass(cls) and issubclass(cls, h5._objects.ObjectID):
                for value in (0, -1, 42):
                    try:
                        yield cls(value)
                    except Exception:
                        break


def objects(number):
    """One of everything, alive and closed."""
    yield from meddling(number)
    yield from never_valid()
    file = h5.File(f"file{number}.h5", "w")
    dataset = file.create_dataset("x", data=np.arange(60.0).reshape(6, 10), chunks=(2, 5))
    record = np.dtype([("a", "i4"), ("s", h5.string_dtype()), ("v", h5.vlen_dtype("i2"))])
    file.create_dataset("records", (3,), record)
    file.create_group("g").attrs["a"] = [1, 2]
    file["text"] = ["one", "two"]
    file["type"] = np.dtype("i4")
    file["refs"] = [
        h5.h5r.create_object(file.id, b"g"),
        h5.h5r.create_region(file.id, b"x", dataset.id.get_space()),
        h5.h5r.create_attr(file["g"].id, b".", b"a"),
        h5.h5r.StandardReference(),
    ]
    yield from file["refs"]
    yield file.id
    yield from (file, file["g"].attrs, file["x"].attrs, dataset.dims, dataset.dims[0])
    for name in ("x", "records", "g", "text", "type", "refs"):
        yield from (file[name], file[name].id)
    for name in ("x", "records", "text"):
        yield file[name].id.get_type()
        yield file[name].id.get_space()
        yield file[name].id.get_create_plist()
        yield file[name].id.get_access_plist()
    for cls in (h5.h5p.FILE_ACCESS, h5.h5p.FILE_CREATE, h5.h5p.LINK_CREATE, h5.h5p.LINK_ACCESS,
                h5.h5p.DATASET_XFER, h5.h5p.GROUP_CREATE, h5.h5p.OBJECT_COPY):  # fmt: skip
        yield h5.h5p.create(cls)
    yield from (h5.h5t.py_create(np.dtype(code)) for code in ("i1", ">f8", "S3", "V4", "?", "c16"))
    yield h5.h5t.py_create(record)
    yield h5.h5t.py_create(h5.enum_dtype({"A": 1}))
    yield h5.h5a.open(file["g"].id, b"a")
    yield file["g"].id.links
    yield iter(file.id)
    yield dataset.ref
    yield dataset.regionref[2:4]
    yield file.id.get_mdc_config()
    yield h5.h5s.create(h5.h5s.NULL)
    for closed in (file["g"].id, file["x"].id, h5.h5s.create_simple((2,)), file["type"].id):
        closed.close()
        yield closed
    other = h5.File(f"closed{number}.h5", "w")
    other["x"] = 1
    closed = other["x"].id
    other.close()
    yield closed
    yield other.id


def frozen(array):
    array.flags.writeable = False
    return array


def released():
    view = memoryview(bytearray(8))
    view.release()
    return view


def arrays():
    """Arrays as few expect them."""
    yield from (np.zeros((6, 10))[::-1], np.asfortranarray(np.zeros((6, 10))), np.zeros((0, 10)))
    yield from (np.broadcast_to(np.float64(1), (6, 10)), np.zeros((1,) * 40), np.zeros(3, "V0"))
    yield from (np.zeros(3, "S0"), np.zeros((), "f8"), np.array(3, "O"), np.zeros(4, "V64"))
    yield from (np.zeros(2, "M8[s]"), np.zeros(2, "g"), np.ma.zeros(3), np.zeros((6, 10), "c16"))
    yield np.zeros(3, [("a", "i4"), ("s", "O"), ("v", "O")])
    yield np.zeros(3, {"names": ["a"], "formats": ["i4"], "offsets": [60], "itemsize": 64})
    yield np.array([[1, 2], "x", None, b"a\0b", "\ud800", np.zeros((2, 2))], "O")
    yield np.array([np.arange(3), np.arange(0), np.array(5)], "O")
    yield np.frombuffer(bytes(480))[:60].reshape(6, 10)
    if hasattr(np.dtypes, "StringDType"):
        yield np.array(["a", "b" * 100], np.dtypes.StringDType())


def values():
    yield from (None, True, 0, 1, 2, 3, 7, -1, -5, 31, 33, 255, 2**31, -(2**31), 2**32, 2**40)
    yield from (2**63 - 1, 2**63, 2**64 - 1, 2**64, -(2**63), 2**70, 1.5, float("nan"), 1j)
    yield from (b"", b"x", b"g", b"/", b".", b"records", b"a\0b", b"a" * 70000, b"new/x", b"\xff")
    yield from ("", "x", "\ud800", "a" * 300, (), (0,), (1, 2), (6, 10), (2**40, 2**40), (-1, 3))
    yield from ((None, None), (1.5,), ("a",), (2**64,), tuple(range(40)), [], [1], {}, {"a": 1})
    yield from (np.zeros((6, 10)), np.zeros((6, 10), "f4"), np.zeros((6, 10), ">i2"), np.zeros(0))
    yield from (np.zeros((12, 10))[::2], np.zeros((10, 6)).T, frozen(np.zeros((6, 10))))
    yield from (
        np.zeros(3, "O"),
        np.array("x", "U3"),
        np.zeros(3, "S3"),
        np.float32(1),
        np.int64(2),
    )
    yield from (bytearray(8), bytearray(480), memoryview(b"abc"), slice(None), Ellipsis, Odd())
    yield from (released(), array.array("d", [1, 2]), (ctypes.c_int * 4)(), slice(5, 1, -2))
    yield from arrays()
    yield from (np.True_, np.array([True, False] * 3), np.nan, float("inf"), "a\0b", 10**400)
    yield from ([None, None], [[1, 2], [3]], {1, 2}, iter([1, 2]), "\U0001f600", b"\xf0\x9f")
    yield from (ends_in_error, lambda *args: None, lambda *args: 1, print, object, object(), int)
    yield from (np.dtype("f8"), np.dtype("M8[s]"), "f8", h5.h5p.DATASET_CREATE, h5.h5s.ALL)
    yield from (h5.h5t.NATIVE_INT32, h5.h5t.STD_REF_OBJ, h5.h5t.C_S1, h5.h5t.NATIVE_DOUBLE)


def functions():
    """(name, function) of all modules, and of all classes."""
    for module in MODULES:
        for name, value in sorted(vars(getattr(h5, module)).items()):
            if name in LEFT_OUT or name.startswith("_"):
                continue
            if inspect.isclass(value):
                if value.__module__.startswith("hyperslab"):
                    for key in sorted(dir(value)):
                        member = getattr(value, key, None)
                        if key in LEFT_OUT or (key.startswith("_") and key not in SPECIAL):
                            continue
                        if callable(member):
                            yield f"{module}.{name}.{key}", member
                        elif inspect.isdatadescriptor(member):
                            yield from descriptor(f"{module}.{name}.{key}", member)
                    if not issubclass(value, h5._objects.ObjectID):
                        yield f"{module}.{name}", value
            elif callable(value) and hasattr(value, "__nb_signature__"):
                yield f"{module}.{name}", value
    for cls in (h5.File, h5.Group, h5.Dataset, h5.Datatype, h5.AttributeManager):
        for key in dir(cls):
            if key not in LEFT_OUT and (not key.startswith("_") or key in SPECIAL):
                member = inspect.getattr_static(cls, key)
                if inspect.isdatadescriptor(member):
                    yield from descriptor(f"hyperslab.{cls.__name__}.{key}", member)
                elif callable(member):
                    yield f"hyperslab.{cls.__name__}.{key}", member


def descriptor(name, member):
    """Getting and setting a property, as functions of the object."""
    yield f"{name}", lambda self: member.__get__(self, type(self))
    yield f"{name}", lambda self, value: member.__set__(self, value)


SPECIAL = "__eq__ __hash__ __copy__ __reduce__ __setstate__ __len__ __contains__ __iter__ __bool__"
SPECIAL = {*SPECIAL.split(), "__getitem__", "__setitem__", "__delitem__", "__next__", "__array__"}
SPECIAL |= {"__lt__", "__bool__", "__repr__", "_close"}


def parameters(function):
    """A test of what a parameter takes, by its type, for each; values that pass get further."""
    bound = getattr(function, "__nb_signature__", None)
    if bound is None:
        code = getattr(inspect.unwrap(function), "__code__", None)
        return [lambda value: True] * (2 if code is None else min(code.co_argcount, 6))
    inner = bound[0][0].partition("(")[2].rpartition(")")[0]
    inner = re.sub(r"\[[^]]*\]", "", inner)
    return [suits(part.partition(":")[2]) for part in inner.split(",") if part.strip(" *")]


def suits(annotation):
    if "object" in annotation or not annotation:
        return lambda value: True
    names = set(re.findall(r"\w+", annotation.partition("=")[0]))
    return lambda value: not names.isdisjoint(base.__name__ for base in type(value).__mro__)


def arguments(chance, function, things, odd, name):
    """Values for the parameters: mostly as many as there are, of any kind."""
    wanted = parameters(function)
    count = len(wanted) if chance.random() < 0.8 else chance.randrange(len(wanted) + 2)
    made = []
    for i in range(count):
        own = i == 0 and name.count(".") == 2 and chance.random() < 0.95
        cls = name.split(".")[1] if own else None
        of_class = [thing for thing in things if type(thing).__name__ == cls] if own else []
        pool = of_class or (things if chance.random() < 0.35 else odd)
        if not of_class and i < len(wanted) and chance.random() < 0.7:
            pool = [value for value in [*things, *odd] if wanted[i](value)] or pool
        made.append(chance.choice(pool))
        if "multi" in name and chance.random() < 0.9:
            made[-1] = several(chance, things, odd, i)
    return made


def described(given):
    """The arguments as text. Some raise: types that NumPy does not have."""
    try:
        return repr(tuple(given))
    except Exception:
        return str([type(value).__name__ for value in given])


def several(chance, things, odd, position):
    """A list as read_multi takes it there, more or less."""
    cls = ["DatasetID", "SpaceID", "SpaceID", "ndarray", "TypeIntegerID", "PropDXID"][position % 6]
    fits = [value for value in [*things, *odd] if type(value).__name__ == cls] or [None]
    if position == 5:
        return chance.choice([None, *fits])
    count = 2 if chance.random() < 0.8 else chance.randrange(4)
    made = [chance.choice(fits if chance.random() < 0.9 else odd) for _ in range(count)]
    return made if chance.random() < 0.9 else tuple(made)


def main():
    log, seed, count = open(sys.argv[1], "w"), int(sys.argv[2]), int(sys.argv[3])
    faulthandler.enable()
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))  # what asks for more gets an error
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
    chance = random.Random(seed)
    odd, known = list(values()), list(functions())
    things, returned = [], 0
    for i in range(count):
        if i % 400 == 0:
            things = []
            things = list(objects(i))
        name, function = chance.choice(known)
        given = arguments(chance, function, things, odd, name)
        log.seek(0)
        log.truncate()
        log.write(f"{i} {name}{described(given):.900}\n")
        log.flush()
        try:
            result = function(*given)
            returned += 1
            if isinstance(result, h5._objects.ObjectID) and len(things) < 300:
                things.append(result)
        except Exception:
            pass
    print(f"{count} calls of {len(known)} functions, {returned} returned")


if __name__ == "__main__":
    main()
