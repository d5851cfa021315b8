// How libhdf5 makes one number of another, as functions of one value.
//
// It has two ways. Where both numbers are of types that this processor knows, the processor
// converts them (Native). All others, those of the other byte order, go through a loop over their
// bits (Bitwise), which rounds and clips otherwise in places. What the C language leaves open, a
// NaN as an integer, is as the processor has it.
//
// Everything here is inlined into loops that are compiled for several instruction sets. Conditions
// choose values, never what is done, so that the loops become SIMD.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

namespace hyperslab::datatype {

/// A number of half precision, as its bits.
struct Half {
    std::uint16_t bits;
};

template <class Number>
struct FloatFormat;
template <>
struct FloatFormat<Half> {
    using Bits = std::uint16_t;
    static constexpr int kMantissa = 10;
    static constexpr int kBias = 15;
};
template <>
struct FloatFormat<float> {
    using Bits = std::uint32_t;
    static constexpr int kMantissa = 23;
    static constexpr int kBias = 127;
};
template <>
struct FloatFormat<double> {
    using Bits = std::uint64_t;
    static constexpr int kMantissa = 52;
    static constexpr int kBias = 1023;
};

template <class Number>
using BitsOf = typename FloatFormat<Number>::Bits;

template <class Number>
constexpr bool kIsHalf = std::is_same_v<Number, Half>;
template <class Number>
constexpr bool kIsInteger = std::is_integral_v<Number>;
/// float or double.
template <class Number>
constexpr bool kIsFloat = std::is_floating_point_v<Number>;

template <class Number>
constexpr Number kMost = std::numeric_limits<Number>::max();
template <class Number>
constexpr Number kLeast = std::numeric_limits<Number>::lowest();

template <class Number>
constexpr BitsOf<Number> kSignBit = BitsOf<Number>{1} << (8 * sizeof(Number) - 1);
/// The exponent of all ones, which an infinity has.
template <class Number>
constexpr BitsOf<Number> kInfinity =
    (BitsOf<Number>{2 * FloatFormat<Number>::kBias + 1}) << FloatFormat<Number>::kMantissa;

constexpr float kMostHalf = 65504.0F;

// ---- integers to integers: the nearest that there is ----

template <class To, class From>
[[gnu::always_inline]] inline To clipped(From value) {
    const To near = std::cmp_less(value, kLeast<To>) ? kLeast<To> : static_cast<To>(value);
    return std::cmp_greater(value, kMost<To>) ? kMost<To> : near;
}

// ---- floats to integers by the processor ----

#if defined(__x86_64__)
// SSE gives the least integer of 32 or 64 bits where it cannot convert; smaller ones are cut off
// that, as are unsigned ones of 32 bits off 64.
constexpr bool kSaturates = false;
#else
constexpr bool kSaturates = true;
#endif

template <class To>
constexpr To kTopBit = static_cast<To>(To{1} << (8 * sizeof(To) - 1));
template <class To>
constexpr To kOfNan =
    kSaturates || sizeof(To) < 4 || std::is_same_v<To, std::uint32_t> ? To{0} : kTopBit<To>;

/// `value` fits 32 bits, signed or not.
template <class To, class From>
[[gnu::always_inline]] inline To truncated(From value) {
    if constexpr (std::is_same_v<To, std::uint32_t>) {
        constexpr From middle = 0x1p31;
        const bool upper = value >= middle;
        const auto low = static_cast<std::int32_t>(value - (upper ? middle : From{0}));
        return static_cast<std::uint32_t>(low) ^ (upper ? 0x80000000U : 0U);
    } else if constexpr (sizeof(To) < 4) {
        return static_cast<To>(static_cast<std::int32_t>(value));
    } else {
        return static_cast<To>(value);
    }
}

// The largest integer may be rounded up when it is compared with: one more than it is then not
// clipped, and the processor has no integer for it.
template <class To, class From>
[[gnu::always_inline]] inline To by_processor(From value) {
    constexpr auto most = static_cast<From>(kMost<To>);
    constexpr auto least = static_cast<From>(kLeast<To>);
    constexpr bool is_exact = sizeof(To) < 4 || (sizeof(To) == 4 && sizeof(From) == 8);
    if constexpr (sizeof(To) < 4) {
        const From number = value == value ? value : From{0};
        const From low = number < least ? least : number;
        return truncated<To>(low > most ? most : low);
    } else {
        const bool fits = value >= least && (is_exact ? value <= most : value < most);
        const To inside = truncated<To>(fits ? value : From{0});
        constexpr To at_most =
            is_exact || kSaturates ? kMost<To> : (std::is_signed_v<To> ? kLeast<To> : To{0});
        const To beyond = value > most ? kMost<To> : at_most;
        const To outside = value < least ? kLeast<To> : beyond;
        return fits ? inside : (value == value ? outside : kOfNan<To>);
    }
}

/// Halves are not compared with limits that no half reaches, but cast.
template <class To>
[[gnu::always_inline]] inline To half_by_processor(float value) {
    if constexpr (kSaturates || sizeof(To) == 1) {
        return by_processor<To>(value);
    } else {
        const bool finite = value >= -kMostHalf && value <= kMostHalf;
        const auto inside = static_cast<To>(static_cast<std::int32_t>(finite ? value : 0.0F));
        if constexpr (std::is_same_v<To, std::int16_t>) {  // the limit is rounded up to 32768
            const To low = value < -32768.0F ? kLeast<To> : inside;
            return value > 32768.0F ? kMost<To> : low;
        } else if constexpr (std::is_same_v<To, std::uint64_t>) {
            return finite ? inside : (value > 0.0F ? To{0} : kOfNan<To>);
        } else {
            return finite ? inside : kOfNan<To>;
        }
    }
}

// ---- floats to integers bit by bit ----

// What is negative and nearer to 0 than to -1 becomes the least integer: libhdf5's loop takes it
// for too large.
template <class To, class From>
[[gnu::always_inline]] inline To bit_by_bit(From value) {
    constexpr To half = kMost<To> / 2 + 1;  // a power of two, so the float is exact
    constexpr auto end = 2 * static_cast<From>(half);
    constexpr auto least = static_cast<From>(kLeast<To>);
    const bool fits = value >= least && value < end;
    const To inside = truncated<To>(fits ? value : From{0});
    const To outside = value > From{0} ? kMost<To> : (value < From{0} ? kLeast<To> : To{0});
    if constexpr (std::is_signed_v<To>) {
        const bool lost = value < From{0} && value > From{-0.5};
        return lost ? kLeast<To> : (fits ? inside : outside);
    } else {
        return fits ? inside : outside;
    }
}

// ---- floats to floats ----

// What is larger than the largest is infinite, also where rounding would make it the largest.
[[gnu::always_inline]] inline float narrowed(double value) {
    constexpr auto most = std::bit_cast<std::uint64_t>(static_cast<double>(kMost<float>));
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t sign = bits & kSignBit<double>;
    const std::uint64_t size = bits ^ sign;
    const bool over = size > most && size <= kInfinity<double>;
    return static_cast<float>(std::bit_cast<double>(sign | (over ? kInfinity<double> : size)));
}

[[gnu::always_inline]] inline float widened(Half half) {
    const std::uint32_t sign = std::uint32_t{half.bits & 0x8000U} << 16;
    const std::uint32_t size = std::uint32_t{half.bits & 0x7fffU} << 13;
    constexpr std::uint32_t bias = 112U << 23;  // between the exponents
    // A denormal is what it adds to the least normal number.
    constexpr auto least = std::bit_cast<float>(bias + (1U << 23));
    const auto denormal =
        std::bit_cast<std::uint32_t>(std::bit_cast<float>(size + bias + (1U << 23)) - least);
    const std::uint32_t finite = size < (1U << 23) ? denormal : size + bias;
    const std::uint32_t quiet = size > (31U << 23) ? 1U << 22 : 0U;
    const std::uint32_t special = size | kInfinity<float> | quiet;
    return std::bit_cast<float>(sign | (size < (31U << 23) ? finite : special));
}

/// The nearest half, of two the even one; above the largest it is infinite at once.
template <class From>
[[gnu::always_inline]] inline Half half_of(From value) {
    using Bits = BitsOf<From>;
    constexpr int mantissa = FloatFormat<From>::kMantissa;
    constexpr int cut = mantissa - FloatFormat<Half>::kMantissa;
    constexpr Bits bias = Bits{FloatFormat<From>::kBias - FloatFormat<Half>::kBias} << mantissa;
    const auto bits = std::bit_cast<Bits>(value);
    const Bits size = bits & ~kSignBit<From>;
    // Added to a number whose last bit is that of a denormal half, what is below is rounded off.
    constexpr auto anchor =
        std::bit_cast<From>(Bits{FloatFormat<From>::kBias + mantissa - 24} << mantissa);
    const Bits denormal =
        std::bit_cast<Bits>(std::bit_cast<From>(size) + anchor) - std::bit_cast<Bits>(anchor);
    const Bits odd = (size >> cut) & 1;
    const Bits normal = (size - bias + (Bits{1} << (cut - 1)) - 1 + odd) >> cut;
    const Bits finite = size < bias + (Bits{1} << mantissa) ? denormal : normal;
    constexpr auto most = std::bit_cast<Bits>(From{kMostHalf});
    const Bits number = size > most ? Bits{kInfinity<Half>} : finite;
    const Bits nan = ((size >> cut) & 0x3ffU) | 0x7e00U;
    const Bits result = size > kInfinity<From> ? nan : number;
    return {
        static_cast<std::uint16_t>(result | ((bits & kSignBit<From>) >> (8 * sizeof(From) - 16)))};
}

/// A NaN with all bits of the mantissa set.
template <class Float>
[[gnu::always_inline]] inline Float with_full_nan(Float value) {
    const auto bits = std::bit_cast<BitsOf<Float>>(value);
    const BitsOf<Float> full = bits | (kSignBit<Float> - 1);
    return std::bit_cast<Float>(value == value ? bits : full);
}

// Of normal numbers a half is rounded up, and the largest stays finite. Of those that become
// denormal the carry is lost.
template <class To, class From>
[[gnu::always_inline]] inline To narrowed_bit_by_bit(From value) {
    using Bits = BitsOf<From>;
    constexpr int mantissa = FloatFormat<From>::kMantissa;
    constexpr int kept = FloatFormat<To>::kMantissa;
    constexpr int cut = mantissa - kept;
    constexpr int bias = FloatFormat<From>::kBias - FloatFormat<To>::kBias;
    const auto bits = std::bit_cast<Bits>(value);
    const Bits size = bits & ~kSignBit<From>;
    const auto exponent = static_cast<int>(size >> mantissa) - bias;
    constexpr Bits infinity{kInfinity<To>};

    const Bits rounded = (size - (Bits{bias} << mantissa) + (Bits{1} << (cut - 1))) >> cut;
    const Bits normal = rounded < infinity ? rounded : infinity - 1;

    const int places = kept - 1 + exponent;  // below the leading one, in a denormal
    const int shift = places < 0 ? 0 : (places < kept ? places : kept - 1);
    const Bits fraction = size & ((Bits{1} << mantissa) - 1);
    const Bits half_up = ((fraction >> (mantissa - 1 - shift)) + 1) >> 1;
    const Bits mask = (Bits{1} << shift) - 1;
    const Bits denormal = exponent < -kept ? Bits{0} : ((Bits{1} << shift) | (half_up & mask));

    const Bits finite = exponent > 0 ? normal : denormal;
    constexpr int end = 2 * FloatFormat<To>::kBias + 1;
    const Bits number = exponent >= end ? infinity : finite;
    const Bits full = infinity | ((Bits{1} << kept) - 1);
    const Bits result = size > kInfinity<From> ? full : number;
    const Bits sign = (bits & kSignBit<From>) >> (8 * (sizeof(From) - sizeof(To)));
    return std::bit_cast<To>(static_cast<BitsOf<To>>(result | sign));
}

// ---- the rules, of which a kernel has one ----

/// Both are of the processor's types.
struct Native {
    template <class From, class To>
    static constexpr bool kTakes =
        !std::is_same_v<From, To> &&
        (kIsHalf<From> ? std::is_same_v<To, float> : !kIsHalf<To> || kIsFloat<From>);

    template <class To, class From>
    [[gnu::always_inline]] static To convert(From value) {
        if constexpr (kIsHalf<From>) {
            return widened(value);
        } else if constexpr (kIsHalf<To>) {
            return half_of(value);
        } else if constexpr (kIsInteger<From> && kIsInteger<To>) {
            return clipped<To>(value);
        } else if constexpr (kIsInteger<To>) {
            return by_processor<To>(value);
        } else if constexpr (std::is_same_v<From, double>) {
            return narrowed(value);
        } else {
            return static_cast<To>(value);
        }
    }
};

/// One of the two is not.
struct Bitwise {
    template <class From, class To>
    static constexpr bool kTakes =
        kIsHalf<From> ? std::is_same_v<To, float> : kIsFloat<From> && !std::is_same_v<From, To>;

    template <class To, class From>
    [[gnu::always_inline]] static To convert(From value) {
        if constexpr (kIsHalf<From>) {
            return with_full_nan(widened(value));
        } else if constexpr (kIsInteger<To>) {
            return bit_by_bit<To>(value);
        } else if constexpr (sizeof(To) < sizeof(From)) {
            return narrowed_bit_by_bit<To>(value);
        } else {
            return with_full_nan(static_cast<To>(value));
        }
    }
};

/// The second half of a way from halves to integers: floats that were halves.
struct FromHalf {
    template <class From, class To>
    static constexpr bool kTakes = std::is_same_v<From, float> && kIsInteger<To>;

    template <class To>
    [[gnu::always_inline]] static To convert(float value) {
        return half_by_processor<To>(value);
    }
};

/// The first half of a way from integers to halves: floats that are exact, or larger than any half.
struct TowardsHalf {
    template <class From, class To>
    static constexpr bool kTakes = kIsInteger<From> && std::is_same_v<To, float>;

    template <class, class From>
    [[gnu::always_inline]] static float convert(From value) {
        if constexpr (sizeof(From) < 4) {
            return static_cast<float>(value);
        } else {
            constexpr std::int32_t end = 1 << 17;
            const auto low = std::cmp_less(value, -end) ? -end : static_cast<std::int32_t>(value);
            return static_cast<float>(std::cmp_greater(value, end) ? end : low);
        }
    }
};

/// The second half of it, bit by bit: the exponent of all ones is given away like any other.
struct IntegerToHalf {
    template <class From, class To>
    static constexpr bool kTakes = std::is_same_v<From, float> && kIsHalf<To>;

    template <class>
    [[gnu::always_inline]] static Half convert(float value) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t size = bits & ~kSignBit<float>;
        const std::uint32_t normal = (size - (112U << 23) + 0xfffU + ((size >> 13) & 1U)) >> 13;
        const std::uint32_t number = normal < kSignBit<Half> ? normal : kInfinity<Half>;
        return {
            static_cast<std::uint16_t>((bits >> 16 & kSignBit<Half>) | (size == 0 ? 0 : number))};
    }
};

}  // namespace hyperslab::datatype
