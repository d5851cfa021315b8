#include "shared/sql/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

namespace hyperslab::apps::sql {
namespace {

std::string json_string(std::string_view text) {
    using Json = nlohmann::json;
    return Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class Float>
std::string shortest(Float value) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    const std::string text(digits.data(), end);
    return text + (text.find_first_of(".e") == std::string::npos ? ".0" : "");
}

std::string float_text(const Element& element) {
    const long double value = element.to_long_double();
    if (!std::isfinite(value)) {
        return "null";
    }
    return element.datatype().size() <= 4 ? shortest(static_cast<float>(value))
                                          : shortest(static_cast<double>(value));
}

std::string integer_text(const Element& element, const Datatype& type) {
    const std::int64_t value = element.to_int64();
    return type.type_class() == TypeClass::bitfield || !type.is_signed()
               ? std::to_string(static_cast<std::uint64_t>(value))
               : std::to_string(value);
}

std::string enum_text(const Element& element) {
    const std::string_view name = element.enum_name();
    if (element.datatype().enum_members() == Datatype::boolean().enum_members()) {
        return element.to_int64() != 0 ? "true" : "false";
    }
    return name.empty() ? integer_text(element, element.datatype().base()) : json_string(name);
}

std::string array_text(const Element& element,
                       const Shape& dims,
                       std::size_t axis,
                       std::size_t& next) {
    std::string text = "[";
    for (std::uint64_t i = 0; i < dims[axis]; ++i) {
        text += (i == 0 ? "" : ",") + (axis + 1 == dims.size()
                                           ? json_text(element[next++])
                                           : array_text(element, dims, axis + 1, next));
    }
    return text + "]";
}

std::string compound_text(const Element& element) {
    std::string text = "{";
    const auto& members = element.datatype().members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        text += (i == 0 ? "" : ",") + json_string(members[i].name) + ":" + json_text(element[i]);
    }
    return text + "}";
}

std::string hexadecimal(const Element& element) {
    std::string text = "\"";
    for (const std::byte byte : element.bytes()) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", std::to_integer<unsigned>(byte));
        text += digits.data();
    }
    return text + "\"";
}

}  // namespace

std::string json_text(const Element& element) {
    const Datatype& type = element.datatype();
    std::size_t next = 0;
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::bitfield:
            return integer_text(element, type);
        case TypeClass::floating:
            return float_text(element);
        case TypeClass::string:
            return json_string(element.to_text());
        case TypeClass::enumeration:
            return enum_text(element);
        case TypeClass::complex:
            return "[" + float_text(element[0]) + "," + float_text(element[1]) + "]";
        case TypeClass::compound:
            return compound_text(element);
        case TypeClass::array:
            return array_text(element, type.array_dims(), 0, next);
        case TypeClass::vlen:
            return array_text(element, {element.size()}, 0, next);
        case TypeClass::opaque:
        case TypeClass::reference:
        case TypeClass::time:
            break;
    }
    return hexadecimal(element);
}

}  // namespace hyperslab::apps::sql
