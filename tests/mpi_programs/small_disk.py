"""A small file system, which fills up under ranks that write: it is seen by them alone."""

import os
import signal
import subprocess
import sys
import textwrap

from programs import PREAMBLE, RUN

# Mounts a small file system where no other process sees it, and runs a program that does.
MOUNT = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, MS_REC, MS_PRIVATE = 0x20000, 0x4000, 0x40000
def call(function, *arguments):
    if function(*arguments) != 0:
        sys.exit(f"not allowed: {os.strerror(ctypes.get_errno())}")
folder, *command = sys.argv[1:]
call(libc.unshare, CLONE_NEWNS)
call(libc.mount, None, b"/", None, MS_REC | MS_PRIVATE, None)
call(libc.mount, b"none", os.fsencode(folder), b"tmpfs", 0, b"size=3m")
os.execvp(command[0], command)
"""

# Whatever became of it, a file that was closed before is whole.
UNHARMED = """
import sys, h5py
with h5py.File(sys.argv[1] + "/closed.h5") as f:
    assert f["x"][...].tolist() == list(range(1000))
print("unharmed")
"""


def may_be_mounted(folder):
    return "not allowed" not in run_there(folder, ["true"]).stderr


def run_there(folder, command, **environment):
    started = subprocess.Popen(
        [sys.executable, "-c", MOUNT, str(folder), *map(str, command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, **environment},
    )
    try:
        stdout, stderr = started.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)  # ranks that wait for each other do so for ever
        raise
    return subprocess.CompletedProcess(command, started.returncode, stdout, stderr)


def run_full(folder, begin, program, ranks=4, **environment):
    """Runs a program on ranks there, and then looks at the folder's closed.h5, which `begin` has
    written: "unharmed" is the last line of what comes out."""
    text = PREAMBLE + textwrap.dedent(begin) + textwrap.dedent(program)
    shell = '"$@"; ended=$?; "$0" -c "$UNHARMED" "$FOLDER"; exit $ended'
    command = ["env", f"UNHARMED={UNHARMED}", f"FOLDER={folder}", "bash", "-c", shell]
    ranks_there = [sys.executable, RUN, ranks, "-c", text, folder]
    return run_there(folder, [*command, *ranks_there], **environment)
