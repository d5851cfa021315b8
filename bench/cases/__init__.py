"""What is timed, a module for each kind; every module names its cases in CASES."""

from . import cold, import_time, repacking, small_calls, whole_arrays, writing

ROOMS = {
    "whole arrays": whole_arrays,
    "writing": writing,
    "repacking": repacking,
    "small calls": small_calls,
    "import": import_time,
    "cold processes": cold,
}


def named(name):
    return next(case for room in ROOMS.values() for case in room.CASES if case.name == name)
