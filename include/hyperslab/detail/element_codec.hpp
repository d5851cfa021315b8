// ElementCodec: NativeType<T> as a value, so that compiled code can move elements of any type.
#pragma once

#include <cstddef>

#include "hyperslab/datatype.hpp"
#include "hyperslab/native_type.hpp"

namespace hyperslab::detail {

struct ElementCodec {
    Datatype type;     ///< of an element in memory
    std::size_t size;  ///< of the C++ object, in bytes
    bool plain;        ///< the object is the element
    /// An element into an object and back; null for a direction that the C++ type does not have.
    void (*load)(const std::byte* element, void* value);
    void (*store)(const void* value, std::byte* element, ElementMemory& memory);
};

template <class T>
ElementCodec make_codec() {
    ElementCodec codec{NativeType<T>::datatype(), sizeof(T), NativeType<T>::kPlain, {}, {}};
    if constexpr (Loadable<T>) {
        codec.load = [](const std::byte* element, void* value) {
            load_element(element, *static_cast<T*>(value));
        };
    }
    if constexpr (Storable<T>) {
        codec.store = [](const void* value, std::byte* element, ElementMemory& memory) {
            store_element(*static_cast<const T*>(value), element, memory);
        };
    }
    return codec;
}

/// The one codec of a type.
template <class T>
const ElementCodec& codec_of() {
    return made_once([] { return make_codec<T>(); });
}

}  // namespace hyperslab::detail
