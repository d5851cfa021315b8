// Texts that libhdf5 hands out: in two calls, how long and then the bytes, or in memory of its own.
#pragma once

#include <cstddef>
#include <string>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// Reads such a text; `get(buffer, size)` is the libhdf5 call and returns the length without the
/// terminating zero.
template <class Get>
std::string read_text(const Subject& subject, Get&& get) {
    const LockGuard guard;
    const auto length = static_cast<std::size_t>(
        check(subject, [&] { return get(static_cast<char*>(nullptr), std::size_t{0}); }));
    std::string text(length, '\0');
    if (length != 0) {
        check(subject, [&] { return get(text.data(), length + 1); });
    }
    return text;
}

template <class Get>
std::string read_text(Get&& get) {
    return read_text(Subject{}, std::forward<Get>(get));
}

/// A copy of a text that libhdf5 allocated; its memory is freed.
inline std::string take_text(char* owned) {
    const LockGuard guard;
    std::string text(owned);
    H5free_memory(owned);
    return text;
}

}  // namespace hyperslab::hdf5
