"""Groups as dictionaries: making, finding, listing, copying, moving and visiting members."""

import h5py
import hyperslab
import numpy as np
import pytest


def populate(f):
    f["a/b/data"] = np.arange(6).reshape(2, 3)
    f["a/text"] = "some text"
    f["a"].attrs["unit"] = "m"
    f["c"] = np.dtype("i2")
    f["alias"] = f["a"]


def test_a_path_makes_the_groups_on_its_way(same):
    def scenario(h5, f):
        f.create_group("a/b/c")
        f.create_group("/a/d/")
        return list(f), sorted(f["a"]), f["a/b"].name, f["/a/d"].name

    assert same(scenario) == (["a"], ["b", "d"], "/a/b", "/a/d")


@pytest.mark.parametrize("name", ["a", b"a", "ünïcode", b"\xc3\xbc", "with.dot", "a b"])
def test_names_are_text_or_bytes(same, name):
    def scenario(h5, f):
        g = f.create_group(name)
        return g.name, list(f), name in f, f[name] == g

    assert same(scenario)[2:] == (True, True)


@pytest.mark.parametrize("name", [1, 1.5, ["a"], ("a",)])
def test_names_that_are_no_text_are_typeerrors(same, name):
    same.raises(TypeError, lambda h5, f: f.create_group(name))
    same.raises(TypeError, lambda h5, f: f[name])
    same.raises(TypeError, lambda h5, f: f.create_dataset(name, (1,), "i4"))


def test_a_name_that_is_no_utf8_stays_bytes():
    """Stock h5py makes such a group but cannot list it."""
    with hyperslab.File.in_memory() as f:
        assert f.create_group(b"\xff\xfe").name == b"/\xff\xfe"
        assert list(f) == [b"\xff\xfe"]
        f[b"\xff\xfe/x"] = 1
        assert b"\xff\xfe/x" in f


def test_a_visit_survives_a_name_that_is_no_utf8():
    """Stock h5py fails here, inside HDF5."""
    with hyperslab.File.in_memory() as f:
        f.create_group(b"\xff/x")
        names = []
        f.visititems(lambda name, obj: names.append(name))
        f.visititems_links(lambda name, link: names.append(name))
        assert names == [b"\xff", b"\xff/x"] * 2


@pytest.mark.parametrize(
    "use",
    [
        lambda f: f.create_group("a\0b"),
        lambda f: f.create_dataset("a\0b", data=1),
        lambda f: f["a\0b"],
        lambda f: f.attrs.create("a\0b", 1),
        lambda f: f.update({b"a\0b": 1}),
        lambda f: "a\0b" in f,
    ],
)
def test_a_name_with_a_null_character_is_refused(use):
    """Stock h5py cuts it there, and makes or opens something else."""
    with hyperslab.File.in_memory() as f:
        f.create_group("a")
        f.attrs["a"] = 0
        with pytest.raises(ValueError, match="null"):
            use(f)
        assert list(f) == list(f.attrs) == ["a"]


def test_a_group_may_have_no_name(same):
    def scenario(h5, f):
        g = f.create_group(None)
        g["x"] = 1
        before = g.name
        f["kept"] = g
        return before, g.name, f["kept/x"][()]

    assert same(scenario) == (None, "/kept", 1)


def test_a_taken_name_is_a_valueerror(same):
    same.raises(ValueError, lambda h5, f: [f.create_group("a") for _ in range(2)])


def test_require_group_makes_it_once(same):
    def scenario(h5, f):
        return f.require_group("a/b") == f.require_group("a/b")

    assert same(scenario) is True


def test_require_group_refuses_other_objects(same):
    def scenario(h5, f):
        f["x"] = 1
        f.require_group("x")

    same.raises(TypeError, scenario)


@pytest.mark.parametrize("name", ["missing", "a/missing", "a/text/below", "", "/missing/x"])
def test_a_missing_member_is_a_keyerror(same, name):
    same.raises(KeyError, lambda h5, f: populate(f) or f[name])


def test_membership_follows_paths(same):
    def scenario(h5, f):
        populate(f)
        f["dangling"] = h5.SoftLink("/nowhere")
        names = ["a", "/a", "a/b", "/a/b/data", "a/", "x", "a/x", "a/text/y", "", "/", ".", "a/."]
        return [name in f for name in [*names, "dangling", b"a", "./a", "//a"]]

    same(scenario)


def test_views_come_in_order_and_can_be_reversed(same):
    def scenario(h5, f):
        for name in "cab":
            f[name] = ord(name)
        return (
            list(f.keys()),
            [d[()] for d in f.values()],
            [(k, d.name) for k, d in f.items()],
            list(reversed(f)),
            list(reversed(f.keys())),
            [k for k, _ in reversed(f.items())],
            len(f),
            ("a", f["a"]) in f.items(),
            f["b"] in f.values(),
            "z" in f.keys(),  # noqa: SIM118
            str(f.keys()),
        )

    assert same(scenario)[0] == ["a", "b", "c"]


def test_dictionary_methods(same):
    def scenario(h5, f):
        f.update({"x": 1, "y": [1, 2]})
        popped = f.setdefault("z", 5)
        f.setdefault("x", 7)
        return list(f), f["x"][()], type(popped).__name__

    assert same(scenario)[:2] == (["x", "y", "z"], 1)


def test_clear_empties_a_group(same):
    assert same(lambda h5, f: (populate(f), f.clear(), list(f))[2]) == []


def test_deleting_unlinks(same):
    def scenario(h5, f):
        populate(f)
        del f["a/b"]
        del f["alias"]
        return sorted(f), sorted(f["a"])

    assert same(scenario) == (["a", "c"], ["text"])


@pytest.mark.parametrize("name", ["missing", "a/missing"])
def test_deleting_what_is_not_there_is_a_keyerror(same, name):
    def scenario(h5, f):
        populate(f)
        del f[name]

    same.raises(KeyError, scenario)


def test_get_answers_with_a_default(same):
    def scenario(h5, f):
        populate(f)
        return f.get("none"), f.get("none", 5), f.get("a").name, f.get("none", 6, getclass=True)

    assert same(scenario) == (None, 5, "/a", 6)


def test_get_tells_the_class(same):
    def scenario(h5, f):
        populate(f)
        f["soft"] = h5.SoftLink("/a/text")
        return [f.get(name, getclass=True).__name__ for name in ("a", "a/text", "c", "soft", "/")]

    assert same(scenario) == ["Group", "Dataset", "Datatype", "Dataset", "Group"]


@pytest.mark.parametrize("options", [{}, {"shallow": True}, {"without_attrs": True}])
def test_copy_takes_all_that_a_group_holds(same, options):
    def scenario(h5, f):
        populate(f)
        f.copy("a", "copied", **options)
        f.copy(f["a/text"], f["copied"], name="again")
        f.copy("a/text", f["copied"], "third")
        return sorted(f["copied"]), f["copied"] == f["a"]

    assert same(scenario) == (["again", "b", "text", "third"], False)


def test_copy_between_files(same):
    def scenario(h5, f):
        with h5.File.in_memory() as source:
            populate(source)
            source.copy("a", f)
            source.copy(source["c"], f, "named")
            f.copy(source["a/b/data"], "data")
            f.copy(source["/"], "root")
        return sorted(f), sorted(f["root"])

    assert same(scenario)[0] == ["a", "data", "named", "root"]


@pytest.mark.parametrize("expand", [False, True])
def test_copy_expands_links_and_references_when_asked(same, expand):
    def scenario(h5, f):
        populate(f)
        f["g/soft"] = h5.SoftLink("/a/text")
        f["g/refs"] = np.array([f["a"].ref], dtype=h5.ref_dtype)
        with h5.File("other.h5", "w") as other:
            other["x"] = 1
        f["g/external"] = h5.ExternalLink("other.h5", "/x")
        f.copy("g", "h", expand_soft=expand, expand_external=expand, expand_refs=expand)
        return [type(f["h"].get(n, getlink=True)).__name__ for n in ("soft", "external")]

    assert same(scenario) == (["HardLink"] * 2 if expand else ["SoftLink", "ExternalLink"])


def test_copying_what_is_not_there_fails_alike(same):
    same.raises(RuntimeError, lambda h5, f: f.copy("missing", "x"))
    same.raises(TypeError, lambda h5, f: f.copy(1, "x"))


@pytest.mark.parametrize("kind", ["group", "contiguous", "chunked", "texts", "committed"])
def test_copying_into_a_read_only_file_is_refused_and_leaves_it_sound(tmp_path, kind):
    path = tmp_path / "read_only.h5"
    with hyperslab.File(path, "w") as f:
        f.create_group("group")
        f["contiguous"] = np.arange(10)
        f.create_dataset("chunked", data=np.arange(100), chunks=10, compression="gzip")
        f.create_dataset("texts", data=["a", "b"], dtype=hyperslab.string_dtype())
        f["committed"] = np.dtype("i4")
    # With h5py the file cannot be closed afterwards, except when a group was to be copied.
    with hyperslab.File(path) as f, hyperslab.File.in_memory() as other:
        message = r"Unable to synchronously copy object \(no write intent on file\).*read_only"
        with pytest.raises(RuntimeError, match=message):
            f.copy(kind, "copy")
        with pytest.raises(RuntimeError, match=r"no write intent on file"):
            f.copy(f[kind], f["group"], "copy")
        with pytest.raises(RuntimeError, match="object 'missing' doesn't exist"):
            f.copy("missing", "copy")
        f.copy(kind, other)
        assert kind in other
        assert sorted(f) == ["chunked", "committed", "contiguous", "group", "texts"]


def test_move_gives_a_link_another_place(same):
    def scenario(h5, f):
        populate(f)
        f.move("a/b/data", "new/place")
        return sorted(f["a/b"]), f["new/place"].shape

    assert same(scenario) == ([], (2, 3))


def test_moving_fails_alike(same):
    same.raises(ValueError, lambda h5, f: f.move("missing", "x"))

    def onto(h5, f):
        populate(f)
        f.move("a", "c")

    same.raises(ValueError, onto)


def test_move_to_itself_changes_nothing(same):
    assert same(lambda h5, f: (populate(f), f.move("a", "a"), "a" in f)[2]) is True


def test_visits_see_every_object_once(same):
    def scenario(h5, f):
        populate(f)
        f["soft"] = h5.SoftLink("/a")
        names, items, links, both = [], [], [], []
        f.visit(names.append)
        f.visititems(lambda name, obj: items.append((name, type(obj).__name__)))
        f.visit_links(links.append)
        f.visititems_links(lambda name, link: both.append((name, type(link).__name__)))
        return names, items, links, both

    assert same(scenario)[0] == ["a", "a/b", "a/b/data", "a/text", "c"]


def test_visits_meet_what_has_several_names_once_and_follow_no_soft_link(same):
    def scenario(h5, f):
        populate(f)
        f["a/again"] = f["a"]
        f["z"] = f["a/b/data"]
        f["itself"] = f["/"]
        f["type"] = np.dtype("i4")
        f["soft"] = h5.SoftLink("/a")
        items = []
        f.visititems(lambda name, obj: items.append((name, obj.name, repr(obj))))
        f["a"].visititems(lambda name, obj: items.append((name, obj.name)))
        return items

    same(scenario)


def test_visits_open_objects_as_indexing_does(same):
    def scenario(h5, f):
        class Loud(h5.Group):
            def __getitem__(self, name):
                return "opened " + name

        populate(f)
        items = []
        Loud(f["a"].id).visititems(lambda name, obj: items.append((name, obj)))
        return items

    assert ("b", "opened b") in same(scenario)


def test_a_visitor_may_add_and_remove():
    with hyperslab.File.in_memory() as f:
        populate(f)
        f.visititems(lambda name, obj: f.create_group(name + " new") and None)
        del_first = f.create_group("del")
        del_first.create_group("x/y")
        names = []

        def visitor(name, obj):
            names.append(name)
            if name == "x":
                del del_first["x"]

        del_first.visititems(visitor)
        assert names == ["x"]


def test_visits_stop_at_the_first_result(same):
    def scenario(h5, f):
        populate(f)
        seen = []
        found = f.visititems(lambda name, obj: seen.append(name) or (name if "b" in name else None))
        return found, seen, f["a"].visit(lambda name: 0), f.visit_links(lambda name: "")

    assert same(scenario) == ("a/b", ["a", "a/b"], 0, "")


def test_values_become_datasets_and_dtypes_named_types(same):
    def scenario(h5, f):
        f["scalar"] = 5
        f["list"] = [[1, 2], [3, 4]]
        f["text"] = "x"
        f["bytes"] = b"x"
        f["array"] = np.arange(3, dtype=">f4")
        f["empty"] = h5.Empty("f8")
        f["named"] = np.dtype([("a", "i4"), ("b", "S3")])
        f["typed"] = np.zeros(2, dtype=f["named"].dtype)
        return [f[name].dtype for name in sorted(f)]

    same(scenario)


def test_parent_and_equality(same):
    def scenario(h5, f):
        populate(f)
        data = f["a/b/data"]
        same_one = f["alias/b/data"]
        return data.parent.name, data == same_one, hash(data) == hash(same_one), f["a"] != f["c"]

    assert same(scenario) == ("/a/b", True, True, True)


def test_repr_of_groups(h5):
    with h5.File.in_memory() as f:
        populate(f)
        a = f["a"]
        assert repr(a) == '<HDF5 group "/a" (2 members)>'
        assert repr(f["alias"]) == '<HDF5 group "/alias" (2 members)>'
        assert repr(f.create_group(None)) == "<HDF5 group (anonymous) (0 members)>"
    assert repr(a) == "<Closed HDF5 group>"


def test_many_members_are_found(h5):
    with h5.File.in_memory(track_order=True) as f:
        g = f.create_group("g", track_order=False)
        for i in reversed(range(2000)):
            g.create_group(f"{i:04d}")
        assert list(g) == [f"{i:04d}" for i in range(2000)]
        assert "1234" in g and "2000" not in g


def test_creation_order_can_be_the_default(tmp_path):
    config = hyperslab.get_config()
    assert config.track_order is False
    config.track_order = True
    try:
        with hyperslab.File(tmp_path / "f.h5", "w") as f:
            f["z"], f["a"] = 1, 2
            g = f.create_group("g")
            g["y"], g["b"] = 1, 2
            assert list(f) == ["z", "a", "g"] and list(g) == ["y", "b"]
    finally:
        config.track_order = False
    assert h5py.get_config().track_order is False
