"""Parallel files: what their drivers need, and the end of a program that one rank gives up."""

import sys
import time

from .. import h5, h5fd, h5p

MPI = h5.get_config().mpi
SUBFILING = h5.get_config().subfiling

_BUILT_WITHOUT = (
    "h5py was built without MPI support, can't use mpio driver. (hyperslab's parallel build: "
    "pip install -C mpi=on, or HYPERSLAB_MPI=ON in CMake; docs/parallel.md)"
)

NO_SUBFILING = (
    "The driver 'subfiling' is not there: it needs a parallel HDF5 with subfiling, which that of "
    "hyperslab's parallel build is (pip install -C mpi=on, or HYPERSLAB_MPI=ON in CMake; "
    "docs/parallel.md)"
)


def set_fapl_mpio(plist, **kwargs):
    """Set the mpio driver: a file that the processes of `comm`, an mpi4py.MPI.Comm, share.

    Metadata are written collectively. ValueError in a build without MPI. Source: H5Pset_fapl_mpio.
    """
    if not MPI:
        raise ValueError(_BUILT_WITHOUT)
    import mpi4py.MPI

    kwargs.setdefault("info", mpi4py.MPI.Info())
    plist.set_fapl_mpio(**kwargs)
    _write_together(plist, kwargs["comm"])


_CONCENTRATORS = {
    "one_per_node": h5fd.SELECT_IOC_ONE_PER_NODE,
    "every_nth_rank": h5fd.SELECT_IOC_EVERY_NTH_RANK,
    "total": h5fd.SELECT_IOC_TOTAL,
}


def set_fapl_subfiling(
    plist,
    comm,
    info=None,
    ioc_selection="one_per_node",
    stripe_size=32 * 1024 * 1024,
    stripe_count=None,
    thread_pool_size=4,
):
    """Set the subfiling driver: processes share a file whose bytes lie in several subfiles.

    Parameters
    ----------
    comm : mpi4py.MPI.Comm
    info : mpi4py.MPI.Info, optional
    ioc_selection : {'one_per_node', 'every_nth_rank', 'total'}
        The processes whose threads write to subfiles, for all. HDF5 takes n and the total from
        the environment variable H5FD_SUBFILING_IOC_SELECTION_CRITERIA.
    stripe_size : int
        Bytes that lie together in a subfile.
    stripe_count : int, optional
        Subfiles; by default one for each process that writes to them. For a file that is created:
        an existing one has as many as it has.
    thread_pool_size : int
        Threads of each process that writes to subfiles.

    Raises
    ------
    ValueError
        MPI does not run with MPI_THREAD_MULTIPLE, or an argument is wrong.

    Notes
    -----
    Source: H5Pset_fapl_subfiling, H5Pset_fapl_ioc.
    """
    import mpi4py.MPI

    if ioc_selection not in _CONCENTRATORS:
        raise ValueError(f"ioc_selection is one of {', '.join(_CONCENTRATORS)}")
    plist.set_mpi_params(comm, mpi4py.MPI.Info() if info is None else info)
    concentrators = h5p.create(h5p.FILE_ACCESS)
    concentrators.set_fapl_ioc(thread_pool_size)
    plist.set_fapl_subfiling(
        _CONCENTRATORS[ioc_selection],
        stripe_size,
        -1 if stripe_count is None else stripe_count,
        concentrators,
    )
    _write_together(plist, comm)


def _write_together(plist, comm):
    plist.set_coll_metadata_write(True)
    if comm.size > 1:
        _end_together()


# MPICH's mpiexec may end with a rank before it has passed on what that rank has just printed.
_SECONDS_TO_PASS_ON = 0.2


def _end_together():
    """End all ranks when one ends with an exception: the others would wait for it without end."""
    if getattr(sys.excepthook, "ends_all_ranks", False):
        return
    before = sys.excepthook

    def excepthook(kind, value, trace):
        import mpi4py.MPI

        try:
            before(kind, value, trace)
        except BaseException:  # noqa: BLE001 - the program ends here whatever it is
            import traceback

            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        time.sleep(_SECONDS_TO_PASS_ON)
        if mpi4py.MPI.Is_initialized() and not mpi4py.MPI.Is_finalized():
            mpi4py.MPI.COMM_WORLD.Abort(1)

    excepthook.ends_all_ranks = True
    sys.excepthook = excepthook


if MPI:

    class CollectiveContext:
        """What `Dataset.collective` gives: inside, transfers are collective. It can be nested."""

        def __init__(self, dset):
            self._dset = dset
            self._modes = []  # before each block that was entered

        def __enter__(self):
            self._modes.append(self._dset._dxpl.get_dxpl_mpio())
            self._dset._dxpl.set_dxpl_mpio(h5fd.MPIO_COLLECTIVE)

        def __exit__(self, *args):
            self._dset._dxpl.set_dxpl_mpio(self._modes.pop())
