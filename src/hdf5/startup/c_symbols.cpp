#include "hdf5/startup/c_symbols.hpp"

#if HYPERSLAB_BUNDLED_HDF5

#include <algorithm>
#include <span>
#include <string_view>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/changes/closings.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/changes/name_removals.hpp"

namespace hyperslab::hdf5 {
namespace {

// Property lists, dataspaces, errors and filters are no part of a file; who reads or asks leaves it
// as it is.
constexpr bool may_change_files(std::string_view name) {
    for (const std::string_view harmless :
         {"H5P", "H5S", "H5E", "H5Z", "H5Dread", "H5Aread", "H5open"}) {
        if (name.starts_with(harmless)) {
            return false;
        }
    }
    return !name.contains("get_");
}

void count_everything() {
    count_data_change();
    count_extent_change();
    count_name_removal();
    count_closing();
}

/// A function as others may call it; Form is its type.
template <auto function, bool counts, class Form>
struct Lent;

template <auto function, bool counts, class Result, class... Arguments>
struct Lent<function, counts, Result(Arguments...)> {
    static Result call(Arguments... arguments) {
        const InsideLibrary inside;
        if constexpr (counts) {
            count_everything();
        }
        return function(arguments...);
    }
    static void* address() { return reinterpret_cast<void*>(&call); }
};

// A variable number of arguments cannot be passed on. H5Epush2 is the only function with one.
template <auto function, bool counts, class Result, class... Arguments>
struct Lent<function, counts, Result(Arguments..., ...)> {
    static void* address() { return reinterpret_cast<void*>(function); }
};

struct Symbol {
    std::string_view name;
    void* address;
};

// Sorted by name.
const Symbol kSymbols[] = {
// NOLINTBEGIN(bugprone-macro-parentheses): names are no expressions
#define FUNCTION(name) {#name, Lent<&name, may_change_files(#name), decltype(name)>::address()},
#define VARIABLE(name) {#name, static_cast<void*>(&name)},
#include "hdf5_symbols.inc"
#undef FUNCTION
#undef VARIABLE
    // NOLINTEND(bugprone-macro-parentheses)
};

}  // namespace

void* find_c_symbol(const char* name) {
    const std::span<const Symbol> all = kSymbols;
    const auto found = std::ranges::lower_bound(all, std::string_view(name), {}, &Symbol::name);
    return found != all.end() && found->name == name ? found->address : nullptr;
}

}  // namespace hyperslab::hdf5

#else  // a shared library, which answers for itself

#include <dlfcn.h>

#include <initializer_list>

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {
namespace {

void* library_of(const void* function) {
    Dl_info info{};
    ::dladdr(function, &info);
    return ::dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
}

void* const library = library_of(reinterpret_cast<const void*>(&H5open));
void* const high_level_library = library_of(reinterpret_cast<const void*>(&H5DSset_scale));

}  // namespace

void* find_c_symbol(const char* name) {
    for (void* const each : {library, high_level_library}) {
        if (void* const found = each == nullptr ? nullptr : ::dlsym(each, name)) {
            return found;
        }
    }
    return nullptr;
}

}  // namespace hyperslab::hdf5

#endif
