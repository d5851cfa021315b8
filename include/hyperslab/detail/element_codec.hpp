// ElementCodec: NativeType<T> as a value, so that compiled code can move elements of any type.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <vector>

#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/container.hpp"
#include "hyperslab/native_type.hpp"

namespace hyperslab::detail {

struct ElementCodec {
    Datatype type;        ///< the type of an element in memory, by default
    std::size_t size;     ///< size of the C++ object, in bytes
    bool plain;           ///< the object is the element
    bool follows = true;  ///< load and store take elements of other types (object::memory_type)
    /// Members that a file need not have (CodecParts).
    std::vector<CodecParts::Path> optional{};
    /// An element into an object and back; null for a direction that the C++ type does not have.
    void (*load)(const std::byte* element, const Datatype& type, void* value) = nullptr;
    void (*store)(const void* value,
                  const Datatype& type,
                  std::byte* element,
                  ElementMemory& memory) = nullptr;

    /// \name Containers: arrays and vectors, which may be axes of a dataset
    ///@{
    std::size_t depth = 0;   ///< the depth of nested containers; 0 for no container
    std::size_t length = 0;  ///< the length of this container, or kAnyLength
    const ElementCodec* item = nullptr;
    /// Stores the lengths of the outermost `count` containers of a value, by their first items.
    void (*measure)(const void* value, std::uint64_t* lengths, std::size_t count) = nullptr;
    /// Whether all items have the given lengths.
    bool (*has_lengths)(const void* value,
                        const std::uint64_t* lengths,
                        std::size_t count) = nullptr;
    ///@}
};

template <Container T>
void measure(const T& value, std::uint64_t* lengths, std::size_t count) {
    *lengths = std::ranges::size(value);
    if constexpr (Container<ItemOf<T>>) {
        if (count > 1 && *lengths != 0) {
            measure<ItemOf<T>>(*std::ranges::begin(value), lengths + 1, count - 1);
        } else if (count > 1) {
            measure(ItemOf<T>{}, lengths + 1, count - 1);
        }
    }
}

template <Container T>
bool has_lengths(const T& value, const std::uint64_t* lengths, std::size_t count) {
    if (std::ranges::size(value) != *lengths) {
        return false;
    }
    if constexpr (Container<ItemOf<T>>) {
        return count == 1 || std::ranges::all_of(value, [&](const auto& item) {
                   return has_lengths<ItemOf<T>>(item, lengths + 1, count - 1);
               });
    }
    return true;
}

template <class T>
ElementCodec make_codec() {
    ElementCodec codec{NativeType<T>::datatype(), sizeof(T), NativeType<T>::kPlain};
    if constexpr (Loadable<T>) {
        codec.load = [](const std::byte* element, const Datatype& type, void* value) {
            load_element(element, type, *static_cast<T*>(value));
        };
    }
    if constexpr (Storable<T>) {
        codec.store =
            [](const void* value, const Datatype& type, std::byte* element, ElementMemory& memory) {
                store_element(*static_cast<const T*>(value), type, element, memory);
            };
    }
    if constexpr (requires(CodecParts& parts) { NativeType<T>::add_parts(parts); }) {
        CodecParts parts;
        NativeType<T>::add_parts(parts);
        codec.follows = parts.follow;
        codec.optional = std::move(parts.optional);
    } else if constexpr (!LoadedByType<T> && !StoredByType<T>) {
        codec.follows = !codec.type.has_variable_length();
    }
    if constexpr (Container<T>) {
        codec.depth = kDepth<T>;
        codec.length = kLengthOf<T>;
        codec.item = &codec_of<ItemOf<T>>();
        codec.measure = [](const void* value, std::uint64_t* lengths, std::size_t count) {
            measure(*static_cast<const T*>(value), lengths, count);
        };
        codec.has_lengths = [](const void* value, const std::uint64_t* lengths, std::size_t count) {
            return has_lengths(*static_cast<const T*>(value), lengths, count);
        };
    }
    return codec;
}

template <class T>
const ElementCodec& codec_of() {
    return made_once([] { return make_codec<T>(); });
}

}  // namespace hyperslab::detail
