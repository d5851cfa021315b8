"""Random interleavings of all that changes datasets and all that looks at them, beside NumPy.

A `Machine` is one file in one process: several datasets, several handles of each, several opens of
the file. After every step that looks, what is read must be what the model holds; in the end the
file is closed and stock h5py has to read it.
"""

import contextlib
import dataclasses
import itertools
import zlib

import engine_scenes as scenes
import h5py
import hyperslab
import numpy as np
from hyperslab import h5z
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from selections import expressions, of_package
from selections import resolve as positions_of

NAMES = itertools.count()
DATASETS = ("a", "b", "c")
ENGINES = ("automatic", "direct", "library")

# HDF5 2 is the machine's, without our patches for datasets that are open more than once, for page
# buffers and for filter masks.
OUR_HDF5 = hyperslab.version.hdf5_version_tuple < (2,)
# What libhdf5 itself never stores with the same size and another mask, when it writes it again.
SKIPPED_ALONE = ([h5z.FILTER_DEFLATE], [h5z.FILTER_LZF], [h5z.FILTER_FLETCHER32])

dtypes = st.sampled_from(
    [
        np.dtype("<i4"),
        np.dtype("<f8"),
        np.dtype(">i2"),
        np.dtype("u1"),
        np.dtype([("x", "<f8"), ("n", ">i2"), ("s", "S3")]),
        hyperslab.string_dtype(),
    ]
)

files = st.fixed_dictionaries(
    {
        "driver": st.sampled_from([None, None, None, None, "core", "family", "stdio"]),
        "libver": st.sampled_from(["earliest", "latest", "v110"]),
        "userblock_size": st.sampled_from([None, None, 512]),
        "pages": st.sampled_from([None, None, None, "page", "page buffer"]),
        "rdcc_nbytes": st.sampled_from([None, None, None, 0, 20_000]),
    }
)


def file_keywords(drawn):
    """(keywords for making the file, those for opening it again in each mode)"""
    opening = {"libver": drawn["libver"]}
    if drawn["driver"]:
        opening["driver"] = drawn["driver"]
    if drawn["driver"] == "family":
        opening["memb_size"] = 40_000
    if drawn["rdcc_nbytes"] is not None:
        opening["rdcc_nbytes"] = drawn["rdcc_nbytes"]
    creating = {}
    plain = drawn["driver"] in (None, "stdio")
    if drawn["userblock_size"] and drawn["driver"] != "family":  # which HDF5 1.14 confuses
        creating["userblock_size"] = drawn["userblock_size"]
    if drawn["pages"] and plain and not creating:  # libhdf5 wants a page of user block
        creating |= {"fs_strategy": "page", "fs_page_size": 4096, "fs_persist": True}
    reading = dict(opening)
    if "fs_strategy" in creating and drawn["pages"] == "page buffer":
        reading["page_buf_size"] = 16 * 4096
    # Stock HDF5 loses what it writes by way of a page buffer.
    writing = reading if OUR_HDF5 else opening
    return writing | creating, {"r+": writing, "r": reading}


@st.composite
def creations(draw):
    """(dtype, shape, keywords for create_dataset)"""
    dtype = draw(dtypes)
    if dtype.hasobject:
        shape = (draw(st.integers(0, 60)),)
    elif draw(st.booleans()):
        shape = (draw(st.integers(0, 90)), draw(st.integers(1, 90)))
    else:
        shape = (draw(st.integers(0, 6000)),)
    keywords = {}
    if dtype.kind in "iuf" and draw(st.booleans()):
        keywords["fillvalue"] = 77
    if draw(st.integers(0, 5)) == 0:
        return dtype, shape, keywords
    rows = max(shape[0] // 30, 1)
    chunks = tuple(draw(st.integers(1 if i else rows, n + 9)) for i, n in enumerate(shape))
    keywords |= {"chunks": chunks, "maxshape": (None,) * len(shape)}
    chosen = draw(scenes.filters)()
    # Scale-offset would lose digits, and takes fill values for what was never written.
    if "scaleoffset" not in chosen and scenes.fits(chosen, dtype, chunks):
        keywords |= chosen
    return dtype, shape, keywords


def equal(found, expected):
    """Bit for bit."""
    if np.asarray(expected).dtype.hasobject or isinstance(expected, bytes):
        return str(np.asarray(found).tolist()) == str(np.asarray(expected).tolist())
    found, expected = np.asarray(found), np.asarray(expected)
    if found.shape != expected.shape or found.dtype.kind != expected.dtype.kind:
        return False
    return found.tobytes() == expected.astype(found.dtype, copy=False).tobytes()


@dataclasses.dataclass
class Model:
    data: np.ndarray
    fill: object
    attributes: dict = dataclasses.field(default_factory=dict)
    handles: list = dataclasses.field(default_factory=list)  # (file, dataset)

    def resized(self, shape):
        before, self.data = self.data, blank(shape, self.data.dtype, self.fill)
        kept = tuple(slice(min(a, b)) for a, b in zip(before.shape, shape, strict=True))
        self.data[kept] = before[kept]


def blank(shape, dtype, fill):
    if dtype.hasobject:
        return np.full(shape, b"", object).astype(dtype)
    return np.full(shape, fill, dtype) if dtype.kind in "iuf" else np.zeros(shape, dtype)


class Machine(RuleBasedStateMachine):
    folder = None  # set by the test
    engine = "automatic"  # or "mixed": another one at every step
    package = hyperslab  # stock h5py, to see whether libhdf5 is to blame

    @initialize(data=st.data(), drawn=files, creation=creations())
    def begin(self, data, drawn, creation):
        self.creating, self.openings = file_keywords(drawn)
        self.opening = self.openings["r+"]
        ending = "-%d" if drawn["driver"] == "family" else ""
        self.path = f"{self.folder}/{next(NAMES)}{ending}.h5"
        self.seed = 0
        self.swmr = False
        self.models = {}
        self.attributes = {}
        self.choose_engine(data)
        self.files = [self.package.File(self.path, "w", **self.creating)]
        self.create(data, "a", creation)

    # ---- help ----

    def choose_engine(self, data):
        mixed = self.engine == "mixed"
        hyperslab.set_engine(data.draw(st.sampled_from(ENGINES)) if mixed else self.engine)

    @staticmethod
    def one_of(data, things):
        """Not drawn itself: hypothesis would keep it open."""
        return things[data.draw(st.integers(0, len(things) - 1))]

    @property
    def writable(self):
        return self.files[0].mode == "r+"

    @property
    def can_restructure(self):
        return self.writable and not self.swmr

    def values(self, dtype, shape):
        self.seed += 1
        return scenes.random_values(dtype, shape, self.seed)

    def places(self, model, count):
        """Some elements: their indices."""
        rng = np.random.default_rng(self.seed)
        for _ in range(count if model.data.size else 0):
            yield tuple(int(rng.integers(n)) for n in model.data.shape)

    def some(self, data):
        """(model, one of its handles)"""
        self.choose_engine(data)
        name = data.draw(st.sampled_from(sorted(self.models)))
        model = self.models[name]
        if not model.handles:
            self.open_handle(data, name)
        return model, self.one_of(data, model.handles)[1]

    def some_chunked(self, data):
        model, dataset = self.some(data)
        return (model, dataset) if dataset.chunks else (None, None)

    def open_handle(self, data, name):
        file = self.one_of(data, self.files)
        self.models[name].handles.append((file, file[name]))

    def create(self, data, name, creation):
        dtype, shape, keywords = creation
        self.choose_engine(data)
        file = self.one_of(data, self.files)
        # Space that was freed is used again as it is, unless chunks or a fill value were asked for.
        chooses = "chunks" in keywords or "fillvalue" in keywords or dtype.hasobject
        full = 0 not in shape and not (chooses and data.draw(st.booleans()))
        fill = keywords.get("fillvalue", 0)
        model = Model(blank(shape, dtype, fill), fill)
        if full:
            values = self.values(dtype, shape)
            dataset = file.create_dataset(name, data=values, dtype=dtype, **keywords)
            model.data[...] = self.as_read(values)
        else:
            dataset = file.create_dataset(name, shape, dtype, **keywords)
        model.handles.append((file, dataset))
        self.models[name] = model

    @staticmethod
    def as_read(values):
        if not values.dtype.hasobject:
            return values
        encoded = [text.encode() for text in values.flat]
        return np.array(encoded, object).reshape(values.shape)

    def assign(self, model, dataset, args, values=None):
        axes, shape = positions_of(args, model.data.shape)
        if 0 in shape:
            return
        values = self.values(model.data.dtype, shape) if values is None else values
        dataset[of_package(self.package, args)] = values
        spread = np.broadcast_to(self.as_read(np.asarray(values, model.data.dtype)), shape)
        model.data[np.ix_(*axes)] = spread.reshape([len(axis) for axis in axes])

    # ---- writing ----

    @precondition(lambda self: self.writable)
    @rule(data=st.data())
    def write_a_selection(self, data):
        model, dataset = self.some(data)
        self.assign(model, dataset, data.draw(expressions(model.data.shape)))

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), count=st.integers(1, 9))
    def write_rows(self, data, count):
        model, dataset = self.some(data)
        if len(model.data):
            first = data.draw(st.integers(0, len(model.data) - 1))
            for i in range(first, min(first + count, len(model.data))):
                self.assign(model, dataset, (i,))

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), count=st.integers(1, 9))
    def write_elements(self, data, count):
        model, dataset = self.some(data)
        for at in self.places(model, count):
            self.assign(model, dataset, at)

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), count=st.integers(1, 9))
    def read_and_write_by_turns(self, data, count):
        model, dataset = self.some(data)
        for i, *_ in self.places(model, count):
            assert equal(dataset[i], model.data[i])
            self.assign(model, dataset, (i,))
            assert equal(dataset[i], model.data[i])

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), whole=st.booleans())
    def write_chunks(self, data, whole):
        """A block of whole chunks, or one that begins and ends inside of chunks."""
        model, dataset = self.some_chunked(data)
        if model is None or 0 in model.data.shape:
            return
        args = []
        for n, c in zip(model.data.shape, dataset.chunks, strict=True):
            first = data.draw(st.integers(0, (n - 1) // c))
            count = data.draw(st.integers(1, 4))
            bounds = (first * c, (first + count) * c)
            args.append(slice(*bounds) if whole else slice(bounds[0] + c // 2, bounds[1] - c // 3))
        self.assign(model, dataset, tuple(args))

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), number=st.integers(0, 100))
    def fill_all(self, data, number):
        model, dataset = self.some(data)
        if model.data.dtype.kind in "iuf":
            self.assign(model, dataset, (...,), number)
        else:
            self.assign(model, dataset, (...,))

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), how=st.sampled_from(["raw", "raw", "copied"]))
    def write_a_chunk_as_it_is_stored(self, data, how):
        model, dataset = self.some_chunked(data)
        if model is None or 0 in model.data.shape or model.data.dtype.hasobject:
            return
        chunk = dataset.chunks

        def somewhere():
            bounds = zip(model.data.shape, chunk, strict=True)
            return tuple(data.draw(st.integers(0, (n - 1) // c)) * c for n, c in bounds)

        def inside(at):
            return tuple(slice(a, a + c) for a, c in zip(at, chunk, strict=True))

        to = somewhere()
        if how == "raw":
            values = blank(chunk, model.data.dtype, model.fill)  # as a resize may show
            held = tuple(slice(n) for n in model.data[inside(to)].shape)
            values[held] = self.values(model.data.dtype, model.data[inside(to)].shape)
            stored, mask = self.stored_form(data, dataset, values)
        else:
            at = somewhere()
            whole = all(model.data[inside(each)].shape == chunk for each in (at, to))
            if not whole or dataset.id.get_chunk_info_by_coord(at).byte_offset is None:
                return
            mask, stored = dataset.id.read_direct_chunk(at)
            values = model.data[inside(at)].copy()
        before = dataset.id.get_chunk_info_by_coord(to)
        if stored is None:
            return
        if not self.minds_masks:
            # Stock libhdf5 does not store another mask for a chunk that keeps its size.
            changes_mask_alone = before.size == len(stored) and before.filter_mask != mask
            if changes_mask_alone or (how == "copied" and mask):
                return
        dataset.id.write_direct_chunk(to, stored, mask)
        model.data[inside(to)] = values[tuple(slice(n) for n in model.data[inside(to)].shape)]

    @property
    def minds_masks(self):
        return OUR_HDF5 and self.package is hyperslab

    def stored_form(self, data, dataset, values):
        """(bytes, filter mask) of a chunk; no bytes for filters that are not known here."""
        plist = dataset.id.get_create_plist()
        numbers = [plist.get_filter(i)[0] for i in range(plist.get_nfilters())]
        stored = values.tobytes()
        may_skip = self.minds_masks or numbers in SKIPPED_ALONE
        if not numbers or (may_skip and data.draw(st.booleans())):
            return stored, (1 << len(numbers)) - 1
        if numbers == [h5z.FILTER_SHUFFLE, h5z.FILTER_DEFLATE]:
            bytes_of = np.frombuffer(stored, "u1").reshape(-1, values.dtype.itemsize)
            return zlib.compress(bytes_of.T.tobytes(), 1), 0
        return (zlib.compress(stored, 1) if numbers == [h5z.FILTER_DEFLATE] else None), 0

    # ---- growing and shrinking ----

    @precondition(lambda self: self.writable)
    @rule(data=st.data())
    def resize(self, data):
        model, dataset = self.some_chunked(data)
        if model is not None:
            least = (lambda n: n) if self.swmr else (lambda n: 0)
            limits = ((least(n), n + n // 2 + 3) for n in model.data.shape)
            shape = tuple(data.draw(st.integers(*each)) for each in limits)
            dataset.resize(shape)
            model.resized(shape)

    @precondition(lambda self: self.writable)
    @rule(data=st.data(), times=st.integers(1, 4), rows=st.integers(1, 7))
    def append(self, data, times, rows):
        model, dataset = self.some_chunked(data)
        for _ in range(times if model is not None else 0):
            n = len(model.data)
            dataset.resize(n + rows, axis=0)
            model.resized((n + rows, *model.data.shape[1:]))
            self.assign(model, dataset, (slice(n, None),))

    # ---- looking ----

    @rule(data=st.data(), times=st.integers(1, 3))
    def read_selections(self, data, times):
        for _ in range(times):
            model, dataset = self.some(data)
            args = data.draw(expressions(model.data.shape))
            axes, shape = positions_of(args, model.data.shape)
            expected = model.data[np.ix_(*axes)].reshape(shape)
            assert dataset.shape == model.data.shape
            assert equal(dataset[of_package(self.package, args)], expected)

    @rule(data=st.data(), times=st.integers(1, 3))
    def read_everything(self, data, times):
        model, dataset = self.some(data)
        for _ in range(times):
            assert equal(dataset[()], model.data)

    @rule(data=st.data(), count=st.integers(1, 20))
    def read_elements(self, data, count):
        model, dataset = self.some(data)
        for at in self.places(model, count):
            assert equal(dataset[at], model.data[at]), at

    @rule(data=st.data())
    def read_attributes(self, data):
        model, dataset = self.some(data)
        assert {k: list(v) for k, v in dataset.attrs.items()} == model.attributes

    # ---- handles, files ----

    @rule(data=st.data())
    def open_another_handle(self, data):
        self.open_handle(data, data.draw(st.sampled_from(sorted(self.models))))

    @rule(data=st.data())
    def drop_a_handle(self, data):
        model, dataset = self.some(data)
        model.handles = [each for each in model.handles if each[1] is not dataset]

    @precondition(lambda self: len(self.files) < 3 and self.opening.get("driver") != "core")
    @rule()
    def open_the_file_again(self):
        mode = "r+" if self.writable else "r"
        self.files.append(self.package.File(self.path, mode, **self.openings[mode]))

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def close_one_of_the_files(self, data):
        closed = self.files.pop(data.draw(st.integers(1, len(self.files) - 1)))
        closed.close()
        for model in self.models.values():
            model.handles = [each for each in model.handles if each[0] is not closed]

    @rule(data=st.data(), mode=st.sampled_from(["r", "r+", "r+", "r+"]))
    def close_and_reopen(self, data, mode):
        self.close()
        if data.draw(st.booleans()):
            self.look_as_stock_h5py()
        self.files = [self.package.File(self.path, mode, **self.openings[mode])]
        self.choose_engine(data)

    @rule(data=st.data())
    def flush(self, data):
        if data.draw(st.booleans()):
            self.files[-1].flush()
        else:
            self.some(data)[1].flush()

    @rule(data=st.data())
    def refresh(self, data):
        if self.writable:
            self.files[0].flush()
        model, dataset = self.some(data)
        if self.writable or OUR_HDF5 or len(model.handles) == 1:
            dataset.refresh()

    # ---- what SWMR forbids ----

    @precondition(lambda self: self.can_restructure)
    @rule(data=st.data(), name=st.sampled_from(DATASETS), creation=creations())
    def delete_and_recreate(self, data, name, creation):
        if name in self.models:
            del self.files[-1][name]
            del self.models[name]
        self.create(data, name, creation)

    @precondition(lambda self: self.can_restructure)
    @rule(data=st.data(), to=st.sampled_from(DATASETS), how=st.sampled_from(["copy", "move"]))
    def put_elsewhere(self, data, to, how):
        name = data.draw(st.sampled_from(sorted(self.models)))
        if to in self.models or (how == "copy" and not OUR_HDF5):
            return
        getattr(self.files[0], how)(name, to)
        model = self.models[name]
        if how == "move":
            self.models[to] = self.models.pop(name)
        else:
            self.models[to] = Model(model.data.copy(), model.fill, dict(model.attributes))

    @precondition(lambda self: self.can_restructure)
    @rule(data=st.data(), name=st.sampled_from("xyz"), length=st.integers(0, 200))
    def change_an_attribute(self, data, name, length):
        model, dataset = self.some(data)
        if length == 0:
            dataset.attrs.pop(name, None)
            model.attributes.pop(name, None)
        else:
            value = ["t" * length] if length % 2 else [length] * length
            dataset.attrs[name] = value
            model.attributes[name] = value

    @precondition(
        lambda self: (
            self.can_restructure
            and len(self.files) == 1
            and self.package is hyperslab
            and self.opening["libver"] == "latest"
            and "driver" not in self.opening
            and "fs_strategy" not in self.creating
            and not any(model.data.dtype.hasobject for model in self.models.values())
        )
    )
    @rule()
    def begin_swmr(self):
        self.files[0].swmr_mode = True
        self.swmr = True

    @precondition(lambda self: self.swmr)
    @rule()
    def another_library_follows(self):
        for file in self.files:
            file.flush()
        for model in self.models.values():
            for _, dataset in model.handles:
                dataset.flush()
        self.look_as_stock_h5py(libver="latest", swmr=True)

    # ---- the end ----

    def close(self):
        for model in self.models.values():
            model.handles = []
        for file in reversed(self.files):
            file.close()
        self.files = []
        self.swmr = False

    def look_as_stock_h5py(self, **keywords):
        if self.opening.get("driver") == "family":
            keywords |= {"driver": "family", "memb_size": self.opening["memb_size"]}
        with h5py.File(self.path, "r", locking=False, **keywords) as file:
            assert sorted(file) == sorted(self.models)
            for name, model in self.models.items():
                assert equal(file[name][()], model.data), name
                attributes = {k: list(v) for k, v in file[name].attrs.items()}
                assert attributes == model.attributes, name

    def teardown(self):
        try:
            if getattr(self, "files", None):
                self.close()
                self.look_as_stock_h5py()
        finally:
            hyperslab.set_engine("automatic")
            for file in getattr(self, "files", []):
                with contextlib.suppress(Exception):
                    file.close()


def machine(folder, engine):
    """The class, for one folder and one engine."""
    return type("Machine", (Machine,), {"folder": folder, "engine": engine})
