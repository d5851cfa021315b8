// Reads fields of bits from a stream whose bytes are filled from the most significant bit on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "filter/format/big_endian.hpp"

namespace hyperslab::filter {

class BitReader {
public:
    explicit BitReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    /// Reads the next `count` bits, 1 to 64, as a number. The caller makes sure that they are
    /// there.
    std::uint64_t read(unsigned count) {
        const std::size_t byte = at_ / 8;
        const auto bit = static_cast<unsigned>(at_ % 8);
        at_ += count;
        std::uint64_t bits = load(byte) << bit;
        if (bit + count > 64) {
            bits |= std::to_integer<std::uint64_t>(bytes_[byte + 8]) >> (8 - bit);
        }
        return bits >> (64 - count);
    }

private:
    // Eight bytes from `byte` on, with zeros behind the end.
    std::uint64_t load(std::size_t byte) const {
        if (bytes_.size() - byte >= 8) {
            return load_big_endian_64(bytes_.data() + byte);
        }
        std::byte last[8]{};
        std::memcpy(last, bytes_.data() + byte, bytes_.size() - byte);
        return load_big_endian_64(last);
    }

    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;  // in bits
};

/// The number of bytes that `fields` fields of `bits` bits take.
/// \returns the largest number when the result does not fit
inline std::size_t bytes_of_fields(std::size_t fields, std::size_t bits) {
    std::size_t total = 0;
    if (__builtin_mul_overflow(fields, bits, &total) || total > SIZE_MAX - 7) {
        return SIZE_MAX;
    }
    return (total + 7) / 8;
}

}  // namespace hyperslab::filter
