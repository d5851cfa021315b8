"""h5, h5ac, h5pl: the library, its configuration, caches and plug-ins."""

import copy
import pickle
import subprocess
import sys

import h5py
import hyperslab
import pytest
from hyperslab import h5, h5ac, h5f, h5p
from same_as_h5py import assert_same


@pytest.fixture
def config():
    """The configuration, put back afterwards."""
    config = h5.get_config()
    saved = (config.complex_names, config.track_order)
    yield config
    config.complex_names, config.track_order = saved


def test_versions():
    assert h5.get_libversion() == h5.HDF5_VERSION_COMPILED_AGAINST
    assert all(isinstance(number, int) for number in h5.get_libversion())
    assert isinstance(h5.NUMPY_VERSION_COMPILED_AGAINST, str)
    assert isinstance(h5.CYTHON_VERSION_COMPILED_WITH, str)


def test_constants():
    for name in ("INDEX_NAME", "INDEX_CRT_ORDER", "ITER_INC", "ITER_DEC", "ITER_NATIVE"):
        assert getattr(h5, name) == getattr(h5py.h5, name)


def test_there_is_one_configuration(config):
    assert isinstance(config, h5.H5PYConfig)
    assert h5.get_config() is config
    assert hyperslab.get_config() is config
    assert pickle.loads(pickle.dumps(config)) is config
    assert copy.copy(config) is config


@pytest.mark.parametrize(
    "call",
    [
        lambda c: (c.complex_names, c._r_name, c._i_name),
        lambda c: (c.track_order, c.ros3, c.direct_vfd, c.API_16, c.API_18),
        lambda c: setattr(c, "complex_names", ("a", "b", "c")),
        lambda c: setattr(c, "complex_names", 5),
        lambda c: setattr(c, "bool_names", 5),
        lambda c: setattr(c, "bool_names", ("a",)),
        lambda c: (
            setattr(c, "track_order", True),
            c.track_order,
            setattr(c, "track_order", False),
        ),
        lambda c: (setattr(c, "complex_names", ["x", b"y"]), c.complex_names),
        lambda c: (setattr(c, "complex_names", ("r", "i")), c.complex_names),
        lambda c: setattr(c, "mpi", True),
        lambda c: setattr(c, "nonsense", 1),
        lambda c: c.default_file_mode,
        lambda c: setattr(c, "default_file_mode", "r"),
        lambda c: setattr(c, "default_file_mode", "w"),
        lambda c: setattr(c, "default_file_mode", "nonsense"),
        lambda c: (c.swmr_min_hdf5_version, c.vds_min_hdf5_version),
        lambda c: bool(c.read_byte_strings),
    ],
)
def test_configuration(call):
    assert_same(lambda package: call(package.get_config()))


def test_names_of_booleans():
    """In a process of its own: once set they are text for good, as in h5py."""
    program = """
import {0} as package
c = package.get_config()
print(c.bool_names, c._f_name, c._t_name)
c.bool_names = ("NO", b"x")
print(c.bool_names, c._f_name, c._t_name)
"""
    results = [
        subprocess.run([sys.executable, "-c", program.format(name)], capture_output=True, text=True)
        for name in ("hyperslab", "h5py")
    ]
    assert results[0].stdout == results[1].stdout != ""


def test_names_of_complex_numbers_reach_the_file(config, tmp_path):
    config.complex_names = ("re", "im")
    with hyperslab.File(tmp_path / "x.h5", "w") as f:
        f["x"] = 1 + 2j
        assert f["x"][()] == 1 + 2j
        stored = f["x"].id.get_type()
        if not config.has_native_complex:
            assert [stored.get_member_name(i) for i in range(2)] == [b"re", b"im"]


def test_byte_string_context():
    with pytest.warns(hyperslab.h5py_warnings.H5pyDeprecationWarning):
        context = h5.get_config().read_byte_strings
    assert not context
    with context:
        assert context
    assert not context
    assert not h5.ByteStringContext()


def names_of(config):
    return [name for name in dir(config) if not name.startswith("_")]


def test_cache_config_of_a_list():
    def values(package):
        config = package.h5p.create(package.h5p.FILE_ACCESS).get_mdc_config()
        return {name: getattr(config, name) for name in names_of(config)}

    assert_same(lambda package: names_of(package.h5ac.CacheConfig()))
    mine, theirs = values(hyperslab), values(h5py)
    # Sizes are the library's, and differ between its versions.
    sizes = {"max_size", "min_size", "initial_size", "min_clean_fraction", "max_increment"}
    if hyperslab.h5.get_config().mpi:
        sizes |= {"flash_multiple"}
    assert {k: v for k, v in mine.items() if k not in sizes} == {
        k: v for k, v in theirs.items() if k not in sizes
    }
    assert [type(value) for value in mine.values()] == [type(value) for value in theirs.values()]


@pytest.mark.parametrize("name", names_of(h5ac.CacheConfig()))
@pytest.mark.parametrize("value", [0, 1, True, 3, 0.5, -1, 2**70, "x", None])
def test_cache_config_setting(name, value):
    if (name, value) == ("dirty_bytes_threshold", -1):
        pytest.skip("h5py stores 2**64 - 1, we refuse")

    def set_and_get(package):
        config = package.h5ac.CacheConfig()
        setattr(config, name, value)
        return getattr(config, name)

    assert_same(set_and_get)


def test_cache_config_pickles():
    config = h5p.create(h5p.FILE_ACCESS).get_mdc_config()
    config.increment = 3.5
    other = pickle.loads(pickle.dumps(config))
    assert {name: getattr(other, name) for name in names_of(config)} == {
        name: getattr(config, name) for name in names_of(config)
    }


def test_cache_config_of_a_file(tmp_path):
    with hyperslab.File(tmp_path / "x.h5", "w") as f:
        config = f.id.get_mdc_config()
        assert isinstance(config, h5ac.CacheConfig)
        config.initial_size = 4 * 1024 * 1024
        config.set_initial_size = 1
        f.id.set_mdc_config(config)
        assert f.id.get_mdc_config().initial_size == 4 * 1024 * 1024


def test_wrong_cache_config():
    plist = h5p.create(h5p.FILE_ACCESS)
    config = plist.get_mdc_config()
    config.version = 99
    with pytest.raises(ValueError):
        plist.set_mdc_config(config)


def test_metadata_cache_image(tmp_path):
    plist = h5p.create(h5p.FILE_ACCESS)
    plist.set_libver_bounds(h5f.LIBVER_V110, h5f.LIBVER_LATEST)
    plist.set_mdc_image_config(True)
    name = str(tmp_path / "x.h5").encode()
    with hyperslab.File(h5f.create(name, fapl=plist)) as f:
        f["x"] = 3
    with hyperslab.File(tmp_path / "x.h5") as f:
        assert f["x"][()] == 3


@pytest.mark.parametrize(
    "call",
    [
        lambda h: h.get(100),
        lambda h: h.get(-1),
        lambda h: h.remove(100),
        lambda h: h.insert(b"", 0),
        lambda h: h.append("x"),
        lambda h: h.append(None),
        lambda h: (h.append(b"/a"), h.get(h.size() - 1), h.remove(index=h.size() - 1)),
        lambda h: (h.prepend(b"/b"), h.get(0), h.replace(b"/c", 0), h.get(0), h.remove(0)),
        lambda h: (h.insert(search_path=b"/d", index=0), h.get(0), h.remove(0)),
    ],
)
def test_plugin_path(call):
    assert_same(lambda package: call(package.h5pl))


def test_a_folder_is_not_inserted_behind_the_end_of_an_empty_list():
    """In a process of its own: libhdf5 would look for plug-ins in the hole before it, and crash."""
    program = """
from hyperslab import h5pl, h5z
while h5pl.size():
    h5pl.remove(0)
for index in (1, 7, 2**31 - 1):
    try:
        h5pl.insert(b"folder", index)
    except ValueError as error:
        print(error)
h5pl.insert(b"folder", 0)
print(h5pl.size(), h5pl.get(0), h5z.filter_avail(4000))
"""
    run = [sys.executable, "-c", program]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert all("can't be more than 0" in line for line in said[:3])
    assert said[3] == "1 b'folder' False"
