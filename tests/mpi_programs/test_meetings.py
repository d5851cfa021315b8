"""No rank waits without end for one that does something else, without any check mode.

A rank that misses a transfer, closes the file or ends early lets the others get an error in place
of theirs, and all that was written before is in the file.
"""

import h5py
import numpy as np
import pytest
from programs import run

RANKS = [2, 4]
LAYOUTS = {
    "plain": {},
    "chunked": {"chunks": (1, 50)},
    "gzip": {"chunks": (1, 50), "compression": "gzip"},
    "shared chunks": {"chunks": (2, 30), "compression": "gzip"},
}
BEGIN = """
    import numpy as np
    f = h5py.File(path, "w", driver="mpio", comm=comm)
    options = {options}
    x = f.create_dataset("x", (comm.size, 100), "f8", **options)
    y = f.create_dataset("y", (comm.size, 100), "f8", **options)
    odd = comm.rank == comm.size - 1
    rank = comm.rank

    def tell(*words):  # in one piece: the ranks' lines would mix
        os.write(1, " ".join([*map(str, words), "\\n"]).encode())

    def write(dset, value=0, fails=False):
        with dset.collective:
            if fails:
                raise KeyError("before")
            dset[rank] = 1 + rank + value

    def attempt(action, *args, **keywords):
        try:
            action(*args, **keywords)
        except KeyError:
            tell("caught")
        except OSError as error:
            tell("told:", error)

    write(x)
"""
END = """
    f.close()
    tell("ended")
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "f.h5"


def finish(program, path, ranks, layout="plain", end=END, **keywords):
    text = BEGIN.replace("{options}", repr(LAYOUTS[layout]))
    done = run(text + program + end, path, ranks=ranks, timeout=40, **keywords)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def rows(ranks, value=0):
    return np.repeat(1.0 + np.arange(ranks) + value, 100).reshape(ranks, 100)


def written(path, name, ranks, value=0):
    with h5py.File(path) as f:
        return bool((f[name][...] == rows(ranks, value)).all())


@pytest.mark.parametrize("ranks", RANKS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_exception_before_the_transfer_and_closing(path, ranks, layout):
    done = finish("    attempt(write, y, fails=odd)\n", path, ranks, layout)
    assert done.stdout.count("caught") == 1
    assert done.stdout.count("told: Not all ranks are at this collective write") == ranks - 1
    assert done.stdout.count(f"dataset '/y' in file '{path}': rank {ranks - 1} is closing the ") > 0
    assert done.stdout.count("ended") == ranks
    assert written(path, "x", ranks)


@pytest.mark.parametrize("ranks", RANKS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_exception_before_the_transfer_and_one_to_another_dataset(path, ranks, layout):
    program = """
    attempt(write, y, fails=odd)
    attempt(write, x, 5)
    attempt(write, x, 6)
    """
    done = finish(program, path, ranks, layout)
    assert done.stdout.count("another one is at another dataset") == ranks
    assert done.stdout.count("is closing the file") == ranks - 1
    assert done.stdout.count("ended") == ranks
    assert written(path, "x", ranks, 5) or written(path, "x", ranks, 6) or mixed(path, ranks)


def mixed(path, ranks):
    """The last rank is a transfer ahead of the others."""
    expected = rows(ranks, 5)
    expected[-1] += 1
    with h5py.File(path) as f:
        return bool((f["x"][...] == expected).all())


@pytest.mark.parametrize("ranks", RANKS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_exception_before_the_transfer_and_one_to_the_same_dataset(path, ranks, layout):
    program = """
    attempt(write, y, fails=odd)
    attempt(write, y)
    """
    done = finish(program, path, ranks, layout)
    assert done.stdout.count("is closing the file") == ranks - 1
    assert done.stdout.count("ended") == ranks
    assert written(path, "y", ranks)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_exception_after_the_transfer_is_nobody_elses(path, layout):
    program = """
    try:
        with y.collective:
            y[rank] = 1 + rank
            if odd:
                raise KeyError("after")
    except KeyError:
        tell("caught")
    write(x, 7)
    """
    done = finish(program, path, 4, layout)
    assert done.stdout.count("caught") == 1
    assert "told" not in done.stdout
    assert written(path, "y", 4)
    assert written(path, "x", 4, 7)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_wrong_value_is_nobody_elses(path, layout):
    program = """
    try:
        with y.collective:
            y[rank] = np.zeros(7) if odd else 1 + rank
    except (TypeError, ValueError):
        tell("caught")
    write(x, 7)
    """
    done = finish(program, path, 4, layout)
    assert done.stdout.count("caught") == 1
    assert "told" not in done.stdout
    assert written(path, "x", 4, 7)


ENDS = {
    "exit": "sys.exit()",
    "closing": "f.close(); sys.exit()",
    "dropping": "del f, x, y; sys.exit()",
    "objects that stay": "del f; kept = [x]; kept.append(kept); del x, y; sys.exit()",
    "a cycle": "kept = [f, x]; kept.append(kept); del f, x, y, kept; sys.exit()",
}


@pytest.mark.parametrize("ranks", RANKS)
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("layout", ["plain", "gzip"])
def test_a_rank_that_leaves_early(path, ranks, end, layout):
    program = f"""
    if odd:
        {ENDS[end]}
    for step in range(3):
        attempt(write, y, step)
    """
    done = finish(program, path, ranks, layout)
    assert done.stdout.count("is closing the file") == 3 * (ranks - 1)
    assert done.stdout.count("ended") == ranks - 1
    assert written(path, "x", ranks)


@pytest.mark.parametrize("ranks", RANKS)
@pytest.mark.parametrize("end", ["", "del f\n", "del x, y, f\n", "del f, x, y\n"])
def test_a_rank_that_returns_from_main_early(path, ranks, end):
    program = f"""
    def main():
        if odd:
            return
        attempt(write, y)
        attempt(f.flush)
    main()
    {end}
    """
    done = finish(program, path, ranks, end="")
    assert done.stdout.count("told:") == 2 * (ranks - 1)
    assert written(path, "x", ranks)


def test_who_does_not_catch_the_error_ends_all(path):
    text = BEGIN.replace("{options}", "{}") + "    if odd: sys.exit()\n    write(y)\n"
    done = run(text + END, path, ranks=4, timeout=40)
    assert done.returncode != 0
    assert "OSError: Not all ranks are at this collective write to dataset '/y'" in done.stderr


@pytest.mark.parametrize("layout", LAYOUTS)
def test_different_datasets_on_different_ranks(path, layout):
    program = """
    attempt(write, y if odd else x, 3)
    write(x, 9)
    """
    done = finish(program, path, 4, layout)
    assert done.stdout.count("told:") == 4
    assert done.stdout.count("another one is at another dataset") == 4
    assert written(path, "x", 4, 9)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blocks_of_one_rank_are_not_those_of_another(path, layout):
    program = """
    if odd:
        with y.collective:
            y[rank] = 1
            y[rank, 10:] = 1 + rank
            y[rank, :10] = 1 + rank
    else:
        for part in np.s_[:], np.s_[10:], np.s_[:10]:
            with y.collective:
                y[rank, part] = 1 + rank
    """
    done = finish(program, path, 4, layout)
    assert "told" not in done.stdout
    assert written(path, "y", 4)


CALLS = {
    "write": ("write(y)", "this collective write to dataset '/y'"),
    "flush": ("f.flush()", "flushing file"),
    "resize": ("r.resize((7,))", "resizing dataset '/r'"),
    "atomic": ("setattr(f, 'atomic', True)", "setting the atomic mode of file"),
    "read": ("read(x)", "this collective read of dataset '/x'"),
    "open": ("h5py.File(path + '2', 'w', driver='mpio', comm=comm)", "opening this file"),
    "several": ("several()", "this collective write to datasets of file"),
}
SAMPLE = """
    r = f.create_dataset("r", (5,), "f4", maxshape=(None,), chunks=(2,))

    def read(dset):
        with dset.collective:
            return dset[rank]

    def several():
        from hyperslab import h5d, h5p, h5s
        dxpl = h5p.create(h5p.DATASET_XFER)
        dxpl.set_dxpl_mpio(1)
        own = x.id.get_space()
        own.select_hyperslab((rank, 0), (1, 100))
        memory = h5s.create_simple((100,))
        values = [np.full(100, 1.0 + rank)] * 2
        h5d.write_multi([x.id, y.id], [memory] * 2, [own] * 2, values, dxpl=dxpl)
"""


@pytest.mark.parametrize("call", CALLS)
def test_calls_that_do_not_belong_together(path, call):
    """The last rank closes the file, or does any of the others before."""
    mine, words = CALLS[call]
    pairs = {"write another": ("write(x, 3)", "this collective write to dataset '/x'"), **CALLS}
    del pairs[call]
    program = SAMPLE + "".join(
        f"    attempt(lambda: {theirs} if odd else {mine})\n    comm.barrier()\n"
        for theirs, _ in pairs.values()
    )
    done = finish(program + f"    attempt(lambda: odd or {mine})\n", path, 2)
    assert done.stdout.count(f"told: Not all ranks are at {words}") == len(pairs) + 1
    for _, theirs in pairs.values():
        assert done.stdout.count(f"told: Not all ranks are at {theirs}") == 1
    assert done.stdout.count("ended") == 2
    with h5py.File(path) as f:
        assert (f["x"][...] == rows(2)).all()
        assert f["r"].shape == (5,)


def test_calls_that_belong_together(path):
    program = SAMPLE + "".join(f"    {call}\n" for call, _ in CALLS.values())
    done = finish(program, path, 4)
    assert "told" not in done.stdout
    assert written(path, "x", 4)
    assert written(path, "y", 4)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_collective_reads(path, layout):
    program = """
    def read(fails=False):
        with x.collective:
            if fails:
                raise KeyError("before")
            tell("read", bool((x[rank] == 1 + rank).all()))
    read()
    attempt(read, odd)
    """
    done = finish(program, path, 4, layout)
    assert done.stdout.count("read True") == 4
    assert done.stdout.count("this collective read of dataset '/x'") == 3
    assert done.stdout.count("ended") == 4
    assert written(path, "x", 4)


FILES = """
    g = h5py.File(path + "2", "w", driver="mpio", comm=comm)
    own = h5py.File(path + f"own{rank}", "w", driver="mpio", comm=MPI.COMM_SELF)
    z = g.create_dataset("z", (comm.size, 100), "f8")
    with z.collective:
        z[rank] = 1 + rank
    own["x"] = rank
"""


@pytest.mark.parametrize("first", ["f", "g", "f if odd else g", "g if odd else f"])
def test_several_files_in_another_order(path, first):
    """Who closes another file than the rest is told so; the end of the program closes both."""
    program = (
        FILES
        + f"""
    first = {first}
    attempt(first.close)
    attempt((g if first is f else f).close)
    tell("ended")
    """
    )
    done = finish(program, path, 4, end="")
    assert done.stdout.count("ended") == 4
    assert ("told: Not all ranks are at closing file" in done.stdout) == ("odd" in first)
    assert written(path, "x", 4)
    assert written(str(path) + "2", "z", 4)
    with h5py.File(str(path) + "own3") as f:
        assert f["x"][()] == 3


@pytest.mark.parametrize(
    "end",
    ["sys.exit()", "f.close(); sys.exit()", "g.close(); sys.exit()", "del g, z", "del f, x, y"],
)
def test_several_files_at_the_end(path, end):
    program = (
        FILES
        + f"""
    if odd:
        {end}
    else:
        attempt(write, y)
        attempt(write, z)
    """
    )
    done = finish(program, path, 4, end="")
    assert done.stdout.count("told:") == 6
    assert written(path, "x", 4)
    assert written(str(path) + "2", "z", 4)


@pytest.mark.parametrize("last", ["del f, x, y; g.close()", "g.close()"])
def test_files_that_are_let_go_wait_for_those_that_are_closed(path, last):
    program = (
        FILES
        + f"""
    if odd:
        {last}
    else:
        del g, z
        f.close()
    """
    )
    finish(program, path, 4, end="")
    assert written(path, "x", 4)
    assert written(str(path) + "2", "z", 4)


def test_files_of_some_ranks(path):
    program = """
    half = comm.Split(rank % 2)
    g = h5py.File(path + str(rank % 2), "w", driver="mpio", comm=half)
    z = g.create_dataset("z", (2, 100), "f8")
    with z.collective:
        z[half.rank] = 1 + half.rank
    if rank == 2:
        attempt(g.flush)
    g.close()
    attempt(write, y, fails=odd)
    """
    done = finish(program, path, 4)
    assert done.stdout.count("told: Not all ranks are at flushing file") == 1
    assert done.stdout.count("told:") == 4
    assert written(path, "x", 4)
    for name in "01":
        assert written(str(path) + name, "z", 2)
