// Half: a floating-point number of 16 bits, for compilers that lack one.
#pragma once

#include <cstdint>

namespace hyperslab {

/// IEEE half precision: 11 significant bits, up to 65504. It is stored and converted, and computes
/// as a float.
class Half {
public:
    constexpr Half() = default;
    /// The nearest half to a float, which is infinity beyond 65519.
    Half(float value);
    operator float() const;

    static constexpr Half from_bits(std::uint16_t bits) {
        Half half;
        half.bits_ = bits;
        return half;
    }
    constexpr std::uint16_t bits() const { return bits_; }

private:
    std::uint16_t bits_ = 0;
};

}  // namespace hyperslab
