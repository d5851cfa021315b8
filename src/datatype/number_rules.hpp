// How libhdf5 makes one number of another, as functions of one value.
//
// libhdf5 has two kinds of conversion. Where both numbers are of types that this processor knows,
// it casts them, after comparing with the limits of the target: H5T__conv_double_int and its like,
// which the macros H5T_CONV_* write for every pair of native types. The rule Native imitates those.
// All other pairs, above all those of the other byte order, go through loops over the bits of any
// format: H5T__conv_f_i, H5T__conv_f_f, H5T__conv_i_f and H5T__conv_i_i. The rules Bitwise and
// IntegerToHalf imitate those, which round and clip otherwise in places. What the C language leaves
// open, a NaN as an integer, is as the processor has it.
//
// The rules are written from what these functions give, not from their code. Tests compare every
// pair of types with H5Tconvert (tests/hdf5/number_conversion_test.cpp).
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

/// The parts of a float of IEEE 754: `kMantissa` bits of the mantissa, and what is added to the
/// exponent.
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
constexpr Number kMax = std::numeric_limits<Number>::max();
template <class Number>
constexpr Number kMin = std::numeric_limits<Number>::lowest();

template <class Number>
constexpr BitsOf<Number> kSignBit = BitsOf<Number>{1} << (8 * sizeof(Number) - 1);
/// The exponent of all ones, which an infinity has.
template <class Number>
constexpr BitsOf<Number> kInfinity =
    (BitsOf<Number>{2 * FloatFormat<Number>::kBias + 1}) << FloatFormat<Number>::kMantissa;
/// The bits of the smallest number that is no denormal.
template <class Number>
constexpr BitsOf<Number> kMinNormal = BitsOf<Number>{1} << FloatFormat<Number>::kMantissa;
template <class Number>
constexpr BitsOf<Number> kMantissaMask = kMinNormal<Number> - 1;
/// The highest bit of the mantissa, by which a NaN is quiet.
template <class Number>
constexpr BitsOf<Number> kQuietBit = BitsOf<Number>{1} << (FloatFormat<Number>::kMantissa - 1);
/// The difference of the exponents' biases, at the place of the wider format's exponent.
template <class Wide, class Narrow>
constexpr BitsOf<Wide> kBiasBetween =
    BitsOf<Wide>{FloatFormat<Wide>::kBias - FloatFormat<Narrow>::kBias}
    << FloatFormat<Wide>::kMantissa;
/// The bits of the mantissa that the narrower format lacks.
template <class Wide, class Narrow>
constexpr int kBitsCut = FloatFormat<Wide>::kMantissa - FloatFormat<Narrow>::kMantissa;

constexpr float kMaxHalf = 65504.0F;

// ---- integers to integers (H5T__conv_int_schar and its like): the nearest that there is ----

template <class To, class From>
[[gnu::always_inline]] inline To clipped(From value) {
    const To near = std::cmp_less(value, kMin<To>) ? kMin<To> : static_cast<To>(value);
    return std::cmp_greater(value, kMax<To>) ? kMax<To> : near;
}

// ---- floats to integers by the processor (H5T__conv_float_int and its like) ----

#if defined(__x86_64__)
// SSE gives the smallest integer of 32 or 64 bits where it cannot convert. Narrower integers are
// the low bits of that, and unsigned integers of 32 bits are the low bits of one of 64.
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
    constexpr auto most = static_cast<From>(kMax<To>);
    constexpr auto least = static_cast<From>(kMin<To>);
    constexpr bool is_exact = sizeof(To) < 4 || (sizeof(To) == 4 && sizeof(From) == 8);
    if constexpr (sizeof(To) < 4) {
        const From number = value == value ? value : From{0};
        const From low = number < least ? least : number;
        return truncated<To>(low > most ? most : low);
    } else {
        const bool fits = value >= least && (is_exact ? value <= most : value < most);
        const To inside = truncated<To>(fits ? value : From{0});
        constexpr To at_most =
            is_exact || kSaturates ? kMax<To> : (std::is_signed_v<To> ? kMin<To> : To{0});
        const To beyond = value > most ? kMax<To> : at_most;
        const To outside = value < least ? kMin<To> : beyond;
        return fits ? inside : (value == value ? outside : kOfNan<To>);
    }
}

/// A half is cast without comparing it with limits that no half reaches.
template <class To>
[[gnu::always_inline]] inline To half_by_processor(float value) {
    if constexpr (kSaturates || sizeof(To) == 1) {
        return by_processor<To>(value);
    } else {
        const bool finite = value >= -kMaxHalf && value <= kMaxHalf;
        const auto inside = static_cast<To>(static_cast<std::int32_t>(finite ? value : 0.0F));
        if constexpr (std::is_same_v<To, std::int16_t>) {  // the limit is rounded up to 32768
            const To low = value < -32768.0F ? kMin<To> : inside;
            return value > 32768.0F ? kMax<To> : low;
        } else if constexpr (std::is_same_v<To, std::uint64_t>) {
            return finite ? inside : (value > 0.0F ? To{0} : kOfNan<To>);
        } else {
            return finite ? inside : kOfNan<To>;
        }
    }
}

// ---- floats to integers bit by bit (H5T__conv_f_i) ----

// A value between -0.5 and 0 becomes the smallest integer, because libhdf5's loop takes it for too
// large.
template <class To, class From>
[[gnu::always_inline]] inline To bit_by_bit(From value) {
    constexpr To half = kMax<To> / 2 + 1;  // a power of two, so the float is exact
    constexpr auto end = 2 * static_cast<From>(half);
    constexpr auto least = static_cast<From>(kMin<To>);
    const bool fits = value >= least && value < end;
    const To inside = truncated<To>(fits ? value : From{0});
    const To outside = value > From{0} ? kMax<To> : (value < From{0} ? kMin<To> : To{0});
    if constexpr (std::is_signed_v<To>) {
        const bool lost = value < From{0} && value > From{-0.5};
        return lost ? kMin<To> : (fits ? inside : outside);
    } else {
        return fits ? inside : outside;
    }
}

// ---- floats to floats (H5T__conv_double_float and its like; bit by bit H5T__conv_f_f) ----

// A value above the largest float is infinite, even where rounding would give the largest float.
[[gnu::always_inline]] inline float narrowed(double value) {
    constexpr auto most = std::bit_cast<std::uint64_t>(static_cast<double>(kMax<float>));
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t sign = bits & kSignBit<double>;
    const std::uint64_t size = bits ^ sign;
    const bool over = size > most && size <= kInfinity<double>;
    return static_cast<float>(std::bit_cast<double>(sign | (over ? kInfinity<double> : size)));
}

[[gnu::always_inline]] inline float widened(Half half) {
    constexpr int cut = kBitsCut<float, Half>;
    constexpr std::uint32_t bias = kBiasBetween<float, Half>;
    constexpr std::uint32_t infinity = std::uint32_t{kInfinity<Half>} << cut;
    const std::uint32_t sign = static_cast<std::uint32_t>(half.bits & kSignBit<Half>) << 16;
    const std::uint32_t size = static_cast<std::uint32_t>(half.bits & (kSignBit<Half> - 1)) << cut;
    // A denormal is what it adds to the smallest normal number.
    constexpr auto least = std::bit_cast<float>(bias + kMinNormal<float>);
    const auto denormal =
        std::bit_cast<std::uint32_t>(std::bit_cast<float>(size + bias + kMinNormal<float>) - least);
    const std::uint32_t finite = size < kMinNormal<float> ? denormal : size + bias;
    const std::uint32_t quiet = size > infinity ? kQuietBit<float> : 0U;
    const std::uint32_t special = size | kInfinity<float> | quiet;
    return std::bit_cast<float>(sign | (size < infinity ? finite : special));
}

/// The nearest half, of two the even one. A value above the largest half is infinite.
template <class From>
[[gnu::always_inline]] inline Half half_of(From value) {
    using Bits = BitsOf<From>;
    constexpr int mantissa = FloatFormat<From>::kMantissa;
    constexpr int cut = kBitsCut<From, Half>;
    constexpr Bits bias = kBiasBetween<From, Half>;
    constexpr int denormal_exponent = 1 - FloatFormat<Half>::kBias - FloatFormat<Half>::kMantissa;
    const auto bits = std::bit_cast<Bits>(value);
    const Bits size = bits & ~kSignBit<From>;
    // Added to a number whose last bit is that of a denormal half, what is below is rounded off.
    constexpr auto anchor = std::bit_cast<From>(
        Bits{FloatFormat<From>::kBias + mantissa + denormal_exponent} << mantissa);
    const Bits denormal =
        std::bit_cast<Bits>(std::bit_cast<From>(size) + anchor) - std::bit_cast<Bits>(anchor);
    const Bits odd = (size >> cut) & 1;
    const Bits normal = (size - bias + (Bits{1} << (cut - 1)) - 1 + odd) >> cut;
    const Bits finite = size < bias + kMinNormal<From> ? denormal : normal;
    constexpr auto most = std::bit_cast<Bits>(From{kMaxHalf});
    const Bits number = size > most ? Bits{kInfinity<Half>} : finite;
    const Bits nan = ((size >> cut) & kMantissaMask<Half>) | kInfinity<Half> | kQuietBit<Half>;
    const Bits result = size > kInfinity<From> ? nan : number;
    return {
        static_cast<std::uint16_t>(result | ((bits & kSignBit<From>) >> (8 * sizeof(From) - 16)))};
}

/// The value; a NaN gets all bits of the mantissa set, as H5T__conv_f_f makes it.
template <class Float>
[[gnu::always_inline]] inline Float with_full_nan(Float value) {
    const auto bits = std::bit_cast<BitsOf<Float>>(value);
    const BitsOf<Float> full = bits | (kSignBit<Float> - 1);
    return std::bit_cast<Float>(value == value ? bits : full);
}

// H5T__conv_f_f to a narrower format. A normal number that lies in the middle is rounded up, and
// the largest stays finite. A number that becomes denormal loses the carry of its rounding.
template <class To, class From>
[[gnu::always_inline]] inline To narrowed_bit_by_bit(From value) {
    using Bits = BitsOf<From>;
    constexpr int mantissa = FloatFormat<From>::kMantissa;
    constexpr int kept = FloatFormat<To>::kMantissa;
    constexpr int cut = kBitsCut<From, To>;
    constexpr int bias = FloatFormat<From>::kBias - FloatFormat<To>::kBias;
    const auto bits = std::bit_cast<Bits>(value);
    const Bits size = bits & ~kSignBit<From>;
    const auto exponent = static_cast<int>(size >> mantissa) - bias;
    constexpr Bits infinity{kInfinity<To>};

    const Bits rounded = (size - kBiasBetween<From, To> + (Bits{1} << (cut - 1))) >> cut;
    const Bits normal = rounded < infinity ? rounded : infinity - 1;

    const int places = kept - 1 + exponent;  // below the leading one, in a denormal
    const int shift = places < 0 ? 0 : (places < kept ? places : kept - 1);
    const Bits fraction = size & kMantissaMask<From>;
    const Bits half_up = ((fraction >> (mantissa - 1 - shift)) + 1) >> 1;
    const Bits mask = (Bits{1} << shift) - 1;
    const Bits denormal = exponent < -kept ? Bits{0} : ((Bits{1} << shift) | (half_up & mask));

    const Bits finite = exponent > 0 ? normal : denormal;
    constexpr int end = 2 * FloatFormat<To>::kBias + 1;
    const Bits number = exponent >= end ? infinity : finite;
    constexpr Bits full = infinity | Bits{kMantissaMask<To>};
    const Bits result = size > kInfinity<From> ? full : number;
    const Bits sign = (bits & kSignBit<From>) >> (8 * (sizeof(From) - sizeof(To)));
    return std::bit_cast<To>(static_cast<BitsOf<To>>(result | sign));
}

// ---- the rules, of which a kernel has one ----

/// Both types are the processor's: the conversions H5T__conv_<type>_<type>.
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

/// One of the two types is not the processor's: H5T__conv_f_i and H5T__conv_f_f.
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

/// The second half of a way from integers to halves, as H5T__conv_i_f does it bit by bit: the
/// exponent of all ones is given away like any other.
struct IntegerToHalf {
    template <class From, class To>
    static constexpr bool kTakes = std::is_same_v<From, float> && kIsHalf<To>;

    template <class>
    [[gnu::always_inline]] static Half convert(float value) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        const std::uint32_t size = bits & ~kSignBit<float>;
        constexpr int cut = kBitsCut<float, Half>;
        constexpr std::uint32_t below_half = (1U << (cut - 1)) - 1U;
        const std::uint32_t odd = (size >> cut) & 1U;
        const std::uint32_t normal = (size - kBiasBetween<float, Half> + below_half + odd) >> cut;
        const std::uint32_t number = normal < kSignBit<Half> ? normal : kInfinity<Half>;
        return {
            static_cast<std::uint16_t>((bits >> 16 & kSignBit<Half>) | (size == 0 ? 0 : number))};
    }
};

}  // namespace hyperslab::datatype
