"""What is timed, a module for each kind; every module names its cases in CASES."""
