"""Selections in scalar dataspaces, by h5py's names, for clients that use them."""

import numpy as np

from .. import h5s


def read_dtypes(dataset_dtype, names):
    """The dtype of what is read, and the dtype to read with, when these fields are asked for.

    Raises ValueError for fields that are not there.
    """
    if not names:
        return dataset_dtype, dataset_dtype
    if dataset_dtype.names is None:
        raise ValueError("Field names only allowed for compound types")
    if not set(names) <= set(dataset_dtype.names):
        raise ValueError("Field does not appear in this type.")
    read_dtype = np.dtype([(name, dataset_dtype.fields[name][0]) for name in names])
    return (read_dtype[names[0]] if len(names) == 1 else read_dtype), read_dtype


def _scalar_shape(args):
    if args == ():
        return None
    if args == (Ellipsis,):
        return ()
    raise ValueError("Illegal slicing argument for scalar dataspace")


def read_selections_scalar(dsid, args):
    """The shape of the result (None: a scalar, not an array) and the selected dataspace.

    Raises RuntimeError when the dataset is no scalar, ValueError for other arguments.
    """
    if dsid.shape != ():
        raise RuntimeError("Illegal selection function for non-scalar dataset")
    shape = _scalar_shape(args)
    space = dsid.get_space()
    space.select_all()
    return shape, space


class ScalarReadSelection:
    """What ``()`` or ``...`` select in a scalar dataset: iterates over (file, memory) spaces."""

    def __init__(self, fspace, args):
        self.mshape = _scalar_shape(args)
        self.mspace = h5s.create(h5s.SCALAR)
        self.fspace = fspace

    def __iter__(self):
        self.mspace.select_all()
        yield self.fspace, self.mspace


def select_read(fspace, args):
    """The `ScalarReadSelection` of a scalar dataspace.

    Raises NotImplementedError for another dataspace.
    """
    if fspace.shape == ():
        return ScalarReadSelection(fspace, args)
    raise NotImplementedError("Only scalar dataspaces")
