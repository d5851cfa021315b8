from threading import Lock

import netCDF4

NAME = "netCDF4"
NOTE = "threads take turns, because it crashes where they do not"


def open_dataset(stored, cleanup):
    file = cleanup.enter_context(netCDF4.Dataset(stored.path))
    file.set_auto_maskandscale(False)
    variable = file["d"]
    turn = Lock()

    def get(index):
        with turn:
            return variable[... if isinstance(index, tuple) and index == () else index]

    return get
