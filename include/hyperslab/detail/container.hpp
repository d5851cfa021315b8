// Containers: the C++ types that may be axes of a dataset, or arrays and sequences in an element.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <ranges>
#include <type_traits>
#include <vector>

namespace hyperslab::detail {

/// The length of a container with any number of items.
inline constexpr std::size_t kAnyLength = std::numeric_limits<std::size_t>::max();

template <class T>
inline constexpr std::size_t kLengthOf = 0;  // 0 for what is no container
template <class T, std::size_t N>
inline constexpr std::size_t kLengthOf<std::array<T, N>> = N;
template <class T, std::size_t N>
inline constexpr std::size_t kLengthOf<T[N]> = N;
template <std::size_t N>
inline constexpr std::size_t kLengthOf<char[N]> = 0;  // a text
template <class T>
inline constexpr std::size_t kLengthOf<std::vector<T>> = kAnyLength;

template <class T>
concept Container = kLengthOf<T> != 0;

template <Container T>
using ItemOf = std::ranges::range_value_t<T>;

/// Containers in one another.
template <class T>
inline constexpr std::size_t kDepth = 0;
template <Container T>
inline constexpr std::size_t kDepth<T> = 1 + kDepth<ItemOf<T>>;

/// The innermost type of nested containers.
template <class T>
struct InnermostItem {
    using Type = T;
};
template <Container T>
struct InnermostItem<T> {
    using Type = typename InnermostItem<ItemOf<T>>::Type;
};

}  // namespace hyperslab::detail
