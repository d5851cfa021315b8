"""Parallel files. The checkers look at the function, and nobody calls it: that needs MPI."""

import hyperslab as h5py
import numpy as np
from hyperslab import h5fd, h5p


def write(comm: object, rank: int) -> bool:
    with h5py.File("parallel.h5", "w", driver="mpio", comm=comm) as file:
        dset = file.create_dataset("x", (10, 3), "f4", alloc_time="early")
        with dset.collective:
            dset[rank] = np.ones(3)
        file.atomic = True
        file.id.set_mpi_atomicity(False)
        atomic = file.atomic
    fapl = h5p.create(h5p.FILE_ACCESS)
    fapl.set_fapl_mpio(comm, None)
    fapl.set_all_coll_metadata_ops(True)
    fapl.set_mpi_params(comm, None)
    fapl.set_fapl_subfiling(h5fd.SELECT_IOC_ONE_PER_NODE, stripe_count=4)
    assert fapl.get_driver() == h5fd.SUBFILING
    transfer = h5p.create(h5p.DATASET_XFER)
    transfer.set_dxpl_mpio(h5fd.MPIO_COLLECTIVE)
    return atomic
