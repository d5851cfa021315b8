// The table behind find_c_symbol, which cmake/HDF5Symbols.cmake writes.
#pragma once

#include <span>
#include <string_view>

namespace hyperslab::hdf5 {

struct CSymbol {
    std::string_view name;
    void* address;
};

/// Sorted by name.
std::span<const CSymbol> c_symbols();

}  // namespace hyperslab::hdf5
