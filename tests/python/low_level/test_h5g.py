"""h5g: groups, by stock h5py's example."""

import pytest
from hyperslab import h5f, h5g, h5p, h5s, h5t
from same_in_a_file import assert_same_in_a_file, attempt


def small_tree(h, file):
    """/g/h, /z, and links of each kind."""
    g = h.h5g.create(file, b"g")
    h.h5g.create(g, b"h")
    h.h5g.create(file, b"z")
    file.links.create_soft(b"s", b"/g/h")
    file.links.create_soft(b"dangling", b"/nowhere")
    file.links.create_external(b"e", b"x.h5", b"/p")
    return g


def test_create_and_open(tmp_path):
    def scenario(h, file):
        small_tree(h, file)
        for name in (b"g", b"new", "text", None, 5, b"a/b/c", b""):
            yield name, attempt(h.h5g.create, file, name)
        for name in (b"g", b"s", b"/g/h", b"missing", b"e", "g", b"g\0h"):
            yield name, attempt(h.h5g.open, file, name)
        lcpl = h.h5p.create(h.h5p.LINK_CREATE)
        lcpl.set_create_intermediate_group(True)
        yield attempt(h.h5g.create, file, b"i/n/t", lcpl)
        yield attempt(h.h5g.create, h.h5t.NATIVE_INT32, b"x"), attempt(h.h5g.create, None, b"x")
        yield attempt(h.h5g.open(file, b"i").get_create_plist)

    assert_same_in_a_file(scenario, tmp_path)


def test_members(tmp_path):
    def scenario(h, file):
        g = small_tree(h, file)
        yield file.get_num_objs(), len(file), list(file), list(reversed(file)), list(g)
        for i in (0, 2, 5, 99, -1):
            yield attempt(file.get_objname_by_idx, i), attempt(file.get_objtype_by_idx, i)
        for name in (
            "g",
            b"g",
            "/g/h",
            "g//h/",
            "./g",
            "/",
            ".",
            "",
            "dangling",
            "dangling/x",
            "missing/x",
            "e",
            "e/x",
            "s/x",
            5,
            b"\xff",
        ):
            yield name, attempt(file.__contains__, name)
        yield attempt(h.h5g._path_valid, file, "g", h.h5p.create(h.h5p.LINK_ACCESS))
        yield attempt(h.h5g._path_valid, None, "g"), attempt(h.h5g._path_valid, file, None)
        for name in (b"s", b"g", b"e", b"missing"):
            yield attempt(file.get_linkval, name)

    assert_same_in_a_file(scenario, tmp_path)


def test_links_moves_and_comments(tmp_path):
    def scenario(h, file):
        g = small_tree(h, file)
        yield attempt(file.link, b"g", b"again"), attempt(file.link, b"g", b"again")
        yield attempt(file.link, b"g", b"soft", h.h5g.LINK_SOFT), file.get_linkval(b"soft")
        yield attempt(file.link, b"g", b"there", h.h5g.LINK_HARD, g), list(g)
        yield attempt(file.link, b"g", b"bad", 5), attempt(file.link, b"missing", b"bad")
        yield attempt(file.move, b"s", b"s2"), attempt(file.move, b"missing", b"x")
        yield attempt(file.move, b"s2", b"g"), attempt(file.move, b"s2", b"s3", g), list(g)
        yield attempt(file.unlink, b"e"), attempt(file.unlink, b"e"), list(file)
        yield attempt(file.set_comment, b"g", b"hello"), file.get_comment(b"g")
        yield file.get_comment(b"z"), attempt(file.get_comment, b"missing")

    assert_same_in_a_file(scenario, tmp_path)


def test_objinfo(tmp_path):
    def scenario(h, file):
        small_tree(h, file)
        for name in (b".", b"g", b"s", b"dangling", b"e", b"missing", "g", None):
            for follow in (0, 1):
                stat = attempt(h.h5g.get_objinfo, file, name, follow)
                yield name, follow, stat
                if stat == "GroupStat":
                    stat = h.h5g.get_objinfo(file, name, follow)
                    yield stat.type, stat.nlink, stat.linklen, stat.objno != (0, 0), stat.fileno[1]
        empty = h.h5g.GroupStat()
        yield empty.type, empty.fileno, empty.objno, empty.nlink, empty.linklen, empty.mtime

    assert_same_in_a_file(scenario, tmp_path)


def test_iterate(tmp_path):
    def scenario(h, file):
        small_tree(h, file)
        seen = []
        yield h.h5g.iterate(file, seen.append), h.h5g.iterate(file, seen.append, 3), list(seen)
        yield h.h5g.iterate(file, lambda name: 0), h.h5g.iterate(file, lambda name: name)
        yield attempt(h.h5g.iterate, file, seen.append, obj_name=b"g"), seen[-1]
        for call in (
            lambda: h.h5g.iterate(file, seen.append, -1),
            lambda: h.h5g.iterate(file, seen.append, 6),
            lambda: h.h5g.iterate(file, seen.append, 700),
            lambda: h.h5g.iterate(file, seen.append, obj_name=b"missing"),
        ):
            yield attempt(call)

    assert_same_in_a_file(scenario, tmp_path)


def test_closed_groups(tmp_path):
    def scenario(h, file):
        g = small_tree(h, file)
        links = g.links
        g.close()
        yield bool(g), g.id, attempt(len, g), attempt(iter, g), "h" in g
        yield attempt(links.exists, b"h"), attempt(h.h5g.open, g, b"h"), attempt(hash, g)

    assert_same_in_a_file(scenario, tmp_path)


def test_iteration_by_creation_order(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    gcpl = h5p.create(h5p.GROUP_CREATE)
    gcpl.set_link_creation_order(h5p.CRT_ORDER_TRACKED | h5p.CRT_ORDER_INDEXED)
    group = h5g.create(file, b"g", gcpl=gcpl)
    for name in (b"z", b"m", b"a"):
        h5g.create(group, name)
    assert list(group) == [b"z", b"m", b"a"]
    assert list(reversed(group)) == [b"a", b"m", b"z"]

    fcpl = h5p.create(h5p.FILE_CREATE)
    fcpl.set_link_creation_order(h5p.CRT_ORDER_TRACKED | h5p.CRT_ORDER_INDEXED)
    root = h5f.create(str(tmp_path / "root.h5").encode(), fcpl=fcpl)
    for name in (b"z", b"a"):
        h5g.create(root, name)
    assert list(root) == [b"z", b"a"]


def test_an_iterator_outlives_changes(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    for name in (b"a", b"b", b"c"):
        h5g.create(file, name)
    names = iter(file)
    assert isinstance(names, h5g.GroupIter) and iter(names) is names
    assert next(names) == b"a"
    file.unlink(b"b")
    h5g.create(file, b"d")
    assert list(names) == [b"b", b"c"]
    with pytest.raises(StopIteration):
        next(names)
    assert list(h5g.GroupIter(file, reversed=True)) == [b"d", b"c", b"a"]
    with pytest.raises(TypeError):
        h5g.GroupIter(h5s.create(h5s.SCALAR))


def test_links_of_a_temporary_group_work(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    h5g.create(h5g.create(file, b"g"), b"h")
    assert h5g.open(file, b"g").links.exists(b"h")


def test_errors_name_object_and_file(tmp_path):
    file = h5f.create(str(tmp_path / "named.h5").encode())
    h5g.create(file, b"g")
    with pytest.raises(ValueError, match=r"'/g/missing' in '.*named\.h5'"):
        h5g.open(h5g.open(file, b"g"), b"missing")
    with pytest.raises(KeyError, match=r"/nothing.*named\.h5"):
        h5t.open(file, b"nothing")
