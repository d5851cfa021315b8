"""What `hyperslab.run_tests()` runs: does this installation work?"""
