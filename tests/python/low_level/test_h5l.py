"""h5l: links, by stock h5py's example."""

import pytest
from hyperslab import h5f, h5g, h5l
from same_in_a_file import assert_same_in_a_file, attempt
from test_h5g import small_tree


def test_queries(tmp_path):
    def scenario(h, file):
        small_tree(h, file)
        for name in (
            b"g",
            b"s",
            b"e",
            b"dangling",
            b"missing",
            b"missing/x",
            b"g/h",
            b"",
            b".",
            b"/",
            "g",
            None,
        ):
            yield name, attempt(file.links.exists, name), attempt(file.links.get_val, name)
            info = attempt(file.links.get_info, name)
            yield info
            if info == "LinkInfo":
                info = file.links.get_info(name)
                yield info.type, info.corder, info.corder_valid, info.cset
                yield info.u if info.type != h.h5l.TYPE_HARD else info.u > 0
        lapl = h.h5p.create(h.h5p.LINK_ACCESS)
        yield file.links.exists(b"g", lapl), attempt(file.links.get_info, b"g", 3, lapl=lapl)
        yield attempt(file.links.exists, b"g", 5)

    assert_same_in_a_file(scenario, tmp_path)


def test_creation_and_moves(tmp_path):
    def scenario(h, file):
        g = small_tree(h, file)
        links = file.links
        lcpl = h.h5p.create(h.h5p.LINK_CREATE)
        lcpl.set_create_intermediate_group(True)
        yield attempt(links.create_soft, b"s", b"x"), attempt(links.create_soft, b"t", b"x", lcpl)
        yield attempt(links.create_soft, b"deep/er", b"x", lcpl), links.get_val(b"deep/er")
        yield (
            attempt(links.create_hard, b"g2", file, b"g"),
            attempt(links.create_hard, b"x", g, b"q"),
        )
        yield (
            attempt(links.create_hard, b"x", None, b"g"),
            attempt(links.create_external, b"e2", b"f", b"o"),
        )
        yield attempt(links.move, b"g2", g, b"inner"), attempt(links.move, b"missing", g, b"x")
        yield attempt(links.move, b"s", file, b"g"), list(file), list(g)

    assert_same_in_a_file(scenario, tmp_path)


def test_iterate_and_visit(tmp_path):
    def scenario(h, file):
        small_tree(h, file)
        links = file.links
        for how in (
            {},
            {"order": h.h5.ITER_DEC},
            {"idx": 2},
            {"idx": 5},
            {"idx": 6},
            {"idx": 99},
            {"idx": -1},
            {"order": h.h5.ITER_DEC, "idx": 1},
            {"obj_name": b"g"},
            {"idx_type": h.h5.INDEX_CRT_ORDER},
            {"idx_type": 77},
            {"order": 77},
            {"obj_name": b"missing"},
            {"obj_name": "g"},
            {"info": True},
        ):
            seen = []
            yield how, attempt(links.iterate, lambda *a, seen=seen: seen.append(a[0]), **how), seen
            if "idx" not in how:
                seen = []
                yield attempt(links.visit, lambda *a, seen=seen: seen.append(a[0]), **how), seen
        for result in (0, False, "", "stop", 5):
            yield links.iterate(lambda name, r=result: r), links.visit(lambda name, r=result: r)
        yield links.iterate(lambda name: name if name == b"g" else None)
        yield links.iterate(lambda n, info: (n, info.type) if info.type else None, info=True)
        yield links.visit(lambda n, info: (n, info.u) if info.type == 64 else None, info=True)

    assert_same_in_a_file(scenario, tmp_path)


def test_a_circle_of_hard_links_is_walked_once(tmp_path):
    def scenario(h, file):
        g = small_tree(h, file)
        g.links.create_hard(b"up", file, b".")
        inner = h.h5g.open(g, b"h")
        inner.links.create_hard(b"self", g, b"h")
        seen = []
        file.links.visit(seen.append)
        yield seen
        seen = []
        h.h5o.visit(file, seen.append)
        yield seen

    assert_same_in_a_file(scenario, tmp_path)


def test_proxies(tmp_path):
    def scenario(h, file):
        small_tree(h, file)
        yield (
            attempt(hash, file.links),
            file.links == file.links,
            file.links != h.h5g.open(file, b"g").links,
        )
        yield h.h5l.LinkProxy(file.id).exists(b"g"), attempt(h.h5l.LinkProxy(0).exists, b"g")
        yield attempt(h.h5l.LinkProxy), attempt(lambda: file.links < file.links)
        yield attempt(h.h5l.LinkInfo)

    assert_same_in_a_file(scenario, tmp_path)


def test_a_proxy_does_not_keep_the_file_open(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    links = file.links
    file.close()
    with pytest.raises(RuntimeError):
        links.exists(b"g")
    with open(tmp_path / "f.h5", "r+b") as raw:  # nobody holds it
        assert raw.read(4) == b"\x89HDF"


def test_names_are_bytes_of_any_kind(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    name = b"\xff\xfe not text"
    h5g.create(file, name)
    assert list(file) == [name] and file.links.exists(name)
    file.links.create_soft(b"s", name)
    assert file.links.get_val(b"s") == name
    assert h5l.TYPE_SOFT == file.links.get_info(b"s").type
