// The way to HDF5's functions for libhyperslab_hdf5 (python/hdf5_library); cmake/module.map exports
// it.

#include "hdf5/startup/c_symbols.hpp"

extern "C" [[gnu::visibility("default")]] void* hyperslab_hdf5_symbol(const char* name);  // NOLINT

void* hyperslab_hdf5_symbol(const char* name) { return hyperslab::hdf5::find_c_symbol(name); }
