// C++ enumerations as element types.
//
//     enum class Target : std::uint8_t { galaxy, quasar, star };
//     HYPERSLAB_ENUM(Target, galaxy, quasar, star);
//
// The registration stands in the enumeration's namespace. Values are stored as an HDF5 enumeration
// of these names over the enumeration's underlying type.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "hyperslab/detail/for_each.hpp"

namespace hyperslab {

/// A name and its value; what `hyperslab_enum_members` returns an array of.
template <class Enum>
using EnumName = std::pair<const char*, Enum>;

namespace detail {

/// A name as a template argument, so that the compiler shows it.
template <std::size_t N>
struct NameText {
    char text[N];

    consteval NameText(const char (&name)[N]) { std::copy_n(name, N, text); }
};

/// The static_assert stands here and not in the macro, whose expansion would be shown in full.
template <NameText name, bool known>
constexpr bool require_enumerator() {
    static_assert(known, "HYPERSLAB_ENUM: the enumeration has no value of the name above");
    return known;
}

/// A name and the value that `get` gives for it. A name that the enumeration lacks is reported in
/// one sentence, and any value takes its place.
template <class T, NameText name, class Get>
constexpr EnumName<T> enum_member(const char* text, [[maybe_unused]] Get get) {
    if constexpr (require_enumerator<name, requires { get.template operator()<T>(); }>()) {
        return {text, get.template operator()<T>()};
    } else {
        return {text, T{}};
    }
}

}  // namespace detail

/// An enumeration that has been registered.
template <class T>
concept RegisteredEnum = std::is_enum_v<T> && requires(T value) { hyperslab_enum_members(value); };

}  // namespace hyperslab

// It is short because compilers show it in full.
#define HYPERSLAB_DETAIL_ENUM_MEMBER(Type, member)   \
    ::hyperslab::detail::enum_member<Type, #member>( \
        #member, []<class T>() -> decltype(T::member) { return T::member; })

/// Registers an enumeration with its members. To give them other names in files, define the
/// function yourself: `constexpr auto hyperslab_enum_members(Target)`, found by its argument,
/// returning a std::array of EnumName.
#define HYPERSLAB_ENUM(Type, ...)                                                        \
    [[maybe_unused]] constexpr auto hyperslab_enum_members(Type) {                       \
        return ::std::array{                                                             \
            HYPERSLAB_DETAIL_FOR_EACH(HYPERSLAB_DETAIL_ENUM_MEMBER, Type, __VA_ARGS__)}; \
    }                                                                                    \
    static_assert(true)
