// Texts as elements: NativeType of std::string and its relatives, and of fixed strings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hyperslab/fixed_string.hpp"
#include "hyperslab/native_type.hpp"

namespace hyperslab {
namespace detail {

// In memory a text is a char pointer, or characters in the element where the file has fixed
// strings: NUL characters are kept there.

/// Loads a text without its padding.
void load_text(const std::byte* element, const Datatype& type, std::string& value);

/// The element may point to the text, which ends with a NUL and outlives it.
/// \throws Error (invalid_argument) for a NUL inside a text that the type cannot keep
void store_text(std::string_view text, const Datatype& type, std::byte* element);
/// Stores any text.
void store_text(std::string_view text,
                const Datatype& type,
                std::byte* element,
                ElementMemory& memory);

}  // namespace detail

template <>
struct NativeType<std::string> : detail::NotPlain {
    static Datatype datatype() { return Datatype::variable_string(); }
    static void load(const std::byte* element, const Datatype& type, std::string& value) {
        detail::load_text(element, type, value);
    }
    static void store(const std::string& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& /*memory*/) {
        detail::store_text(value, type, element);
    }
};

template <>
struct NativeType<std::string_view> : detail::NotPlain {
    static Datatype datatype() { return Datatype::variable_string(); }
    static void store(const std::string_view& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        detail::store_text(value, type, element, memory);
    }
};

template <>
struct NativeType<const char*> : detail::NotPlain {
    static Datatype datatype() { return Datatype::variable_string(); }
    static void store(const char* const& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& /*memory*/) {
        detail::store_text(value != nullptr ? value : "", type, element);
    }
};

template <std::size_t N>
struct NativeType<FixedString<N>> : detail::Plain {
    static_assert(sizeof(FixedString<N>) == N);
    static Datatype datatype() { return Datatype::fixed_string(N); }
};

/// C's fixed strings.
template <std::size_t N>
struct NativeType<char[N]> : detail::Plain {
    static Datatype datatype() { return Datatype::fixed_string(N); }
};

}  // namespace hyperslab
