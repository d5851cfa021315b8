#include "arrow/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace hyperslab::arrow {
namespace {

/// The form of a character by its first byte: its length, and the bounds of its second byte.
struct Form {
    std::size_t length;
    unsigned char lowest;
    unsigned char highest;
};

Form form_of(unsigned char lead) {
    if (lead < 0xc2) {
        return {0, 0, 0};
    }
    if (lead < 0xe0) {
        return {2, 0x80, 0xbf};
    }
    if (lead < 0xf0) {
        // The shortest form, and no surrogate.
        return {3,
                static_cast<unsigned char>(lead == 0xe0 ? 0xa0 : 0x80),
                static_cast<unsigned char>(lead == 0xed ? 0x9f : 0xbf)};
    }
    if (lead < 0xf5) {
        return {4,
                static_cast<unsigned char>(lead == 0xf0 ? 0x90 : 0x80),
                static_cast<unsigned char>(lead == 0xf4 ? 0x8f : 0xbf)};
    }
    return {0, 0, 0};
}

// The length of the character in bytes, or 0 when it is none.
std::size_t character_at(std::string_view rest) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const Form form = form_of(byte(0));
    if (form.length == 0 || rest.size() < form.length || byte(1) < form.lowest ||
        byte(1) > form.highest) {
        return 0;
    }
    for (std::size_t i = 2; i < form.length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) {
            return 0;
        }
    }
    return form.length;
}

// The number of ASCII characters at the beginning, eight at a time.
std::size_t ascii_words(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t at = 0;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & kHighBits) != 0) {
            break;
        }
    }
    return at;
}

}  // namespace

bool is_ascii(std::string_view text) {
    unsigned char any = 0;
    for (const char c : text) {  // without a branch, so that it becomes SIMD
        any = static_cast<unsigned char>(any | static_cast<unsigned char>(c));
    }
    return (any & 0x80U) == 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        text.remove_prefix(ascii_words(text));
        if (text.empty()) {
            return true;
        }
        const std::size_t length =
            (static_cast<unsigned char>(text.front()) & 0x80U) == 0 ? 1 : character_at(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace hyperslab::arrow
