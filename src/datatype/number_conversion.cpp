// The loops are plain so that the compiler makes SIMD of them; this file is compiled for that.

#include "datatype/number_conversion.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

namespace hyperslab::datatype {
namespace {

template <class Number>
constexpr Number kMost = std::numeric_limits<Number>::max();
template <class Number>
constexpr Number kLeast = std::numeric_limits<Number>::lowest();

// What is larger than the largest is infinite, also where rounding would make it the largest.
template <class To, class From>
To narrowed(From value) {
    constexpr To infinite = std::numeric_limits<To>::infinity();
    const To near = static_cast<To>(value);
    return value > static_cast<From>(kMost<To>)    ? infinite
           : value < static_cast<From>(kLeast<To>) ? -infinite
                                                   : near;
}

template <class To, class From>
To converted(From value) {
    if constexpr (std::is_floating_point_v<From> && sizeof(To) < sizeof(From)) {
        return narrowed<To>(value);
    } else if constexpr (std::is_floating_point_v<To>) {
        return static_cast<To>(value);
    } else {
        if (std::cmp_greater(value, kMost<To>)) {
            return kMost<To>;
        }
        return std::cmp_less(value, kLeast<To>) ? kLeast<To> : static_cast<To>(value);
    }
}

template <class From, class To>
void convert(const std::byte* from, std::byte* to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        From value;
        std::memcpy(&value, from + i * sizeof value, sizeof value);
        const To result = converted<To>(value);
        std::memcpy(to + i * sizeof result, &result, sizeof result);
    }
}

using Numbers = std::tuple<std::int8_t,
                           std::uint8_t,
                           std::int16_t,
                           std::uint16_t,
                           std::int32_t,
                           std::uint32_t,
                           std::int64_t,
                           std::uint64_t,
                           float,
                           double>;
constexpr std::size_t kNumbers = std::tuple_size_v<Numbers>;

template <class Number>
Datatype type_of() {
    if constexpr (std::is_floating_point_v<Number>) {
        return Datatype::floating(sizeof(Number));
    } else {
        return Datatype::integer(sizeof(Number), std::is_signed_v<Number>);
    }
}

template <class From, class To>
constexpr NumberKernel kernel_for() {
    // NaN as an integer is what the processor makes of it.
    if constexpr (std::is_floating_point_v<From> && !std::is_floating_point_v<To>) {
        return nullptr;
    } else {
        return convert<From, To>;
    }
}

template <std::size_t From, std::size_t... To>
constexpr std::array<NumberKernel, kNumbers> kernels_from(std::index_sequence<To...> /*all*/) {
    return {
        kernel_for<std::tuple_element_t<From, Numbers>, std::tuple_element_t<To, Numbers>>()...};
}

template <std::size_t... From>
constexpr auto all_kernels(std::index_sequence<From...> all) {
    return std::array{kernels_from<From>(all)...};
}

template <std::size_t... I>
std::size_t number_index(const Datatype& type, std::index_sequence<I...> /*all*/) {
    std::size_t found = kNumbers;
    ((type == type_of<std::tuple_element_t<I, Numbers>>() ? void(found = I) : void()), ...);
    return found;
}

}  // namespace

NumberKernel find_number_kernel(const Datatype& from, const Datatype& to) {
    using All = std::make_index_sequence<kNumbers>;
    static constexpr auto kernels = all_kernels(All{});
    const std::size_t i = number_index(from, All{});
    const std::size_t k = number_index(to, All{});
    return i == kNumbers || k == kNumbers ? nullptr : kernels[i][k];
}

}  // namespace hyperslab::datatype
