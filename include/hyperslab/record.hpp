// Structs as element types: compounds.
//
//     struct Particle {
//         std::int32_t id;
//         std::array<float, 3> position;
//         std::string label;
//     };
//     HYPERSLAB_RECORD(Particle, id, position, label);
//
// One registration, in the struct's namespace, and Particle is an element like any other: members
// may be anything that NativeType has, other records too. Reading a Particle needs the members id,
// position and label in the file, in any order and beside others, which stay unread; writing one
// changes these members only.
//
// When the names in the file are not those of the struct, write what the macro would have:
//
//     constexpr auto hyperslab_record(const Spectrum*) {
//         return std::make_tuple(hyperslab::member("FLUX", &Spectrum::flux),
//                                hyperslab::member("IVAR", &Spectrum::ivar));
//     }
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "hyperslab/detail/for_each.hpp"
#include "hyperslab/native_type.hpp"

namespace hyperslab {

/// A member of a record, and its name in the file.
template <class Struct, class T>
struct Member {
    using value_type = T;

    const char* name;
    T Struct::* pointer;
};

template <class Struct, class T>
constexpr Member<Struct, T> member(const char* name, T Struct::* pointer) {
    return {name, pointer};
}

/// A struct that has been registered.
template <class T>
concept Record =
    std::default_initializable<T> && requires(const T* record) { hyperslab_record(record); };

namespace detail {

template <Record T>
constexpr auto members_of() {
    return hyperslab_record(static_cast<const T*>(nullptr));
}

template <Record T>
inline constexpr std::size_t kMemberCount = std::tuple_size_v<decltype(members_of<T>())>;

template <Record T>
constexpr bool is_plain_record() {
    if constexpr (std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T>) {
        return std::apply(
            [](const auto&... member) {
                return (NativeType<
                            typename std::remove_cvref_t<decltype(member)>::value_type>::kPlain &&
                        ...);
            },
            members_of<T>());
    } else {
        return false;
    }
}

template <class Struct, class T>
std::size_t offset_in_struct(const Member<Struct, T>& member) {
    const auto sample = std::make_unique<Struct>();
    const auto at = [](const auto& thing) { return reinterpret_cast<std::uintptr_t>(&thing); };
    return at((*sample).*member.pointer) - at(*sample);
}

/// The compound type of named members: where they lie in the struct when offsets are given, else
/// one after the other.
Datatype record_type(std::vector<CompoundMember> members, std::size_t struct_size, bool packed);

template <Record T>
Datatype make_record_type() {
    std::vector<CompoundMember> members;
    std::apply(
        [&](const auto&... member) {
            (members.push_back(
                 {member.name,
                  is_plain_record<T>() ? offset_in_struct(member) : 0,
                  NativeType<
                      typename std::remove_cvref_t<decltype(member)>::value_type>::datatype()}),
             ...);
        },
        members_of<T>());
    return record_type(std::move(members), sizeof(T), !is_plain_record<T>());
}

/// Where the members lie in an element.
template <Record T>
const std::array<std::size_t, kMemberCount<T>>& member_offsets() {
    return made_once([] {
        std::array<std::size_t, kMemberCount<T>> found{};
        const Datatype type = NativeType<T>::datatype();
        for (std::size_t i = 0; i < found.size(); ++i) {
            found[i] = type.members()[i].offset;
        }
        return found;
    });
}

/// Calls visit(value of the member, its offset in an element) for every member.
template <Record T, class Value, class Visit>
void for_each_member(Value& value, Visit&& visit) {
    const auto& offsets = member_offsets<T>();
    std::apply(
        [&](const auto&... member) {
            std::size_t i = 0;
            (visit(value.*member.pointer, offsets[i++]), ...);
        },
        members_of<T>());
}

}  // namespace detail

template <Record T>
struct NativeType<T> {
    static constexpr bool kPlain = detail::is_plain_record<T>();

    static Datatype datatype() {
        return detail::made_once([] { return detail::make_record_type<T>(); });
    }
    static void load(const std::byte* element, T& value) {
        detail::for_each_member<T>(value, [&](auto& member, std::size_t offset) {
            detail::load_element(element + offset, member);
        });
    }
    static void store(const T& value, std::byte* element, detail::ElementMemory& memory) {
        detail::for_each_member<T>(value, [&](const auto& member, std::size_t offset) {
            detail::store_element(member, element + offset, memory);
        });
    }
};

}  // namespace hyperslab

#define HYPERSLAB_DETAIL_RECORD_MEMBER(Type, name) ::hyperslab::member(#name, &Type::name)

/// Registers a struct with those of its members that are to be stored, at most 256.
#define HYPERSLAB_RECORD(Type, ...)                                                        \
    [[maybe_unused]] constexpr auto hyperslab_record(const Type*) {                        \
        return ::std::make_tuple(                                                          \
            HYPERSLAB_DETAIL_FOR_EACH(HYPERSLAB_DETAIL_RECORD_MEMBER, Type, __VA_ARGS__)); \
    }                                                                                      \
    static_assert(true)
