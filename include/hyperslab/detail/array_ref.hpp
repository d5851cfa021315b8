// The memory that is read into or written from, as compiled code sees it: address, shape, strides,
// codec.
//
// with_source() makes it of whatever a caller can write, read_target() of whatever can be read
// into.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "hyperslab/array.hpp"
#include "hyperslab/array_adaptor.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/detail/require_element.hpp"
#include "hyperslab/shape.hpp"
#include "hyperslab/strided_view.hpp"

namespace hyperslab::detail {

template <class Void>
struct BasicArrayRef {
    Void* data;
    Shape shape;
    /// In bytes; empty: elements lie one after the other in C order.
    std::vector<std::ptrdiff_t> strides;
    /// Whether a row of elements may stand for an array of any shape with that number of elements.
    bool flat;
    const ElementCodec* codec;
};

using ArrayRef = BasicArrayRef<void>;
using ConstArrayRef = BasicArrayRef<const void>;

template <class T>
inline constexpr bool kIsArray = false;
template <class T>
inline constexpr bool kIsArray<Array<T>> = true;
template <class T>
inline constexpr bool kIsStridedView = false;
template <class T>
inline constexpr bool kIsStridedView<StridedView<T>> = true;

/// Texts are values, not rows of characters.
template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;

/// Arrays that have a shape of their own.
template <class T>
concept ShapedArray = kIsArray<T> || kIsStridedView<T> || MdspanLike<T> || AdaptedArray<T>;

// GCC 12 may mix up constraints on types that are computed from others. So concepts here ask
// constants, and functions for types.

template <class T>
inline constexpr bool kStorable = Storable<T>;

template <class T>
constexpr bool holds_elements() {
    if constexpr (std::ranges::input_range<const T> && !Text<T> && !ShapedArray<T>) {
        return kStorable<std::ranges::range_value_t<const T>> || !kStorable<T>;
    } else {
        return false;
    }
}

/// Any range of elements but texts and arrays that have a shape of their own.
template <class T>
concept ElementRange = holds_elements<T>();

template <class T>
constexpr auto source_element() {
    if constexpr (kIsArray<T> || kIsStridedView<T>) {
        return std::type_identity<std::remove_const_t<typename T::value_type>>{};
    } else if constexpr (MdspanLike<T>) {
        return std::type_identity<
            std::remove_cvref_t<decltype(*std::declval<const T&>().data_handle())>>{};
    } else if constexpr (AdaptedArray<T>) {
        return std::type_identity<typename ArrayAdaptor<T>::value_type>{};
    } else if constexpr (Text<T>) {
        return std::type_identity<std::string_view>{};
    } else if constexpr (holds_elements<T>()) {
        return std::type_identity<std::ranges::range_value_t<const T>>{};
    } else {
        return std::type_identity<T>{};
    }
}

/// The element type of a source: of a range, an array, a text or one value.
template <class T>
using SourceElement = typename decltype(source_element<T>())::type;

template <class T>
inline constexpr bool kIsSource = kStorable<SourceElement<T>>;

/// Types that can be written.
template <class T>
concept Source = kIsSource<T>;

template <class Void, class T>
BasicArrayRef<Void> ref_of(const StridedView<T>& view) {
    BasicArrayRef<Void> ref{
        view.data(), view.shape(), {}, false, &codec_of<std::remove_const_t<T>>()};
    for (const std::ptrdiff_t stride : view.strides()) {
        ref.strides.push_back(stride * static_cast<std::ptrdiff_t>(sizeof(T)));
    }
    return ref;
}

template <class Void, class T>
BasicArrayRef<Void> ref_of_row(T* data, std::size_t size) {
    return {data, {size}, {}, true, &codec_of<std::remove_const_t<T>>()};
}

template <class T>
ConstArrayRef ref_of_value(const T& value) {
    return {&value, {}, {}, false, &codec_of<T>()};
}

/// Calls use(ConstArrayRef) with what a value holds.
template <Source T, class Use>
auto with_source(const T& value, Use&& use) {
    if constexpr (kIsArray<T>) {
        return use(ConstArrayRef{
            value.data(), value.shape(), {}, false, &codec_of<typename T::value_type>()});
    } else if constexpr (kIsStridedView<T>) {
        return use(ref_of<const void>(value));
    } else if constexpr (MdspanLike<T>) {
        return use(ref_of<const void>(StridedView(value)));
    } else if constexpr (AdaptedArray<T>) {
        return use(ref_of<const void>(ArrayAdaptor<T>::view(value)));
    } else if constexpr (Text<T>) {
        const std::string_view text = value;
        return use(ref_of_value(text));
    } else if constexpr (!ElementRange<T>) {
        return use(ref_of_value(value));
    } else if constexpr (std::ranges::contiguous_range<const T> &&
                         std::ranges::sized_range<const T>) {
        return use(ref_of_row<const void>(std::ranges::data(value), std::ranges::size(value)));
    } else {
        // It is no vector of elements, which would have no addresses of bools.
        struct One {
            std::ranges::range_value_t<const T> element;
        };
        std::vector<One> row;
        for (auto&& element : value) {
            row.push_back({element});
        }
        const auto* const first = row.empty() ? nullptr : &row.front().element;
        return use(ref_of_row<const void>(first, row.size()));
    }
}

/// Calls `use` with the source of a list in braces.
template <class T, class Use>
auto with_list(std::initializer_list<T> list, Use&& use) {
    return use(ref_of_row<const void>(list.begin(), list.size()));
}
template <class T, class Use>
auto with_list(std::initializer_list<std::initializer_list<T>> lists, Use&& use) {
    using Element = std::conditional_t<Text<T>, std::string, T>;  // pointers cannot be read
    std::vector<std::vector<Element>> rows;
    for (const std::initializer_list<T>& list : lists) {
        rows.emplace_back(list.begin(), list.end());
    }
    return with_source(rows, use);
}

/// Memory that can be read into.
template <class T>
concept Target = kIsArray<T> || kIsStridedView<T> || MdspanLike<T> || WritableAdaptedArray<T> ||
                 (std::ranges::contiguous_range<T> && std::ranges::sized_range<T>);

/// Types that take the size of what is read.
template <class T>
concept ResizableRange =
    Target<T> && !ShapedArray<T> && requires(T& target) { target.resize(std::size_t{1}); };

template <Target T>
ArrayRef read_target(T& target) {
    if constexpr (kIsArray<T>) {
        return {target.data(), target.shape(), {}, false, &codec_of<typename T::value_type>()};
    } else if constexpr (kIsStridedView<T>) {
        return ref_of<void>(target);
    } else if constexpr (MdspanLike<T>) {
        return ref_of<void>(StridedView(target));
    } else if constexpr (WritableAdaptedArray<T>) {
        return ref_of<void>(ArrayAdaptor<T>::view(target));
    } else {
        return ref_of_row<void>(std::ranges::data(target), std::ranges::size(target));
    }
}

template <class T>
constexpr auto target_element() {
    if constexpr (ShapedArray<T>) {
        return source_element<T>();
    } else {
        return std::type_identity<std::ranges::range_value_t<T>>{};
    }
}

/// The element type of a target.
template <class T>
using TargetElement = typename decltype(target_element<T>())::type;

template <class T>
inline constexpr bool kLoadable = Loadable<T>;
template <class T>
inline constexpr bool kIsTarget = Target<T>;

/// The result of reading: an Array of elements, or an array of another library.
template <class T>
using ReadResult = std::conditional_t<ResizableAdaptedArray<T>, T, Array<T>>;

}  // namespace hyperslab::detail
