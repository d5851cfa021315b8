"""Warning categories, under the names that h5py gave them."""


class H5pyWarning(UserWarning):
    """The base of the warnings of the package."""


class H5pyDeprecationWarning(H5pyWarning):
    """The warning about something that will change or go."""
