// Index expressions: a part of an array, as NumPy and h5py write it.
//
//     {hs::at(3), hs::slice(0, 10, 2), hs::all}          a[3, 0:10:2, :]
//     {hs::ellipsis, hs::indices({1, 4, 7})}             a[..., [1, 4, 7]]
//
// An expression is only what the caller wrote. It knows no extent, so nothing is checked here:
// resolve() in selection.hpp makes a Selection of it, or throws.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace hyperslab {

namespace detail {

/// A position that does not fit is past every end, and must not wrap around to be negative.
template <std::integral T>
constexpr std::int64_t as_position(T value) {
    constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
    if constexpr (std::is_unsigned_v<T> && sizeof(T) >= sizeof kLast) {
        return value > static_cast<T>(kLast) ? kLast : static_cast<std::int64_t>(value);
    } else {
        return value;
    }
}

}  // namespace detail

/// One position; the axis is dropped from the result. Negative values count from the end.
struct At {
    std::int64_t index = 0;
};

/// A bound of a slice: a position, or an empty optional for the end of the axis.
struct SliceBound : std::optional<std::int64_t> {
    constexpr SliceBound() = default;
    constexpr SliceBound(std::nullopt_t /*none*/) {}
    constexpr SliceBound(std::optional<std::int64_t> position) : optional(position) {}
    constexpr SliceBound(std::integral auto position) : optional(detail::as_position(position)) {}
};

/// Every step-th position of [start, stop). Negative bounds count from the end, bounds past either
/// end mean that end, as in NumPy and as kUnlimited does; but step must be positive.
struct Slice {
    SliceBound start{};
    SliceBound stop{};
    std::int64_t step = 1;
};

/// A number of blocks of `block` positions each, whose beginnings lie `stride` apart. Without a
/// count, or with kUnlimited, there are as many whole blocks as fit. In the result the blocks lie
/// side by side. Unlike a slice, it must lie inside the extent. Source: H5Sselect_hyperslab,
/// h5py.MultiBlockSlice.
struct MultiBlock {
    std::uint64_t start = 0;
    std::uint64_t stride = 1;
    std::optional<std::uint64_t> count{};
    std::uint64_t block = 1;
};

/// The listed positions of one axis, increasing; negative values count from the end.
/// At most one axis of an expression may have a list or a mask.
struct IndexList {
    std::vector<std::int64_t> positions;
};

/// The positions of one axis where a mask is not zero. The mask is as long as the axis.
struct AxisMask {
    std::vector<std::uint8_t> mask;
};

/// All axes that the rest of the expression does not speak of. Without one they are the last.
struct Ellipsis {};

/// The part of an expression for one axis.
using Index = std::variant<At, Slice, MultiBlock, IndexList, AxisMask, Ellipsis>;

/// \name Writing indices
///@{
inline namespace words {  // GCC 12 warns of every enumerator and local called `all` otherwise
inline constexpr Slice all{};
inline constexpr Ellipsis ellipsis{};
}  // namespace words

constexpr At at(std::integral auto index) { return {detail::as_position(index)}; }

constexpr Slice slice(SliceBound start, SliceBound stop, std::int64_t step = 1) {
    return {start, stop, step};
}

constexpr MultiBlock multi_block(std::uint64_t start = 0,
                                 std::uint64_t stride = 1,
                                 std::optional<std::uint64_t> count = std::nullopt,
                                 std::uint64_t block = 1) {
    return {start, stride, count, block};
}

inline IndexList indices(std::vector<std::int64_t> positions) { return {std::move(positions)}; }

/// A list of positions from any range of integers.
template <std::ranges::input_range Range>
    requires std::integral<std::ranges::range_value_t<Range>>
IndexList indices(const Range& range) {
    IndexList list;
    for (const auto value : range) {
        list.positions.push_back(detail::as_position(value));
    }
    return list;
}

inline AxisMask mask(std::vector<std::uint8_t> values) { return {std::move(values)}; }

/// A mask from any range of truth values, such as std::vector<bool>.
template <std::ranges::input_range Range>
    requires std::convertible_to<std::ranges::range_reference_t<const Range>, bool>
AxisMask mask(const Range& range) {
    AxisMask result;
    for (const bool value : range) {
        result.mask.push_back(value ? 1 : 0);
    }
    return result;
}
///@}

/// Types that can stand in an expression: an Index or one of its alternatives.
template <class T>
concept IndexItem = std::same_as<T, Index> || std::same_as<T, At> || std::same_as<T, Slice> ||
                    std::same_as<T, MultiBlock> || std::same_as<T, IndexList> ||
                    std::same_as<T, AxisMask> || std::same_as<T, Ellipsis>;

/// Indices of the axes in order. An empty expression means everything.
///
/// Short expressions live in the object itself, so that reading one element allocates nothing.
class IndexExpression {
public:
    IndexExpression() = default;

    template <class... Items>
        requires(sizeof...(Items) > 0 && (IndexItem<std::remove_cvref_t<Items>> && ...))
    IndexExpression(Items&&... items) {  // implicit, so that calls can take {at(3), all} and at(3)
        (push_back(std::forward<Items>(items)), ...);
    }

    template <class Item>
        requires IndexItem<std::remove_cvref_t<Item>>
    void push_back(Item&& item) {
        if (size_ < kInline) {
            inline_[size_++] = std::forward<Item>(item);
            return;
        }
        if (heap_.empty()) {
            heap_.assign(std::make_move_iterator(inline_.begin()),
                         std::make_move_iterator(inline_.end()));
        }
        heap_.emplace_back(std::forward<Item>(item));
    }

    std::span<const Index> items() const {
        return heap_.empty() ? std::span<const Index>(inline_.data(), size_)
                             : std::span<const Index>(heap_);
    }
    std::size_t size() const { return items().size(); }
    bool empty() const { return items().empty(); }

private:
    static constexpr std::size_t kInline = 4;

    std::array<Index, kInline> inline_{};
    std::vector<Index> heap_;  // all of them, once there are more than fit
    std::size_t size_ = 0;     // the number of indices in inline_
};

}  // namespace hyperslab
