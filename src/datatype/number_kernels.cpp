// The loops are plain. This file is compiled so that they become SIMD with the instructions that
// each function names. Only halves have instructions that no compiler finds by itself.

#include "datatype/number_kernels.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <tuple>
#include <utility>

#include "datatype/number_rules.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#define HYPERSLAB_AVX2 "avx2,f16c"
#define HYPERSLAB_AVX512 "avx512f,avx512bw,avx512dq,avx512vl,f16c"
#endif

namespace hyperslab::datatype {
namespace {

using core::InstructionSet;

// The types in the order of NumberKind.
using Numbers = std::tuple<std::int8_t,
                           std::uint8_t,
                           std::int16_t,
                           std::uint16_t,
                           std::int32_t,
                           std::uint32_t,
                           std::int64_t,
                           std::uint64_t,
                           float,
                           double,
                           Half>;
static_assert(std::tuple_size_v<Numbers> == kNumberKinds);

template <class Rule, class From, class To>
[[gnu::always_inline]] inline void convert(const std::byte* from,
                                           std::byte* to,
                                           std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        From value;
        std::memcpy(&value, from + i * sizeof value, sizeof value);
        const To result = Rule::template convert<To>(value);
        std::memcpy(to + i * sizeof result, &result, sizeof result);
    }
}

template <class Bits>
[[gnu::always_inline]] inline void swap_bytes(const std::byte* from,
                                              std::byte* to,
                                              std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        Bits bits;
        std::memcpy(&bits, from + i * sizeof bits, sizeof bits);
        bits = std::byteswap(bits);
        std::memcpy(to + i * sizeof bits, &bits, sizeof bits);
    }
}

/// The functions of one instruction set.
struct Baseline {
    template <class Rule, class From, class To>
    static void convert(const std::byte* from, std::byte* to, std::size_t count) {
        datatype::convert<Rule, From, To>(from, to, count);
    }
    template <class Bits>
    static void swap(const std::byte* from, std::byte* to, std::size_t count) {
        swap_bytes<Bits>(from, to, count);
    }
};

#if defined(__x86_64__)

[[gnu::target(HYPERSLAB_AVX2)]] void widen_halves(const std::byte* from,
                                                  std::byte* to,
                                                  std::size_t count) {
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m128i halves;
        std::memcpy(&halves, from + 2 * i, sizeof halves);
        const __m256 floats = _mm256_cvtph_ps(halves);
        std::memcpy(to + 4 * i, &floats, sizeof floats);
    }
    convert<Native, Half, float>(from + 2 * i, to + 4 * i, count - i);
}

[[gnu::target(HYPERSLAB_AVX2)]] void narrow_to_halves(const std::byte* from,
                                                      std::byte* to,
                                                      std::size_t count) {
    const __m256 most = _mm256_set1_ps(kMaxHalf);
    const __m256 infinity = _mm256_set1_ps(std::numeric_limits<float>::infinity());
    const __m256 sign_bit = _mm256_set1_ps(-0.0F);
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        __m256 value;
        std::memcpy(&value, from + 4 * i, sizeof value);
        const __m256 sign = _mm256_and_ps(value, sign_bit);
        const __m256 size = _mm256_andnot_ps(sign_bit, value);
        const __m256 over = _mm256_cmp_ps(size, most, _CMP_GT_OQ);
        const __m256 clipped = _mm256_or_ps(_mm256_blendv_ps(size, infinity, over), sign);
        const __m128i halves = _mm256_cvtps_ph(clipped, _MM_FROUND_TO_NEAREST_INT);
        std::memcpy(to + 2 * i, &halves, sizeof halves);
    }
    convert<Native, float, Half>(from + 4 * i, to + 2 * i, count - i);
}

template <class Rule, class From, class To>
constexpr bool kIsWidenedHalf =
    std::is_same_v<Rule, Native> && kIsHalf<From> && std::is_same_v<To, float>;
template <class Rule, class From, class To>
constexpr bool kIsNarrowedToHalf =
    std::is_same_v<Rule, Native> && std::is_same_v<From, float> && kIsHalf<To>;

struct Avx2 {
    template <class Rule, class From, class To>
    [[gnu::target(HYPERSLAB_AVX2)]] static void convert(const std::byte* from,
                                                        std::byte* to,
                                                        std::size_t count) {
        if constexpr (kIsWidenedHalf<Rule, From, To>) {
            widen_halves(from, to, count);
        } else if constexpr (kIsNarrowedToHalf<Rule, From, To>) {
            narrow_to_halves(from, to, count);
        } else {
            datatype::convert<Rule, From, To>(from, to, count);
        }
    }
    template <class Bits>
    [[gnu::target(HYPERSLAB_AVX2)]] static void swap(const std::byte* from,
                                                     std::byte* to,
                                                     std::size_t count) {
        swap_bytes<Bits>(from, to, count);
    }
};

struct Avx512 {
    template <class Rule, class From, class To>
    [[gnu::target(HYPERSLAB_AVX512)]] static void convert(const std::byte* from,
                                                          std::byte* to,
                                                          std::size_t count) {
        if constexpr (kIsWidenedHalf<Rule, From, To> || kIsNarrowedToHalf<Rule, From, To>) {
            Avx2::convert<Rule, From, To>(from, to, count);
        } else {
            datatype::convert<Rule, From, To>(from, to, count);
        }
    }
    template <class Bits>
    [[gnu::target(HYPERSLAB_AVX512)]] static void swap(const std::byte* from,
                                                       std::byte* to,
                                                       std::size_t count) {
        swap_bytes<Bits>(from, to, count);
    }
};

#else

using Avx2 = Baseline;
using Avx512 = Baseline;

#endif

using Row = std::array<NumberKernel, kNumberKinds>;
using Table = std::array<Row, kNumberKinds>;
using Kinds = std::make_index_sequence<kNumberKinds>;

template <class Functions, class Rule, std::size_t From, std::size_t To>
constexpr NumberKernel kernel_for() {
    using Source = std::tuple_element_t<From, Numbers>;
    using Result = std::tuple_element_t<To, Numbers>;
    if constexpr (Rule::template kTakes<Source, Result>) {
        return Functions::template convert<Rule, Source, Result>;
    } else {
        return nullptr;
    }
}

template <class Functions, class Rule, std::size_t From, std::size_t... To>
constexpr Row row_of(std::index_sequence<To...> /*kinds*/) {
    return {kernel_for<Functions, Rule, From, To>()...};
}

template <class Functions, class Rule, std::size_t... From>
constexpr Table table_of(std::index_sequence<From...> kinds) {
    return {row_of<Functions, Rule, From>(kinds)...};
}

template <class Functions>
const Table& table_for(NumberRule rule) {
    static constexpr Table kNative = table_of<Functions, Native>(Kinds{});
    static constexpr Table kBitwise = table_of<Functions, Bitwise>(Kinds{});
    static constexpr Table kFromHalf = table_of<Functions, FromHalf>(Kinds{});
    static constexpr Table kTowardsHalf = table_of<Functions, TowardsHalf>(Kinds{});
    static constexpr Table kIntegerToHalf = table_of<Functions, IntegerToHalf>(Kinds{});
    switch (rule) {
        case NumberRule::native:
            return kNative;
        case NumberRule::bitwise:
            return kBitwise;
        case NumberRule::from_half:
            return kFromHalf;
        case NumberRule::towards_half:
            return kTowardsHalf;
        case NumberRule::integer_to_half:
            break;
    }
    return kIntegerToHalf;
}

template <class Functions>
NumberKernel swap_for(std::size_t size) {
    return size == 2   ? Functions::template swap<std::uint16_t>
           : size == 4 ? Functions::template swap<std::uint32_t>
                       : Functions::template swap<std::uint64_t>;
}

}  // namespace

NumberKernel find_kernel(NumberRule rule,
                         NumberKind from,
                         NumberKind to,
                         core::InstructionSet set) {
    const Table& table = set == InstructionSet::avx512 ? table_for<Avx512>(rule)
                         : set == InstructionSet::avx2 ? table_for<Avx2>(rule)
                                                       : table_for<Baseline>(rule);
    return table[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
}

NumberKernel find_swap(std::size_t size, core::InstructionSet set) {
    return set == InstructionSet::avx512 ? swap_for<Avx512>(size)
           : set == InstructionSet::avx2 ? swap_for<Avx2>(size)
                                         : swap_for<Baseline>(size);
}

}  // namespace hyperslab::datatype
