"""Nothing: what h5py.defs is to Cython code, hyperslab/hyperslab.hpp is to C++."""
