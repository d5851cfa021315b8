#include "hdf5/c_symbols.hpp"

#if HYPERSLAB_BUNDLED_HDF5

#include <algorithm>
#include <string_view>

#include "hdf5/c_symbol_table.hpp"

namespace hyperslab::hdf5 {

void* find_c_symbol(const char* name) {
    const std::span<const CSymbol> all = c_symbols();
    const auto found = std::ranges::lower_bound(all, std::string_view(name), {}, &CSymbol::name);
    return found != all.end() && found->name == name ? found->address : nullptr;
}

}  // namespace hyperslab::hdf5

#else  // a shared library, which answers for itself

#include <dlfcn.h>

#include "hdf5/capi.hpp"

namespace hyperslab::hdf5 {
namespace {

void* const library = [] {
    Dl_info info{};
    ::dladdr(reinterpret_cast<const void*>(&H5open), &info);
    return ::dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
}();

}  // namespace

void* find_c_symbol(const char* name) {
    return library != nullptr ? ::dlsym(library, name) : nullptr;
}

}  // namespace hyperslab::hdf5

#endif
