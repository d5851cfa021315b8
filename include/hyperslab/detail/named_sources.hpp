// Many values with names, as compiled code sees them one after the other.
#pragma once

#include <concepts>
#include <functional>
#include <ranges>
#include <string>
#include <type_traits>

#include "hyperslab/detail/array_ref.hpp"

namespace hyperslab::detail {

/// Takes one value, whose memory stays until the last one has been written.
using TakeNamedSource = std::function<void(const std::string& name, const ConstArrayRef& source)>;

/// Calls take for each value.
using EachNamedSource = std::function<void(const TakeNamedSource& take)>;

/// Whether the elements that with_source() tells of lie in the value itself: not in a row that is
/// made of it for the moment, as of a list's.
template <class T>
constexpr bool source_lasts() {
    if constexpr (ShapedArray<T> || Text<T> || !ElementRange<T>) {
        return true;
    } else {
        return std::ranges::contiguous_range<const T> && std::ranges::sized_range<const T>;
    }
}

template <class Pair>
using NamedValue = std::remove_cvref_t<decltype(std::declval<const Pair&>().second)>;

/// Pairs of a name and a value that can be written, as maps and vectors of pairs hold them.
template <class Members>
concept NamedValues = std::ranges::input_range<const Members> &&
                      std::is_lvalue_reference_v<std::ranges::range_reference_t<const Members>> &&
                      requires(const Members& members) {
                          {
                              std::ranges::begin(members)->first
                          } -> std::convertible_to<const std::string&>;
                          std::ranges::begin(members)->second;
                      };

template <class Members>
EachNamedSource each_of(const Members& members) {
    using Value = NamedValue<std::ranges::range_value_t<const Members>>;
    static_assert(source_lasts<Value>(), "the elements of each value must lie side by side");
    return [&members](const TakeNamedSource& take) {
        for (const auto& member : members) {
            const std::string& name = member.first;
            with_source(member.second, [&](const ConstArrayRef& source) { take(name, source); });
        }
    };
}

}  // namespace hyperslab::detail
