"""Arguments that nobody documents and programs pass all the same: flags that are no bools, None
where a number is meant. What h5py takes is taken."""

import numpy as np
import pytest


def filled(f):
    f["d"] = np.arange(10)
    f["text"] = "text"
    f["g/e"] = 1
    return f


ACCEPTED = {
    "require_dataset(exact=None)": lambda h5, f: f.require_dataset("d", (10,), "i8", exact=None),
    "require_dataset(exact=np.True_)": lambda h5, f: f.require_dataset(
        "d", (10,), "i8", exact=np.True_
    ),
    "get(getclass=1)": lambda h5, f: f.get("d", getclass=1).__name__,
    "get(getclass=np.True_, getlink=1)": lambda h5, f: (
        f.get("d", getclass=np.True_, getlink=1).__name__
    ),
    "get(getclass=None, getlink=1)": lambda h5, f: (
        type(f.get("d", getclass=None, getlink=1)).__name__
    ),
    "attrs.get('')": lambda h5, f: f.attrs.get("", 3),
    "a layout without a dtype": lambda h5, f: (
        f.create_virtual_dataset("x", h5.VirtualLayout((2,), None)).dtype
    ),
    "fs_persist=None": lambda h5, f: h5.File(
        "o.h5", "w", fs_strategy="fsm", fs_persist=None
    ).close(),
    "fs_threshold=2.5": lambda h5, f: h5.File(
        "o.h5", "w", fs_strategy="fsm", fs_threshold=2.5
    ).close(),
    "min_meta_keep=None": lambda h5, f: h5.File("o.h5", "w", min_meta_keep=None).close(),
    "alignment_threshold=2.5": lambda h5, f: h5.File(
        "o.h5", "w", alignment_threshold=2.5, alignment_interval=4.0
    ).close(),
}

REFUSED = {
    "chunks=()": (ValueError, lambda h5, f: f.create_dataset("x", (3,), "f4", chunks=())),
    "chunks=''": (ValueError, lambda h5, f: f.create_dataset("x", (3,), "f4", chunks="")),
    "read_direct of a name": (
        TypeError,
        lambda h5, f: f["d"].read_direct(np.zeros(10, "i8"), "name"),
    ),
    "write_direct to a name": (
        TypeError,
        lambda h5, f: f["d"].write_direct(np.zeros(10, "i8"), None, "name"),
    ),
    "a region of a name": (TypeError, lambda h5, f: f["d"].regionref["name"]),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_h5py_accepts(same, name):
    same(lambda h5, f: ACCEPTED[name](h5, filled(f)))


@pytest.mark.parametrize("name", REFUSED)
def test_what_h5py_refuses(same, name):
    error, call = REFUSED[name]
    same.raises(error, lambda h5, f: call(h5, filled(f)))
