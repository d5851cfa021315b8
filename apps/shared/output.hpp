// Prints the program's text to standard output, with colours on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace hyperslab::apps {

/// The kind of a piece of text, which decides its colour.
enum class Role { group, dataset, link, type, shape, note, key };

enum class ColorMode { automatic, always, never };

/// Decides once and for all whether to colour. By itself only on a terminal, and not when the
/// environment has NO_COLOR.
void set_color(ColorMode mode);

/// The text in the colour of its role, or as it is.
std::string paint(Role role, std::string_view text);

/// Prints to standard output.
void print(std::string_view text);

/// \throws std::system_error when something could not be printed (the disk is full, say)
void flush_output();

/// A name for people: control characters, which a file may hold and a terminal would obey, and
/// bytes that are not UTF-8 are shown as \x1b.
std::string printable(std::string_view text);

/// Printable, between quotes.
std::string quoted(std::string_view text);

}  // namespace hyperslab::apps
