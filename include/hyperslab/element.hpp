// Elements whose type is found out at run time.
//
//     const hs::ElementArray all = dataset.read_elements();
//     for (std::size_t i = 0; i < all.size(); ++i) {
//         if (all.datatype().type_class() == hs::TypeClass::compound) {
//             std::cout << all[i].member("FLUX").to_double();
//         }
//     }
//
// It is for programs that take whatever a file holds; programs that know the type use read<T>.
// Numbers are in this machine's representation, texts and sequences of variable length belong to
// the ElementArray.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "hyperslab/datatype.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab {

class StandardReference;

/// One element, or a part of one. It is a view, which is valid while its ElementArray lives.
class Element {
public:
    /// \param bytes  of an element of the type, as read into memory
    Element(const Datatype& type, const std::byte* bytes) : type_(&type), bytes_(bytes) {}

    const Datatype& datatype() const { return *type_; }
    std::span<const std::byte> bytes() const { return {bytes_, type_->size()}; }

    /// \name Numbers, enumerations, bitfields
    /// \throws Error (type_mismatch) for other types
    ///@{
    /// The value as a signed integer. An unsigned value of 64 bits keeps its bits.
    std::int64_t to_int64() const;
    /// The value of a float or an integer.
    long double to_long_double() const;
    double to_double() const { return static_cast<double>(to_long_double()); }
    ///@}

    /// The name of an enumeration's value; empty when the value has none.
    std::string_view enum_name() const;

    /// A text without its padding, in the encoding that the type says.
    /// \throws Error (type_mismatch) when it is no string
    std::string_view to_text() const;

    /// \throws Error (type_mismatch) when it is no standard reference; older references are bytes()
    StandardReference standard_reference() const;

    /// \name Parts: members of compounds, elements of arrays and variable-length sequences
    ///@{
    /// The number of items; 0 for other types.
    std::size_t size() const;
    /// \throws Error (out_of_range)
    Element operator[](std::size_t i) const;
    /// \throws Error (not_found)
    Element member(const std::string& name) const;
    ///@}

private:
    const Datatype* type_;
    const std::byte* bytes_;
};

namespace detail {
class ElementStorage;
}

/// Elements with their type and shape, in C order. Copies share the elements.
class ElementArray {
public:
    /// The type of the elements in memory: the stored type in this machine's byte order.
    const Datatype& datatype() const;
    const Shape& shape() const;
    std::size_t size() const;

    Element operator[](std::size_t i) const;
    /// The bytes of all elements, `datatype().size()` each.
    std::span<const std::byte> bytes() const;

    explicit ElementArray(std::shared_ptr<const detail::ElementStorage> storage)
        : storage_(std::move(storage)) {}

private:
    std::shared_ptr<const detail::ElementStorage> storage_;
};

}  // namespace hyperslab
