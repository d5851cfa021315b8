"""The keywords of File: format bounds, user block, caches, file space, order, alignment, SWMR."""

import os

import h5py
import hyperslab
import numpy as np
import pytest

BOUNDS = ["earliest", "latest", "v108", "v110", "v112", "v114"]


@pytest.mark.parametrize("low", BOUNDS)
def test_libver_bounds_the_format_from_below(same, low):
    def scenario(h5, f):
        f.create_dataset("x", data=np.arange(10), chunks=(5,))
        version = f.id.get_access_plist().get_libver_bounds()
        return f.libver[0], version[0]

    # The newest format that each HDF5 knows may differ, so "latest" is compared by itself.
    if low == "latest":
        for package in (hyperslab, h5py):
            newest = "v114" if package.version.hdf5_version_tuple < (2,) else "v200"
            with package.File.in_memory(libver="latest") as f:
                assert f.libver == (newest, newest)
    else:
        assert same(scenario, libver=(low, "v114"))[0] == low


@pytest.mark.parametrize("pair", [(a, b) for i, a in enumerate(BOUNDS[2:]) for b in BOUNDS[2:][i:]])
def test_libver_takes_a_pair(same, pair):
    assert same(lambda h5, f: f.libver, libver=pair) == pair


@pytest.mark.parametrize("libver", [("v114", "v110"), ("latest", "v108")])
def test_bounds_in_the_wrong_order_are_refused(h5, tmp_path, libver):
    with pytest.raises(ValueError):
        h5.File(tmp_path / "f.h5", "w", libver=libver)


def test_v200_is_known_exactly_when_hdf5_knows_it(tmp_path):
    known = hyperslab.version.hdf5_version_tuple >= (2,)
    assert hasattr(hyperslab.h5f, "LIBVER_V200") == known
    if known:
        with hyperslab.File(tmp_path / "f.h5", "w", libver=("v200", "v200")) as f:
            assert f.libver == ("v200", "v200")
    else:
        with pytest.raises((ValueError, KeyError)):
            hyperslab.File(tmp_path / "f.h5", "w", libver="v200")


@pytest.mark.parametrize("libver", ["no such", ("earliest", "no such"), 7])
def test_a_libver_that_is_none_is_refused_alike(tmp_path, libver):
    errors = []
    for package in (hyperslab, h5py):
        with pytest.raises(Exception) as caught:  # noqa: B017
            package.File(tmp_path / "f.h5", "w", libver=libver)
        errors.append(caught.type.__name__)
    assert errors[0] == errors[1]


@pytest.mark.parametrize("size", [0, 512, 4096])
def test_a_userblock_leaves_bytes_free(h5, tmp_path, size):
    path = tmp_path / "f.h5"
    with h5.File(path, "w", userblock_size=size) as f:
        f["x"] = np.arange(5)
        assert f.userblock_size == size
    with open(path, "r+b") as raw:
        raw.write(b"#!" * (size // 2))
    for package in (hyperslab, h5py):
        with package.File(path) as f:
            assert f.userblock_size == size
            assert list(f["x"]) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("size", [1, 511, 513, 768, -512, "many"])
def test_a_userblock_of_a_wrong_size_is_refused(h5, tmp_path, size):
    with pytest.raises((ValueError, OverflowError)):
        h5.File(tmp_path / "f.h5", "w", userblock_size=size)


def test_a_userblock_of_a_file_that_exists_must_match(h5, tmp_path):
    path = tmp_path / "f.h5"
    h5py.File(path, "w", userblock_size=512).close()
    with h5.File(path, "a", userblock_size=512) as f:
        assert f.userblock_size == 512
    with pytest.raises(ValueError):
        h5.File(path, "a", userblock_size=1024)
    with pytest.raises(ValueError):
        h5.File(path, "r", userblock_size=512)


def test_chunk_cache_keywords_reach_the_access_list(same):
    options = {"rdcc_nslots": 1009, "rdcc_nbytes": 3 << 20, "rdcc_w0": 0.25}
    result = same(lambda h5, f: f.id.get_access_plist().get_cache()[1:], **options)
    assert result == (1009, 3 << 20, 0.25)


# HDF5 1.14 would give them less; the bundled one does not (cmake/hdf5-1.14/).
@pytest.mark.parametrize("options", [{}, {"rdcc_nbytes": 3 << 20}, {"rdcc_nslots": 1009}])
def test_chunk_caches_of_datasets(same, options):
    def scenario(h5, f):
        f.create_dataset("d", data=[1, 2, 3], chunks=(2,))
        return f["d"].id.get_access_plist().get_chunk_cache()

    assert len(same(scenario, **options)) == 3


@pytest.mark.parametrize("strategy", ["fsm", "page", "aggregate", "none"])
@pytest.mark.parametrize("persist", [False, True])
def test_file_space_strategies(same, strategy, persist):
    def scenario(h5, f):
        f["x"] = np.arange(100)
        del f["x"]
        return f.id.get_create_plist().get_file_space_strategy()

    result = same(scenario, fs_strategy=strategy, fs_persist=persist, fs_threshold=8)
    assert result[1:] == ((persist, 8) if strategy in ("fsm", "page") else (False, 1))


def test_file_space_pages(same):
    def scenario(h5, f):
        return f.id.get_create_plist().get_file_space_page_size()

    assert same(scenario, fs_strategy="page", fs_page_size=16384) == 16384


def test_a_strategy_is_refused_for_a_file_that_exists(h5, tmp_path):
    h5py.File(tmp_path / "f.h5", "w").close()
    with pytest.raises(ValueError):
        h5.File(tmp_path / "f.h5", "r+", fs_strategy="page")
    with pytest.raises(ValueError):
        h5.File(tmp_path / "f.h5", "w", fs_strategy="no such")


def test_a_page_buffer_for_a_paged_file(h5, tmp_path):
    path = tmp_path / "f.h5"
    with h5.File(path, "w", fs_strategy="page", fs_page_size=4096) as f:
        f["x"] = np.arange(10000)
    with h5.File(path, page_buf_size=65536, min_meta_keep=10, min_raw_keep=20) as f:
        assert f.id.get_access_plist().get_page_buffer_size() == (65536, 10, 20)
        assert f["x"][-1] == 9999


def test_track_order_keeps_names_in_order_of_creation(same):
    def scenario(h5, f):
        for name in "zyxabc":
            f[name] = 1
            f.attrs[name] = 1
        return list(f), list(reversed(f)), list(f.attrs)

    assert same(scenario, track_order=True)[0] == list("zyxabc")
    assert same(scenario)[0] == sorted("zyxabc")


def test_alignment_and_metadata_blocks(same):
    def scenario(h5, f):
        f.create_dataset("x", data=np.arange(1000))
        plist = f.id.get_access_plist()
        return f["x"].id.get_offset() % 4096, plist.get_alignment(), f.meta_block_size

    options = {"alignment_threshold": 500, "alignment_interval": 4096, "meta_block_size": 8192}
    assert same(scenario, **options) == (0, (500, 4096), 8192)


def test_files_are_the_same_byte_for_byte_when_made_again(tmp_path):
    contents = []
    for name in ("a.h5", "b.h5"):
        with hyperslab.File(tmp_path / name, "w") as f:
            f.create_group("g").attrs["x"] = [1, 2]
            f.create_dataset("d", data=np.arange(1000), chunks=(100,), compression="gzip")
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


@pytest.mark.parametrize("locking", [True, False, "best-effort", "true", "false"])
def test_locking_is_what_was_asked(same, locking):
    def scenario(h5, f):
        return f.id.get_access_plist().get_file_locking()

    same(scenario, locking=locking)


def test_locking_that_is_none_is_refused(h5, tmp_path):
    with pytest.raises(ValueError):
        h5.File(tmp_path / "f.h5", "w", locking="perhaps")


def test_a_swmr_reader_sees_rows_as_they_are_flushed(tmp_path):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", libver="latest") as writer:
        rows = writer.create_dataset("rows", (0,), maxshape=(None,), dtype="i4", chunks=(4,))
        writer.swmr_mode = True
        with hyperslab.File(path, "r", swmr=True) as reader:
            assert reader.swmr_mode and reader["rows"].shape == (0,)
            rows.resize((3,))
            rows[:] = [7, 8, 9]
            rows.flush()
            seen = reader["rows"]
            seen.refresh()
            assert list(seen) == [7, 8, 9]
        with h5py.File(path, "r", swmr=True) as reader:
            assert list(reader["rows"]) == [7, 8, 9]


def test_swmr_cannot_be_switched_off(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w", libver="latest") as f, pytest.raises(ValueError):
        f.swmr_mode = False


def test_swmr_warns_when_it_has_no_effect(h5, tmp_path):
    with pytest.warns(UserWarning, match="swmr"):
        h5.File(tmp_path / "f.h5", "w", swmr=True).close()


def test_alignment_of_the_file_system(tmp_path):
    """Large objects begin at its blocks, small ones do not."""
    block = os.statvfs(tmp_path).f_bsize
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", alignment="auto") as f:
        f["small"] = np.zeros(10, "u1")
        f["large"] = np.zeros(2 * block, "u1")
        f["other"] = np.zeros(2 * block + 1, "u1")
        assert f.id.get_access_plist().get_alignment() == (block, block)
    with h5py.File(path) as f:
        assert f["large"].id.get_offset() % block == 0
        assert f["other"].id.get_offset() % block == 0
        assert f["small"].id.get_offset() % block != 0


def test_alignment_by_number(tmp_path):
    path = tmp_path / "f.h5"
    with hyperslab.File(path, "w", alignment=1000, alignment_threshold=5) as f:
        f["x"] = np.zeros(10, "u1")
        assert f.id.get_access_plist().get_alignment() == (5, 1000)
    with h5py.File(path) as f:
        assert f["x"].id.get_offset() % 1000 == 0
    with pytest.raises(TypeError, match="exclude each other"):
        hyperslab.File(path, "w", alignment="auto", alignment_interval=8)
    with pytest.raises((TypeError, ValueError)):
        hyperslab.File(path, "w", alignment="some")
