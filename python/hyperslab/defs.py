"""Nothing: what h5py.defs gives to Cython code, hyperslab gives to C++ (hyperslab/hyperslab.hpp)."""
