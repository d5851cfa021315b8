#include "object/elements/containers.hpp"

#include <algorithm>
#include <string>

#include "hyperslab/error.hpp"
#include "object/elements/array_walk.hpp"

namespace hyperslab::object {
namespace {

// Arrays and sequences in one another.
std::size_t depth_of(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::array:
            return type.array_dims().size() + depth_of(type.base());
        case TypeClass::vlen:
            return 1 + depth_of(type.base());
        default:
            return 0;
    }
}

}  // namespace

std::size_t container_axes(const detail::ElementCodec& codec, const Datatype& stored) {
    if (codec.depth == 0) {
        return 0;
    }
    const std::size_t in_file = depth_of(stored);
    const std::size_t innermost = depth_of(inside(codec, codec.depth).type);
    return std::min(codec.depth,
                    codec.depth + innermost - std::min(codec.depth + innermost, in_file));
}

const detail::ElementCodec& inside(const detail::ElementCodec& codec, std::size_t axes) {
    const detail::ElementCodec* inner = &codec;
    for (std::size_t i = 0; i < axes; ++i) {
        inner = inner->item;
    }
    return *inner;
}

Shape shape_in_containers(const Shape& shape, const detail::ElementCodec& codec, std::size_t axes) {
    const std::size_t left = shape.size() - std::min(axes, shape.size());
    bool fits = axes <= shape.size();
    for (std::size_t i = 0; fits && i < axes; ++i) {
        const std::size_t length = inside(codec, i).length;
        fits = length == detail::kAnyLength || length == shape[left + i];
    }
    if (!fits) {
        throw Error(ErrorCode::invalid_argument,
                    "Elements of shape " + to_string(shape) + " cannot be read as " +
                        to_string(codec.type) + ", each for the last " + std::to_string(axes) +
                        (axes == 1 ? " axis" : " axes"));
    }
    return Shape(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(left));
}

Datatype container_type(const Datatype& element, std::span<const std::uint64_t> lengths) {
    Datatype type = element;
    for (std::size_t i = lengths.size(); i-- > 0;) {
        type = detail::array_of(type, static_cast<std::size_t>(lengths[i]));
    }
    return type;
}

std::optional<Shape> common_lengths(const detail::ConstArrayRef& source, std::size_t axes) {
    const detail::ElementCodec& codec = *source.codec;
    Shape lengths(axes, 0);
    bool first = true;
    bool alike = true;
    for_each_element(source, [&](const std::byte* value) {
        if (first) {
            codec.measure(value, lengths.data(), axes);
            first = false;
        }
        alike = alike && codec.has_lengths(value, lengths.data(), axes);
    });
    for (std::size_t i = 0; first && i < axes; ++i) {
        const std::size_t length = inside(codec, i).length;
        lengths[i] = length == detail::kAnyLength ? 0 : length;
    }
    return alike ? std::optional(lengths) : std::nullopt;
}

ArrayForm form_of(const detail::ConstArrayRef& array) {
    const detail::ElementCodec& codec = *array.codec;
    if (codec.depth == 0) {
        return {array.shape, codec.type};
    }
    const std::optional<Shape> lengths = common_lengths(array, codec.depth);
    if (!lengths) {
        return {array.shape, codec.type};
    }
    Shape shape = array.shape;
    shape.insert(shape.end(), lengths->begin(), lengths->end());
    return {shape, inside(codec, codec.depth).type};
}

}  // namespace hyperslab::object
