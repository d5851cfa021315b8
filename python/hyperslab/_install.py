"""Standing in for h5py in one process: `install_as_h5py`."""

import sys


def install_as_h5py():
    """Make ``import h5py`` give hyperslab in this process, whether or not h5py is installed.

    Each module of hyperslab is also the module of h5py with that name, the same object, and says
    so: ``h5py.File.__module__`` begins with "h5py". Calling it again has no effect. With
    HYPERSLAB_VERBOSE=1 in the environment it reports on stderr what it did.

    Processes that `multiprocessing` starts run on hyperslab too. For a whole program, with other
    processes that it starts, see ``python -m hyperslab.as_h5py``.

    Returns
    -------
    module
        hyperslab, which is now h5py as well.

    Raises
    ------
    RuntimeError
        h5py itself has been imported before; its classes are in use.
    """
    from ._stand_in import install  # here: what it imports would double the time of ours

    return install()


def renew():
    """Let a package that was reloaded while it stands in for h5py say again that it is h5py."""
    package = sys.modules[__package__]
    if sys.modules.get("h5py") is package:
        from ._stand_in import rename_all

        rename_all()
