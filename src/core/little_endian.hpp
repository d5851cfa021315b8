// Numbers as HDF5 files hold them: the least significant byte comes first, at any alignment.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hyperslab::core {

template <std::unsigned_integral Value>
Value load_little_endian(const std::byte* from) {
    Value value;
    std::memcpy(&value, from, sizeof value);
    if constexpr (std::endian::native == std::endian::big) {
        value = sizeof value == 2   ? static_cast<Value>(__builtin_bswap16(value))
                : sizeof value == 4 ? static_cast<Value>(__builtin_bswap32(value))
                                    : static_cast<Value>(__builtin_bswap64(value));
    }
    return value;
}

/// Loads an address or a length, which takes 4 or 8 bytes in a file.
inline std::uint64_t load_size(const std::byte* from, unsigned bytes) {
    return bytes == 4 ? load_little_endian<std::uint32_t>(from)
                      : load_little_endian<std::uint64_t>(from);
}

}  // namespace hyperslab::core
