"""A file system that fills up under ranks that write: an error for each, soon, and nothing lost."""

import pytest
import small_disk

BEGIN = """
    import numpy as np
    with h5py.File(path + "/closed.h5", "w", driver="mpio", comm=comm) as f:
        f["x"] = np.arange(1000)
    f = h5py.File(path + "/f.h5", "w", driver="mpio", comm=comm)
    f["before"] = np.arange(10)
    f.flush()
    row = np.random.default_rng(comm.rank).random(1 << 18)  # 2 MiB of each rank
    gzip = {"chunks": (1, 1 << 14), "compression": "gzip"}
    pieces = {"chunks": (1, 1 << 18)}

    def write(collective=True, engine="automatic", **options):
        h5py.set_engine(engine)
        dset = f.create_dataset("x", (comm.size, row.size), "f8", **options)
        if collective:
            with dset.collective:
                dset[comm.rank] = row
        else:
            dset[comm.rank] = row

    def create(at_once):
        if at_once:
            f.create_many({f"x{i}": {"shape": (1000,), "dtype": "f8"} for i in range(9000)})
        else:
            for i in range(20000):
                f.create_group(f"g{i}")
        f.flush()

    def fill():
        f.create_dataset("x", (comm.size, row.size), "f8", fillvalue=3)
"""

WRITES = {
    "collective": "write()",
    "independent": "write(collective=False)",
    "gzip": "write(**gzip)",
    "by libhdf5": "write(engine='library')",
    "chunks by libhdf5": "write(engine='library', **pieces)",
    "gzip by libhdf5": "write(engine='library', **gzip)",
    "fill values": "fill()",
    "groups": "create(at_once=False)",
    "datasets": "create(at_once=True)",
    "groups until the end": "[f.create_group(f'g{i}') for i in range(20000)]",
}


def run_full(folder, program):
    return small_disk.run_full(folder, BEGIN, program)


@pytest.mark.parametrize("what", WRITES)
def test_a_full_disk_ends_all_ranks(small_folder, what):
    done = run_full(
        small_folder,
        f"""
        {WRITES[what]}
        f.close()
        print("closed", flush=True)
        """,
    )
    assert done.returncode != 0, done.stdout + done.stderr
    assert "closed" not in done.stdout
    assert "Error: " in done.stderr
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr


@pytest.mark.parametrize("what", WRITES)
def test_ranks_that_catch_the_error_all_end(small_folder, what):
    done = run_full(
        small_folder,
        f"""
        errors = []
        for act in (lambda: {WRITES[what]}, f.close):
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
    assert done.stdout.count("rank ended:") == 4, done.stdout
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr


@pytest.mark.parametrize("end", ["", "del f"])
def test_who_does_not_close_is_told(small_folder, end):
    done = run_full(
        small_folder,
        f"""
        [f.create_group(f"g{{i}}") for i in range(20000)]
        {end}
        """,
    )
    assert "No space left on device" in done.stderr, done.stdout + done.stderr
    assert done.stdout.endswith("unharmed\n"), done.stdout + done.stderr
