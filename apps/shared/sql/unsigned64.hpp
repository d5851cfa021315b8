// Unsigned numbers of 64 bits in SQL, whose integers end at 2^63 - 1.
//
// A number up to there is an integer, a larger one its decimal text. Columns of such numbers have
// TEXT affinity and a collation of their own: SQLite then compares two integers as numbers, and
// turns everything else into text, which the collation compares by the numbers that the texts
// stand for. Integers sort before texts, so the order is right too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hyperslab::apps::sql {

/// The name of the collation.
inline constexpr const char* kUnsignedCollation = "HYPERSLAB_UINT64";

/// The number that a text stands for, as far as a long double holds it: every integer of 64 bits
/// exactly. Empty when the text is no number.
std::optional<long double> number_of(std::string_view text);

/// Negative, zero or positive, as the numbers of two texts compare. Texts that are no numbers come
/// last, in the order of their bytes.
int compare_numbers(std::string_view left, std::string_view right);

/// Whether digits stand for a number that SQLite's integers do not reach.
bool is_beyond_integers(std::string_view digits);

}  // namespace hyperslab::apps::sql
