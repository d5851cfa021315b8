"""What `hyperslab.run_tests()` runs: does this installation work?"""

import os
import shlex


def run_tests(args=""):
    """Run the tests beside this file; `hyperslab.run_tests` says more."""
    import pytest

    folder = os.path.dirname(os.path.abspath(__file__))
    own = ["-c", os.devnull, "--rootdir", folder, "-p", "no:cacheprovider"]
    return int(pytest.main([folder, *own, *shlex.split(args)]))
