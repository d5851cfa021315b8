// C++ enumerations as element types.
//
//     enum class Target : std::uint8_t { galaxy, quasar, star };
//     HYPERSLAB_ENUM(Target, galaxy, quasar, star);
//
// The registration stands in the enumeration's namespace. Values are stored as an HDF5 enumeration
// of these names over the enumeration's underlying type.
#pragma once

#include <array>
#include <type_traits>
#include <utility>

#include "hyperslab/detail/for_each.hpp"

namespace hyperslab {

/// A name and its value; what `hyperslab_enum_members` returns an array of.
template <class Enum>
using EnumName = std::pair<const char*, Enum>;

/// An enumeration that has been registered.
template <class T>
concept RegisteredEnum = std::is_enum_v<T> && requires(T value) { hyperslab_enum_members(value); };

}  // namespace hyperslab

#define HYPERSLAB_DETAIL_ENUM_MEMBER(Type, member) \
    ::hyperslab::EnumName<Type> { #member, Type::member }

/// Registers an enumeration with its members. To give them other names in files, define the
/// function yourself: `constexpr auto hyperslab_enum_members(Target)`, found by its argument,
/// returning a std::array of EnumName.
#define HYPERSLAB_ENUM(Type, ...)                                                        \
    [[maybe_unused]] constexpr auto hyperslab_enum_members(Type) {                       \
        return ::std::array{                                                             \
            HYPERSLAB_DETAIL_FOR_EACH(HYPERSLAB_DETAIL_ENUM_MEMBER, Type, __VA_ARGS__)}; \
    }                                                                                    \
    static_assert(true)
