"""Members that only a parallel build has. They are in the stubs of every build.

Run on a parallel build, make_stubs.py keeps their lines in parallel_members.json, which serial
builds take them from.
"""

import json
import re
from pathlib import Path

import hyperslab

TABLE = Path(__file__).with_name("parallel_members.json")
NAMES = re.compile(r"mpi|coll_metadata|subfiling|fapl_ioc|^collective$|^atomic$")
IS_PARALLEL = hyperslab.h5.get_config().mpi
found = {}


def with_members(cls, members):
    """The lines of a class by member, those of a parallel build among them."""
    key = f"{cls.__module__}.{cls.__qualname__}"
    if not IS_PARALLEL:
        return {**json.loads(TABLE.read_text()).get(key, {}), **members}
    of_mpi = {name: lines for name, lines in members.items() if NAMES.search(name)}
    if of_mpi:
        found[key] = of_mpi
    return members


def table():
    """What the file has to hold, after all stubs were made; None where this build cannot tell."""
    return json.dumps(found, indent=1, sort_keys=True) + "\n" if IS_PARALLEL else None
