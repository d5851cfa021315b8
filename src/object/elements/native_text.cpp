#include "hyperslab/detail/native_text.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::detail {
namespace {

// A fixed string without its padding. The writer may have padded it with zeros, whatever the type
// says.
std::string_view unpadded(std::string_view text, StringPadding padding) {
    if (padding == StringPadding::null_terminated) {
        return text.substr(0, text.find('\0'));
    }
    const std::string_view shorter = text.substr(0, text.find_last_not_of('\0') + 1);
    return padding == StringPadding::space_padded
               ? shorter.substr(0, shorter.find_last_not_of(' ') + 1)
               : shorter;
}

// A NUL is kept between other characters of a padded string, and nowhere else.
void require_storable(std::string_view text, const Datatype& type) {
    const bool ends_at_nul =
        type.is_variable_string() || type.string_padding() == StringPadding::null_terminated;
    const bool lost =
        ends_at_nul ? text.find('\0') != std::string_view::npos : text.ends_with('\0');
    if (lost) {
        throw Error(ErrorCode::invalid_argument,
                    std::string("A text with a NUL character ") +
                        (ends_at_nul ? "" : "at its end ") + "cannot be kept by a " +
                        to_string(type));
    }
}

bool points_to_text(const Datatype& type) {
    return type.type_class() != TypeClass::string || type.is_variable_string();
}

void store_fixed(std::string_view text, const Datatype& type, std::byte* element) {
    require_storable(text, type);
    const bool terminated = type.string_padding() == StringPadding::null_terminated;
    const std::size_t room = type.size() - (terminated ? 1 : 0);
    const std::size_t length = std::min(text.size(), room);
    const int filler = type.string_padding() == StringPadding::space_padded ? ' ' : 0;
    std::memset(element, filler, type.size());
    std::memcpy(element, text.data(), length);
}

void store_pointer(const char* text, std::byte* element) {
    std::memcpy(element, &text, sizeof text);
}

}  // namespace

void load_text(const std::byte* element, const Datatype& type, std::string& value) {
    if (!points_to_text(type)) {
        value =
            unpadded({reinterpret_cast<const char*>(element), type.size()}, type.string_padding());
        return;
    }
    const char* text = nullptr;
    std::memcpy(&text, element, sizeof text);
    if (text == nullptr) {
        value.clear();
    } else {
        value = text;
    }
}

void store_text(std::string_view text, const Datatype& type, std::byte* element) {
    if (!points_to_text(type)) {
        store_fixed(text, type, element);
        return;
    }
    if (text.find('\0') != std::string_view::npos) {
        require_storable(text, Datatype::variable_string());  // which says what is wrong
    }
    store_pointer(text.data(), element);  // NOLINT(bugprone-suspicious-stringview-data-usage)
}

void store_text(std::string_view text,
                const Datatype& type,
                std::byte* element,
                ElementMemory& memory) {
    if (!points_to_text(type)) {
        store_fixed(text, type, element);
        return;
    }
    std::byte* const copy = memory.allocate(text.size() + 1);  // zeroed, so it ends with a NUL
    std::memcpy(copy, text.data(), text.size());
    store_text(std::string_view(reinterpret_cast<const char*>(copy), text.size()), type, element);
}

}  // namespace hyperslab::detail
