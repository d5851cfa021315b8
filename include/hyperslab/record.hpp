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
// changes these members only. A member that is a std::optional may be missing.
//
// When the names in the file are not those of the struct, write what the macro would have:
//
//     constexpr auto hyperslab_record(const Spectrum*) {
//         return std::make_tuple(hyperslab::member("FLUX", &Spectrum::flux),
//                                hyperslab::member("IVAR", &Spectrum::ivar));
//     }
#pragma once

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

/// Pairs are records.
template <class A, class B>
    requires((Storable<A> || Loadable<A>) && (Storable<B> || Loadable<B>))
constexpr auto hyperslab_record(const std::pair<A, B>*) {
    return std::make_tuple(member("first", &std::pair<A, B>::first),
                           member("second", &std::pair<A, B>::second));
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

/// The static_assert stands here and not in the macro, whose expansion would be shown in full.
template <NameText name, bool known>
constexpr bool require_member() {
    static_assert(known, "HYPERSLAB_RECORD: the struct has no member of the name above");
    return known;
}

/// A tuple of the member that `get` gives. A name that the struct lacks is reported in one
/// sentence, and the rest does without it.
template <class T, NameText name, class Get>
constexpr auto record_member([[maybe_unused]] Get get, [[maybe_unused]] const char* text) {
    if constexpr (require_member<name, requires { get.template operator()<T>(); }>()) {
        return std::tuple(member(text, get.template operator()<T>()));
    } else {
        return std::tuple<>();
    }
}

template <class T>
inline constexpr bool kIsElement = Storable<T> || Loadable<T>;

/// Records with constant members, such as a map's pairs, can be written only.
template <Record T>
inline constexpr bool kHasConstMember = std::apply(
    [](const auto&... member) {
        return (std::is_const_v<typename std::remove_cvref_t<decltype(member)>::value_type> || ...);
    },
    members_of<T>());

template <class Struct, class T>
constexpr bool is_plain_member(const Member<Struct, T>& /*member*/) {
    if constexpr (kIsElement<T>) {
        return NativeType<T>::kPlain;
    } else {
        return false;
    }
}

template <Record T>
constexpr bool is_plain_record() {
    if constexpr (std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T>) {
        return std::apply([](const auto&... member) { return (is_plain_member(member) && ...); },
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

/// Sets a member that the file lacks, which is an optional.
template <class T>
void set_nothing(T& member) {
    if constexpr (requires { member.reset(); }) {
        member.reset();
    }
}

/// The compound type of named members: where they lie in the struct when offsets are given, else
/// one after the other.
Datatype record_type(std::vector<CompoundMember> members, std::size_t struct_size, bool packed);

template <Record Struct, class T>
void add_member(std::vector<CompoundMember>& members, const Member<Struct, T>& member) {
    if constexpr (kIsElement<T>) {
        const std::size_t offset = is_plain_record<Struct>() ? offset_in_struct(member) : 0;
        members.push_back({member.name, offset, NativeType<T>::datatype()});
    }
}

template <Record T>
Datatype make_record_type() {
    std::vector<CompoundMember> members;
    std::apply([&](const auto&... member) { (add_member(members, member), ...); }, members_of<T>());
    return record_type(std::move(members), sizeof(T), !is_plain_record<T>());
}

/// Calls visit(value of the member, it in the element's type) for every member; with null in place
/// of what the type lacks.
template <Record T, class Value, class Visit>
void for_each_member(Value& value, const Datatype& type, Visit&& visit) {
    const std::vector<CompoundMember>& found = type.members();
    const bool all = found.size() == kMemberCount<T>;
    std::apply(
        [&](const auto&... member) {
            std::size_t i = 0;
            (visit(
                 value.*member.pointer,
                 all || (i < found.size() && found[i].name == member.name) ? &found[i++] : nullptr),
             ...);
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
    static void add_parts(detail::CodecParts& parts) {
        std::apply(
            [&](const auto&... member) {
                (parts.add_member(
                     member.name,
                     detail::codec_of<
                         typename std::remove_cvref_t<decltype(member)>::value_type>()),
                 ...);
            },
            detail::members_of<T>());
    }
    static void load(const std::byte* element, const Datatype& type, T& value)
        requires(!detail::kHasConstMember<T>)
    {
        detail::for_each_member<T>(value, type, [&](auto& member, const CompoundMember* found) {
            if (found != nullptr) {
                detail::load_element(element + found->offset, found->type, member);
            } else {
                detail::set_nothing(member);
            }
        });
    }
    static void store(const T& value,
                      const Datatype& type,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        detail::for_each_member<T>(
            value, type, [&](const auto& member, const CompoundMember* found) {
                if (found != nullptr) {
                    detail::store_element(member, found->type, element + found->offset, memory);
                }
            });
    }
};

}  // namespace hyperslab

// It is short because compilers show it in full.
#define HYPERSLAB_DETAIL_RECORD_MEMBER(Type, name)   \
    ::hyperslab::detail::record_member<Type, #name>( \
        []<class T>() -> decltype(&T::name) { return &T::name; }, #name)

/// Registers a struct with those of its members that are to be stored, at most 256.
#define HYPERSLAB_RECORD(Type, ...)                                                        \
    [[maybe_unused]] constexpr auto hyperslab_record(const Type*) {                        \
        return ::std::tuple_cat(                                                           \
            HYPERSLAB_DETAIL_FOR_EACH(HYPERSLAB_DETAIL_RECORD_MEMBER, Type, __VA_ARGS__)); \
    }                                                                                      \
    static_assert(true)
