// Numbers as HDF5 files hold their own: the least significant byte first, at any place.
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

/// An address or a length, which a file says in 4 bytes or in 8.
inline std::uint64_t load_size(const std::byte* from, unsigned bytes) {
    return bytes == 4 ? load_little_endian<std::uint32_t>(from)
                      : load_little_endian<std::uint64_t>(from);
}

}  // namespace hyperslab::core
