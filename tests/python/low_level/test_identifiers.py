"""Low-level objects as Python objects: subclasses, copies, pickles."""

import copy
import inspect
import pickle

import h5py
import hyperslab
import numpy as np
import pytest

MODULES = "_objects h5a h5ac h5d h5f h5g h5i h5l h5o h5p h5r h5s h5t".split()


def classes(h5):
    found = {}
    for module in MODULES:
        for name, cls in vars(getattr(h5, module)).items():
            if inspect.isclass(cls) and cls.__module__.split(".")[0] == h5.__name__:
                found[name] = cls
    return found


IDENTIFIERS = sorted(
    name for name, cls in classes(hyperslab).items() if issubclass(cls, hyperslab._objects.ObjectID)
)
MADE_OF_NOTHING = sorted(
    name
    for name, cls in classes(h5py).items()
    if name in classes(hyperslab)
    and not issubclass(cls, (h5py._objects.ObjectID, tuple))
    and name not in ("ByteStringContext", "GroupIter", "LinkProxy")
)


def test_there_are_identifiers_of_each_kind():
    assert {
        "ObjectID",
        "FileID",
        "DatasetID",
        "AttrID",
        "SpaceID",
        "PropDCID",
        "TypeEnumID",
    } <= set(IDENTIFIERS)
    assert {"AttrInfo", "LinkInfo", "ObjInfo", "Reference", "CacheConfig"} <= set(MADE_OF_NOTHING)


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_a_subclass_of_an_identifier_needs_no_super(h5, name):
    cls = classes(h5).get(name)
    if cls is None:
        pytest.skip("h5py's HDF5 has this class of types, ours not, or the other way round")

    class Mine(cls):
        def __init__(self, number):
            self.doubled = 2 * number

    class Other(cls):
        def __init__(self, *, extra):
            self.extra = extra

        def __new__(cls, **kwds):
            return super().__new__(cls, 0)

    mine = Mine(0)
    assert mine.doubled == 0 and not mine.valid and mine.id == 0
    assert isinstance(mine, cls)
    assert Other(extra=5).extra == 5
    for wrong in ((), (1, 2), ("text",), (None,)):
        with pytest.raises(TypeError):
            cls(*wrong)
    with pytest.raises(TypeError):
        cls(nothing=0)


@pytest.mark.parametrize("name", MADE_OF_NOTHING)
def test_a_subclass_of_other_objects_neither(h5, name):
    class Mine(classes(h5)[name]):
        def __init__(self, extra):
            self.extra = extra

    mine = Mine(3)
    assert mine.extra == 3
    if h5 is hyperslab:  # h5py crashes on some
        for member in ("typecode", "corder", "type", "nlink", "addr", "version", "free"):
            getattr(mine, member, None)


def test_a_dataset_identifier_of_ones_own_is_one(same):
    def scenario(h5, f):
        class Mine(h5.h5d.DatasetID):
            def __init__(self, _id):
                self.dims = self.get_space().get_simple_extent_dims()

        class Type(h5.h5t.TypeIntegerID):
            def __init__(self, number):
                self.width = self.get_size()

        d = f.create_dataset("x", data=np.arange(5.0))
        h5.h5i.inc_ref(d.id)
        mine = Mine(d.id.id)
        kind = h5.h5t.STD_I32LE.copy()
        h5.h5i.inc_ref(kind)
        return mine.dims, mine.shape, h5.Dataset(mine)[:], Type(kind.id).width, mine == d.id

    same(scenario)


def test_init_of_the_base_may_be_called():
    class Mine(hyperslab.h5s.SpaceID):
        def __init__(self, number):
            super().__init__(number)

    assert not Mine(0).valid


def test_types_and_dataspaces_are_pickled_as_in_h5py(same):
    def scenario(h5, f):
        kind, space = h5.h5t.STD_I32LE, h5.h5s.create_simple((2, 3))
        loaded = [
            pickle.loads(pickle.dumps(o, protocol)) for o in (kind, space) for protocol in (2, 5)
        ]
        assert [type(o) for o in loaded] == [type(kind)] * 2 + [type(space)] * 2
        reduced = kind.__reduce__()
        return (
            loaded[0] == kind,
            loaded[2].shape,
            copy.deepcopy(space).shape,
            (reduced[0].__name__, *reduced[1:]),
        )

    same(scenario)


def unpicklable(h5, f):
    f.attrs["a"] = 1
    d = f.create_dataset("x", (3,), "i4")
    return {
        "reference": f.ref,
        "region": d.regionref[:2],
        "file": f.id,
        "dataset": d.id,
        "attribute": h5.h5a.open(f.id, b"a"),
        "plist": h5.h5p.create(h5.h5p.DATASET_CREATE),
        "attribute info": h5.h5a.get_info(f.id, b"a"),
        "link info": f.id.links.get_info(b"x"),
        "stat": h5.h5g.get_objinfo(f.id),
        "lock": h5._objects.phil,
        "object": d,
    }


@pytest.mark.parametrize("name", unpicklable(h5py, h5py.File.in_memory()))
def test_the_message_has_what_programs_look_for(name):
    """They try pickling or copying, and look into the text of the TypeError for h5py's words."""
    with hyperslab.File.in_memory() as f:
        found = unpicklable(hyperslab, f)[name]
        for act in (copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError) as caught:
                act(found)
            words = ("no default __reduce__ due to non-trivial __cinit__", "h5py objects cannot be")
            assert any(text in str(caught.value) for text in words)
