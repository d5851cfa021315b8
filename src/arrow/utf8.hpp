// Whether bytes are UTF-8, as Arrow wants of its strings.
#pragma once

#include <string_view>

namespace hyperslab::arrow {

/// Whether every byte is a character of ASCII.
bool is_ascii(std::string_view text);

/// Whether every character is encoded in the shortest form, none is a surrogate, and none is beyond
/// U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace hyperslab::arrow
