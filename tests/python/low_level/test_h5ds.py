"""h5ds: dimension scales, by stock h5py's example."""

from same_in_a_file import assert_same_in_a_file, attempt


def test_dimension_scales(tmp_path):
    def scenario(h, file):
        ds, names = h.h5ds, []
        space = h.h5s.create_simple((3, 4))
        data, scale, other, plain = (
            h.h5d.create(file, name, h.h5t.NATIVE_INT32, space)
            for name in (b"data", b"scale", b"other", b"plain")
        )
        yield ds.is_scale(scale), attempt(ds.set_scale, scale, b"time"), ds.is_scale(scale)
        yield attempt(ds.set_scale, other), attempt(ds.set_scale, plain, "text")
        yield [attempt(ds.get_scale_name, d) for d in (scale, other)]
        # Which exception depends on the version of HDF5.
        yield str(attempt(ds.get_scale_name, data))[0] == "!"
        for args in (
            (data, scale, 0),
            (data, other, 0),
            (data, scale, 9),
            (data, scale, -1),
            (data, file, 0),
            (data, data, 0),
            (None, scale, 0),
            (data, scale, 0),
        ):
            yield attempt(ds.attach_scale, *args)
        yield ds.is_attached(data, scale, 0), ds.is_attached(data, scale, 1)
        yield [attempt(ds.get_num_scales, data, i) for i in (0, 1, 2, -1)]
        yield attempt(ds.set_label, data, 1, b"x axis"), attempt(ds.set_label, data, 7, b"x")
        yield [attempt(ds.get_label, d, i) for d in (data, plain) for i in (0, 1, 7)]

        def note(scale):
            names.append(h.h5i.get_name(scale))

        for args in ((0, note), (0, note, 1), (0, note, 2), (0, note, -1), (1, note), (9, note)):
            yield args[0], args[2:], attempt(ds.iterate, data, *args), list(names)
        yield ds.iterate(data, 0, lambda s: 0), attempt(ds.iterate, data, 0, lambda s: s)
        yield attempt(ds.set_scale, data, b"x"), attempt(ds.detach_scale, data, scale, 0)
        yield attempt(ds.detach_scale, data, scale, 0), ds.get_num_scales(data, 0)

    assert_same_in_a_file(scenario, tmp_path)
