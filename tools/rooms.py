"""The rooms of the code, and what each may use: the table that check_layers.py checks.

ARCHITECTURE.md says what the rooms are for. A room lies in a folder of its name; what lies beside
the rooms of a folder stands above them and may use all of them.
"""

from typing import NamedTuple


class Room(NamedTuple):
    """What it may include beside itself, and the rooms inside it."""

    may: list[str]
    inside: dict[str, "Room"] = {}  # noqa: RUF012 - nobody changes it


BELOW_HDF5 = ["core", "selection", "datatype", "filter", "storage"]

# The folders of src/.
ROOMS = {
    "core": Room([]),
    "selection": Room(["core"]),
    "datatype": Room(["core"]),
    "filter": Room(
        ["core"],
        {"format": Room([]), "decode": Room(["format"]), "encode": Room(["format"])},
    ),
    "storage": Room(["core"]),
    "hdf5": Room(
        BELOW_HDF5,
        {
            "changes": Room([]),
            "call": Room(["changes"]),
            "types": Room(["changes", "call"]),
            "superblock": Room(["call"]),
            "drivers": Room(["changes", "call"]),
            "property_lists": Room(["changes", "call", "drivers"]),
            "api": Room(["changes", "call", "types", "superblock", "drivers", "property_lists"]),
            "startup": Room(
                ["changes", "call", "types", "superblock", "drivers", "property_lists", "api"]
            ),
        },
    ),
    "parallel": Room([*BELOW_HDF5, "hdf5"]),
    "engine": Room(
        [*BELOW_HDF5, "hdf5", "parallel"],
        {
            "facts": Room([]),
            "heap": Room(["facts"]),
            "store": Room(["facts", "heap"]),
            "plan": Room(["facts", "heap", "store"]),
            "read": Room(["facts", "heap", "store", "plan"]),
            "library": Room(["facts", "heap", "store", "plan"]),
            "write": Room(["facts", "heap", "store", "plan", "library"]),
            "parallel": Room(["facts", "heap", "store", "plan", "write", "library"]),
            "explain": Room(["facts", "heap", "store", "plan", "read", "write", "parallel"]),
        },
    ),
    "arrow": Room([*BELOW_HDF5, "hdf5", "engine"]),
    "object": Room(
        [*BELOW_HDF5, "hdf5", "parallel", "engine"],
        {
            "elements": Room([]),
            "handles": Room(["elements"]),
            "attributes": Room(["elements", "handles"]),
            "datasets": Room(["elements", "handles", "attributes"]),
            "groups": Room(["elements", "handles", "datasets"]),
            "files": Room(["elements", "handles", "datasets", "groups"]),
            "repack": Room(["elements", "handles", "datasets", "files"]),
            "summary": Room(["elements"]),
        },
    ),
}

# python/binding, above all of those.
BINDING = Room(
    [],
    {
        "support": Room([]),
        "dtypes": Room(["support"]),
        "ids": Room(["support", "dtypes"]),
        "elements": Room(["support", "dtypes", "ids"]),
        "property_lists": Room(["support", "dtypes", "ids", "elements"]),
        "low_level": Room(["support", "dtypes", "ids", "elements", "property_lists"]),
        "high_level": Room(["support", "dtypes", "ids", "elements"]),
        "arrow": Room(["support", "dtypes", "ids", "elements"]),
    },
)

# The programs, above the public headers alone; what they share is beside them.
APPS = Room(
    [],
    {
        "shared": Room([], {"sql": Room([])}),
        "hyperslab": Room(["shared"]),
        "h5boss": Room(
            ["shared"],
            {
                "fits": Room([]),
                "formats": Room(["fits"]),
                "raw": Room(["fits", "formats"]),
                "sources": Room(["fits", "formats"]),
                "index": Room(["fits", "formats", "raw", "sources"]),
                "synthetic": Room(["fits", "formats"]),
                "plot": Room(["formats"]),
                "commands": Room(
                    ["fits", "formats", "raw", "sources", "index", "synthetic", "plot"]
                ),
            },
        ),
    },
)

# A public header belongs to a room too, so that a lower room cannot reach up through it.
PUBLIC_HEADERS = {
    "error.hpp": "core",
    "shape.hpp": "core",
    "index.hpp": "selection",
    "selection.hpp": "selection",
    "datatype.hpp": "datatype",
    "filter.hpp": "filter/format",
    "read_explanation.hpp": "engine",
    "write_explanation.hpp": "engine",
}  # the others: object

# Folders outside src/ that may use nothing but the public headers: they keep the API honest.
PUBLIC_ONLY = ["apps", "examples"]
