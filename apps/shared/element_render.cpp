// Elements as text and as JSON.

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "shared/output.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

// The number of parts from which on only the beginning and the end of a sequence or an array inside
// an element are shown.
constexpr std::size_t kShownParts = 12;
constexpr std::size_t kShownAtEnds = 3;

// The shortest digits that give the value back, in its own precision: "1.0", as in Python.
template <class Float>
std::string shortest(Float value) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    std::string text(digits.data(), end);
    return text + (text.find_first_of(".en") == std::string::npos ? ".0" : "");
}

std::string number_text(const Element& element) {
    const long double value = element.to_long_double();
    switch (element.datatype().size()) {
        case 2:
        case sizeof(float):
            return shortest(static_cast<float>(value));
        case sizeof(double):
            return shortest(static_cast<double>(value));
        default:
            return shortest(value);
    }
}

bool is_unsigned(const Datatype& type) {
    return type.type_class() == TypeClass::bitfield || !type.is_signed();
}

std::string integer_text(const Element& element, const Datatype& type) {
    const std::int64_t value = element.to_int64();
    return is_unsigned(type) ? std::to_string(static_cast<std::uint64_t>(value))
                             : std::to_string(value);
}

Json integer_json(const Element& element, const Datatype& type) {
    const std::int64_t value = element.to_int64();
    return is_unsigned(type) ? Json(static_cast<std::uint64_t>(value)) : Json(value);
}

Json float_json(const Element& element) {
    const long double value = element.to_long_double();
    if (std::isnan(value)) {
        return "NaN";
    }
    if (std::isinf(value)) {
        return value < 0 ? "-Infinity" : "Infinity";
    }
    return Json::parse(number_text(element), nullptr, false);
}

bool is_boolean(const Datatype& type) {
    return type.size() == 1 && type.enum_members() == Datatype::boolean().enum_members();
}

std::string complex_text(const Element& element) {
    const std::string imaginary = number_text(element[1]);
    return number_text(element[0]) + (imaginary.starts_with('-') ? "" : "+") + imaginary + "j";
}

std::string hexadecimal(const Element& element) {
    std::string text = "0x";
    for (const std::byte byte : element.bytes()) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", std::to_integer<unsigned>(byte));
        text += digits.data();
    }
    return text;
}

template <class Reference>
Object followed(const Element& element, const Object& owner) {
    Reference reference;
    std::memcpy(reference.bytes.data(), element.bytes().data(), reference.bytes.size());
    return reference.null() ? Object() : owner.dereference(reference);
}

/// The path of the object that a reference points to; empty when there is none.
std::string referenced(const Element& element, const Object& owner) {
    try {
        switch (element.datatype().reference_kind()) {
            case ReferenceKind::object: {
                const Object object = followed<ObjectReference>(element, owner);
                return object ? object.name() : "";
            }
            case ReferenceKind::region: {
                const Object object = followed<RegionReference>(element, owner);
                return object ? object.name() : "";
            }
            case ReferenceKind::standard:
                break;
        }
    } catch (const Error&) {
        return "?";  // it points to no object that can be opened
    }
    return "?";
}

std::string reference_text(const Element& element, const Object& owner) {
    const std::string path = referenced(element, owner);
    const bool region = element.datatype().reference_kind() == ReferenceKind::region;
    return path.empty() ? "null" : (region ? "region of " : "-> ") + printable(path);
}

std::string enum_text(const Element& element) {
    if (is_boolean(element.datatype())) {
        return element.to_int64() != 0 ? "True" : "False";
    }
    const std::string_view name = element.enum_name();
    return name.empty() ? integer_text(element, element.datatype().base()) : printable(name);
}

Json enum_json(const Element& element) {
    if (is_boolean(element.datatype())) {
        return element.to_int64() != 0;
    }
    const std::string_view name = element.enum_name();
    return name.empty() ? integer_json(element, element.datatype().base()) : Json(name);
}

std::string parts_text(const Element& element, const Object& owner, bool full) {
    const std::size_t count = element.size();
    const bool shorten = !full && count > kShownParts;
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        if (shorten && i == kShownAtEnds) {
            text += ", ...";
            i = count - kShownAtEnds;
        }
        text += (i == 0 ? "" : ", ") + element_text(element[i], owner, full);
    }
    return text + "]";
}

std::string compound_text(const Element& element, const Object& owner, bool full) {
    std::string text = "{";
    const auto& members = element.datatype().members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        text += (i == 0 ? "" : ", ") + printable(members[i].name) + ": " +
                element_text(element[i], owner, full);
    }
    return text + "}";
}

Json compound_json(const Element& element, const Object& owner) {
    Json json = Json::object();
    const auto& members = element.datatype().members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        json[members[i].name] = element_json(element[i], owner);
    }
    return json;
}

// The elements of an array type of several dimensions, nested.
Json nested(const Element& element,
            const Object& owner,
            const Shape& dims,
            std::size_t axis,
            std::size_t& next) {
    Json json = Json::array();
    for (std::uint64_t i = 0; i < dims[axis]; ++i) {
        json.push_back(axis + 1 == dims.size() ? element_json(element[next++], owner)
                                               : nested(element, owner, dims, axis + 1, next));
    }
    return json;
}

Json parts_json(const Element& element, const Object& owner) {
    const Shape dims = element.datatype().type_class() == TypeClass::array
                           ? element.datatype().array_dims()
                           : Shape{element.size()};
    std::size_t next = 0;
    return nested(element, owner, dims, 0, next);
}

}  // namespace

bool is_complex(const Datatype& type) {
    if (type.type_class() == TypeClass::complex) {
        return true;
    }
    const auto& members = type.members();
    return members.size() == 2 && members[0].name == "r" && members[1].name == "i" &&
           members[0].type.type_class() == TypeClass::floating &&
           members[0].type == members[1].type;
}

std::string element_text(const Element& element, const Object& owner, bool full) {
    const Datatype& type = element.datatype();
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::bitfield:
            return integer_text(element, type);
        case TypeClass::floating:
            return number_text(element);
        case TypeClass::complex:
            return complex_text(element);
        case TypeClass::string:
            return quoted(element.to_text());
        case TypeClass::enumeration:
            return enum_text(element);
        case TypeClass::reference:
            return reference_text(element, owner);
        case TypeClass::compound:
            return is_complex(type) ? complex_text(element) : compound_text(element, owner, full);
        case TypeClass::array:
        case TypeClass::vlen:
            return parts_text(element, owner, full);
        case TypeClass::opaque:
        case TypeClass::time:
            break;
    }
    return hexadecimal(element);
}

Json element_json(const Element& element, const Object& owner) {
    const Datatype& type = element.datatype();
    switch (type.type_class()) {
        case TypeClass::integer:
        case TypeClass::bitfield:
            return integer_json(element, type);
        case TypeClass::floating:
            return float_json(element);
        case TypeClass::string:
            return element.to_text();
        case TypeClass::enumeration:
            return enum_json(element);
        case TypeClass::reference: {
            const std::string path = referenced(element, owner);
            return path.empty() ? Json() : Json(path);
        }
        case TypeClass::complex:
        case TypeClass::compound:
            return is_complex(type) ? Json{float_json(element[0]), float_json(element[1])}
                                    : compound_json(element, owner);
        case TypeClass::array:
        case TypeClass::vlen:
            return parts_json(element, owner);
        case TypeClass::opaque:
        case TypeClass::time:
            break;
    }
    return hexadecimal(element);
}

}  // namespace hyperslab::apps
