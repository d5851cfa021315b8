// NativeType<T>: what C++ types can be elements, and what HDF5 type each is.
//
// The contract. To make a type an element, specialise NativeType for it (or register it:
// HYPERSLAB_RECORD in record.hpp, HYPERSLAB_ENUM in enumeration.hpp):
//
//     template <>
//     struct NativeType<T> {
//         // How libhdf5 sees an element in memory, and what create_dataset<T> stores.
//         static Datatype datatype();
//
//         // Whether an object of T is such an element, byte for byte, whatever its bytes.
//         static constexpr bool kPlain;
//
//         // Of types that are not plain: an element of datatype().size() bytes, at any alignment,
//         // into a value and back. What a stored element points to must live as long as the value
//         // or come from `memory`. An element that was read points to memory that is freed later.
//         static void load(const std::byte* element, T& value);
//         static void store(const T& value, std::byte* element, detail::ElementMemory& memory);
//     };
//
// A type without load can be written only, one without store read only. What is there:
//
//     integers, char, float, double, long double   as they are
//     bool                                         h5py's enumeration {FALSE, TRUE}
//     std::byte                                    an unsigned integer of 8 bits
//     std::complex<F>                              h5py's compound {r, i}
//     Half, std::float16_t                         IEEE half precision
//     std::string                                  a variable-length UTF-8 string
//     std::string_view, const char*                the same, written only
//     FixedString<N>, char[N], Opaque<N>           strings and bytes of fixed length
//     ObjectReference, RegionReference             references
//     registered enumerations and structs          enumerations and compounds
//     std::pair<A, B>                              a compound {first, second}
//     std::optional<T>                             a sequence of no T or one; or a T, or a member
//     of
//                                                  a record that the file need not have
//     std::array<T, N>, T[N], std::vector<T>       further axes of a dataset; an array type and a
//                                                  variable-length sequence where they are parts of
//                                                  an element
//
// Reading and writing convert between these and whatever a file holds, as HDF5 does.
#pragma once

#include <complex>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <type_traits>
#include <vector>

#if __has_include(<stdfloat>)
#include <stdfloat>
#endif

#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/element_memory.hpp"
#include "hyperslab/detail/made_once.hpp"
#include "hyperslab/enumeration.hpp"
#include "hyperslab/half.hpp"
#include "hyperslab/opaque.hpp"
#include "hyperslab/reference.hpp"

namespace hyperslab {

template <class T>
struct NativeType;

namespace detail {

/// Most types that are not plain get the type of the element, because strings have several forms.
template <class T>
concept LoadedByType = requires(T& value, const Datatype& type, const std::byte* from) {
    NativeType<T>::load(from, type, value);
};
template <class T>
concept StoredByType =
    requires(const T& value, const Datatype& type, std::byte* to, ElementMemory& m) {
        NativeType<T>::store(value, type, to, m);
    };

}  // namespace detail

/// Types whose values can be written as elements.
template <class T>
concept Storable =
    requires {
        { NativeType<T>::datatype() } -> std::convertible_to<Datatype>;
    } && (NativeType<T>::kPlain || detail::StoredByType<T> ||
          requires(const T& value, std::byte* to, detail::ElementMemory& m) {
              NativeType<T>::store(value, to, m);
          });

/// Types that elements can be read as.
template <class T>
concept Loadable =
    std::default_initializable<T> && !std::is_const_v<T> &&
    requires {
        { NativeType<T>::datatype() } -> std::convertible_to<Datatype>;
    } &&
    (NativeType<T>::kPlain || detail::LoadedByType<T> ||
     requires(T& value, const std::byte* from) { NativeType<T>::load(from, value); });

template <class T>
concept NativeElement = Storable<T> && Loadable<T>;

namespace detail {

/// An element of that type into a value.
template <class T>
void load_element(const std::byte* element, const Datatype& type, T& value) {
    if constexpr (NativeType<T>::kPlain) {
        std::memcpy(static_cast<void*>(&value), element, sizeof(T));
    } else if constexpr (LoadedByType<T>) {
        NativeType<T>::load(element, type, value);
    } else {
        NativeType<T>::load(element, value);
    }
}

/// A value into an element of that type.
template <class T>
void store_element(const T& value,
                   const Datatype& type,
                   std::byte* element,
                   ElementMemory& memory) {
    if constexpr (NativeType<T>::kPlain) {
        std::memcpy(element, static_cast<const void*>(&value), sizeof(T));
    } else if constexpr (StoredByType<T>) {
        NativeType<T>::store(value, type, element, memory);
    } else {
        NativeType<T>::store(value, element, memory);
    }
}

/// Stores an element in the type's own form, for code that writes a NativeType.
template <class T>
void load_element(const std::byte* element, T& value) {
    load_element(element, NativeType<T>::datatype(), value);
}
template <class T>
void store_element(const T& value, std::byte* element, ElementMemory& memory) {
    store_element(value, NativeType<T>::datatype(), element, memory);
}

/// The base of specialisations for plain types.
struct Plain {
    static constexpr bool kPlain = true;
};
struct NotPlain {
    static constexpr bool kPlain = false;
};

}  // namespace detail

/// Constant types, like the keys of maps.
template <class T>
struct NativeType<const T> : NativeType<T> {};

// ---- numbers ----

template <std::integral T>
struct NativeType<T> : detail::Plain {
    static Datatype datatype() { return Datatype::integer(sizeof(T), std::is_signed_v<T>); }
};

// bool is not plain, because a file may hold values that are neither false nor true.
template <>
struct NativeType<bool> : detail::NotPlain {
    static_assert(sizeof(bool) == 1);
    static Datatype datatype() { return Datatype::boolean(); }
    static void load(const std::byte* element, bool& value) { value = *element != std::byte{0}; }
    static void store(const bool& value, std::byte* element, detail::ElementMemory& /*memory*/) {
        *element = std::byte{value};
    }
};

template <>
struct NativeType<std::byte> : detail::Plain {
    static Datatype datatype() { return Datatype::integer(1, false); }
};

template <>
struct NativeType<float> : detail::Plain {
    static Datatype datatype() { return Datatype::floating(sizeof(float)); }
};

template <>
struct NativeType<double> : detail::Plain {
    static Datatype datatype() { return Datatype::floating(sizeof(double)); }
};

template <>
struct NativeType<long double> : detail::Plain {
    static Datatype datatype() { return Datatype::long_double(); }
};

template <>
struct NativeType<Half> : detail::Plain {
    static Datatype datatype() { return Datatype::floating(2); }
};

#ifdef __STDCPP_FLOAT16_T__
template <>
struct NativeType<std::float16_t> : detail::Plain {
    static Datatype datatype() { return Datatype::floating(2); }
};
#endif

template <std::floating_point T>
struct NativeType<std::complex<T>> : detail::Plain {
    static Datatype datatype() { return Datatype::complex_compound(NativeType<T>::datatype()); }
};

template <RegisteredEnum T>
struct NativeType<T> : detail::Plain {
    static Datatype datatype() {
        return detail::made_once([] {
            std::vector<EnumMember> members;
            for (const auto& [name, value] : hyperslab_enum_members(T{})) {
                members.push_back({name, static_cast<std::int64_t>(value)});
            }
            return Datatype::enumeration(NativeType<std::underlying_type_t<T>>::datatype(),
                                         std::move(members));
        });
    }
};

// ---- bytes and references ----

template <std::size_t N>
struct NativeType<Opaque<N>> : detail::Plain {
    static_assert(sizeof(Opaque<N>) == N);
    static Datatype datatype() { return Datatype::opaque(N); }
};

template <>
struct NativeType<ObjectReference> : detail::Plain {
    static Datatype datatype() { return Datatype::reference(ReferenceKind::object); }
};

template <>
struct NativeType<RegionReference> : detail::Plain {
    static Datatype datatype() { return Datatype::reference(ReferenceKind::region); }
};

}  // namespace hyperslab

#include "hyperslab/detail/native_container.hpp"  // IWYU pragma: export
#include "hyperslab/detail/native_text.hpp"       // IWYU pragma: export
