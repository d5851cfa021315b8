"""The high-level classes. Their work is done in C++: see `hyperslab._core`."""
