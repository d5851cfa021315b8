"""h5z: filters."""

import ctypes

import h5py
import pytest
from filter_class import FILTER, FilterClass
from hyperslab import h5p, h5z
from same_as_h5py import assert_same


def test_constants():
    names = [name for name in dir(h5py.h5z) if name.isupper()]
    assert {name: getattr(h5z, name) for name in names} == {
        name: getattr(h5py.h5z, name) for name in names
    }


@pytest.mark.parametrize(
    "call",
    [
        lambda h: (h.filter_avail(1), h.filter_avail(filter_code=9999), h.filter_avail(32000)),
        lambda h: [h.get_filter_info(code) for code in (1, 2, 3, 4, 5, 6, 32000)],
        lambda h: h.get_filter_info(9999),
        lambda h: h.filter_avail(-5),
        lambda h: h.filter_avail(70000),
        lambda h: h.filter_avail("gzip"),
        lambda h: h.register_filter(0),
        lambda h: h.register_filter(-1),
        lambda h: h.register_filter(None),
        lambda h: h.unregister_filter(9999),
        lambda h: h.unregister_filter(1),
        lambda h: h._register_lzf(),
    ],
)
def test_call(call):
    assert_same(lambda package: call(package.h5z))


def test_the_file_holds_hdf5():
    assert ctypes.CDLL(h5z.__file__).H5Zregister


def test_a_filter_can_be_registered_and_forgotten():
    number = 300
    same_bytes = FILTER(lambda flags, count, values, nbytes, size, buffer: nbytes)
    description = FilterClass(h5z.CLASS_T_VERS, number, 1, 1, b"nothing", None, None, same_bytes)
    assert not h5z.filter_avail(number)
    assert h5z.register_filter(ctypes.addressof(description)) is True
    try:
        assert h5z.filter_avail(number)
        assert h5z.get_filter_info(number) == 3
        plist = h5p.create(h5p.DATASET_CREATE)
        plist.set_filter(number)
        assert plist.get_filter(0) == (number, 0, (), b"nothing")
    finally:
        assert h5z.unregister_filter(number) is True
    assert not h5z.filter_avail(number)
