// What is read into and written from, as compiled code sees it: memory, shape, strides, codec.
//
// with_source() turns whatever a caller can write into one, read_target() whatever can be read
// into.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "hyperslab/array.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/shape.hpp"
#include "hyperslab/strided_view.hpp"

namespace hyperslab::detail {

template <class Void>
struct BasicArrayRef {
    Void* data;
    Shape shape;
    /// In bytes; empty: elements lie one after the other in C order.
    std::vector<std::ptrdiff_t> strides;
    /// A row of elements that may stand for an array of any shape with as many.
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

/// Any range of elements but texts and arrays that have a shape of their own.
template <class T>
concept ElementRange = std::ranges::input_range<const T> && !Text<T> && !kIsArray<T> &&
                       Storable<std::ranges::range_value_t<const T>>;

/// Whatever stands for one element.
template <class T>
concept ElementValue = Text<T> || (Storable<T> && !ElementRange<T>);

template <class T>
concept Source =
    kIsArray<T> || kIsStridedView<T> || MdspanLike<T> || ElementRange<T> || ElementValue<T>;

/// The element type of a source.
template <Source T>
auto source_element() {
    if constexpr (kIsArray<T> || kIsStridedView<T>) {
        return std::type_identity<std::remove_const_t<typename T::value_type>>{};
    } else if constexpr (MdspanLike<T>) {
        return std::type_identity<
            std::remove_cvref_t<decltype(*std::declval<const T&>().data_handle())>>{};
    } else if constexpr (ElementRange<T>) {
        return std::type_identity<std::ranges::range_value_t<const T>>{};
    } else if constexpr (Text<T>) {
        return std::type_identity<std::string>{};
    } else {
        return std::type_identity<T>{};
    }
}

template <class T>
using SourceElement = typename decltype(source_element<T>())::type;

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
    } else if constexpr (Text<T>) {
        const std::string_view text = value;
        return use(ConstArrayRef{&text, {}, {}, false, &codec_of<std::string_view>()});
    } else if constexpr (ElementValue<T>) {
        return use(ConstArrayRef{&value, {}, {}, false, &codec_of<T>()});
    } else if constexpr (std::ranges::contiguous_range<const T> &&
                         std::ranges::sized_range<const T>) {
        return use(ref_of_row<const void>(std::ranges::data(value), std::ranges::size(value)));
    } else {
        using Element = std::ranges::range_value_t<const T>;
        const auto size = static_cast<std::size_t>(std::ranges::distance(value));
        const auto row = std::make_unique<Element[]>(size);
        std::ranges::copy(value, row.get());
        return use(ref_of_row<const void>(row.get(), size));
    }
}

/// Memory that can be read into.
template <class T>
concept Target = kIsArray<T> || kIsStridedView<T> || MdspanLike<T> ||
                 (std::ranges::contiguous_range<T> && std::ranges::sized_range<T>);

template <Target T>
ArrayRef read_target(T& target) {
    if constexpr (kIsArray<T>) {
        return {target.data(), target.shape(), {}, false, &codec_of<typename T::value_type>()};
    } else if constexpr (kIsStridedView<T>) {
        return ref_of<void>(target);
    } else if constexpr (MdspanLike<T>) {
        return ref_of<void>(StridedView(target));
    } else {
        return ref_of_row<void>(std::ranges::data(target), std::ranges::size(target));
    }
}

}  // namespace hyperslab::detail
