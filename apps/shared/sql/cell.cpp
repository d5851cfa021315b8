#include "shared/sql/cell.hpp"

#include <sqlite3.h>

#include <cstring>
#include <limits>
#include <string>
#include <utility>

#include "shared/sql/json_text.hpp"

namespace hyperslab::apps::sql {
namespace {

using Code = Cell::Code;

Code integer_code(const Datatype& type) {
    const bool whole = type.precision() == type.size() * 8 && type.bit_offset() == 0;
    const bool is_unsigned = type.type_class() == TypeClass::bitfield || !type.is_signed();
    if (type.order() != kNativeOrder && type.size() != 1) {
        return Code::other_integer;
    }
    if (whole) {
        switch (type.size()) {
            case 1:
                return is_unsigned ? Code::uint8 : Code::int8;
            case 2:
                return is_unsigned ? Code::uint16 : Code::int16;
            case 4:
                return is_unsigned ? Code::uint32 : Code::int32;
            case 8:
                return is_unsigned ? Code::uint64 : Code::int64;
            default:
                break;
        }
    }
    return Code::other_integer;
}

Code code_of(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::bitfield:
            return integer_code(type);
        case TypeClass::floating:
            return type == Datatype::floating(4)   ? Code::float32
                   : type == Datatype::floating(8) ? Code::float64
                                                   : Code::other_float;
        case TypeClass::string:
            return Code::text;
        case TypeClass::enumeration:
            return type.size() == 1 && type.enum_members() == Datatype::boolean().enum_members()
                       ? Code::boolean
                       : Code::enumeration;
        case TypeClass::opaque:
        case TypeClass::reference:
        case TypeClass::time:
            return Code::bytes;
        default:
            return Code::json;
    }
}

template <class T>
T load(const std::byte* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

void give_text(sqlite3_context* context, std::string_view text) {
    sqlite3_result_text64(context,
                          text.data() == nullptr ? "" : text.data(),
                          text.size(),
                          SQLITE_TRANSIENT,
                          SQLITE_UTF8);
}

void give_unsigned(sqlite3_context* context, std::uint64_t value) {
    if (std::in_range<std::int64_t>(value)) {
        sqlite3_result_int64(context, static_cast<std::int64_t>(value));
    } else {
        give_text(context, std::to_string(value));
    }
}

void give_integer(sqlite3_context* context, const Element& element, const Datatype& type) {
    const std::int64_t value = element.to_int64();
    if (type.type_class() == TypeClass::bitfield || !type.is_signed()) {
        give_unsigned(context, static_cast<std::uint64_t>(value));
    } else {
        sqlite3_result_int64(context, value);
    }
}

}  // namespace

Cell::Cell(Datatype type, std::size_t offset)
    : type_(std::move(type)), offset_(offset), code_(code_of(type_)) {}

std::optional<Cell> Cell::find(const Datatype& elements, const Column& column) {
    Datatype type = elements;
    std::size_t offset = 0;
    for (const std::string& name : column.members) {
        const CompoundMember* const member =
            type.type_class() == TypeClass::compound ? type.find_member(name) : nullptr;
        if (member == nullptr) {
            return std::nullopt;
        }
        offset += member->offset;
        type = Datatype(member->type);
    }
    if (column.item) {
        if (type.type_class() != TypeClass::array ||
            *column.item >= element_count(type.array_dims())) {
            return std::nullopt;
        }
        offset += static_cast<std::size_t>(*column.item) * type.base().size();
        type = Datatype(type.base());
    }
    return Cell(std::move(type), offset);
}

std::string_view Cell::text(const std::byte* element) const {
    std::string_view text = Element(type_, element + offset_).to_text();
    if (trim_blanks_) {
        text = text.substr(0, text.find_last_not_of(' ') + 1);
    }
    return text;
}

void Cell::give(sqlite3_context* context, const std::byte* element) const {
    const std::byte* const at = element + offset_;
    switch (code_) {
        case Code::int8:
            return sqlite3_result_int64(context, load<std::int8_t>(at));
        case Code::int16:
            return sqlite3_result_int64(context, load<std::int16_t>(at));
        case Code::int32:
            return sqlite3_result_int64(context, load<std::int32_t>(at));
        case Code::int64:
            return sqlite3_result_int64(context, load<std::int64_t>(at));
        case Code::uint8:
            return sqlite3_result_int64(context, load<std::uint8_t>(at));
        case Code::uint16:
            return sqlite3_result_int64(context, load<std::uint16_t>(at));
        case Code::uint32:
            return sqlite3_result_int64(context, load<std::uint32_t>(at));
        case Code::uint64:
            return give_unsigned(context, load<std::uint64_t>(at));
        case Code::float32:
            return sqlite3_result_double(context, static_cast<double>(load<float>(at)));
        case Code::float64:
            return sqlite3_result_double(context, load<double>(at));
        case Code::boolean:
            return sqlite3_result_int64(context, load<std::uint8_t>(at) != 0 ? 1 : 0);
        case Code::text:
            return give_text(context, text(element));
        case Code::bytes:
            return sqlite3_result_blob64(context, at, type_.size(), SQLITE_TRANSIENT);
        case Code::enumeration: {
            const Element value(type_, at);
            const std::string_view name = value.enum_name();
            return name.empty() ? give_integer(context, value, type_.base())
                                : give_text(context, name);
        }
        case Code::other_integer:
            return give_integer(context, Element(type_, at), type_);
        case Code::other_float:
            return sqlite3_result_double(context, Element(type_, at).to_double());
        case Code::json:
            return give_text(context, json_text(Element(type_, at)));
    }
}

}  // namespace hyperslab::apps::sql
