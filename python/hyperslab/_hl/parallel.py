"""Parallel files: what the driver mpio needs, and the end of a program that one rank gives up."""

import sys

from .. import h5, h5fd

MPI = h5.get_config().mpi

_BUILT_WITHOUT = (
    "h5py was built without MPI support, can't use mpio driver. (hyperslab's parallel build: "
    "pip install -C mpi=on, or HYPERSLAB_MPI=ON in CMake; docs/parallel.md)"
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
    plist.set_coll_metadata_write(True)
    if kwargs["comm"].size > 1:
        _end_together()


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
