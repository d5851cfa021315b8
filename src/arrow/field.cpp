#include "arrow/field.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/checked.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

using Kind = Field::Kind;

[[noreturn]] void refuse(const std::string& name, const Datatype& type, const char* why) {
    throw Error(ErrorCode::type_mismatch,
                "Arrow cannot hold " + (name.empty() ? "elements" : "'" + name + "'") +
                    " of type " + to_string(type) + ": " + why);
}

std::string format_of_integer(std::size_t size, bool is_signed) {
    constexpr std::array<char, 9> kSigned{0, 'c', 's', 0, 'i', 0, 0, 0, 'l'};
    constexpr std::array<char, 9> kUnsigned{0, 'C', 'S', 0, 'I', 0, 0, 0, 'L'};
    return {is_signed ? kSigned.at(size) : kUnsigned.at(size)};
}

// The size of the number in memory: HDF5 has integers of any size, such as 3 bytes.
std::size_t integer_size(const std::string& name, const Datatype& type) {
    for (const std::size_t size : {1U, 2U, 4U, 8U}) {
        if (type.size() <= size) {
            return size;
        }
    }
    refuse(name, type, "its integers have at most 8 bytes");
}

TypedField integer_field(const std::string& name, const Datatype& type, bool is_signed) {
    const std::size_t size = integer_size(name, type);
    return {{.kind = Kind::number,
             .name = name,
             .format = format_of_integer(size, is_signed),
             .size = size},
            Datatype::integer(size, is_signed)};
}

// Bits are what they are, so the type in memory is a bitfield too.
TypedField bitfield_field(const std::string& name, const Datatype& type) {
    const std::size_t size = integer_size(name, type);
    return {{.kind = Kind::number,
             .name = name,
             .format = format_of_integer(size, false),
             .size = size},
            Datatype::bitfield(size)};
}

TypedField float_field(const std::string& name, const Datatype& type) {
    struct Candidate {
        std::size_t size;
        std::size_t exponent;
        std::size_t mantissa;
        const char* format;
    };
    constexpr std::array<Candidate, 3> kCandidates{
        {{2, 5, 10, "e"}, {4, 8, 23, "f"}, {8, 11, 52, "g"}}};
    const FloatLayout& layout = type.float_layout();
    for (const Candidate& candidate : kCandidates) {
        // A smaller exponent may have another bias; only the same form is surely held by a half.
        const bool fits = candidate.size == 2
                              ? layout.exponent_size == 5 && layout.mantissa_size == 10 &&
                                    layout.exponent_bias == 15
                              : layout.exponent_size <= candidate.exponent &&
                                    layout.mantissa_size <= candidate.mantissa;
        if (fits) {
            return {{.kind = Kind::number,
                     .name = name,
                     .format = candidate.format,
                     .size = candidate.size},
                    Datatype::floating(candidate.size)};
        }
    }
    refuse(name, type, "its floats have at most 64 bits");
}

TypedField string_field(const std::string& name, const Datatype& type) {
    if (type.is_variable_string()) {
        return {{.kind = Kind::text, .name = name, .format = "u", .size = sizeof(char*)},
                Datatype::variable_string(type.character_set())};
    }
    return {{.kind = Kind::fixed_text,
             .name = name,
             .format = "u",
             .size = type.size(),
             .padding = type.string_padding()},
            type};
}

bool is_boolean(const Datatype& type) {
    const std::vector<EnumMember>& members = type.enum_members();
    return type.base().size() == 1 && members.size() == 2 &&
           std::ranges::is_permutation(members, Datatype::boolean().enum_members());
}

TypedField enumeration_field(const std::string& name, const Datatype& type) {
    const Datatype& base = type.base();
    const std::size_t size = integer_size(name, base);
    Field field{.kind = Kind::enumeration,
                .name = name,
                .size = size,
                .values = type.enum_members(),
                .is_signed = base.is_signed()};
    const Datatype memory =
        Datatype::enumeration(Datatype::integer(size, base.is_signed()), type.enum_members());
    if (is_boolean(type)) {
        field.kind = Kind::boolean;
        field.format = "b";
        return {std::move(field), memory};
    }
    const std::size_t count = field.values.size();
    field.format = count <= 127 ? "c" : count <= 32767 ? "s" : "i";
    return {std::move(field), memory};
}

TypedField reference_field(const std::string& name, const Datatype& type) {
    const auto kind = [&] {
        switch (type.reference_kind()) {
            case ReferenceKind::object:
                return Kind::object_reference;
            case ReferenceKind::region:
                return Kind::region_reference;
            case ReferenceKind::standard:
                break;
        }
        return Kind::standard_reference;
    }();
    return {{.kind = kind, .name = name, .format = "u", .size = type.size()}, type};
}

TypedField complex_field(const std::string& name, const Datatype& type) {
    TypedField part = make_field("r", type.base());
    Field record{.kind = Kind::record, .name = name, .format = "+s", .size = 2 * part.field.size};
    record.children = {part.field, part.field};
    record.children[1].name = "i";
    record.children[1].offset = part.field.size;
    return {std::move(record), Datatype::complex(part.memory)};
}

// The members lie side by side in memory, whatever lies between them in the file.
TypedField record_field(const std::string& name,
                        const std::vector<const CompoundMember*>& members) {
    Field record{.kind = Kind::record, .name = name, .format = "+s"};
    std::vector<CompoundMember> in_memory;
    for (const CompoundMember* const member : members) {
        TypedField made = make_field(member->name, member->type);
        made.field.offset = record.size;
        in_memory.push_back({member->name, record.size, made.memory});
        record.size = core::checked_size(core::checked_add(record.size, made.field.size));
        record.children.push_back(std::move(made.field));
    }
    Datatype memory = Datatype::compound(record.size, std::move(in_memory));
    return {std::move(record), std::move(memory)};
}

TypedField compound_field(const std::string& name, const Datatype& type) {
    std::vector<const CompoundMember*> members;
    for (const CompoundMember& member : type.members()) {
        members.push_back(&member);
    }
    return record_field(name, members);
}

// A child without a name of its own has the name that Arrow recommends.
constexpr const char* kItem = "item";

Field fixed_list_of(Field child, std::uint64_t count) {
    Field list{.kind = Kind::fixed_list,
               .name = std::exchange(child.name, kItem),
               .format = "+w:" + std::to_string(count),
               .size = core::checked_size(core::checked_multiply(child.size, count)),
               .list_size = count};
    if (count > 0x7fffffff) {
        throw Error(ErrorCode::type_mismatch,
                    "Arrow cannot hold rows of " + std::to_string(count) +
                        " elements: the maximum is 2147483647");
    }
    list.offset = std::exchange(child.offset, 0);
    list.children.push_back(std::move(child));
    return list;
}

TypedField array_field(const std::string& name, const Datatype& type) {
    TypedField made = make_field(name, type.base());
    return {in_rows(std::move(made.field), type.array_dims()),
            Datatype::array(made.memory, type.array_dims())};
}

TypedField sequence_field(const std::string& name, const Datatype& type) {
    TypedField made = make_field(name, type.base());
    Datatype memory = Datatype::vlen(made.memory);
    Field list{.kind = Kind::list, .name = name, .format = "+l", .size = memory.size()};
    made.field.name = kItem;
    list.children.push_back(std::move(made.field));
    return {std::move(list), std::move(memory)};
}

}  // namespace

TypedField make_field(const std::string& name, const Datatype& stored) {
    switch (stored.type_class()) {
        case TypeClass::integer:
            return integer_field(name, stored, stored.is_signed());
        case TypeClass::bitfield:
            return bitfield_field(name, stored);
        case TypeClass::floating:
            return float_field(name, stored);
        case TypeClass::string:
            return string_field(name, stored);
        case TypeClass::opaque:
            return {{.kind = Kind::opaque, .name = name, .format = "z", .size = stored.size()},
                    stored};
        case TypeClass::compound:
            return compound_field(name, stored);
        case TypeClass::reference:
            return reference_field(name, stored);
        case TypeClass::enumeration:
            return enumeration_field(name, stored);
        case TypeClass::vlen:
            return sequence_field(name, stored);
        case TypeClass::array:
            return array_field(name, stored);
        case TypeClass::complex:
            return complex_field(name, stored);
        case TypeClass::time:
            break;
    }
    refuse(name, stored, "HDF5 does not define what its values mean");
}

TypedField make_field_of(const std::string& name,
                         const Datatype& stored,
                         const std::vector<std::string>& members) {
    if (stored.type_class() != TypeClass::compound) {
        throw Error(ErrorCode::type_mismatch,
                    "only a compound type has columns, not " + to_string(stored));
    }
    std::vector<const CompoundMember*> found;
    for (const std::string& member : members) {
        const CompoundMember* const one = stored.find_member(member);
        if (one == nullptr) {
            throw Error(ErrorCode::not_found, "there is no column '" + member + "'");
        }
        if (std::ranges::find(found, one) != found.end()) {
            throw Error(ErrorCode::invalid_argument, "the column '" + member + "' is named twice");
        }
        found.push_back(one);
    }
    return record_field(name, found);
}

Field in_rows(Field field, const std::vector<std::uint64_t>& dims) {
    for (std::size_t axis = dims.size(); axis-- > 0;) {
        field = fixed_list_of(std::move(field), dims[axis]);
    }
    return field;
}

bool has_columns(const Field& field) {
    if (field.kind != Kind::record) {
        return false;
    }
    const std::vector<Field>& parts = field.children;
    const bool is_complex = parts.size() == 2 && parts[0].name == "r" && parts[1].name == "i" &&
                            parts[0].format == parts[1].format &&
                            std::string("efg").find(parts[0].format) != std::string::npos;
    return !is_complex;
}

bool is_plain(const Field& field) {
    return field.kind == Kind::number ||
           (field.kind == Kind::fixed_list && is_plain(field.children.front()));
}

bool has_standard_reference(const Field& field) {
    return field.kind == Kind::standard_reference ||
           std::ranges::any_of(field.children, has_standard_reference);
}

}  // namespace hyperslab::arrow
