// The text of SQL statements, as far as it is changed before SQLite sees it.
//
// SQLite reads an integer beyond 2^63 - 1 as a float, which loses digits. Where such a number is
// compared with a column of unsigned numbers of 64 bits it becomes a text, which keeps them
// (unsigned64.hpp). The name of a member of a member, a.b, becomes "a.b", a column's name.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hyperslab::apps::sql {

struct Token {
    enum class Kind {
        word,    ///< a name or key word
        quoted,  ///< a name between quotation marks or brackets
        text,    ///< between apostrophes
        number,
        sign,  ///< operators, parentheses and all else
    };

    Kind kind;
    std::string_view text;  ///< as written

    bool is(std::string_view word) const;  ///< a key word, in either case
    bool is_name() const { return kind == Kind::word || kind == Kind::quoted; }
    std::string name() const;  ///< without its quotation marks
};

/// The tokens of a statement, without blanks and comments. They point into the text.
std::vector<Token> tokens_of(std::string_view statement);

/// Upper and lower case are one in names of SQL.
std::string lower_case(std::string_view name);

/// The name between quotation marks, for statements.
std::string quoted_name(std::string_view name);

/// The statement with large integers as texts where they are compared with one of these columns.
/// \param columns  names in lower case
std::string with_exact_integers(const std::string& statement, std::set<std::string> columns);

/// The statement with `a.b` as one name where that is a column's.
/// \param is_column  whether a name is one of a column
std::string with_whole_names(const std::string& statement,
                             const std::function<bool(const std::string&)>& is_column);

}  // namespace hyperslab::apps::sql
