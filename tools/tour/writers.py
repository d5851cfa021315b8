"""What other programs write and read back: writers.py PROGRAM write|check FILE [ROWS]

Run in a process of its own for each of netCDF4, PyTables and stock h5py, so that nothing of
hyperslab is there. `check` prints what the program sees and exits 1 unless its growing array is
`block(0, ROWS)` by now.
"""

import sys

import numpy as np

ROWS = 4
COLUMNS = 6


def block(first, count):
    """Rows of the growing array: what each program writes, and what hyperslab appends."""
    rows = np.arange(first, first + count, dtype="f4")[:, None]
    return rows * 100 + np.arange(COLUMNS, dtype="f4")


def write_netcdf4(path):
    import netCDF4

    with netCDF4.Dataset(path, "w") as file:
        file.createDimension("time", None)
        file.createDimension("station", COLUMNS)
        names = file.createVariable("name", str, ("station",))
        names[:] = np.array([f"station {i}" for i in range(COLUMNS)], dtype=object)
        time = file.createVariable("time", "f8", ("time",))
        time.units = "days since 2026-01-01"
        temperature = file.createVariable(
            "temperature", "f4", ("time", "station"), zlib=True, shuffle=True, chunksizes=(2, 6)
        )
        temperature.units = "K"
        time[:] = np.arange(ROWS)
        temperature[:] = block(0, ROWS)


def read_netcdf4(path):
    import netCDF4

    with netCDF4.Dataset(path) as file:
        variable = file["temperature"]
        print(
            f"{variable.name} is {variable.shape} {variable.units}, added_by: {variable.added_by}"
        )
        return np.asarray(variable[:])


def write_tables(path):
    import tables

    particles = np.zeros(10, [("label", "S8"), ("energy", "f8"), ("position", "f4", (3,))])
    particles["label"] = [f"p{i}" for i in range(10)]
    particles["energy"] = np.arange(10) / 2
    with tables.open_file(path, "w") as file:
        filters = tables.Filters(complevel=4, complib="zlib", shuffle=True)
        array = file.create_earray("/", "signal", obj=block(0, ROWS), filters=filters)
        array.attrs.sensor = "north"
        file.create_table("/", "particles", obj=particles, filters=filters)


def read_tables(path):
    import tables

    with tables.open_file(path) as file:
        array = file.root.signal
        shape = tuple(map(int, array.shape))
        print(f"{array._v_pathname} is {shape}, added_by: {array.attrs.added_by}")
        return array[:]


def write_h5py(path):
    import h5py

    with h5py.File(path, "w") as file:
        data = file.create_dataset(
            "runs/signal",
            data=block(0, ROWS),
            maxshape=(None, COLUMNS),
            chunks=(2, 6),
            compression="lzf",
            fletcher32=True,
        )
        data.attrs["sensor"] = "south"
        file["names"] = ["alpha", "beta", "gamma"]
        file["runs"].attrs["target"] = data.ref


def read_h5py(path):
    import h5py

    with h5py.File(path) as file:
        data = file["runs/signal"]
        print(f"{data.name} is {data.shape}, added_by: {data.attrs['added_by']}")
        return data[:]


def main(program, what, path, rows=0):
    if what == "write":
        globals()[f"write_{program}"](path)
        return 0
    found = globals()[f"read_{program}"](path)
    return 0 if np.array_equal(found, block(0, int(rows))) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
