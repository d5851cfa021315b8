"""A file with something of everything, and what methods of the high level do with it.

A Scene holds objects that are open; a step calls one method of one of them. What two steps may come
to when they are made by two threads is what they come to one after the other, in either order.
"""

import contextlib
import shutil

import describe
import numpy as np
import tree

X = np.arange(24, dtype="i4").reshape(6, 4)
TABLE = np.array([(1, 2.5), (2, 3.5), (3, 4.5)], [("id", "i4"), ("flux", "f8")])


def write_template(package, path):
    """The file that every scene begins with."""
    with package.File(path, "w") as f:
        g = f.create_group("g")
        g.create_dataset("x", data=X, chunks=(2, 3), maxshape=(None, None))
        g.create_dataset("z", data=X, chunks=(2, 4), compression=1, maxshape=(None, 4))
        g["y"] = np.arange(12.0).reshape(3, 4)
        g.create_dataset("s", data=["a", "bb", "ccc"], maxshape=(None,), chunks=(2,))
        g.create_dataset("t", data=TABLE, maxshape=(None,), chunks=(2,))
        g["scale"] = np.arange(6.0)
        g["scale"].make_scale("first")
        g["other"] = np.arange(4.0)
        g["other"].make_scale("second")
        g["x"].dims[0].attach_scale(g["scale"])
        g["x"].dims[0].label = "rows"
        g["soft"] = package.SoftLink("/g/x")
        g.attrs["n"] = 5
        g.attrs["vector"] = [1, 2, 3]
        g.attrs["text"] = "abc"
        g.attrs["words"] = ["p", "qq"]


class Scene:
    """The objects of one file, open for the steps."""

    def __init__(self, package, template, path):
        shutil.copyfile(template, path)
        self.package = package
        self.file = package.File(path, "r+")
        self.g = self.file["g"]
        for name in "xzyst":
            setattr(self, name, self.g[name])
        self.scale, self.other = self.g["scale"], self.g["other"]
        self.attrs = self.g.attrs
        self.axis = self.x.dims[0]
        self.region = self.x.regionref[1:3, 1:]
        layout = package.VirtualLayout((2, 4), "i4")
        layout[0] = package.VirtualSource(".", "g/x", shape=(6, 4))[1]
        self.layout = layout

    def state(self):
        """All that the file holds, and the elements of what has no name any more."""
        if not self.file:
            return "closed"
        found = {"/": tree.group(self.file)}
        self.file.visititems_links(lambda name, link: found.update({name: describe.value(link)}))
        self.file.visititems(lambda name, obj: found.update({name: tree.contents(obj)}))
        return found, describe.value(self.x[...]), describe.value(self.z[...])

    def close(self):
        with contextlib.suppress(Exception):
            self.file.close()


def read_direct(s):
    out = np.zeros((6, 4), "i4")
    s.x.read_direct(out)
    return out


def read_parts(s):
    out = np.zeros((3, 4), "i4")
    s.x.read_direct(out, np.s_[1:2], np.s_[:])
    return out


def put(target, key, value):
    target[key] = value


def take(target, key):
    del target[key]


MASK = X % 3 == 0

# What h5py does in one step as well.
STEPS = {
    # reading
    "read all": lambda s: s.x[...],
    "read gzip": lambda s: s.z[()],
    "read rows": lambda s: s.x[1:5:2],
    "read column": lambda s: s.z[:, 1],
    "read list": lambda s: s.x[[0, 2, 4]],
    "read mask": lambda s: s.x[MASK],
    "read element": lambda s: s.x[4, 1],
    "read last": lambda s: s.z[-1, -1],
    "read region": lambda s: s.x[s.region],
    "make region": lambda s: s.x.regionref[1:3],
    "read bytes": lambda s: s.s[...],
    "read text": lambda s: s.s.asstr()[...],
    "read field": lambda s: s.t["flux"],
    "read fields": lambda s: s.t.fields("id")[...],
    "read converted": lambda s: s.x.astype("f8")[1:],
    "read_direct": read_direct,
    "read_direct parts": read_parts,
    "as array": lambda s: np.asarray(s.x),
    "shape": lambda s: s.x.shape,
    "len": lambda s: len(s.z),
    "size": lambda s: s.x.size,
    "nbytes": lambda s: s.x.nbytes,
    "repr": lambda s: repr(s.x),
    "repr group": lambda s: repr(s.g),
    "name": lambda s: s.x.name,
    "parent": lambda s: s.x.parent,
    # writing
    "write one value": lambda s: put(s.x, ..., 7),
    "write a row": lambda s: put(s.x, ..., np.arange(4)),
    "write a column": lambda s: put(s.x, np.s_[:2], [[1], [2]]),
    "write all": lambda s: put(s.x, ..., X + 100),
    "write gzip": lambda s: put(s.z, ..., 9),
    "write a list": lambda s: put(s.x, [0, 2], np.full((2, 4), 5)),
    "write a mask": lambda s: put(s.x, MASK, -1),
    "write an element": lambda s: put(s.x, (5, 3), 77),
    "write strings": lambda s: put(s.s, ..., "same"),
    "write a field": lambda s: put(s.t, "flux", 0.5),
    "write region": lambda s: put(s.x, s.region, np.arange(6)),
    "write_direct": lambda s: s.x.write_direct(np.full((2, 4), 3, "i4"), dest_sel=np.s_[4:6]),
    "write_direct row": lambda s: s.x.write_direct(np.full((1, 4), 4, "i4"), dest_sel=np.s_[:6]),
    # extent
    "shrink": lambda s: s.x.resize((3, 4)),
    "shrink gzip": lambda s: s.z.resize((2, 4)),
    "grow": lambda s: s.x.resize((8, 5)),
    "resize axis 0": lambda s: s.x.resize(5, axis=0),
    "resize axis 1": lambda s: s.x.resize(3, axis=1),
    "fewer strings": lambda s: s.s.resize((1,)),
    "fewer records": lambda s: s.t.resize((1,)),
    # groups
    "create_group": lambda s: s.file.create_group("new/a"),
    "require_group": lambda s: s.file.require_group("new/a/b"),
    "require an old group": lambda s: s.file.require_group("g"),
    "create_dataset": lambda s: s.file.create_dataset("new/d", data=X, chunks=(3, 2)),
    "create strings": lambda s: s.file.create_dataset("new/d", data=["x", "yy"]),
    "create empty": lambda s: s.file.create_dataset("new/a/d", (3,), "i4"),
    "create by assignment": lambda s: put(s.file, "new/d", [1.5, 2.5]),
    "create like": lambda s: s.file.create_dataset_like("new/like", s.y),
    "require_dataset": lambda s: s.file.require_dataset("new/d", (2,), "f8"),
    "require an old dataset": lambda s: s.g.require_dataset("x", (6, 4), "i4"),
    "create virtual": lambda s: s.file.create_virtual_dataset("new/v", s.layout, 3),
    "commit": lambda s: put(s.file, "new/type", np.dtype("i2")),
    "hard link": lambda s: put(s.file, "new/y", s.y),
    "soft link": lambda s: put(s.file, "new/soft", s.package.SoftLink("/g/y")),
    "delete": lambda s: take(s.g, "x"),
    "delete new": lambda s: take(s.file, "new"),
    "move": lambda s: s.file.move("g/x", "new/moved"),
    "move back": lambda s: s.file.move("new/d", "d"),
    "copy": lambda s: s.file.copy("g/x", "new/copy"),
    "copy object": lambda s: s.file.copy(s.y, s.g, "copied"),
    "copy group": lambda s: s.file.copy("g", "new/g"),
    "open": lambda s: s.g["x"],
    "open new": lambda s: s.file["new"],
    "get": lambda s: s.g.get("x"),
    "get new": lambda s: s.file.get("new/d"),
    "get class": lambda s: s.g.get("x", getclass=True),
    "get link": lambda s: s.g.get("soft", getlink=True),
    "get link of new": lambda s: s.file.get("new/soft", getlink=True),
    "contains": lambda s: "new/d" in s.file,
    "names": lambda s: list(s.g),
    "number": lambda s: len(s.file),
    # attributes
    "set attribute": lambda s: put(s.attrs, "n", [7, 8]),
    "set new attribute": lambda s: put(s.attrs, "new", "text"),
    "set words": lambda s: put(s.attrs, "words", ["other", "words", "here"]),
    "create attribute": lambda s: s.attrs.create("n", 3, dtype="f4"),
    "modify": lambda s: s.attrs.modify("n", 6),
    "modify new": lambda s: s.attrs.modify("new", 4),
    "modify vector": lambda s: s.attrs.modify("vector", [4, 5, 6]),
    "delete attribute": lambda s: take(s.attrs, "n"),
    "delete words": lambda s: take(s.attrs, "words"),
    "get attribute": lambda s: s.attrs.get("n"),
    "get new attribute": lambda s: s.attrs.get("new", "none"),
    "read attribute": lambda s: s.attrs["n"],
    "read words": lambda s: s.attrs["words"],
    "read attribute of text": lambda s: s.attrs["text"],
    "set text": lambda s: put(s.attrs, "text", "another text"),
    "contains attribute": lambda s: "new" in s.attrs,
    "names of attributes": lambda s: list(s.attrs),
    "number of attributes": lambda s: len(s.attrs),
    # dimension scales
    "attach": lambda s: s.axis.attach_scale(s.other),
    "detach": lambda s: s.axis.detach_scale(s.scale),
    "scales": lambda s: s.axis.keys(),
    "scale by name": lambda s: s.axis["first"].name,
    "first scale": lambda s: s.axis[0].name,
    "number of scales": lambda s: len(s.axis),
    "label": lambda s: s.axis.label,
    "set label": lambda s: setattr(s.axis, "label", "a longer label than before"),
    "make_scale": lambda s: s.y.make_scale("made"),
    "is_scale": lambda s: s.y.is_scale,
    # the file
    "flush": lambda s: s.file.flush(),
    "close": lambda s: s.file.close(),
    "mode": lambda s: s.file.mode,
}

# What h5py does in several, or lacks.
OURS = {
    "write a value to a list": lambda s: put(s.x, [0, 2], 5),
    "append": lambda s: s.x.append(np.full((2, 4), 50)),
    "append a row": lambda s: s.z.append(np.full(4, 60)),
    "create many": lambda s: s.g.create_many({"many": [1, 2], "more/many": 3, "new": "text"}),
    "create many, one taken": lambda s: s.g.create_many({"many": [1, 2], "y": 3}),
    "update attributes": lambda s: s.attrs.update({"n": [7, 8], "new": 9, "text": "other"}),
    "pop": lambda s: s.g.pop("y").shape,
    "pop attribute": lambda s: s.attrs.pop("n"),
    "set default": lambda s: s.attrs.setdefault("new", 3),
    "has value": lambda s: s.y in s.g.values(),
    "clear attributes": lambda s: s.attrs.clear(),
    "explain": lambda s: s.x.explain(np.s_[:4]).elements,
}


def make(step, scene):
    """What a step returns, or the class of what it raises; to be described when all is done."""
    try:
        return "returned", step(scene)
    except Exception as error:
        return "raised", type(error).__name__


def described(scene, *results):
    """Results of steps, and the state; closes the file."""
    try:
        return *(describe_one(*result) for result in results), scene.state()
    finally:
        scene.close()


def describe_one(how, what):
    with contextlib.suppress(Exception):  # closed meanwhile
        return how, describe.value(what)
    return how, type(what).__name__


def outcome(package, template, path, first, second):
    """What two steps return and leave behind, made one after the other."""
    scene = Scene(package, template, path)
    return described(scene, make(first, scene), make(second, scene))


def possible(package, template, path, a, b):
    """What may come of two steps at once: results of a, of b, and the state."""
    first = outcome(package, template, path, a, b)
    result_b, result_a, state = outcome(package, template, path, b, a)
    return [first, (result_a, result_b, state)]
