"""h5i: identifiers, by stock h5py's example."""

from hyperslab import h5f, h5g, h5i, h5s
from same_in_a_file import assert_same_in_a_file, attempt
from test_h5o import objects


def test_identifiers(tmp_path):
    def scenario(h, file):
        data = objects(h, file)
        space = data.get_space()
        attr = h.h5a.create(data, b"a", h.h5t.NATIVE_INT32, space)
        group = h.h5g.open(file, b"g")
        type_ = h.h5t.open(file, b"type")
        plist = data.get_create_plist()
        for obj in (
            file,
            group,
            data,
            space,
            attr,
            type_,
            plist,
            h.h5t.NATIVE_INT32,
            h.h5t.TypeID(0),
            h.h5g.create(file, None),
            None,
            5,
        ):
            for name in ("get_type", "get_name", "get_file_id", "get_ref"):
                yield name, attempt(getattr(h.h5i, name), obj)
        h.h5i.inc_ref(group)
        yield h.h5i.get_ref(group), attempt(h.h5i.dec_ref, group), h.h5i.get_ref(group)
        yield h.h5i.get_file_id(data) == file, attempt(h.h5i.wrap_identifier, -1)
        for obj in (group, data, attr, type_, file):
            h.h5i.inc_ref(obj)
            yield attempt(h.h5i.wrap_identifier, obj.id)
        group.close()
        yield attempt(h.h5i.get_name, group), attempt(h.h5i.get_type, group)

    assert_same_in_a_file(scenario, tmp_path)


def test_wrapping_takes_over_one_reference(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    group = h5g.create(file, b"g")
    h5i.inc_ref(group)
    wrapped = h5i.wrap_identifier(group.id)
    assert isinstance(wrapped, h5g.GroupID) and h5i.get_ref(group) == 2
    del wrapped
    assert h5i.get_ref(group) == 1


def test_what_cannot_be_wrapped_stays_the_caller_s():
    plist_class = h5s.create(h5s.SCALAR)
    assert attempt(h5i.wrap_identifier, 2**60) == "!RuntimeError"
    assert plist_class.valid
