"""Damaged files: reading them ends in an exception or in values, never in a crash.

Each file is made sound first; then a few of its bytes are changed as the file that was once found
to crash HDF5 had them. cmake/hdf5-1.14/ says what was missing.
"""

import struct

import h5py
import hyperslab
import numpy as np
import pytest
from run_python import run

pytestmark = pytest.mark.skipif(
    hyperslab.version.hdf5_version_tuple >= (2,),
    reason="HDF5 2.x is the machine's or upstream's, without our patch, and crashes",
)

UNDEFINED = b"\xff" * 8

# What a child does with a file: it opens it and reads all that it finds.
READ_ALL = """
    import sys, hyperslab
    def look(name, item):
        try:
            dict(item.attrs)
            if isinstance(item, hyperslab.Dataset):
                item[...]
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            print(name, type(error).__name__, error)
    try:
        with hyperslab.File(sys.argv[1]) as f:
            look("/", f)
            f.visititems(look)
            print("read")
    except (OSError, RuntimeError, KeyError) as error:
        print(type(error).__name__, error)
"""


def continuation_lies_nowhere(f):
    for i in range(20):
        f.attrs[f"a{i}"] = np.arange(20.0)

    def damage(data):
        at = data.index(b"\x10\x00\x10\x00")  # the message that says where the header goes on
        data[at + 8 : at + 16] = UNDEFINED

    return damage


def node_is_its_own_child(f):
    for i in range(600):
        f.create_group(f"g{i}")

    def damage(data):
        at = data.index(b"TREE\x00\x01")  # a group's node of level 1
        data[at + 32 : at + 40] = struct.pack("<Q", at)

    return damage


def more_mappings_than_bytes(f):
    layout = hyperslab.VirtualLayout((4,), "i4")
    layout[:] = hyperslab.VirtualSource("other.h5", "x", (4,))
    f.create_virtual_dataset("v", layout)

    def damage(data):
        at = data.index(b"other.h5\x00")  # after a version of 1 byte and a number of 8
        # Times the size of an entry in memory this is little again.
        data[at - 8 : at] = struct.pack("<Q", 2**61)

    return damage


def unknown_kind_of_vlen(f):
    f.attrs.create("a", [np.arange(3), np.arange(2)], dtype=hyperslab.vlen_dtype("i4"))

    def damage(data):
        at = data.index(b"\x19\x00\x00\x00\x10\x00\x00\x00")  # version 1, class 9, 16 bytes
        data[at + 1] = 2

    return damage


def heap_lies_nowhere(f):
    f.create_group("g/h")

    def damage(data):
        at = data.rindex(b"HEAP\x00")
        data[at + 24 : at + 32] = UNDEFINED

    return damage


@pytest.mark.parametrize(
    "case",
    [
        continuation_lies_nowhere,
        node_is_its_own_child,
        more_mappings_than_bytes,
        unknown_kind_of_vlen,
        heap_lies_nowhere,
    ],
)
def test_a_damaged_file_is_no_crash(tmp_path, case):
    path = tmp_path / "file.h5"
    with hyperslab.File(path, "w", libver="earliest") as f:
        damage = case(f)
    with h5py.File(path) as f:  # sound so far
        f.visit(lambda name: None)
    data = bytearray(path.read_bytes())
    damage(data)
    path.write_bytes(data)
    assert "Error" in run(READ_ALL, path)
