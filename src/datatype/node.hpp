// The contents of a Datatype. Fields that a class does not use stay at their defaults, so that
// comparing nodes field by field compares types.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hyperslab/datatype.hpp"

namespace hyperslab::detail {

struct DatatypeNode {
    TypeClass type_class = TypeClass::integer;
    std::size_t size = 1;
    ByteOrder order = ByteOrder::none;

    bool is_signed = false;
    std::size_t precision = 0;
    std::size_t bit_offset = 0;
    FloatLayout layout{};

    bool variable = false;
    CharacterSet set = CharacterSet::ascii;
    StringPadding padding = StringPadding::null_terminated;

    std::string tag{};
    ReferenceKind reference = ReferenceKind::object;
    std::optional<Datatype> base{};
    std::vector<CompoundMember> members{};
    std::vector<EnumMember> enum_members{};
    Shape dims{};

    friend bool operator==(const DatatypeNode&, const DatatypeNode&) = default;
};

}  // namespace hyperslab::detail
