// Containers as elements and as parts of them: NativeType of std::array, T[N], std::vector and
// std::optional.
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hyperslab/native_type.hpp"

namespace hyperslab {
namespace detail {

struct ElementCodec;

/// The one codec of a type (element_codec.hpp).
template <class T>
const ElementCodec& codec_of();

/// What a codec knows of the parts of its elements.
struct CodecParts {
    using Path = std::vector<std::string>;

    /// Whether all parts take elements of the types that object::memory_type chooses.
    bool follow = true;
    /// The members that a file need not have; an empty path is the element itself.
    std::vector<Path> optional{};

    void add(const ElementCodec& part);
    void add_member(const char* name, const ElementCodec& part);
};

/// The type of an array of `count` elements. An array of arrays becomes one array of more
/// dimensions.
Datatype array_of(const Datatype& element, std::size_t count);

/// The type of what an array or a sequence holds: of an array of several dimensions, arrays.
Datatype item_type(const Datatype& container);

/// Elements that follow one another: those of a variable-length element, or of an array.
struct Items {
    std::size_t count;
    const std::byte* first;
};
Items load_items(const std::byte* element, const Datatype& container);
void store_items(Items sequence, std::byte* element);

/// The place to store items at: in the element itself when that is an array.
/// \throws Error (type_mismatch) for an array of another length
std::byte* room_for_items(std::size_t count,
                          const Datatype& container,
                          std::size_t item_size,
                          std::byte* element,
                          ElementMemory& memory);

/// \throws Error (type_mismatch) when there is another number of items
void require_items(const Items& items, std::size_t count);

template <class T>
void load_array(const std::byte* element, const Datatype& type, T* values, std::size_t count) {
    const Datatype item = item_type(type);
    const Items items = load_items(element, type);
    require_items(items, count);
    for (std::size_t i = 0; i < count; ++i) {
        load_element(items.first + i * item.size(), item, values[i]);
    }
}

template <class Range>
void store_range(const Range& values,
                 std::size_t count,
                 const Datatype& type,
                 std::byte* element,
                 ElementMemory& memory) {
    const Datatype item = item_type(type);
    std::byte* to = room_for_items(count, type, item.size(), element, memory);
    for (const auto& value : values) {  // std::vector<bool> gives values
        store_element<std::remove_cvref_t<decltype(value)>>(value, item, to, memory);
        to += item.size();
    }
}

}  // namespace detail

template <class T, std::size_t N>
    requires Storable<T> || Loadable<T>
struct NativeType<std::array<T, N>> {
    static constexpr bool kPlain = NativeType<T>::kPlain;
    static Datatype datatype() { return detail::array_of(NativeType<T>::datatype(), N); }
    static void add_parts(detail::CodecParts& parts) { parts.add(detail::codec_of<T>()); }
    static void load(const std::byte* element, const Datatype& type, std::array<T, N>& value) {
        detail::load_array(element, type, value.data(), N);
    }
    static void store(const std::array<T, N>& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        detail::store_range(value, N, type, element, memory);
    }
};

template <class T, std::size_t N>
    requires Storable<T> || Loadable<T>
struct NativeType<T[N]> {
    static constexpr bool kPlain = NativeType<T>::kPlain;
    static Datatype datatype() { return detail::array_of(NativeType<T>::datatype(), N); }
    static void add_parts(detail::CodecParts& parts) { parts.add(detail::codec_of<T>()); }
    static void load(const std::byte* element, const Datatype& type, T (&value)[N]) {
        detail::load_array(element, type, value, N);
    }
    static void store(const T (&value)[N],
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        detail::store_range(value, N, type, element, memory);
    }
};

template <class T>
    requires Storable<T> || Loadable<T>
struct NativeType<std::vector<T>> : detail::NotPlain {
    static Datatype datatype() { return Datatype::vlen(NativeType<T>::datatype()); }
    static void add_parts(detail::CodecParts& parts) { parts.add(detail::codec_of<T>()); }

    static void load(const std::byte* element, const Datatype& type, std::vector<T>& value) {
        const detail::Items items = detail::load_items(element, type);
        value.clear();
        value.reserve(items.count);
        if constexpr (NativeType<T>::kPlain && !std::is_same_v<T, bool>) {
            value.resize(items.count);
            if (items.count != 0) {
                std::memcpy(static_cast<void*>(value.data()), items.first, items.count * sizeof(T));
            }
        } else {
            const Datatype item = detail::item_type(type);
            for (std::size_t i = 0; i < items.count; ++i) {
                T one{};
                detail::load_element(items.first + i * item.size(), item, one);
                value.push_back(std::move(one));
            }
        }
    }

    static void store(const std::vector<T>& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        if constexpr (NativeType<T>::kPlain) {
            if (type.type_class() == TypeClass::vlen) {  // the sequence is there already
                const void* const bytes = value.data();
                detail::store_items({value.size(), static_cast<const std::byte*>(bytes)}, element);
                return;
            }
        }
        detail::store_range(value, value.size(), type, element, memory);
    }
};

/// A sequence of no value or one, or the value itself where the file has it in that form.
template <class T>
    requires Storable<T> || Loadable<T>
struct NativeType<std::optional<T>> : detail::NotPlain {
    static Datatype datatype() { return Datatype::vlen(NativeType<T>::datatype()); }
    static void add_parts(detail::CodecParts& parts) {
        parts.add(detail::codec_of<T>());
        parts.optional.emplace_back();
    }

    static void load(const std::byte* element, const Datatype& type, std::optional<T>& value) {
        if (type.type_class() != TypeClass::vlen) {
            detail::load_element(element, type, value.emplace());
            return;
        }
        const detail::Items items = detail::load_items(element, type);
        value.reset();
        if (items.count != 0) {
            detail::require_items(items, 1);
            detail::load_element(items.first, type.base(), value.emplace());
        }
    }

    /// An empty optional becomes T{} where the file has a value.
    static void store(const std::optional<T>& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        if (type.type_class() == TypeClass::vlen) {
            std::byte* const to =
                detail::room_for_items(value ? 1 : 0, type, type.base().size(), element, memory);
            if (value) {
                detail::store_element(*value, type.base(), to, memory);
            }
        } else {
            detail::store_element(value.value_or(T{}), type, element, memory);
        }
    }
};

}  // namespace hyperslab
