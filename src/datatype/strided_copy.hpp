// Copies parts of elements that lie at equal distances.
#pragma once

#include <cstddef>
#include <cstring>

namespace hyperslab::datatype {

namespace detail {

template <std::size_t Size>
void copy_strided(const std::byte* from,
                  std::size_t from_stride,
                  std::byte* to,
                  std::size_t to_stride,
                  std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        std::memcpy(to + i * to_stride, from + i * from_stride, Size);
    }
}

}  // namespace detail

/// Copies `count` parts of `size` bytes each.
inline void copy_strided(const std::byte* from,
                         std::size_t from_stride,
                         std::byte* to,
                         std::size_t to_stride,
                         std::size_t size,
                         std::size_t count) {
    if (size == from_stride && size == to_stride) {
        std::memcpy(to, from, size * count);
        return;
    }
    switch (size) {
        case 1:
            return detail::copy_strided<1>(from, from_stride, to, to_stride, count);
        case 2:
            return detail::copy_strided<2>(from, from_stride, to, to_stride, count);
        case 4:
            return detail::copy_strided<4>(from, from_stride, to, to_stride, count);
        case 8:
            return detail::copy_strided<8>(from, from_stride, to, to_stride, count);
        case 16:
            return detail::copy_strided<16>(from, from_stride, to, to_stride, count);
        default:
            for (std::size_t i = 0; i < count; ++i) {
                std::memcpy(to + i * to_stride, from + i * from_stride, size);
            }
    }
}

}  // namespace hyperslab::datatype
