"""The "h5py" of what `python -m hyperslab.as_h5py` starts: it gives hyperslab."""

import sys

del sys.modules[
    __name__
]  # this placeholder; the import statement takes what stands there at the end

import hyperslab  # noqa: E402

hyperslab.install_as_h5py()
