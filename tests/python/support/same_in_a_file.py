"""One piece of code run with hyperslab and with stock h5py, each in a new file of its own.

A scenario is a generator of plain values: it gets a package and an open low-level file. `attempt`
makes a plain value of any call: identifiers become their class names, exceptions their types.
"""

import h5py
import hyperslab
from same_as_h5py import plain


def attempt(function, *args, **kwds):
    try:
        return plain(function(*args, **kwds))
    except Exception as error:
        return f"!{type(error).__name__}"


def run(package, scenario, folder):
    name = str(folder / f"{package.__name__}.h5").encode()
    fapl = package.h5p.create(package.h5p.FILE_ACCESS)
    fapl.set_libver_bounds(package.h5f.LIBVER_V18, package.h5f.LIBVER_V110)
    file = package.h5f.create(name, package.h5f.ACC_TRUNC, fapl=fapl)
    try:
        return list(scenario(package, file))
    finally:
        file.close()


def assert_same_in_a_file(scenario, folder):
    ours = run(hyperslab, scenario, folder)
    stock = run(h5py, scenario, folder)
    assert len(ours) == len(stock)
    for position, (a, b) in enumerate(zip(ours, stock, strict=True)):
        assert a == b, f"result {position}: hyperslab {a!r}, h5py {b!r}"
