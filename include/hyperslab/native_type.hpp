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
//     std::complex<F>                              h5py's compound {r, i}
//     std::float16_t, where the compiler has it    IEEE half precision
//     std::string                                  a variable-length UTF-8 string
//     std::string_view, const char*                the same, written only
//     FixedString<N>, char[N], Opaque<N>           strings and bytes of fixed length
//     ObjectReference, RegionReference             references
//     std::array<T, N>, T[N]                       an array type; nested ones have more dimensions
//     std::vector<T>                               a variable-length sequence
//     registered enumerations and structs          enumerations and compounds
//
// Reading and writing convert between these and whatever a file holds, as HDF5 does.
#pragma once

#include <array>
#include <complex>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#if __has_include(<stdfloat>)
#include <stdfloat>
#endif

#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/element_memory.hpp"
#include "hyperslab/detail/made_once.hpp"
#include "hyperslab/enumeration.hpp"
#include "hyperslab/fixed_string.hpp"
#include "hyperslab/opaque.hpp"
#include "hyperslab/reference.hpp"

namespace hyperslab {

template <class T>
struct NativeType;

/// Types whose values can be written as elements.
template <class T>
concept Storable = requires {
    { NativeType<T>::datatype() } -> std::convertible_to<Datatype>;
} && (NativeType<T>::kPlain || requires(const T& value, std::byte* to, detail::ElementMemory& m) {
                       NativeType<T>::store(value, to, m);
                   });

/// Types that elements can be read as.
template <class T>
concept Loadable = std::default_initializable<T> && requires {
    { NativeType<T>::datatype() } -> std::convertible_to<Datatype>;
} && (NativeType<T>::kPlain || requires(T& value, const std::byte* from) {
                       NativeType<T>::load(from, value);
                   });

template <class T>
concept NativeElement = Storable<T> && Loadable<T>;

namespace detail {

template <class T>
void load_element(const std::byte* element, T& value) {
    if constexpr (NativeType<T>::kPlain) {
        std::memcpy(static_cast<void*>(&value), element, sizeof(T));
    } else {
        NativeType<T>::load(element, value);
    }
}

template <class T>
void store_element(const T& value, std::byte* element, ElementMemory& memory) {
    if constexpr (NativeType<T>::kPlain) {
        std::memcpy(element, static_cast<const void*>(&value), sizeof(T));
    } else {
        NativeType<T>::store(value, element, memory);
    }
}

/// Bytes of an element in memory; asked for once.
template <class T>
std::size_t element_size() {
    return made_once([] { return NativeType<T>::datatype().size(); });
}

/// What specialisations of plain types inherit.
struct Plain {
    static constexpr bool kPlain = true;
};
struct NotPlain {
    static constexpr bool kPlain = false;
};

}  // namespace detail

// ---- numbers ----

template <std::integral T>
struct NativeType<T> : detail::Plain {
    static Datatype datatype() { return Datatype::integer(sizeof(T), std::is_signed_v<T>); }
};

// Not plain: a file may hold values that are neither false nor true.
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

// ---- strings and bytes ----

namespace detail {

void load_text(const std::byte* element, std::string& value);
void store_text(const char* text, std::byte* element);
void store_text(std::string_view text, std::byte* element, ElementMemory& memory);

}  // namespace detail

template <>
struct NativeType<std::string> : detail::NotPlain {
    static Datatype datatype() { return Datatype::variable_string(); }
    static void load(const std::byte* element, std::string& value) {
        detail::load_text(element, value);
    }
    static void store(const std::string& value,
                      std::byte* element,
                      detail::ElementMemory& /*memory*/) {
        detail::store_text(value.c_str(), element);
    }
};

template <>
struct NativeType<std::string_view> : detail::NotPlain {
    static Datatype datatype() { return Datatype::variable_string(); }
    static void store(const std::string_view& value,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        detail::store_text(value, element, memory);
    }
};

template <>
struct NativeType<const char*> : detail::NotPlain {
    static Datatype datatype() { return Datatype::variable_string(); }
    static void store(const char* const& value,
                      std::byte* element,
                      detail::ElementMemory& /*memory*/) {
        detail::store_text(value, element);
    }
};

template <std::size_t N>
struct NativeType<FixedString<N>> : detail::Plain {
    static_assert(sizeof(FixedString<N>) == N);
    static Datatype datatype() { return Datatype::fixed_string(N); }
};

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

// ---- arrays and sequences ----

namespace detail {

/// The array type of `count` such elements; arrays of arrays become arrays of more dimensions.
Datatype array_of(const Datatype& element, std::size_t count);

/// A variable-length element: its length, and its elements one after the other.
struct Sequence {
    std::size_t length;
    const std::byte* elements;
};
Sequence load_sequence(const std::byte* element);
void store_sequence(Sequence sequence, std::byte* element);

template <class T>
void load_elements(const std::byte* elements, T* values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        load_element(elements + i * element_size<T>(), values[i]);
    }
}

template <class T>
void store_elements(const T* values,
                    std::size_t count,
                    std::byte* elements,
                    ElementMemory& memory) {
    for (std::size_t i = 0; i < count; ++i) {
        store_element(values[i], elements + i * element_size<T>(), memory);
    }
}

}  // namespace detail

template <class T, std::size_t N>
    requires Storable<T> || Loadable<T>
struct NativeType<std::array<T, N>> {
    static constexpr bool kPlain = NativeType<T>::kPlain;
    static Datatype datatype() { return detail::array_of(NativeType<T>::datatype(), N); }
    static void load(const std::byte* element, std::array<T, N>& value) {
        detail::load_elements(element, value.data(), N);
    }
    static void store(const std::array<T, N>& value,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        detail::store_elements(value.data(), N, element, memory);
    }
};

template <class T, std::size_t N>
    requires Storable<T> || Loadable<T>
struct NativeType<T[N]> {
    static constexpr bool kPlain = NativeType<T>::kPlain;
    static Datatype datatype() { return detail::array_of(NativeType<T>::datatype(), N); }
    static void load(const std::byte* element, T (&value)[N]) {
        detail::load_elements(element, value, N);
    }
    static void store(const T (&value)[N], std::byte* element, detail::ElementMemory& memory) {
        detail::store_elements(value, N, element, memory);
    }
};

/// C's fixed strings.
template <std::size_t N>
struct NativeType<char[N]> : detail::Plain {
    static Datatype datatype() { return Datatype::fixed_string(N); }
};

template <class T>
    requires Storable<T> || Loadable<T>
struct NativeType<std::vector<T>> : detail::NotPlain {
    static Datatype datatype() { return Datatype::vlen(NativeType<T>::datatype()); }

    static void load(const std::byte* element, std::vector<T>& value) {
        const detail::Sequence sequence = detail::load_sequence(element);
        value.clear();
        value.reserve(sequence.length);
        for (std::size_t i = 0; i < sequence.length; ++i) {
            T item{};
            detail::load_element(sequence.elements + i * detail::element_size<T>(), item);
            value.push_back(std::move(item));
        }
    }

    static void store(const std::vector<T>& value,
                      std::byte* element,
                      detail::ElementMemory& memory) {
        if constexpr (NativeType<T>::kPlain) {
            const void* const bytes = value.data();
            detail::store_sequence({value.size(), static_cast<const std::byte*>(bytes)}, element);
        } else {
            const std::size_t size = detail::element_size<T>();
            std::byte* const elements = memory.allocate(value.size() * size);
            std::byte* next = elements;
            for (const T& item : value) {  // by value of std::vector<bool>, too
                detail::store_element<T>(item, next, memory);
                next += size;
            }
            detail::store_sequence({value.size(), elements}, element);
        }
    }
};

}  // namespace hyperslab
