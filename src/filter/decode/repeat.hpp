// The copy that every Lempel-Ziv decoder makes: earlier output again, which may overlap what it
// makes. A run of one byte is a copy at distance one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hyperslab::filter {

/// Copies `length` bytes to `to` from `distance` bytes before it.
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

/// A pattern of 2 to 7 bytes over and over: eight bytes of it are made in a register, and written
/// where whole periods of it begin. Reading back what was just written would wait for it.
inline void repeat_pattern(std::byte* to, std::size_t distance, std::size_t length) {
    // Bits that are a period apart: multiplied by the pattern they give its repetitions.
    static constexpr std::uint64_t kOnes[8] = {0,
                                               0x0101010101010101,
                                               0x0001000100010001,
                                               0x0001000001000001,
                                               0x0000000100000001,
                                               0x0000010000000001,
                                               0x0001000000000001,
                                               0x0100000000000001};
    if constexpr (std::endian::native != std::endian::little) {
        repeat(to, distance, length);
        return;
    }
    std::uint64_t pattern = 0;
    std::memcpy(&pattern, to - distance, sizeof(pattern));
    pattern = (pattern & ((std::uint64_t{1} << (8 * distance)) - 1)) * kOnes[distance];
    const std::size_t periods = sizeof(pattern) / distance * distance;
    for (std::size_t done = 0; done < length; done += periods) {
        std::memcpy(to + done, &pattern, sizeof(pattern));
    }
}

/// Copies as repeat() does, but quicker, where there is room for one more step behind the end.
inline void repeat_wide(std::byte* to, std::size_t distance, std::size_t length) {
    if (distance >= 8 && length <= 8) {
        // Most copies are as short as this. Eight bytes come from a single earlier write more often
        // than sixteen do, and then need not wait until that write has reached the cache.
        std::memcpy(to, to - distance, 8);
    } else if (distance >= kWideStep) {
        repeat_in_steps<kWideStep>(to, distance, length);
    } else if (distance >= 8) {
        repeat_in_steps<8>(to, distance, length);
    } else if (distance == 1) {
        const int value = std::to_integer<int>(to[-1]);
        for (std::size_t done = 0; done < length; done += kWideStep) {
            std::memset(to + done, value, kWideStep);
        }
    } else {
        repeat_pattern(to, distance, length);
    }
}

}  // namespace hyperslab::filter
