// The description of an element's type.
//
// A Datatype has what H5T has: class, size, byte order, and what a class adds to that. It is a
// value: copying is cheap, nothing changes it, equality compares the whole description. It knows
// nothing of files; a type that has a name in a file is a CommittedDatatype.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hyperslab/shape.hpp"

namespace hyperslab {

/// The classes of HDF5's datatypes (H5T_class_t).
enum class TypeClass {
    integer,
    floating,
    time,
    string,
    bitfield,
    opaque,
    compound,
    reference,
    enumeration,
    vlen,
    array,
    complex,
};

enum class ByteOrder { little, big, none, vax };

/// The order of this machine.
inline constexpr ByteOrder kNativeOrder =
    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ByteOrder::little : ByteOrder::big;

enum class CharacterSet { ascii, utf8 };
enum class StringPadding { null_terminated, null_padded, space_padded };
enum class ReferenceKind { object, region, standard };

/// The places of the parts of a floating-point number, in bits (H5Tget_fields).
struct FloatLayout {
    std::size_t sign_position = 0;
    std::size_t exponent_position = 0;
    std::size_t exponent_size = 0;
    std::size_t mantissa_position = 0;
    std::size_t mantissa_size = 0;
    std::size_t exponent_bias = 0;
    enum class Normalization { implied, msb_set, none } normalization = Normalization::implied;

    friend bool operator==(const FloatLayout&, const FloatLayout&) = default;
};

namespace detail {
struct DatatypeNode;
}

class Datatype;

/// A field of a compound type.
struct CompoundMember;

/// A name and its value in an enumeration. Values of unsigned 64-bit types keep their bits.
struct EnumMember {
    std::string name;
    std::int64_t value = 0;

    friend bool operator==(const EnumMember&, const EnumMember&) = default;
};

class Datatype {
public:
    /// The type of one unsigned byte, so that arrays of types can be made.
    Datatype();

    /// \name Making types
    /// Sizes are in bytes.
    ///@{
    static Datatype integer(std::size_t size, bool is_signed, ByteOrder order = kNativeOrder);
    /// IEEE 754 half, single, double or quadruple precision, with a size of 2, 4, 8 or 16 bytes.
    static Datatype floating(std::size_t size, ByteOrder order = kNativeOrder);
    /// The machine's long double.
    static Datatype long_double(ByteOrder order = kNativeOrder);
    /// Any floating-point layout of at most `size` bytes.
    static Datatype custom_floating(std::size_t size,
                                    std::size_t precision,
                                    FloatLayout layout,
                                    ByteOrder order = kNativeOrder);
    /// A complex number of a real and an imaginary part of type `base`. It is native to HDF5 2;
    /// older versions have complex_compound.
    static Datatype complex(const Datatype& base);
    /// The compound {r, i} by which h5py has always stored complex numbers.
    static Datatype complex_compound(const Datatype& base);
    static Datatype bitfield(std::size_t size, ByteOrder order = kNativeOrder);
    static Datatype fixed_string(std::size_t size,
                                 CharacterSet set = CharacterSet::utf8,
                                 StringPadding padding = StringPadding::null_padded);
    static Datatype variable_string(CharacterSet set = CharacterSet::utf8,
                                    StringPadding padding = StringPadding::null_terminated);
    static Datatype opaque(std::size_t size, std::string tag = {});
    /// A compound of `size` bytes. Members may lie in any order, but must not overlap or reach past
    /// the end.
    static Datatype compound(std::size_t size, std::vector<CompoundMember> members);
    static Datatype reference(ReferenceKind kind);
    static Datatype enumeration(const Datatype& base, std::vector<EnumMember> members);
    /// h5py's bool: an 8-bit enumeration {FALSE, TRUE}.
    static Datatype boolean();
    static Datatype vlen(const Datatype& base);
    static Datatype array(const Datatype& base, Shape dims);
    static Datatype time(std::size_t size, ByteOrder order = kNativeOrder);
    ///@}

    TypeClass type_class() const;
    /// The bytes of one element. For variable-length types it is the size in memory.
    std::size_t size() const;
    ByteOrder order() const;

    /// \name Integers, floats, bitfields
    ///@{
    bool is_signed() const;
    /// The number of significant bits, and the bit where they begin (H5Tget_precision,
    /// H5Tget_offset).
    std::size_t precision() const;
    std::size_t bit_offset() const;
    const FloatLayout& float_layout() const;
    ///@}

    /// \name Strings
    ///@{
    bool is_variable_string() const;
    CharacterSet character_set() const;
    StringPadding string_padding() const;
    ///@}

    const std::string& tag() const;
    ReferenceKind reference_kind() const;
    /// The type of the elements of enumerations, arrays, variable-length and complex types.
    const Datatype& base() const;
    const std::vector<CompoundMember>& members() const;
    const std::vector<EnumMember>& enum_members() const;
    const Shape& array_dims() const;

    /// The member of that name, or null.
    const CompoundMember* find_member(const std::string& name) const;

    /// Whether a value of the type holds memory of its own (strings, vlen): such elements cannot be
    /// moved as bytes.
    bool has_variable_length() const;
    /// Whether it is or contains a reference.
    bool has_reference() const;

    /// The type with other significant bits.
    Datatype with_bits(std::size_t precision, std::size_t offset) const;

    friend bool operator==(const Datatype& a, const Datatype& b);

private:
    explicit Datatype(std::shared_ptr<const detail::DatatypeNode> node) : node_(std::move(node)) {}

    std::shared_ptr<const detail::DatatypeNode> node_;
};

struct CompoundMember {
    std::string name;
    std::size_t offset = 0;
    Datatype type;

    friend bool operator==(const CompoundMember&, const CompoundMember&) = default;
};

/// A short description for people: "int32", "float64 (big-endian)", "compound {x: float32, ...}".
std::string to_string(const Datatype& type);

}  // namespace hyperslab
