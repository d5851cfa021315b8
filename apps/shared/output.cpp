#include "shared/output.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace hyperslab::apps {
namespace {

bool colored = false;
int first_error = 0;

const char* color(Role role) {
    switch (role) {
        case Role::group:
            return "1;34";
        case Role::dataset:
            return "1";
        case Role::link:
            return "36";
        case Role::type:
            return "33";
        case Role::shape:
            return "32";
        case Role::note:
            return "2";
        case Role::key:
            break;
    }
    return "1";
}

bool wants_color() {
    const char* const no_color = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    return ::isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0') &&
           (terminal == nullptr || std::string_view(terminal) != "dumb");
}

/// The number of bytes of the UTF-8 character that a text begins with; 0 when it begins with none.
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = byte(0) < 0x80             ? 1
                               : (byte(0) & 0xe0) == 0xc0 ? 2
                               : (byte(0) & 0xf0) == 0xe0 ? 3
                               : (byte(0) & 0xf8) == 0xf0 ? 4
                                                          : 0;
    if (length == 0 || length > text.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) {
            return 0;
        }
    }
    return length;
}

bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    // C1 controls are two bytes in UTF-8.
    const bool c1 = first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0;
    return first < 0x20 || first == 0x7f || c1;
}

std::string escaped(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) {
        char code[5];
        std::snprintf(code, sizeof code, "\\x%02x", static_cast<unsigned char>(byte));
        text += code;
    }
    return text;
}

}  // namespace

void set_color(ColorMode mode) {
    colored = mode == ColorMode::always || (mode == ColorMode::automatic && wants_color());
}

std::string paint(Role role, std::string_view text) {
    if (!colored) {
        return std::string(text);
    }
    return std::string("\x1b[") + color(role) + "m" + std::string(text) + "\x1b[0m";
}

void print(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() && first_error == 0) {
        first_error = errno;
    }
}

void flush_output() {
    if (std::fflush(stdout) != 0 && first_error == 0) {
        first_error = errno;
    }
    if (first_error != 0) {
        throw std::system_error(first_error, std::generic_category(), "Cannot write the output");
    }
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        const std::string_view character = text.substr(0, length == 0 ? 1 : length);
        result +=
            length == 0 || is_control(character) ? escaped(character) : std::string(character);
        text.remove_prefix(character.size());
    }
    return result;
}

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t special = text.find_first_of("\"\\\n\t", at);
        result += printable(text.substr(at, special - at));
        if (special == std::string_view::npos) {
            break;
        }
        result += '\\';
        result += text[special] == '\n' ? 'n' : text[special] == '\t' ? 't' : text[special];
        at = special + 1;
    }
    return result + '"';
}

}  // namespace hyperslab::apps
