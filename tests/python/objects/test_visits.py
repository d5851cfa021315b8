"""Visits while their callback changes the file: they see it as it is at each step.

Random trees and random callbacks that delete, move and create. What a visit has to do is written
down in `by_hand`, with indexing alone; stock h5py has to agree wherever it takes the changes: in
groups of the old format it refuses them, and what is gone ends its visit or is told of.
"""

import random

import h5py
import hyperslab
import pytest
from conftest import inside
from hypothesis import given
from hypothesis import strategies as st

NAMES = "abcdefgh"
VISITS = ["visit", "visititems", "visit_links", "visititems_links"]
LOW_VISITS = ["h5o.visit", "h5o.visit info", "links.visit", "links.visit info"]
LOW_LISTS = [
    "links.iterate",
    "links.iterate info",
    "h5g.iterate",
    "h5a.iterate",
    "h5a.iterate info",
]


def make_tree(h5, file, rng):
    groups = [file]
    for i in range(rng.randint(3, 14)):
        group, name = rng.choice(groups), rng.choice(NAMES)
        if name in group:
            continue
        kind = rng.random()
        if kind < 0.6:
            groups.append(group.create_group(name))
        elif kind < 0.8:
            group[name] = i
        elif kind < 0.9:
            group[name] = h5.SoftLink("/nowhere")
        elif (other := rng.choice(groups)) != group:  # HDF5 1.14 does not survive del group[itself]
            group[name] = other
    start = rng.choice(groups) if rng.random() < 0.3 else file
    for name in rng.sample(NAMES, rng.randint(0, 8)):
        start.attrs[name] = name
    return start


def is_hard(group, name):
    return type(group.get(name, getlink=True)).__name__ == "HardLink"


def is_group(found):
    return type(found).__name__ in ("Group", "File")


def paths(group, depth=4):
    found = []
    for name in sorted(group):
        found.append(name)
        if depth and is_hard(group, name) and is_group(group[name]):
            found += [f"{name}/{below}" for below in paths(group[name], depth - 1)]
    return found


class Meddler:
    """A callback that changes the file as its random numbers say; everything is logged."""

    def __init__(self, file, start, rng, kinds):
        self.file, self.start, self.rng, self.kinds = file, start, rng, kinds
        self.log = []
        self.told_of_what_is_gone = False

    def __call__(self, name, *rest):
        name = name if isinstance(name, str) else name.decode()
        self.log.append(name)
        where = self.start.attrs if "note" in self.kinds else self.start
        self.told_of_what_is_gone |= name not in where
        if len(self.log) > 300 or self.rng.random() < 0.02:
            return 7
        if self.rng.random() < 0.6:
            self.change()
        return None

    def lies_below(self, old, new):
        """Moved there it would have no end, and neither would h5py's visit."""
        steps = new.split("/")
        above = ["/".join(steps[:n]) for n in range(1, len(steps))]
        return old in self.file and any(self.file[path] == self.file[old] for path in above)

    def change(self):
        rng, known = self.rng, paths(self.file)
        kind, old = rng.choice(self.kinds), rng.choice([*known, "x"])
        new = rng.choice(["", *(path + "/" for path in known)]) + rng.choice(NAMES + "xyz")
        try:
            if kind == "delete":
                del self.file[old]
            elif kind == "move" and not self.lies_below(old, new):
                self.file.move(old, new)
            elif kind == "create":
                self.file.create_group(new)
            elif kind == "forget":
                del self.start.attrs[rng.choice(NAMES)]
            elif kind == "note":
                self.start.attrs[rng.choice(NAMES)] = 1
        except (KeyError, ValueError) as error:
            self.log.append((kind, old, new, type(error).__name__))
        else:
            self.log.append((kind, old, new))


def run(h5, how, start, call):
    kwds = {"info": True} if how.endswith(" info") else {}
    how = how.removesuffix(" info")
    if how.startswith("links."):
        result = getattr(start.id.links, how[6:])(call, **kwds)
        return result[0] if how == "links.iterate" else result
    if "." in how:
        module, function = how.split(".")
        return getattr(getattr(h5, module), function)(start.id, call, **kwds)
    return getattr(start, how)(call)


def by_hand(how, start, call):
    """The same with indexing alone."""
    if how.startswith("h5a"):
        for name in sorted(start.attrs):
            if name in start.attrs and (result := call(name)) is not None:
                return result
        return None
    visits = "iterate" not in how
    objects = visits and "links" not in how
    shown, entered = set(), {start}

    def was_shown(found):
        if found in shown:
            return True
        if hyperslab.h5o.get_info(found.id).rc > 1:
            shown.add(found)
        return False

    def below(prefix, group):
        for name in sorted(group):
            path = prefix + name
            if path not in start or (objects and not is_hard(group, name)):
                continue
            follows = visits and is_hard(start, path)
            if not objects or not was_shown(start[path]):
                if (result := call(path)) is not None:
                    return result
            if follows and path in start and (found := start[path]) not in entered:
                entered.add(found)
                if is_group(found) and (result := below(path + "/", found)) is not None:
                    return result
        return None

    if objects:
        was_shown(start)
    return below("", start)


def outcome(h5, libver, seed, kinds, walk):
    rng = random.Random(seed)
    with h5.File("f.h5", "w", libver=libver) as file:
        start = make_tree(h5, file, rng)
        call = Meddler(file, start, rng, kinds)
        try:
            result = walk(h5, start, call)
        except (RuntimeError, KeyError) as error:
            assert h5 is h5py, error
            return None
        if call.told_of_what_is_gone:
            assert h5 is h5py
            return None
        return result, call.log, paths(file)


OLD, NEW = ("earliest", "v110"), ("v110", "v110")
KINDS = [["delete"], ["move"], ["create"], ["delete", "create"], ["delete", "move", "create"]]


@pytest.mark.parametrize("how", VISITS + LOW_VISITS + LOW_LISTS)
@given(st.integers(0, 2**32), st.sampled_from(KINDS), st.booleans())
def test_a_walk_sees_the_file_as_it_is(how, tmp_path_factory, seed, kinds, old):
    if how.startswith("h5a"):
        kinds = ["forget", "note"]
    with inside(tmp_path_factory.getbasetemp()):
        libver = OLD if old else NEW
        ours = outcome(hyperslab, libver, seed, kinds, lambda h, *rest: run(h, how, *rest))
        model = outcome(hyperslab, libver, seed, kinds, lambda h, *rest: by_hand(how, *rest))
    assert ours == model


@pytest.mark.parametrize("how", VISITS + LOW_VISITS)
@given(st.integers(0, 2**32), st.sampled_from(KINDS))
def test_h5py_sees_the_same_where_it_does_not_fail(how, tmp_path_factory, seed, kinds):
    with inside(tmp_path_factory.getbasetemp()):
        ours, stock = (
            outcome(package, NEW, seed, kinds, lambda h, *rest: run(h, how, *rest))
            for package in (hyperslab, h5py)
        )
    assert stock is None or ours == stock


@pytest.mark.parametrize("how", VISITS)
def test_a_callback_may_delete_below_what_it_is_told_of(same, how):
    def scenario(h5, f):
        for name in "abc":
            group = f.create_group(f"data/{name}/deep/deeper")
            group["x"] = 1
        seen = []

        def clear(name, item=None):
            seen.append(name)
            if name == "data":
                del f["data/b"], f["data/c/deep"]

        return getattr(f, how)(clear), seen

    same(scenario)


@pytest.mark.parametrize("how", VISITS)
def test_what_the_callback_raises_comes_out(how):
    """In h5py it is the cause of a SystemError of visits of links."""
    for package in (hyperslab, h5py):
        with package.File.in_memory() as f:
            f["a/b"] = f["c"] = 1
            seen = []

            def refuse(name, item=None, seen=seen):
                seen.append(name)
                if name == "a/b":
                    raise LookupError(name)

            with pytest.raises((LookupError, SystemError)) as caught:
                getattr(f, how)(refuse)
            error = caught.value
            assert "a/b" in str(error if package is hyperslab else error.__cause__ or error)
            assert seen == ["a", "a/b"]


def test_information_is_that_of_now(h5, tmp_path):
    """A link and an attribute that were made anew since they were listed."""
    with h5.File(tmp_path / "f.h5", "w", libver="latest") as f:
        f["a"] = f["b"] = 1
        f.attrs["a"], f.attrs["b"] = "x", "x"
        links, attributes = [], []

        def replace(name, info):
            links.append((name, info.type))
            if name == b"a":
                del f["b"]
                f["b"] = h5.SoftLink("/a")

        def lengthen(name, info):
            attributes.append((name, info.data_size))
            if name == b"a":
                f.attrs.create("b", [1.0, 2.0])

        f.id.links.iterate(replace, info=True)
        h5.h5a.iterate(f.id, lengthen, info=True)
    if h5 is hyperslab:
        assert links == [(b"a", h5.h5l.TYPE_HARD), (b"b", h5.h5l.TYPE_SOFT)]
        assert attributes[1] == (b"b", 16)


def test_a_group_that_lies_in_itself_ends_the_walk(tmp_path):
    """In a damaged file: its header says that it has one name."""
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", libver="earliest") as f:
        f.create_group("a")
        f["a/itself"] = f["a"]
        f["a/z"] = 1
        header = hyperslab.h5o.get_info(f["a"].id).addr
    data = bytearray(path.read_bytes())
    assert data[header] == 1 and data[header + 4] == 2  # version, reference count
    data[header + 4] = 1
    path.write_bytes(data)
    seen, links = [], []
    with hyperslab.File(path) as f:
        f.visit(seen.append)
        f.visit_links(links.append)
    assert "a/z" in seen and "a/z" in links and len(seen) < 9 and len(links) < 9
