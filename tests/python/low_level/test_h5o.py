"""h5o: objects of any kind, by stock h5py's example."""

import copy

from hyperslab import h5f, h5g, h5o
from same_in_a_file import assert_same_in_a_file, attempt


def objects(h, file):
    """A group, a dataset, a committed type, a second name for /g/h and soft links."""
    g = h.h5g.create(file, b"g")
    h.h5g.create(g, b"h")
    file.links.create_hard(b"again", g, b"h")
    file.links.create_soft(b"s", b"/g")
    file.links.create_soft(b"dangling", b"/nowhere")
    h.h5t.NATIVE_INT32.copy().commit(file, b"type")
    space = h.h5s.create_simple((3,))
    return h.h5d.create(file, b"data", h.h5t.NATIVE_INT32, space)


def test_open_link_and_exists(tmp_path):
    def scenario(h, file):
        data = objects(h, file)
        for name in (b"data", b"g", b"type", b"s", b"missing", b"dangling", b"", "g"):
            yield name, attempt(h.h5o.open, file, name)
            yield attempt(h.h5o.exists_by_name, file, name)
        yield attempt(h.h5o.exists_by_name, file, b"missing/x")
        yield attempt(h.h5o.open, h.h5s.create(h.h5s.SCALAR), b"data")
        yield attempt(h.h5o.link, data, file, b"data2"), attempt(h.h5o.link, data, file, b"data2")
        yield attempt(h.h5o.link, data, None, b"x"), attempt(h.h5o.link, None, file, b"x")
        anonymous = h.h5g.create(file, None)
        yield attempt(h.h5o.link, anonymous, file, b"named"), list(file)

    assert_same_in_a_file(scenario, tmp_path)


def test_copy(tmp_path):
    def scenario(h, file):
        data = objects(h, file)
        plist = h.h5p.create(h.h5p.OBJECT_COPY)
        plist.set_copy_object(h.h5o.COPY_SHALLOW_HIERARCHY_FLAG)
        yield (
            attempt(h.h5o.copy, file, b"g", file, b"g2"),
            attempt(h.h5o.copy, file, b"g", file, b"g2"),
        )
        yield attempt(h.h5o.copy, file, b"g", file, b"g3", plist, h.h5p.create(h.h5p.LINK_CREATE))
        yield attempt(h.h5o.copy, file, b"missing", file, b"x")
        yield (
            attempt(h.h5o.copy, file, b"g", data, b"x"),
            attempt(h.h5o.copy, data, b".", file, b"d3"),
        )
        yield list(file), list(h.h5g.open(file, b"g2"))

    assert_same_in_a_file(scenario, tmp_path)


def test_comments(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    h5g.create(file, b"g")
    h5o.set_comment(file, b"hello", obj_name=b"g")
    assert h5o.get_comment(file, b"", obj_name=b"g") == b"hello"
    assert h5o.get_comment(file, b"") == b""
    assert h5o.get_comment(h5g.open(file, b"g"), b"") == b"hello"

    def scenario(h, file):
        yield attempt(h.h5o.set_comment, file, b"x", obj_name=b"missing")
        yield attempt(h.h5o.get_comment, file), attempt(h.h5o.set_comment, file, "x")

    assert_same_in_a_file(scenario, tmp_path)


def test_info(tmp_path):
    def said(info):
        parts = (
            info.hdr.version,
            info.hdr.flags,
            info.hdr.mesg.shared,
            info.meta_size.attr.heap_size,
        )
        return info.type, info.rc, info.num_attrs, info.addr > 0, info.hdr.space.total > 0, parts

    def scenario(h, file):
        data = objects(h, file)
        space = h.h5s.create(h.h5s.SCALAR)
        h.h5a.create(data, b"a", h.h5t.NATIVE_INT32, space)
        for args, kwds in (
            ((file,), {}),
            ((file, b"data"), {}),
            ((file, b"g"), {}),
            ((file, b"s"), {}),
            ((file, b"type"), {}),
            ((data,), {}),
            ((file,), {"index": 0, "obj_name": b"g"}),
            ((file,), {"index": 1, "order": 1}),
            ((file,), {"name": b"data"}),
        ):
            yield args[1:], kwds, said(h.h5o.get_info(*args, **kwds))
        for args, kwds in (
            ((file, b"missing"), {}),
            ((file, b"dangling"), {}),
            ((space,), {}),
            ((file, b"data", 2), {}),
            ((file,), {"index": 99}),
            ((None,), {}),
            ((file, "data"), {}),
        ):
            yield attempt(h.h5o.get_info, *args, **kwds)
        info = h.h5o.get_info(data)
        again = copy.copy(info)
        yield said(again), again is info, type(info).__mro__[1].__name__
        yield [
            type(part).__name__
            for part in (
                info.hdr,
                info.hdr.space,
                info.hdr.mesg,
                info.meta_size,
                info.meta_size.obj,
            )
        ]
        yield h.h5o.get_info(file, b"again").addr == h.h5o.get_info(file, b"g/h").addr

    assert_same_in_a_file(scenario, tmp_path)


def test_visit(tmp_path):
    def scenario(h, file):
        data = objects(h, file)
        for how in (
            {},
            {"order": h.h5.ITER_DEC},
            {"obj_name": b"g"},
            {"obj_name": b"missing"},
            {"idx_type": h.h5.INDEX_CRT_ORDER},
            {"idx_type": 77},
            {"lapl": None},
        ):
            seen = []
            yield how, attempt(h.h5o.visit, file, seen.append, **how), seen
        seen = []
        yield h.h5o.visit(file, lambda n, i: seen.append((n, i.type, i.rc)), info=True), seen
        yield h.h5o.visit(data, seen.append), len(seen)
        yield h.h5o.visit(file, lambda n: 0), h.h5o.visit(file, lambda n: n if n == b"g" else None)

    assert_same_in_a_file(scenario, tmp_path)
