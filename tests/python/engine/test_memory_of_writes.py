"""Writing takes a fixed amount of memory, however much is written."""

import pytest
from run_python import run as run_python

WAYS = {
    "converted": "file.create_dataset('x', data.shape, 'f4')[()] = data",
    "gzip": "file.create_dataset('x', data=data, chunks=(1, 1 << 17), compression='gzip')",
    "gzip, converted": (
        "file.create_dataset('x', data=data, dtype='f4', chunks=(1, 1 << 17), compression='gzip')"
    ),
    "chunks in part": """
        dataset = file.create_dataset(
            'x', data.shape, 'f8', chunks=(8, 1 << 14), compression='gzip'
        )
        for i in range(0, len(data), 4):
            dataset[i : i + 4] = data[i : i + 4]
    """,
}


@pytest.mark.parametrize("way", WAYS)
def test_of_half_a_gigabyte(tmp_path, way):
    """The data are zeros that were never touched, which take no memory themselves."""
    grown = run_python(
        f"""
        import resource, sys, textwrap
        import hyperslab, numpy as np
        data = np.zeros((64, 1 << 20))
        way = textwrap.dedent({WAYS[way]!r})
        with hyperslab.File(sys.argv[1], "w") as file:
            file.create_dataset("before", data=np.arange(1e5), chunks=True, compression="gzip")
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            exec(way)
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        """,
        tmp_path / "a.h5",
    )
    assert int(grown) < 200 << 10  # KiB
