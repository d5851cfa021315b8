// The copy that every Lempel-Ziv decoder makes: earlier output again, which may overlap what it
// makes. A run of one byte is a copy at distance one.
#pragma once

#include <cstddef>
#include <cstring>

namespace hyperslab::filter {

/// `length` bytes to `to` from `distance` before it.
inline void repeat(std::byte* to, std::size_t distance, std::size_t length) {
    if (distance >= length) {
        std::memcpy(to, to - distance, length);
        return;
    }
    for (std::size_t i = 0; i < length; ++i) {
        to[i] = to[i - distance];
    }
}

/// repeat_wide copies in whole steps: it may write up to this many bytes past the end.
inline constexpr std::size_t kWideStep = 16;

template <std::size_t kWidth>
void repeat_in_steps(std::byte* to, std::size_t distance, std::size_t length) {
    for (std::size_t done = 0; done < length; done += kWidth) {
        std::memcpy(to + done, to + done - distance, kWidth);
    }
}

/// As repeat, but quicker where there is room for a step more.
inline void repeat_wide(std::byte* to, std::size_t distance, std::size_t length) {
    if (distance >= kWideStep) {
        repeat_in_steps<kWideStep>(to, distance, length);
    } else if (distance == 1) {
        const int value = std::to_integer<int>(to[-1]);
        for (std::size_t done = 0; done < length; done += kWideStep) {
            std::memset(to + done, value, kWideStep);
        }
    } else if (distance >= 8) {
        repeat_in_steps<8>(to, distance, length);
    } else {
        for (std::size_t i = 0; i < 8; ++i) {
            to[i] = to[i - distance];
        }
        if (length > 8) {  // the pattern is long enough now to be copied from further back
            const std::size_t periods = (8 + distance - 1) / distance * distance;
            repeat_in_steps<8>(to + 8, periods, length - 8);
        }
    }
}

}  // namespace hyperslab::filter
