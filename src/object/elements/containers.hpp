// Containers as axes: std::vector<std::array<double, 3>> is an array of shape (n, 3) where the file
// has plain numbers, and a row of elements where the file has arrays.
//
// So what a container is depends on the stored type. The outermost ones of an element type that the
// stored type does not account for are axes; what is inside of them is an element.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::object {

/// The number of a codec's containers that are axes when the file has elements of a type.
std::size_t container_axes(const detail::ElementCodec& codec, const Datatype& stored);

/// The codec inside of a number of containers.
const detail::ElementCodec& inside(const detail::ElementCodec& codec, std::size_t axes);

/// The shape in containers of an array that has a shape in elements: the shape without its last
/// `axes` axes.
/// \throws Error (invalid_argument) when the shape has fewer axes, or a container another length
Shape shape_in_containers(const Shape& shape, const detail::ElementCodec& codec, std::size_t axes);

/// The type of a container in memory whose elements lie one after the other.
Datatype container_type(const Datatype& element, std::span<const std::uint64_t> lengths);

/// The lengths of the outermost containers of all values; an empty optional when they differ.
std::optional<Shape> common_lengths(const detail::ConstArrayRef& source, std::size_t axes);

/// The form of an array when it is stored anew: its shape, with containers of equal lengths as
/// axes, and the type of an element.
struct ArrayForm {
    Shape shape;
    Datatype type;
};
ArrayForm form_of(const detail::ConstArrayRef& array);

/// An array of the elements inside of containers, on the same memory. It is an empty optional when
/// some containers are vectors, whose elements lie elsewhere.
template <class Void>
std::optional<detail::BasicArrayRef<Void>> flattened(const detail::BasicArrayRef<Void>& array,
                                                     std::size_t axes) {
    detail::BasicArrayRef<Void> flat = array;
    for (std::size_t i = 0; i < axes; ++i) {
        const detail::ElementCodec& codec = *flat.codec;
        if (codec.length == detail::kAnyLength) {
            return std::nullopt;
        }
        flat.shape.push_back(codec.length);
        if (!flat.strides.empty()) {
            flat.strides.push_back(static_cast<std::ptrdiff_t>(codec.item->size));
        }
        flat.codec = codec.item;
    }
    return flat;
}

}  // namespace hyperslab::object
