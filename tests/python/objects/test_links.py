"""Hard, soft and external links."""

import os

import h5py
import hyperslab
import numpy as np
import pytest


def other_file(h5, name="other.h5"):
    with h5.File(name, "w") as f:
        f["x"] = np.arange(3)
        f.create_group("g").attrs["a"] = 1


def test_a_hard_link_is_another_name(same):
    def scenario(h5, f):
        f["x"] = 5
        f["g/y"] = f["x"]
        del f["x"]
        return f["g/y"][()], type(f.get("g/y", getlink=True)).__name__

    assert same(scenario) == (5, "HardLink")


def test_a_hard_link_into_another_file_is_refused(same):
    def scenario(h5, f):
        with h5.File.in_memory() as other:
            f["x"] = other.create_group("x")

    same.raises(OSError, scenario)


def test_a_soft_link_leads_to_a_path(same):
    def scenario(h5, f):
        f["a/x"] = [1, 2]
        f["a/soft"] = h5.SoftLink("x")
        f["absolute"] = h5.SoftLink("/a/x")
        link = f.get("a/soft", getlink=True)
        return f["a/soft"][1], f["absolute"][0], link.path, repr(link), f["absolute"].name

    assert same(scenario)[2:4] == ("x", '<SoftLink to "x">')


def test_a_soft_link_may_dangle(same):
    def scenario(h5, f):
        f["s"] = h5.SoftLink("/missing")
        return f.get("s"), list(f), f.get("s", getlink=True).path

    assert same(scenario) == (None, ["s"], "/missing")
    same.raises(KeyError, lambda h5, f: f.update(s=h5.SoftLink("/missing")) or f["s"])


def test_a_circle_of_soft_links_is_an_error(same):
    def scenario(h5, f):
        f["a"] = h5.SoftLink("/b")
        f["b"] = h5.SoftLink("/a")
        return f["a"]

    same.raises(RuntimeError, scenario)


def test_an_external_link_leads_into_another_file(same):
    def scenario(h5, f):
        other_file(h5)
        f["e"] = h5.ExternalLink("other.h5", "/x")
        f["g"] = h5.ExternalLink("other.h5", "g")
        link = f.get("e", getlink=True)
        x = f["e"]
        return (
            x[2],
            os.path.basename(x.file.filename),
            x.name,
            link.filename,
            link.path,
            f["g"].attrs["a"],
            repr(link),
        )

    result = same(scenario)
    assert result[:5] == (2, "other.h5", "/x", "other.h5", "/x")


def test_the_file_behind_an_external_link_closes_with_its_last_object(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other_file(h5py)
    with hyperslab.File("f.h5", "w") as f:
        f["e"] = hyperslab.ExternalLink("other.h5", "/x")
        x = f["e"]
        assert x.file.mode == "r+"
        del x
        with hyperslab.File("other.h5", "w") as again:
            assert list(again) == []


@pytest.mark.parametrize("name, path", [("none.h5", "/x"), ("other.h5", "/none")])
def test_an_external_link_may_dangle(same, name, path):
    def scenario(h5, f):
        other_file(h5)
        f["e"] = h5.ExternalLink(name, path)
        return list(f), f.get("e", 5)

    assert same(scenario) == (["e"], 5)
    same.raises(
        KeyError, lambda h5, f: other_file(h5) or f.update(e=h5.ExternalLink(name, path)) or f["e"]
    )


def test_an_external_link_to_a_file_in_use_says_why(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with hyperslab.File("f.h5", "w") as f, h5py.File("other.h5", "w") as held:
        held["x"] = 1
        held.flush()
        f["e"] = hyperslab.ExternalLink("other.h5", "/x")
        with pytest.raises((KeyError, OSError)) as caught:
            f["e"]
        assert "other.h5" in str(caught.value) or "/e" in str(caught.value)


@pytest.mark.parametrize("mode", ["r", "r+"])
def test_get_opens_the_other_file_as_asked(same, mode):
    def scenario(h5, f):
        other_file(h5)
        f["e"] = h5.ExternalLink("other.h5", "/x")
        return f.get("e", elink_mode=mode).file.mode, f.get("e", elink_locking=False)[1]

    assert same(scenario) == (mode, 1)


def test_names_of_external_files_may_be_unicode(same):
    def scenario(h5, f):
        other_file(h5, "日本.h5")
        f["e"] = h5.ExternalLink("日本.h5", "/x")
        return f["e"][0], f.get("e", getlink=True).filename

    assert same(scenario) == (0, "日本.h5")


def test_a_dangling_link_can_be_moved_and_deleted(same):
    def scenario(h5, f):
        f["s"] = h5.SoftLink("/missing")
        f["e"] = h5.ExternalLink("missing.h5", "/x")
        f.move("s", "t")
        del f["e"]
        return list(f)

    assert same(scenario) == ["t"]


def test_get_tells_the_class_of_a_link(same):
    def scenario(h5, f):
        f["x"] = 1
        f["s"] = h5.SoftLink("/x")
        f["e"] = h5.ExternalLink("none.h5", "/x")
        return [f.get(n, getclass=True, getlink=True) for n in ("x", "s", "e")]

    same(scenario)


def test_a_link_object_needs_text(h5):
    assert h5.SoftLink(5).path == "5"
    with pytest.raises(TypeError):
        h5.ExternalLink(5, "/x")


def test_a_dangling_link_is_an_item(same):
    def scenario(h5, f):
        f["nowhere"] = h5.SoftLink("/mongoose")
        f.create_group("g")
        items = f.items()
        pairs = [("nowhere", None), ("nowhere", 1), ("absent", None), ("g", None), ("g", f["g"])]
        return [pair in items for pair in pairs], list(items) == list(reversed(items))[::-1]

    same(scenario)


def test_links_are_the_keys_of_a_group_even_when_they_dangle(same):
    def scenario(h5, f):
        f["ok"] = 1
        f["s"] = h5.SoftLink("/missing")
        return list(f.keys()), list(f.values())[1], list(f.items())[1]

    assert same(scenario) == (["ok", "s"], None, ("s", None))


@pytest.mark.parametrize("libver", ["earliest", "v110", "latest"])
@pytest.mark.parametrize("links", [1, 2, 3, 12])
def test_links_of_a_group_to_itself_can_be_deleted(tmp_path, libver, links):
    for package in (hyperslab, h5py):
        path = tmp_path / f"{package.__name__}.h5"
        with package.File(path, "w", libver=libver) as f:
            g = f.create_group("g")
            g.attrs["a"] = 1
            for i in range(links):
                g[str(i)] = g
            g["d"] = [1, 2, 3]
            for i in range(links):
                del g[str(i)]
                assert str(i) not in g and len(g) == links - i
        with h5py.File(path) as f:
            assert list(f["g"]) == ["d"] and f["g"].attrs["a"] == 1
            assert f["g/d"][:].tolist() == [1, 2, 3]
