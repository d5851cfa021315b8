"""Warning categories, under the names that h5py gave them."""


class H5pyWarning(UserWarning):
    """Base of the package's warnings."""


class H5pyDeprecationWarning(H5pyWarning):
    """Something that will change or go."""
