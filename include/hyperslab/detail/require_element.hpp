// The messages of the compiler for types that cannot be elements.
#pragma once

#include <type_traits>

#include "hyperslab/detail/container.hpp"
#include "hyperslab/record.hpp"

namespace hyperslab::detail {

/// After one of the sentences below the compiler need not hear of a missing return too.
[[noreturn]] inline void not_an_element() { __builtin_unreachable(); }

/// True for an element type; else one sentence of the compiler's says what is to be done.
template <class T, bool kIsElement>
constexpr bool require_item() {
    using Item = typename InnermostItem<T>::Type;
    constexpr bool is_enum = !kIsElement && std::is_enum_v<Item>;
    constexpr bool is_struct = !kIsElement && std::is_class_v<Item>;
    static_assert(!is_enum,
                  "This enumeration is no element type yet: register it before, in its namespace, "
                  "with HYPERSLAB_ENUM(Type, values...)");
    static_assert(!is_struct,
                  "This class is no element type yet: register a struct before, in its namespace, "
                  "with HYPERSLAB_RECORD(Type, members...), or see hyperslab/native_type.hpp");
    static_assert(kIsElement || is_enum || is_struct,
                  "This type cannot be an element: hyperslab/native_type.hpp says which can");
    return kIsElement;
}

template <class... Members>
constexpr bool require_each(std::type_identity<std::tuple<Members...>> of);

/// Requires a type to be an element, and each member of a record.
template <class T, bool kIsElement = detail::kIsElement<T>>
constexpr bool require_element() {
    using Item = typename InnermostItem<T>::Type;
    if constexpr (Record<Item>) {
        return require_each(std::type_identity<decltype(members_of<Item>())>{}) && kIsElement;
    } else {
        return require_item<T, kIsElement>();
    }
}

// Compilers show the lines that lead to an error: there are few, and each of them is short.
template <class... Members>
constexpr bool require_each(std::type_identity<std::tuple<Members...>> /*of*/) {
    return (require_element<std::remove_const_t<typename Members::value_type>>() && ...);
}

}  // namespace hyperslab::detail
