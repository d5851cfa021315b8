"""Files of HDF5's subfiling driver, which ranks share in several subfiles.

Stock h5py reads the subfiles put together; its HDF5 has no such driver.
"""

import itertools
import os
import re
import subprocess
from pathlib import Path

import h5py
import hyperslab
import numpy as np
import pytest
from programs import RUN, run
from small_disk import run_full

pytestmark = pytest.mark.skipif(
    not hyperslab.get_config().subfiling, reason="this HDF5 has no subfiling driver"
)

BEGIN = """
    import numpy as np
    rank, size = comm.rank, comm.size

    def subfiled(mode, name=path, **options):
        return h5py.File(name, mode, driver="subfiling", comm=comm, **options)

    def tell(*words):  # in one piece: the ranks' lines would mix
        os.write(1, " ".join([*map(str, words), "\\n"]).encode())
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "f.h5"


def finish(program, path, ranks, **environment):
    done = run(BEGIN + program, path, ranks=ranks, timeout=100, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def put_together(path):
    """One file of the subfiles, as HDF5's program h5fuse makes one."""
    (config,) = path.parent.glob(f"{path.name}.subfile_*.config")
    lines = config.read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if "=" in line)
    stripe = int(settings["stripe_size"])
    names = lines[-int(settings["subfile_count"]) :]
    subfiles = [(path.parent / name).read_bytes() for name in names]
    whole = bytearray()
    for i in itertools.count():
        if not any(len(subfile) > i * stripe for subfile in subfiles):
            break
        for subfile in subfiles:
            piece = subfile[i * stripe : (i + 1) * stripe]
            whole += piece.ljust(stripe, b"\0")
    # The stub says in its superblock that there are subfiles; stock HDF5 would look for them.
    joined = path.with_suffix(".joined.h5")
    joined.write_bytes(whole)
    return joined


LAYOUTS = {
    "contiguous": "{}",
    "chunked": "{'chunks': (2, 30)}",
    "gzip": "{'chunks': (1, 50), 'compression': 'gzip'}",
    "shared gzip": "{'chunks': (3, 30), 'compression': 'gzip', 'shuffle': True}",
}
TYPES = {"f8": "'f8'", "record": "[('a', 'i4'), ('b', 'S3')]", "text": "'S5'", "bool": "'?'"}

WRITE = """
    layouts, types = {layouts}, {types}

    def values(kind, seed):
        counted = np.arange(100) * (seed + 3) % 251
        if kind == "record":
            both = np.zeros(100, types[kind])
            both["a"], both["b"] = counted, counted.astype("S3")
            return both
        return counted.astype(types[kind]) if kind != "bool" else counted % 3 == 0

    with subfiled("w", stripe_size=4096, stripe_count={subfiles}) as f:
        assert f.driver == "subfiling"
        assert f.id.get_access_plist().get_driver() == h5py.h5fd.SUBFILING
        for layout, options in layouts.items():
            for kind in types:
                shape = (2 * size + 1, 100)
                x = f.create_dataset(f"{{layout}}/{{kind}}", shape, types[kind], **options)
                with x.collective:
                    x[rank] = values(kind, rank)
                    x[size + rank] = values(kind, size + rank)[:]
                    x[2 * size:, rank * 7:rank * 7 + 7] = values(kind, 0)[rank * 7:rank * 7 + 7]
        many = f["contiguous/f8"]
        many[rank, ::2] = rank          # each for itself
        with many.collective:
            many[size + rank, [1, 5, 7]] = -1.0
        f.attrs["size"] = size
        f.flush()
        assert (many[size - 1 - rank, ::2] == size - 1 - rank).all()
"""

READ = """
    with subfiled("{mode}") as f:
        assert f.attrs["size"] == size
        names = []
        f.visit(names.append)
        for name in names:
            if isinstance(f[name], h5py.Dataset):
                x = f[name]
                whole = x[...]
                with x.collective:
                    assert (x[...] == whole).all()
                    assert (x[rank] == whole[rank]).all()
                    assert (x[rank:rank + 3, ::3] == whole[rank:rank + 3, ::3]).all()
                    if rank:
                        assert (x[[0, rank], 5] == whole[[0, rank], 5]).all()
                    else:
                        x[0:0]
                if rank == 0:
                    np.save(path + "-" + name.replace("/", "-"), whole)
"""


def expected(ranks, kind, subject):
    def values(seed):
        counted = np.arange(100) * (seed + 3) % 251
        if kind == "record":
            both = np.zeros(100, eval(TYPES[kind]))
            both["a"], both["b"] = counted, counted.astype("S3")
            return both
        return counted.astype(eval(TYPES[kind])) if kind != "bool" else counted % 3 == 0

    whole = np.zeros((2 * ranks + 1, 100), eval(TYPES[kind]))
    for row in range(2 * ranks):
        whole[row] = values(row)
    whole[-1, : 7 * ranks] = values(0)[: 7 * ranks]
    if subject == "contiguous/f8":
        for row in range(ranks):
            whole[row, ::2] = row
        whole[ranks : 2 * ranks, [1, 5, 7]] = -1
    return whole


@pytest.mark.parametrize("subfiles", [None, 3])
@pytest.mark.parametrize("ranks", [1, 2, 4, 5])
def test_what_ranks_write_and_read(path, ranks, subfiles):
    layouts = ", ".join(f"{name!r}: {options}" for name, options in LAYOUTS.items())
    types = ", ".join(f"{name!r}: {kind}" for name, kind in TYPES.items())
    write = WRITE.format(layouts=f"{{{layouts}}}", types=f"{{{types}}}", subfiles=subfiles)
    finish(write + READ.format(mode="r") + READ.format(mode="r+"), path, ranks)
    pieces = [name for name in os.listdir(path.parent) if re.search(r"subfile_\d+_\d+_of_", name)]
    assert len(pieces) == (subfiles or 1)
    with h5py.File(put_together(path)) as stock:
        for layout, kind in itertools.product(LAYOUTS, TYPES):
            whole = expected(ranks, kind, f"{layout}/{kind}")
            assert stock[layout][kind].dtype == whole.dtype
            np.testing.assert_array_equal(stock[layout][kind][...], whole)
            np.testing.assert_array_equal(np.load(f"{path}-{layout}-{kind}.npy"), whole)


def test_a_file_lives_on(path):
    """Opened again it grows, loses and gets members, and is read by fewer ranks."""
    out = finish(
        """
    with subfiled("x", stripe_size=512, stripe_count=2) as f:
        x = f.create_dataset("log", (0, 8), "i4", maxshape=(None, 8), chunks=(2, 8))
        f.create_many({f"many{i}": {"data": np.arange(i)} for i in range(50)})
        f["old"] = 1
    with subfiled("a") as f:
        del f["old"]
        f.create_group("made/later").attrs["text"] = "hällo"
        x = f["log"]
        for turn in range(5):
            x.resize(len(x) + size, axis=0)
            with x.collective:
                x[len(x) - size + rank] = 10 * turn + rank
    for mode in "x", "w-":
        try:
            subfiled(mode)
        except OSError:
            tell("exists")
    """,
        path,
        3,
    )
    assert out.count("exists") == 6
    finish(
        """
    with subfiled("r") as f:
        assert f["log"][:, 0].tolist() == [10 * turn + r for turn in range(5) for r in range(3)]
        assert all(f[f"many{i}"][()].tolist() == list(range(i)) for i in range(50))
        assert f["made/later"].attrs["text"] == "hällo" and "old" not in f
    """,
        path,
        2,
    )


def test_settings(path):
    out = finish(
        """
    h5p, h5fd, h5f = h5py.h5p, h5py.h5fd, h5py.h5f
    assert h5fd.SUBFILING > 0 and h5fd.IOC > 0 and h5py.get_config().subfiling
    assert "subfiling" in h5py.registered_drivers()
    plain = h5p.create(h5p.FILE_ACCESS)
    for ask in plain.get_fapl_subfiling, plain.get_fapl_ioc:
        try:
            ask()
        except ValueError as error:
            tell(error)
    threads = h5p.create(h5p.FILE_ACCESS)
    threads.set_fapl_ioc(2)
    fapl = h5p.create(h5p.FILE_ACCESS)
    assert fapl.get_mpi_params()[0] == MPI.COMM_NULL
    fapl.set_mpi_params(comm, MPI.INFO_NULL)
    fapl.set_fapl_subfiling(h5fd.SELECT_IOC_EVERY_NTH_RANK, 1024, 3, threads)
    used, info = fapl.get_mpi_params()
    assert MPI.Comm.Compare(used, comm) == MPI.CONGRUENT and info == MPI.INFO_NULL
    used.Free()
    selection, stripe, count, under = fapl.get_fapl_subfiling()
    assert (selection, stripe, count, under.get_fapl_ioc()) == (1, 1024, 3, 2)
    assert fapl.get_driver() == h5fd.SUBFILING and under.get_driver() == h5fd.IOC
    f = h5f.create(path.encode(), fapl=fapl)
    assert f.get_access_plist().get_fapl_subfiling()[:3] == (1, 1024, 3)
    f.close()
    by_driver = h5p.create(h5p.FILE_ACCESS)
    by_driver.set_driver(h5fd.SUBFILING)
    h5f.open(path.encode(), h5f.ACC_RDONLY, by_driver).close()
    for keywords in ({"stripe_size": 0}, {"stripe_count": 0}, {"stripe_count": -2}, {"info": 3},
                     {"thread_pool_size": 0}, {"ioc_selection": "all"}, {"stripes": 1}):
        try:
            subfiled("w", path + "-bad", **keywords)
        except (ValueError, TypeError) as error:
            tell(type(error).__name__, keywords, error)
    assert not os.path.exists(path + "-bad")
    """,
        path,
        2,
    )
    assert out.count("The list's driver is not ") == 4
    assert out.count("ValueError") == 10
    assert out.count("TypeError") == 4


def test_concentrators_by_the_environment(path):
    """HDF5 reads n there, for each file anew."""
    finish(
        """
    for name in path, path + "2":
        with subfiled("w", name, ioc_selection="every_nth_rank", stripe_size=4096) as f:
            f.create_dataset("x", data=np.arange(5000))
    """,
        path,
        4,
        H5FD_SUBFILING_IOC_SELECTION_CRITERIA="1:2",
    )
    for name in path.name, path.name + "2":
        (config,) = path.parent.glob(f"{name}.subfile_*.config")
        assert "subfile_count=2\n" in config.read_text()


def test_several_datasets_in_one_call(path):
    finish(
        """
    with subfiled("w", stripe_size=4096, stripe_count=2) as f:
        sets = [f.create_dataset("a", (size, 9), "i4"),
                f.create_dataset("b", (size, 9), "i4", chunks=(1, 9), compression="gzip")]
        dxpl = h5py.h5p.create(h5py.h5p.DATASET_XFER)
        dxpl.set_dxpl_mpio(h5py.h5fd.MPIO_COLLECTIVE)
        row = h5py.h5s.create_simple((1, 9))
        spaces = [x.id.get_space() for x in sets]
        for space in spaces:
            space.select_hyperslab((rank, 0), (1, 9))
        ids, memory = [x.id for x in sets], [row] * 2
        values = [np.full(9, rank, "i4"), np.full(9, -rank, "i4")]
        h5py.h5d.write_multi(ids, memory, spaces, values, dxpl=dxpl)
        got = [np.empty(9, "i4") for x in sets]
        h5py.h5d.read_multi(ids, memory, spaces, got, dxpl=dxpl)
        assert (got[0] == rank).all() and (got[1] == -rank).all()
    """,
        path,
        2,
    )
    with h5py.File(put_together(path)) as stock:
        assert stock["a"][:, 3].tolist() == [0, 1] and stock["b"][:, 3].tolist() == [0, -1]


def test_how_elements_go_is_told(path):
    out = finish(
        """
    with subfiled("w") as f:
        x = f.create_dataset("x", (size, 9), "i4")
        with x.collective:
            x[rank] = 1
        assert "the elements lie in subfiles" in str(x.explain_write(rank))
    with subfiled("r") as f:
        tell(f["x"].explain(), f["x"].dtype)
    """,
        path,
        2,
    )
    assert out.count("libhdf5") >= 2


def test_mpi_without_threads(path):
    done = run(
        """
    try:
        h5py.File(path, "w", driver="subfiling", comm=comm)
    except ValueError as error:
        print(error)
    assert h5py.h5fd.SUBFILING == -1
    with h5py.File(path, "w", driver="mpio", comm=comm) as f:
        f["x"] = 1
    """,
        path,
        ranks=2,
        MPI4PY_RC_THREAD_LEVEL="serialized",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("MPI_THREAD_MULTIPLE") == 2


def test_what_is_missing_is_said(path):
    """The file itself, a subfile, and what tells of them; and a file that has no subfiles."""
    out = finish(
        """
    folder = os.path.dirname(path)

    def attempt(what, *prepare):
        comm.barrier()
        if rank == 0 and prepare:
            prepare[0](*prepare[1:])
        comm.barrier()
        try:
            subfiled("r", path + "-none" if what == "file" else path)
        except OSError as error:
            tell(f"without {what}: {error}")

    attempt("file")
    with subfiled("w", stripe_count=2, stripe_size=512) as f:
        f["x"] = np.arange(1000)
    [config] = [os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".config")]
    attempt("config", os.rename, config, config + "-away")
    attempt("nothing", os.rename, config + "-away", config)
    [second] = [n for n in os.listdir(folder) if n.endswith("_2_of_2")]
    attempt("subfile", os.remove, os.path.join(folder, second))
    comm.barrier()
    with h5py.File(path, "w", driver="mpio", comm=comm) as f:
        f["x"] = np.arange(1000)
    attempt("driver")
    """,
        path,
        2,
    )
    assert out.count("without file: Unable to") == 2
    assert len(re.findall("without config: .*; its subfiles bear the number", out)) == 2
    assert len(re.findall("without subfile: .*; its subfiles bear the number", out)) == 2
    assert len(re.findall("without driver: .*; the subfiling driver did not write it", out)) == 2
    assert "without nothing" not in out


@pytest.mark.parametrize("end", ["", "os._exit(0) if rank < 0 else sys.exit()"])
@pytest.mark.parametrize("ranks", [1, 2, 4])
def test_an_end_with_files_open(path, ranks, end):
    finish(
        f"""
    f = subfiled("w")
    x = f.create_dataset("x", (size, 10), "i4")
    x[rank] = rank
    {end}
    """,
        path,
        ranks,
    )
    with h5py.File(put_together(path)) as stock:
        assert stock["x"][:, 0].tolist() == list(range(ranks))


def test_ranks_that_do_something_else(path):
    out = finish(
        """
    f = subfiled("w")
    x = f.create_dataset("x", (size, 10), "i4")
    try:
        with x.collective:
            if rank == 1:
                raise KeyError
            x[rank] = rank
    except KeyError:
        pass
    except OSError as error:
        tell("told:", error)
    f.close()
    """,
        path,
        2,
    )
    assert out.count("told: Not all ranks are at this collective write") == 1


def test_a_mistake_under_the_check(path):
    out = finish(
        """
    with subfiled("w") as f:
        try:
            f.create_dataset("x", (3 + rank,), "i4")
        except (ValueError, RuntimeError, OSError) as error:
            tell("told:", error)
    """,
        path,
        2,
        HYPERSLAB_MPI_CHECK=1,
        HYPERSLAB_MPI_CHECK_TIMEOUT=5,
    )
    assert out.count("told:") == 2


def test_a_rank_that_is_killed_ends_all(path):
    done = run(
        BEGIN
        + """
    import signal
    f = subfiled("w")
    x = f.create_dataset("x", (size, 10), "i4")
    if rank == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    with x.collective:
        x[rank] = rank
    f.close()
    """,
        path,
        ranks=2,
    )
    assert done.returncode != 0


def test_the_example_in_cpp(path):
    build = Path(hyperslab.__file__).parents[2]
    done = subprocess.run(
        [RUN, "4", build / "tests" / "example_collective_write", "--subfiling"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "HYPERSLAB_CALLED_FROM": str(path.parent)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("reads what the next one wrote") == 4
    with h5py.File(put_together(path.with_name("collective.h5"))) as stock:
        assert (stock["x"][...] == np.repeat(np.arange(4), 100)[:, None]).all()


FULL = """
    closed = path + "/closed.h5"
    import numpy as np
    with h5py.File(closed, "w", driver="mpio", comm=comm) as f:
        f["x"] = np.arange(1000)
    f = h5py.File(path + "/f.h5", "w", driver="subfiling", comm=comm, stripe_count=2)
    row = np.random.default_rng(comm.rank).random(1 << 18)  # 2 MiB of each rank
    gzip = {"chunks": (1, 1 << 14), "compression": "gzip"}

    def write(collective=True, **options):
        dset = f.create_dataset("x", (comm.size, row.size), "f8", **options)
        if collective:
            with dset.collective:
                dset[comm.rank] = row
        else:
            dset[comm.rank] = row

    def create():
        for i in range(20000):
            f.create_group(f"g{i}")
        f.flush()
"""


@pytest.mark.parametrize(
    "what", ["write()", "write(collective=False)", "write(**gzip)", "create()"]
)
def test_a_full_disk_is_told_to_all_ranks(small_folder, what):
    done = run_full(
        small_folder,
        FULL,
        f"""
        errors = []
        for act in (lambda: {what}, f.close):
            try:
                act()
            except Exception as error:
                errors.append(error)
        comm.barrier()
        sys.stdout.write(f"rank ended: {{errors}}\\n")
        assert any(comm.allgather(bool(errors)))
        """,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No space left on device" in done.stdout
    assert done.stdout.count("rank ended:") == 4, done.stdout
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr
