// Datatypes in words.
#include <string>

#include "hyperslab/datatype.hpp"

namespace hyperslab {
namespace {

std::string order_suffix(const Datatype& type) {
    return type.size() > 1 && type.order() == ByteOrder::big ? " (big-endian)" : "";
}

std::string bits(const Datatype& type) { return std::to_string(8 * type.size()); }

std::string string_name(const Datatype& type) {
    const std::string set = type.character_set() == CharacterSet::utf8 ? "UTF-8" : "ASCII";
    return type.is_variable_string() ? "variable-length " + set + " string"
                                     : set + " string of " + std::to_string(type.size()) + " bytes";
}

bool is_complex(const Datatype& type) {
    const auto& members = type.members();
    return members.size() == 2 && members[0].type.type_class() == TypeClass::floating &&
           type == Datatype::complex_compound(members[0].type);
}

std::string compound_name(const Datatype& type) {
    if (is_complex(type)) {
        return "complex" + bits(type) + order_suffix(type.members()[0].type);
    }
    std::string text = "compound {";
    for (const CompoundMember& member : type.members()) {
        text += (text.back() == '{' ? "" : ", ") + member.name + ": " + to_string(member.type);
    }
    return text + "}";
}

std::string enum_name(const Datatype& type) {
    if (type == Datatype::boolean()) {
        return "bool";
    }
    std::string text = "enum of " + to_string(type.base()) + " {";
    for (const EnumMember& member : type.enum_members()) {
        text +=
            (text.back() == '{' ? "" : ", ") + member.name + " = " + std::to_string(member.value);
    }
    return text + "}";
}

}  // namespace

std::string to_string(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
            return (type.is_signed() ? "int" : "uint") + bits(type) + order_suffix(type);
        case TypeClass::floating:
            return "float" + bits(type) + order_suffix(type);
        case TypeClass::complex:
            return "complex" + bits(type) + order_suffix(type);
        case TypeClass::bitfield:
            return "bitfield" + bits(type) + order_suffix(type);
        case TypeClass::time:
            return "time" + bits(type);
        case TypeClass::string:
            return string_name(type);
        case TypeClass::opaque:
            return "opaque of " + std::to_string(type.size()) + " bytes" +
                   (type.tag().empty() ? "" : " '" + type.tag() + "'");
        case TypeClass::compound:
            return compound_name(type);
        case TypeClass::reference:
            return type.reference_kind() == ReferenceKind::object   ? "object reference"
                   : type.reference_kind() == ReferenceKind::region ? "region reference"
                                                                    : "reference";
        case TypeClass::enumeration:
            return enum_name(type);
        case TypeClass::vlen:
            return "variable-length sequence of " + to_string(type.base());
        case TypeClass::array:
            return "array " + to_string(type.array_dims()) + " of " + to_string(type.base());
    }
    return "unknown type";
}

}  // namespace hyperslab
