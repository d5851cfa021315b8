"""Every encoder on random types, shapes, chunks and levels: others read what it makes.

HYPERSLAB_TEST_EXAMPLES=1000 makes a thousand of them. h5dump reads one file of each filter, where
it is installed.
"""

import os
import re
import shutil
import subprocess

import engine_scenes as scenes
import h5py
import hdf5plugin
import hyperslab
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("HYPERSLAB_TEST_EXAMPLES", "60"))
Blosc, Bitshuffle = hdf5plugin.Blosc, hdf5plugin.Bitshuffle

# What the direct engine encodes, each as a strategy of keywords.
ENCODERS = {
    "deflate": st.builds(
        lambda level, shuffle: {"compression": level, "shuffle": shuffle},
        st.integers(0, 9),
        st.booleans(),
    ),
    "shuffle": st.just({"shuffle": True}),
    "fletcher32": st.just({"fletcher32": True}),
    "lzf": st.builds(lambda s: {"compression": "lzf", "shuffle": s}, st.booleans()),
    "szip": st.builds(
        lambda coding, pixels: {"compression": "szip", "compression_opts": (coding, pixels)},
        st.sampled_from(["ec", "nn"]),
        st.sampled_from([4, 8, 16, 32]),
    ),
    "zstd": st.builds(lambda level: dict(hdf5plugin.Zstd(clevel=level)), st.integers(1, 12)),
    "lz4": st.builds(lambda n: dict(hdf5plugin.LZ4(nbytes=n)), st.sampled_from([0, 100, 4096])),
    "bitshuffle": st.builds(
        lambda name, n: dict(Bitshuffle(cname=name, nelems=n)),
        st.sampled_from(["none", "lz4", "zstd"]),
        st.sampled_from([0, 8, 64]),
    ),
    "blosc": st.builds(
        lambda name, level, shuffle: dict(Blosc(cname=name, clevel=level, shuffle=shuffle)),
        st.sampled_from(["blosclz", "lz4", "lz4hc", "zlib", "zstd"]),
        st.integers(0, 9),
        st.sampled_from([Blosc.NOSHUFFLE, Blosc.SHUFFLE, Blosc.BITSHUFFLE]),
    ),
}
# Other filters come before and after it.
around = st.sampled_from([{}, {}, {"fletcher32": True}, {"shuffle": True}])


@st.composite
def writes(draw, encoder):
    dtype = draw(scenes.dtypes)
    rank = draw(st.integers(1, 3))
    shape = tuple(draw(st.integers(1, [5000, 90, 20][rank - 1])) for _ in range(rank))
    chunks = tuple(draw(st.integers(1, n)) for n in shape)
    if np.prod([-(-n // c) for n, c in zip(shape, chunks, strict=True)]) > 300:
        chunks = tuple(-(-n // 4) for n in shape)
    filters = draw(around) | draw(ENCODERS[encoder])
    if not scenes.fits(filters, dtype, chunks):
        filters = draw(ENCODERS["deflate"])
    return dtype, shape, chunks, filters


def settled(test):
    checks = list(HealthCheck)
    return settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=checks)(test)


def data_of(dtype, shape, seed):
    """The first half as it comes, the rest the same element over and over."""
    data = scenes.random_values(dtype, shape, seed).reshape(-1)
    data[data.size // 2 :] = data[0]
    return data.reshape(shape)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("encoders")


@pytest.mark.parametrize("encoder", ENCODERS)
def test_stock_h5py_reads_what_any_encoder_made(folder, encoder):
    path = folder / f"{encoder}.h5"

    @settled
    @given(write=writes(encoder), data=st.data(), libver=st.sampled_from(["earliest", "latest"]))
    def all_is_read(write, data, libver):
        dtype, shape, chunks, filters = write
        expected = data_of(dtype, shape, data.draw(st.integers(0, 1 << 30)))
        hyperslab.set_engine("direct")
        try:
            with hyperslab.File(path, "w", libver=libver) as file:
                dataset = file.create_dataset("x", data=expected, chunks=chunks, **filters)
                first = data.draw(st.integers(0, shape[0] - 1))
                last = data.draw(st.integers(first, shape[0]))
                dataset[first:last] = expected[:1]
                expected[first:last] = expected[:1].copy()
                assert dataset[...].tobytes() == expected.tobytes()
        finally:
            hyperslab.set_engine("automatic")
        with h5py.File(path) as file:
            assert file["x"][...].tobytes() == expected.tobytes()

    all_is_read()


def masks(dataset):
    found = (dataset.id.get_chunk_info(i) for i in range(dataset.id.get_num_chunks()))
    return {each.chunk_offset: each.filter_mask for each in found}


CERTAIN = {name: strategy for name, strategy in ENCODERS.items() if name != "fletcher32"}


@pytest.mark.parametrize("encoder", CERTAIN)
def test_filters_are_skipped_for_the_chunks_for_which_libhdf5_skips_them(folder, encoder):
    """Chunks of noise, which no filter shrinks, and of zeros, which each does but a shuffle."""
    path = folder / f"masks {encoder}.h5"

    @settled
    @given(filters=CERTAIN[encoder], count=st.integers(40, 3000), order=st.permutations(range(6)))
    def masks_agree(filters, count, order):
        noise = np.random.default_rng(count).integers(0, 1 << 32, (6, count), dtype="u4")
        noise[order[:3]] = 0
        found = {}
        for engine in ("direct", "library"):
            hyperslab.set_engine(engine)
            with hyperslab.File(path, "w") as file:
                x = file.create_dataset("x", noise.shape, "u4", chunks=(1, count), **filters)
                x[...] = noise[::-1]
                x[...] = noise  # now the masks change, and sizes may stay
                file.flush()
                found[engine] = masks(x)
            with h5py.File(path) as file:
                assert masks(file["x"]) == found[engine]
                assert (file["x"][...] == noise).all()
        assert found["direct"] == found["library"]

    try:
        masks_agree()
    finally:
        hyperslab.set_engine("automatic")


H5DUMP = shutil.which("h5dump")
DUMPED = {
    "deflate": {"compression": "gzip", "compression_opts": 6, "shuffle": True},
    "fletcher32": {"fletcher32": True, "shuffle": True},
    "szip": {"compression": "szip"},
    "zstd": dict(hdf5plugin.Zstd()),
    "lz4": dict(hdf5plugin.LZ4()),
    "bitshuffle": dict(Bitshuffle()),
    "blosc": dict(Blosc()),
    "lzf": {"compression": "lzf"},
}


def can_decode(name):
    """The filters of this h5dump's HDF5, and the plug-ins beside it; LZF is h5py's own."""
    return name != "lzf" or os.path.exists(os.path.join(hdf5plugin.PLUGIN_PATH, "libh5lzf.so"))


@pytest.mark.skipif(H5DUMP is None, reason="h5dump is not installed")
@pytest.mark.parametrize("name", [name for name in DUMPED if can_decode(name)])
def test_h5dump_reads_what_any_encoder_made(tmp_path, name):
    data = np.arange(3000, dtype="i4").reshape(30, 100) // 7
    hyperslab.set_engine("direct")
    try:
        with hyperslab.File(tmp_path / "a.h5", "w") as file:
            hyperslab.io_stats(reset=True)
            file.create_dataset("x", data=data, chunks=(8, 64), **DUMPED[name])
            assert hyperslab.io_stats()["direct_writes"] == 1
    finally:
        hyperslab.set_engine("automatic")
    command = [H5DUMP, "-d", "/x", "-y", "-w", "0", tmp_path / "a.h5"]
    plugins = {**os.environ, "HDF5_PLUGIN_PATH": hdf5plugin.PLUGIN_PATH}
    done = subprocess.run(command, env=plugins, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    inside = done.stdout[done.stdout.index("DATA {") : done.stdout.rindex("}")]
    assert [int(n) for n in re.findall(r"\d+", inside)] == data.ravel().tolist()
