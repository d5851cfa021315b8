#include "hyperslab/half.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace hyperslab {
namespace {

constexpr std::uint32_t kSign = 0x8000;
constexpr std::uint32_t kInfinity = 0x7c00;
constexpr int kMantissaBits = 10;
constexpr int kMinExponent = -14;  // the minimum of normal numbers

}  // namespace

Half::Half(float value) {
    const std::uint32_t sign = std::bit_cast<std::uint32_t>(value) >> 16U & kSign;
    const float size = std::fabs(value);
    std::uint32_t bits = 0;
    if (std::isnan(value)) {
        bits = kInfinity | 0x200;
    } else if (size >= 65520.0F) {
        bits = kInfinity;
    } else if (size >= 0x1p-14F) {
        int exponent = 0;
        std::frexp(size, &exponent);  // size is in [0.5, 1) times two to that power
        // nearbyint() rounds a half to the even number; a carry goes on into the exponent.
        const float scaled = std::nearbyint(std::ldexp(size, kMantissaBits + 1 - exponent));
        bits = (static_cast<std::uint32_t>(exponent - 1 - kMinExponent) << kMantissaBits) +
               static_cast<std::uint32_t>(scaled);
    } else {
        bits = static_cast<std::uint32_t>(
            std::nearbyint(std::ldexp(size, kMantissaBits - kMinExponent)));
    }
    bits_ = static_cast<std::uint16_t>(sign | bits);
}

Half::operator float() const {
    const std::uint32_t exponent = bits_ >> kMantissaBits & 0x1fU;
    const auto mantissa = static_cast<float>(bits_ & 0x3ffU);
    const float sign = (bits_ & kSign) != 0 ? -1.0F : 1.0F;
    if (exponent == 0) {
        return sign * std::ldexp(mantissa, kMinExponent - kMantissaBits);
    }
    if (exponent == 0x1f) {
        return mantissa == 0 ? sign * std::numeric_limits<float>::infinity()
                             : std::numeric_limits<float>::quiet_NaN();
    }
    return sign * std::ldexp(mantissa + 1024, static_cast<int>(exponent) - 25);
}

}  // namespace hyperslab
