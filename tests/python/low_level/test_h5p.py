"""h5p: property lists, compared with stock h5py's call by call."""

import copy
import io
import pickle

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import h5d, h5f, h5p, h5s, h5t
from same_as_h5py import assert_same


def listed(kind, *calls):
    """Run calls on a fresh list of a kind: "chunk (3, 4)" is set_chunk and get_chunk."""

    def run(package):
        plist = package.h5p.create(getattr(package.h5p, kind))
        return [call(plist) for call in calls]

    return run


FILE_CREATE = [
    lambda p: (p.get_version(), p.get_userblock(), p.get_sizes(), p.get_link_creation_order()),
    lambda p: (p.get_file_space_strategy(), p.get_file_space_page_size()),
    lambda p: (p.set_userblock(1024), p.get_userblock()),
    lambda p: (p.set_userblock(np.int32(512)), p.get_userblock()),
    lambda p: (p.set_userblock(512.0), p.get_userblock()),
    lambda p: p.set_userblock(7),
    lambda p: p.set_userblock(-1),
    lambda p: p.set_userblock(2**70),
    lambda p: p.set_userblock("512"),
    lambda p: p.set_userblock(None),
    lambda p: (p.set_sizes(4, size=4), p.get_sizes()),
    lambda p: p.set_sizes(3, 4),
    lambda p: (p.set_link_creation_order(3), p.get_link_creation_order()),
    lambda p: p.set_link_creation_order(2),
    lambda p: (p.set_file_space_strategy(1, [], threshold=3), p.get_file_space_strategy()),
    lambda p: p.set_file_space_strategy(9, True, 1),
    lambda p: (p.set_file_space_page_size(1024), p.get_file_space_page_size()),
    lambda p: p.set_file_space_page_size(1),
]

DATASET_CREATE = [
    lambda p: (p.set_chunk((3, 4)), p.get_chunk(), p.get_layout()),
    lambda p: p.set_chunk([3, 4]),
    lambda p: p.set_chunk((-1,)),
    lambda p: p.set_chunk((0,)),
    lambda p: p.set_chunk(()),
    lambda p: p.set_chunk(("a",)),
    lambda p: p.set_chunk((2**64,)),
    lambda p: p.get_chunk(),
    lambda p: (p.set_layout(layout_code=0), p.get_layout()),
    lambda p: p.set_layout(99),
    lambda p: (p.set_fill_time(1), p.get_fill_time(), p.set_alloc_time(2), p.get_alloc_time()),
    lambda p: p.set_fill_time(9),
    lambda p: p.set_alloc_time(9),
    lambda p: p.fill_value_defined(),
    lambda p: p.set_fill_value(None),
    lambda p: p.set_fill_value(5),
    lambda p: p.set_fill_value([5]),
    lambda p: p.set_fill_value(np.int32(5)),
    lambda p: p.set_fill_value(np.arange(10)[::2]),
    lambda p: p.set_fill_value(np.zeros((), "U5")),
    lambda p: p.set_fill_value(np.zeros((), "M8[s]")),
    lambda p: p.get_fill_value(np.broadcast_to(np.zeros(1), (3,))),
    lambda p: p.set_szip(32, 7),
    lambda p: p.set_deflate(10),
    lambda p: p.set_deflate(-1),
    lambda p: p.set_deflate(1, 2),
    lambda p: p.get_filter(-1),
    lambda p: p.get_filter(5),
    lambda p: p.get_filter_by_id(1),
    lambda p: p.remove_filter(1),
    lambda p: p.all_filters_avail(),
    lambda p: (p.set_filter(33333), p.all_filters_avail(), p.get_filter(0)),
    lambda p: p.set_filter(1, 0, [4]),
    lambda p: (p.set_filter(1, 0, (4.7,)), p.get_filter(0)),
    lambda p: (p.set_filter(1, values=("4",)), p.get_filter(0)),
    lambda p: p.set_filter(1, 0, (-4,)),
    lambda p: (p.set_external(b"x", 3, 10), p.get_external_count(), p.get_external()),
    lambda p: (p.set_external(b"x", 0, 2**64 - 1), p.get_external(idx=0)),
    lambda p: p.set_external("x", 0, 10),
    lambda p: p.set_external(b"x", -1, 10),
    lambda p: p.get_external(7),
    lambda p: p.get_external(-1),
    lambda p: p.get_virtual_count(),
    lambda p: p.set_link_creation_order(1),
]

FILE_ACCESS = [
    lambda p: (p.get_fclose_degree(), p.set_fclose_degree(3), p.get_fclose_degree()),
    lambda p: p.get_fapl_core(),
    lambda p: (p.set_fapl_core(), p.get_fapl_core(), p.set_fapl_core(9, False), p.get_fapl_core()),
    lambda p: p.set_fapl_core(backing_store="yes"),
    lambda p: p.set_fapl_core(backing_store=2),
    lambda p: (p.set_fapl_family(), p.get_fapl_family()),
    lambda p: (p.set_fapl_family(100, p.copy()), p.get_fapl_family()),
    lambda p: p.set_driver(-1),
    lambda p: p.set_driver(12345),
    lambda p: (p.set_cache(1, 2, 3, 0.5), p.get_cache()),
    lambda p: (p.set_cache(1, np.int64(2), np.uint8(3), np.float32(0.5)), p.get_cache()),
    lambda p: p.set_cache(1, 2, 3, 1.5),
    lambda p: p.set_cache(1, 2, 3, "x"),
    lambda p: (p.set_sieve_buf_size(100), p.get_sieve_buf_size()),
    lambda p: (p.set_libver_bounds(1, 3), p.get_libver_bounds()),
    lambda p: p.set_libver_bounds(3, 1),
    lambda p: p.set_libver_bounds(9, 9),
    lambda p: (p.get_meta_block_size(), p.set_meta_block_size(100), p.get_meta_block_size()),
    lambda p: (p.get_alignment(), p.set_alignment(3, 100), p.get_alignment()),
    lambda p: p.set_alignment(3, 0),
    lambda p: (p.set_file_image(b"abc"), p.set_file_image(None)),
    lambda p: p.set_file_image(np.arange(4)),
    lambda p: p.set_file_image(5),
    lambda p: p.set_file_image(b""),
    lambda p: (p.set_page_buffer_size(4096, 10, 20), p.get_page_buffer_size()),
    lambda p: p.set_page_buffer_size(4096, 80, 90),
    lambda p: (p.set_file_locking(0, "x"), p.get_file_locking()),
    lambda p: p.set_mdc_config(None),
    lambda p: p.set_mdc_config(5),
]

OTHERS = [
    (
        "LINK_CREATE",
        lambda p: (p.get_char_encoding(), p.set_char_encoding(1), p.get_char_encoding()),
    ),
    ("LINK_CREATE", lambda p: p.set_char_encoding(7)),
    (
        "LINK_CREATE",
        lambda p: (p.set_create_intermediate_group([1]), p.get_create_intermediate_group()),
    ),
    ("LINK_ACCESS", lambda p: (p.get_nlinks(), p.get_elink_prefix(), p.get_elink_acc_flags())),
    ("LINK_ACCESS", lambda p: p.set_nlinks(0)),
    ("LINK_ACCESS", lambda p: (p.set_elink_prefix(b"x" * 300), p.get_elink_prefix())),
    ("LINK_ACCESS", lambda p: p.set_elink_prefix("x")),
    ("LINK_ACCESS", lambda p: (p.set_elink_acc_flags(1), p.get_elink_acc_flags())),
    ("LINK_ACCESS", lambda p: p.set_elink_acc_flags(99)),
    ("LINK_ACCESS", lambda p: p.set_elink_fapl(None)),
    ("OBJECT_CREATE", lambda p: (p.get_attr_creation_order(), p.get_attr_phase_change())),
    ("OBJECT_CREATE", lambda p: (p.set_attr_phase_change(min_dense=0), p.get_attr_phase_change())),
    ("OBJECT_CREATE", lambda p: p.set_attr_phase_change(1, 2)),
    ("OBJECT_CREATE", lambda p: p.set_attr_phase_change(65536, 2)),
    ("OBJECT_CREATE", lambda p: p.set_attr_creation_order(2)),
    ("OBJECT_CREATE", lambda p: (p.set_obj_track_times(False), p.get_obj_track_times())),
    ("OBJECT_CREATE", lambda p: p.set_obj_track_times("x")),
    ("OBJECT_CREATE", lambda p: p.set_obj_track_times(None)),
    ("OBJECT_CREATE", lambda p: p.set_obj_track_times(2)),
    ("DATASET_ACCESS", lambda p: (p.get_virtual_view(), p.get_virtual_printf_gap())),
    ("DATASET_ACCESS", lambda p: p.set_virtual_view(5)),
    ("DATASET_ACCESS", lambda p: (p.set_virtual_view(0), p.get_virtual_view())),
    ("DATASET_ACCESS", lambda p: (p.set_chunk_cache(1, 2, 0.3), p.get_chunk_cache())),
    ("DATASET_ACCESS", lambda p: p.set_chunk_cache(1, 2, 3.0)),
    ("DATASET_ACCESS", lambda p: p.set_virtual_printf_gap(2**64 - 1)),
    ("DATASET_ACCESS", lambda p: (p.set_efile_prefix(b"ab"), p.get_efile_prefix())),
    ("DATASET_ACCESS", lambda p: (p.set_virtual_prefix(b"cd"), p.get_virtual_prefix())),
    ("OBJECT_COPY", lambda p: (p.get_copy_object(), p.set_copy_object(3), p.get_copy_object())),
    ("OBJECT_COPY", lambda p: p.set_copy_object(9999)),
    ("GROUP_CREATE", lambda p: (p.set_link_creation_order(1), p.get_link_creation_order())),
]

CASES = (
    [("FILE_CREATE", call) for call in FILE_CREATE]
    + [("DATASET_CREATE", call) for call in DATASET_CREATE]
    + [("FILE_ACCESS", call) for call in FILE_ACCESS]
    + OTHERS
)


@pytest.mark.parametrize(
    "kind, call", CASES, ids=[f"{kind}-{i}" for i, (kind, _) in enumerate(CASES)]
)
def test_property(kind, call):
    assert_same(lambda package: call(package.h5p.create(getattr(package.h5p, kind))))


KINDS = [name for name in dir(h5p) if name.isupper() and name not in ("DEFAULT", "DATATYPE_CREATE")]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("CRT_")])
def test_create(kind):
    assert_same(lambda package: package.h5p.create(getattr(package.h5p, kind)))


@pytest.mark.parametrize("argument", [None, 5, "FILE_CREATE"])
def test_create_with_something_else(argument):
    assert_same(lambda package: package.h5p.create(argument))


def test_class_hierarchy():
    names = [name for name in dir(h5p) if name.startswith("Prop")]
    assert_same(
        lambda package: [
            [base.__name__ for base in getattr(package.h5p, name).__mro__] for name in names
        ]
    )


def test_lists_know_their_class():
    plist = h5p.create(h5p.FILE_ACCESS)
    assert plist.get_class() == h5p.FILE_ACCESS
    assert isinstance(plist.get_class(), h5p.PropClassID)
    assert hash(h5p.FILE_ACCESS) == hash(h5p.FILE_ACCESS.id)


def test_comparison():
    a = h5p.create(h5p.FILE_ACCESS)
    b = a.copy()
    assert type(b) is h5p.PropFAID
    assert a == b and a.equal(b) and not a != b
    b.set_alignment(1, 64)
    assert a != b
    assert a != h5p.create(h5p.DATASET_CREATE)
    assert a != 5
    with pytest.raises(TypeError):
        hash(a)
    with pytest.raises(TypeError):
        a < b  # noqa: B015
    with pytest.raises(TypeError):
        a.equal(None)


def test_copies_of_the_object_share_the_list():
    plist = h5p.create(h5p.DATASET_CREATE)
    other = copy.copy(plist)
    assert other.id == plist.id
    plist.close()
    assert not plist
    other.set_chunk((2,))
    assert other.get_chunk() == (2,)


def test_closed_list():
    plist = h5p.create(h5p.FILE_ACCESS)
    plist.close()
    assert plist.id == 0
    for call in (plist.get_cache, plist.copy, lambda: plist == h5p.create(h5p.FILE_ACCESS)):
        with pytest.raises(ValueError):
            call()


def test_classes_stay_open():
    h5p.FILE_ACCESS.close()
    assert h5p.FILE_ACCESS.valid
    assert h5p.create(h5p.FILE_ACCESS)


@pytest.mark.parametrize(
    "dtype, value",
    [
        ("i4", 7),
        (">f4", 1.5),
        ("f2", 0.5),
        ("?", True),
        ("c16", 1 + 2j),
        ("V4", b"abcd"),
        ([("a", "i4"), ("b", "S3")], (5, b"xy")),
        ([("x", "f4", (2,))], ([1, 2],)),
        ("special enum", 1),
        ("special str", b"h\xc3\xa9"),
    ],
    ids=str,
)
def test_fill_value(dtype, value):
    def round_trip(package):
        of = {
            "special enum": lambda: package.enum_dtype({"A": 1}),
            "special str": package.string_dtype,
        }.get(str(dtype), lambda: np.dtype(dtype))()
        plist = package.h5p.create(package.h5p.DATASET_CREATE)
        array = np.zeros((), of)
        array[()] = value
        plist.set_fill_value(array)
        found = np.zeros((1,), of)
        plist.get_fill_value(found)
        return plist.fill_value_defined(), found

    assert_same(round_trip)


def test_fill_value_is_converted():
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_fill_value(np.array([3, 4], "i2"))
    found = np.zeros((2, 2))
    plist.get_fill_value(found)
    assert found.tolist() == [[3, 0], [0, 0]]


# Stock h5py stores a pointer's bytes here.
@pytest.mark.parametrize("dtype", ["S5", hyperslab.string_dtype("utf-8", 5)])
def test_fill_value_of_fixed_strings(dtype):
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_fill_value(np.array(b"abc", dtype))
    found = np.zeros(1, dtype)
    plist.get_fill_value(found)
    assert found[0] == b"abc"


def test_fill_value_of_an_empty_array():
    plist = h5p.create(h5p.DATASET_CREATE)
    with pytest.raises(ValueError):
        plist.set_fill_value(np.zeros(0))
    with pytest.raises(ValueError):
        plist.get_fill_value(np.zeros(0))


def test_fill_value_reaches_the_file(tmp_path):
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_fill_value(np.array("déjà", hyperslab.string_dtype()))
    with hyperslab.File(tmp_path / "x.h5", "w") as f:
        text = h5t.py_create(hyperslab.string_dtype(), logical=True)
        h5d.create(f.id, b"x", text, h5s.create_simple((2,)), plist)
        assert f["x"].asstr()[...].tolist() == ["déjà"] * 2


def test_filter_pipeline():
    def pipeline(package):
        plist = package.h5p.create(package.h5p.DATASET_CREATE)
        plist.set_chunk((10,))
        plist.set_shuffle()
        plist.set_deflate(level=3)
        plist.set_scaleoffset(2, 0)
        plist.set_fletcher32()
        plist.set_filter(32000, 1, (1, 2, 3))
        stages = [plist.get_filter(i) for i in range(plist.get_nfilters())]
        plist.remove_filter(2)
        found = [plist.get_filter_by_id(2), plist.get_filter_by_id(1), plist._has_filter(3)]
        plist.remove_filter(package.h5z.FILTER_ALL)
        return stages, found, plist.get_nfilters()

    assert_same(pipeline)


# Stock h5py aborts here.
def test_a_list_can_be_copied_after_a_removal(tmp_path):
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_chunk((10,))
    plist.set_deflate()
    plist.set_shuffle()
    plist.remove_filter(1)
    assert plist.copy() == plist
    with hyperslab.File(tmp_path / "x.h5", "w") as f:
        h5d.create(f.id, b"x", h5t.NATIVE_INT32, h5s.create_simple((20,)), plist)
        assert f["x"].shuffle and not f["x"].compression


def test_a_chunked_list_without_a_shape_can_be_compared():
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_layout(h5d.CHUNKED)
    assert plist.get_chunk() == ()
    assert plist == plist.copy()


def test_filter_with_more_parameters_than_hdf5_hands_out():
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_filter(300, 1, tuple(range(257)))
    with pytest.raises(NotImplementedError, match="257"):
        plist.get_filter(0)


def test_external_names_of_any_length():
    plist = h5p.create(h5p.DATASET_CREATE)
    name = b"n" * 5000
    plist.set_external(name, 0, 10)
    assert plist.get_external() == (name, 0, 10)


def test_virtual_mappings():
    def mappings(package):
        plist = package.h5p.create(package.h5p.DATASET_CREATE)
        space = package.h5s.create_simple((10,))
        source = package.h5s.create_simple((5,))
        space.select_hyperslab((5,), (5,))
        plist.set_virtual(space, b"a.h5", src_dset_name="/ä".encode(), src_space=source)
        return (
            plist.get_virtual_count(),
            plist.get_virtual_filename(),
            plist.get_virtual_dsetname(index=0),
            plist.get_virtual_vspace(0).get_select_bounds(),
            plist.get_virtual_srcspace().shape,
            plist.get_layout(),
        )

    assert_same(mappings)


@pytest.mark.parametrize(
    "call",
    [
        lambda plist, space: plist.set_virtual(None, b"f", b"d", space),
        lambda plist, space: plist.set_virtual(space, "f", b"d", space),
        lambda plist, space: plist.get_virtual_dsetname(3),
        lambda plist, space: plist.get_virtual_vspace(-1),
    ],
)
def test_wrong_virtual_mappings(call):
    assert_same(
        lambda package: call(
            package.h5p.create(package.h5p.DATASET_CREATE), package.h5s.create_simple((4,))
        )
    )


def test_external_link_access_list():
    plist = h5p.create(h5p.LINK_ACCESS)
    # Stock h5py raises RuntimeError while none is set.
    assert plist.get_elink_fapl() == h5p.create(h5p.FILE_ACCESS)
    fapl = h5p.create(h5p.FILE_ACCESS)
    fapl.set_alignment(10, 20)
    plist.set_elink_fapl(fapl)
    assert plist.get_elink_fapl().get_alignment() == (10, 20)
    with pytest.raises(RuntimeError):
        plist.set_elink_fapl(h5p.create(h5p.LINK_CREATE))


def test_drivers_are_told_apart():
    def drivers(package):
        h5fd = package.h5fd
        plist = package.h5p.create(package.h5p.FILE_ACCESS)
        found = []
        for set_one, driver in [
            (plist.set_fapl_sec2, h5fd.SEC2),
            (plist.set_fapl_stdio, h5fd.STDIO),
            (plist.set_fapl_core, h5fd.CORE),
            (plist.set_fapl_family, h5fd.FAMILY),
            (plist.set_fapl_split, h5fd.MULTI),
            (lambda: plist.set_fapl_log(b"x.log", h5fd.LOG_ALL, 10), h5fd.LOG),
            (
                lambda: plist.set_fileobj_driver(h5fd.fileobj_driver, io.BytesIO()),
                h5fd.fileobj_driver,
            ),
            (lambda: plist.set_driver(h5fd.SEC2), h5fd.SEC2),
        ]:
            found.append((set_one(), plist.get_driver() == driver))
        return found

    assert_same(drivers)


@pytest.mark.parametrize("extension", [b"%n", b"%s%s", b"%d.h5", b"%"])
def test_split_extensions_do_not_reach_printf(extension):
    plist = h5p.create(h5p.FILE_ACCESS)
    with pytest.raises(ValueError):
        plist.set_fapl_split(extension)
    with pytest.raises(ValueError):
        plist.set_fapl_split(raw_ext=extension)


@pytest.mark.parametrize("meta, raw", [(b"-m.h5", b"-r.h5"), (b"meta-%s", b".raw")])
def test_split_files(tmp_path, monkeypatch, meta, raw):
    monkeypatch.chdir(tmp_path)
    name = b"x"
    for package in (hyperslab, h5py):
        plist = package.h5p.create(package.h5p.FILE_ACCESS)
        plist.set_fapl_split(meta, None, raw, None)
        if package is hyperslab:
            with package.File(package.h5f.create(name, fapl=plist)) as f:
                f["x"] = np.arange(1000)
            files = {file.name for file in tmp_path.iterdir()}
            assert files == {
                (ext if b"%s" in ext else b"%s" + ext).decode() % "x" for ext in (meta, raw)
            }
        with package.File(package.h5f.open(name, package.h5f.ACC_RDONLY, fapl=plist)) as f:
            assert f["x"][...].sum() == 499500


def test_drivers_of_other_builds_have_no_methods():
    config = hyperslab.get_config()
    assert hasattr(h5p.PropFAID, "set_fapl_mpio") == config.mpi
    assert hasattr(h5p.PropDXID, "get_mpio_actual_io_mode") == config.mpi
    assert hasattr(h5p.PropFAID, "set_fapl_ros3") == config.ros3
    assert hasattr(h5p.PropFAID, "set_fapl_direct") == config.direct_vfd


def test_lists_are_not_pickled():
    """HDF5 encodes a list, but with the addresses of strings in its fill value."""
    plist = h5p.create(h5p.DATASET_CREATE)
    with pytest.raises(TypeError):
        pickle.dumps(plist)
    with pytest.raises(TypeError):
        copy.deepcopy(plist)


# Not in h5py.
@pytest.mark.parametrize(
    "kind, name, value, found",
    [
        ("FILE_ACCESS", "evict_on_close", (True,), 1),
        ("FILE_ACCESS", "mdc_image_config", (True,), 1),
        ("FILE_ACCESS", "small_data_block_size", (4096,), 4096),
        ("FILE_ACCESS", "elink_file_cache_size", (3,), 3),
        ("FILE_ACCESS", "metadata_read_attempts", (7,), 7),
        ("FILE_CREATE", "sym_k", (4, 8), (4, 8)),
        ("FILE_CREATE", "istore_k", (16,), 16),
        ("FILE_CREATE", "shared_mesg_nindexes", (2,), 2),
        ("GROUP_CREATE", "link_phase_change", (5, 3), (5, 3)),
        ("GROUP_CREATE", "est_link_info", (100, 20), (100, 20)),
        ("GROUP_CREATE", "local_heap_size_hint", (1000,), 1000),
        ("DATASET_CREATE", "dset_no_attrs_hint", (True,), 1),
        ("DATASET_XFER", "buffer", (4096,), 4096),
        ("DATASET_XFER", "edc_check", (0,), 0),
        ("DATASET_XFER", "hyper_vector_size", (64,), 64),
    ],
)
def test_more_properties(kind, name, value, found):
    plist = h5p.create(getattr(h5p, kind))
    getattr(plist, "set_" + name)(*value)
    assert getattr(plist, "get_" + name)() == found


def test_core_write_tracking():
    plist = h5p.create(h5p.FILE_ACCESS)
    with pytest.raises(ValueError):
        plist.set_core_write_tracking(True, 512)
    plist.set_fapl_core()
    plist.set_core_write_tracking(True, 512)
    assert plist.get_core_write_tracking() == (1, 512)


def test_chunk_options():
    plist = h5p.create(h5p.DATASET_CREATE)
    plist.set_chunk((4,))
    plist.set_chunk_opts(2)
    assert plist.get_chunk_opts() == 2


def test_file_image_opens_a_file_in_memory(tmp_path):
    with hyperslab.File(tmp_path / "x.h5", "w") as f:
        f["x"] = 5
    plist = h5p.create(h5p.FILE_ACCESS)
    plist.set_fapl_core(backing_store=False)
    plist.set_file_image((tmp_path / "x.h5").read_bytes())
    with hyperslab.File(h5f.open(b"no such file", h5f.ACC_RDONLY, fapl=plist)) as f:
        assert f["x"][()] == 5
