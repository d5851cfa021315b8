// The parts of NativeType that need not be compiled for every type.

#include "hyperslab/native_type.hpp"

#include <cstdint>
#include <cstring>
#include <utility>

#include "core/checked.hpp"
#include "core/large_pages.hpp"
#include "hyperslab/array.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/record.hpp"

namespace hyperslab::detail {
namespace {

// hvl_t
struct RawSequence {
    std::size_t length;
    const void* elements;
};

}  // namespace

Datatype array_of(const Datatype& element, std::size_t count) {
    Shape dims{count};
    if (element.type_class() != TypeClass::array) {
        return Datatype::array(element, std::move(dims));
    }
    dims.insert(dims.end(), element.array_dims().begin(), element.array_dims().end());
    return Datatype::array(element.base(), std::move(dims));
}

Datatype item_type(const Datatype& container) {
    const Shape& dims = container.array_dims();
    return dims.size() > 1 ? Datatype::array(container.base(), Shape(dims.begin() + 1, dims.end()))
                           : container.base();
}

Items load_items(const std::byte* element, const Datatype& container) {
    if (container.type_class() == TypeClass::array) {
        return {static_cast<std::size_t>(container.array_dims().front()), element};
    }
    RawSequence raw{};
    std::memcpy(&raw, element, sizeof raw);
    return {raw.elements == nullptr ? 0 : raw.length, static_cast<const std::byte*>(raw.elements)};
}

void store_items(Items sequence, std::byte* element) {
    const RawSequence raw{sequence.count, sequence.count == 0 ? nullptr : sequence.first};
    std::memcpy(element, &raw, sizeof raw);
}

std::byte* room_for_items(std::size_t count,
                          const Datatype& container,
                          std::size_t item_size,
                          std::byte* element,
                          ElementMemory& memory) {
    if (container.type_class() == TypeClass::array) {
        require_items({static_cast<std::size_t>(container.array_dims().front()), element}, count);
        return element;
    }
    std::byte* const room = memory.allocate(count * item_size);
    store_items({count, room}, element);
    return room;
}

void require_items(const Items& items, std::size_t count) {
    if (items.count != count) {
        throw Error(ErrorCode::type_mismatch,
                    "A sequence or array has the length " + std::to_string(items.count) +
                        " where " + std::to_string(count) + " is wanted");
    }
}

void CodecParts::add(const ElementCodec& part) {
    follow = follow && part.follows;
    optional.insert(optional.end(), part.optional.begin(), part.optional.end());
}

void CodecParts::add_member(const char* name, const ElementCodec& part) {
    follow = follow && part.follows;
    for (const Path& path : part.optional) {
        optional.push_back({name});
        optional.back().insert(optional.back().end(), path.begin(), path.end());
    }
}

Datatype record_type(std::vector<CompoundMember> members, std::size_t struct_size, bool packed) {
    if (!packed) {
        return Datatype::compound(struct_size, std::move(members));
    }
    std::size_t size = 0;
    for (CompoundMember& member : members) {
        member.offset = size;
        size += member.type.size();
    }
    return Datatype::compound(size, std::move(members));
}

std::size_t array_size(const Shape& shape, std::size_t element_size) {
    const std::uint64_t count = element_count(shape);
    core::checked_size(core::checked_multiply(count, element_size));
    return static_cast<std::size_t>(count);
}

void prefer_large_pages(void* memory, std::size_t size) { core::prefer_large_pages(memory, size); }

void require_position(const Shape& shape, std::initializer_list<std::uint64_t> position) {
    if (position.size() != shape.size()) {
        throw Error(
            ErrorCode::invalid_argument,
            std::to_string(position.size()) + " indices for an array of shape " + to_string(shape));
    }
    auto length = shape.begin();
    for (const std::uint64_t index : position) {
        if (index >= *length++) {
            throw Error(ErrorCode::out_of_range,
                        "Index " + std::to_string(index) + " is outside an array of shape " +
                            to_string(shape));
        }
    }
}

void require_element_count(const Shape& shape, std::size_t count) {
    if (element_count(shape) != count) {
        throw Error(
            ErrorCode::invalid_argument,
            std::to_string(count) + " elements do not make an array of shape " + to_string(shape));
    }
}

}  // namespace hyperslab::detail
