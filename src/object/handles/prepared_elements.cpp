#include "object/handles/prepared_elements.hpp"

#include <optional>
#include <utility>

#include "hdf5/types/type_translation.hpp"
#include "object/elements/containers.hpp"
#include "object/elements/memory_type.hpp"
#include "object/handles/transfer.hpp"

namespace hyperslab::object {

Shape require_common_lengths(const detail::ConstArrayRef& source, std::size_t axes) {
    const std::optional<Shape> lengths = common_lengths(source, axes);
    if (!lengths) {
        throw Error(
            ErrorCode::type_mismatch,
            "Vectors of different lengths cannot be written where the file has no sequences");
    }
    return *lengths;
}

namespace {

PreparedElements prepare(SharedType type, std::size_t axes, const detail::ConstArrayRef& source) {
    if (const auto flat = flattened(source, axes)) {
        return {StoredElements(*flat, type->type),
                flat->shape,
                source.flat && axes == 0,
                std::move(type)};
    }
    const Shape lengths = require_common_lengths(source, axes);
    Shape shape = source.shape;
    shape.insert(shape.end(), lengths.begin(), lengths.end());
    return {StoredElements(source, container_type(type->type, lengths)),
            std::move(shape),
            false,
            std::move(type)};
}

}  // namespace

PreparedElements prepare(const detail::ArrayPlace& place, const detail::ConstArrayRef& source) {
    DatasetState& state = dataset_state(place.dataset);
    const std::size_t axes = source.codec->depth == 0
                                 ? 0
                                 : container_axes(*source.codec, stored_type(state, place.field));
    return prepare(transfer_type(state, place.field, inside(*source.codec, axes)), axes, source);
}

PreparedElements prepare(const Datatype& stored, const detail::ConstArrayRef& source) {
    const std::size_t axes = container_axes(*source.codec, stored);
    return prepare(
        make_memory_type(memory_type(inside(*source.codec, axes), stored)), axes, source);
}

}  // namespace hyperslab::object
