// Numbers whose first byte is the most significant.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hyperslab::filter {

/// Eight bytes, the first the most significant.
inline std::uint64_t load_big_endian_64(const std::byte* from) {
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof(value));
    return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

inline std::uint32_t load_big_endian_32(const std::byte* from) {
    std::uint32_t value = 0;
    std::memcpy(&value, from, sizeof(value));
    return std::endian::native == std::endian::little ? __builtin_bswap32(value) : value;
}

inline void store_big_endian_64(std::uint64_t value, std::byte* to) {
    value = std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
    std::memcpy(to, &value, sizeof(value));
}

inline void store_big_endian_32(std::uint32_t value, std::byte* to) {
    value = std::endian::native == std::endian::little ? __builtin_bswap32(value) : value;
    std::memcpy(to, &value, sizeof(value));
}

}  // namespace hyperslab::filter
