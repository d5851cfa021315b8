"""What is wrong with types: each line that says so must be found by the type checkers."""

import hyperslab as h5py
import numpy as np

h5py.File("x.h5", mode=3)  # wrong
f = h5py.File("x.h5", userblock_size="large")  # wrong
f.nothing  # wrong
f.create_group(3)  # wrong
f["x"] = object()  # wrong
identifier: str = f.id  # wrong
h5py.h5d.create(f.id, "text", 1, 2)  # wrong
f.visit(3)  # wrong
f.visititems(lambda name: None)  # wrong
f.get("x", getlink=True) + h5py.nothing  # wrong
f.get("x").shape  # wrong
d = f.create_dataset("d", data=np.arange(3))
d.resize("20")  # wrong
d.astype()  # wrong
d.read_direct([1, 2])  # wrong
d[...].nothing  # wrong
d.asstr()[...].nothing  # wrong
d.fields(3)  # wrong
d.dims[0].label = 3  # wrong
d.attrs["a"] = object()  # wrong
h5py.SoftLink(3)  # wrong
h5py.threads("two")  # wrong
h5py.string_dtype().nothing  # wrong
