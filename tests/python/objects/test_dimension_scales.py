"""Dimension scales and labels."""

import numpy as np
import pytest


def prepared(f):
    x = f.create_dataset("x", data=np.zeros((2, 3)))
    for name, n in (("rows", 2), ("columns", 3), ("more", 3)):
        f[name] = np.arange(n)
    f["rows"].make_scale("row")
    f["columns"].make_scale("column")
    f["more"].make_scale()
    x.dims[0].attach_scale(f["rows"])
    x.dims[1].attach_scale(f["columns"])
    x.dims[1].attach_scale(f["more"])
    x.dims[0].label = "y"
    return x


def test_scales_are_found_by_position_and_name(same):
    def scenario(h5, f):
        dims = prepared(f).dims
        found = dims[0][0], dims[0]["row"], dims[1]["column"], dims[1][1]
        return found, len(dims), [len(dim) for dim in dims]

    assert same(scenario)[1:] == (2, [1, 2])


def test_an_axis_is_a_mapping(same):
    def scenario(h5, f):
        dim = prepared(f).dims[1]
        return dim.keys(), dim.values(), dim.items(), list(dim)

    assert same(scenario)[3] == ["column", ""]


def test_labels(same):
    def scenario(h5, f):
        dims = prepared(f).dims
        dims[1].label = "ünïcode"
        return [dim.label for dim in dims]

    assert same(scenario) == ["y", "ünïcode"]


def test_is_scale(same):
    def scenario(h5, f):
        prepared(f)
        return [f[name].is_scale for name in ("x", "rows", "more")]

    assert same(scenario) == [False, True, True]


def test_detaching(same):
    def scenario(h5, f):
        dim = prepared(f).dims[1]
        dim.detach_scale(f["columns"])
        return list(dim), len(dim)

    assert same(scenario) == ([""], 1)


def test_attaching_makes_a_scale(same):
    def scenario(h5, f):
        x = f.create_dataset("x", data=np.zeros(3))
        f["s"] = np.arange(3)
        x.dims[0].attach_scale(f["s"])
        return f["s"].is_scale, x.dims[0][0].name

    assert same(scenario) == (True, "/s")


def test_attaching_twice_is_attaching_once(same):
    def scenario(h5, f):
        x = prepared(f)
        x.dims[0].attach_scale(f["rows"])
        return len(x.dims[0])

    assert same(scenario) == 1


@pytest.mark.parametrize(
    "use",
    [
        lambda f, x: x.dims[2],
        lambda f, x: x.dims[0][5],
        lambda f, x: x.dims[0]["none"],
        lambda f, x: x.dims[0].detach_scale(f["columns"]),
        lambda f, x: x.dims[0].attach_scale(x),
        lambda f, x: f["columns"].dims[0].attach_scale(f["rows"]),
        lambda f, x: setattr(x.dims[0], "label", 5),
        lambda f, x: x.dims["y"],
        lambda f, x: x.make_scale("x"),
    ],
    ids=range(9),
)
def test_wrong_uses_fail_alike(same, use):
    same.fails_alike(lambda h5, f: use(f, prepared(f)))


def test_a_dataset_with_scales_can_be_copied_and_deleted(same):
    def scenario(h5, f):
        prepared(f)
        f.create_group("g")
        f.copy("x", "g/x")
        copied = f["g/x"].dims[0].label
        del f["x"], f["g"]
        return copied, sorted(f)

    same(scenario)


def test_create_scale_is_deprecated(h5):
    with h5.File.in_memory() as f:
        x = f.create_dataset("x", data=np.zeros(3))
        f["s"] = np.arange(3)
        with pytest.warns(h5.h5py_warnings.H5pyDeprecationWarning):
            x.dims.create_scale(f["s"], "name")
        assert f["s"].is_scale


def test_equality_and_repr(h5):
    with h5.File.in_memory() as f:
        dims = prepared(f).dims
        assert dims[0] == dims[0] and dims[0] != dims[1]
        assert len({dims[0], dims[0]}) == 1
        assert repr(dims).startswith("<Dimensions of HDF5 object at")
        dim = dims[0]
        assert repr(dim).startswith('<"y" dimension 0 of HDF5 dataset at')
    assert repr(dim) == "<Dimension of closed HDF5 dataset>"
    assert repr(dims) == "<Dimensions of closed HDF5 dataset>"
