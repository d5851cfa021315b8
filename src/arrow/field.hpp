// What becomes of a type of HDF5 in Arrow.
//
// A Field is the Arrow type and the form of the elements in memory from which its columns are
// filled: libhdf5 and the direct engine give numbers in this machine's order, so that nothing here
// swaps bytes. It knows no file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hyperslab/datatype.hpp"

namespace hyperslab::arrow {

struct Field {
    enum class Kind {
        number,              ///< integers and floats, whose bytes are Arrow's
        boolean,             ///< h5py's bool, one bit in Arrow
        text,                ///< a pointer to characters
        fixed_text,          ///< characters in the element
        enumeration,         ///< a dictionary of the names
        opaque,              ///< bytes
        record,              ///< a struct of the children
        fixed_list,          ///< `list_size` elements of the child, one after the other
        list,                ///< a sequence (hvl_t) of the child
        object_reference,    ///< the path of an object
        region_reference,    ///< the path of the dataset that has the region
        standard_reference,  ///< the path of what a reference of HDF5 1.12 leads to
    };

    Kind kind = Kind::number;
    std::string name{};
    std::string format{};              ///< Arrow's words for the type
    std::size_t size = 0;              ///< of an element in memory, in bytes
    std::size_t offset = 0;            ///< in the element of the record that contains it, in bytes
    std::vector<Field> children{};     ///< one but for records
    std::uint64_t list_size = 0;       ///< only of fixed_list
    std::vector<EnumMember> values{};  ///< only of enumeration
    bool is_signed = true;             ///< only of enumeration: whether its numbers are
    StringPadding padding{};           ///< only of fixed_text
};

/// A field, and the type that its elements have in memory.
struct TypedField {
    Field field;
    Datatype memory;
};

/// The field for elements of a type.
/// \throws Error (type_mismatch) for a type that Arrow cannot hold, with the name of the part
TypedField make_field(const std::string& name, const Datatype& stored);

/// The field for some members of a compound type, in the order given.
/// \throws Error (not_found) for a name that is no member; (type_mismatch) for a type that is no
///     compound, and as make_field does
TypedField make_field_of(const std::string& name,
                         const Datatype& stored,
                         const std::vector<std::string>& members);

/// Elements of `field` in rows: each row is an array with the extents `dims`.
Field in_rows(Field field, const std::vector<std::uint64_t>& dims);

/// Whether the members of a struct are columns of a table. Complex numbers, which are compounds of
/// two floats in a file, are values.
bool has_columns(const Field& field);

/// Whether the elements lie in memory as in the buffer of one Arrow array.
bool is_plain(const Field& field);

/// Whether a part of the elements is a standard reference, for which libhdf5 keeps something.
bool has_standard_reference(const Field& field);

}  // namespace hyperslab::arrow
