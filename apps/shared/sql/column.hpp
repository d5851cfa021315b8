// The columns that a table of SQL has for the elements of a dataset.
//
// A compound has a column for every member, members of members by names with dots. An array in an
// element is one column of JSON text, and has hidden columns NAME_0, NAME_1 … (NAME_0_0 …) for its
// items, which SELECT * does not show.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hyperslab::apps::sql {

struct Column {
    std::string name;
    std::string declaration;            ///< the type in SQL, which decides SQLite's affinity
    bool hidden = false;                ///< whether SELECT * leaves it out
    std::size_t source = 0;             ///< the number of the dataset that has it
    std::vector<std::string> members;   ///< from outside to inside; none for the element itself
    std::optional<std::uint64_t> item;  ///< of an array, in C order
};

/// The SQL type of elements. Its first word names the type in memory and the rest its affinity:
/// "FLOAT32 REAL", "INT16", "U64 TEXT", "CHAR(6)", "BOOLEAN", "JSON TEXT".
std::string declaration_of(const Datatype& type);

/// Adds the columns of elements.
/// \param name  of the element itself; members of a compound have their own names unless `nested`
void add_columns(const Datatype& type,
                 const std::string& name,
                 std::size_t source,
                 std::vector<Column>& columns);

/// Makes the columns what SQLite can take: names differ in more than case, and at most 2,000
/// columns are left, for which the items of the largest arrays lose theirs.
/// \throws Error (unsupported) when there are too many even without the items
void fit_columns(std::vector<Column>& columns);

}  // namespace hyperslab::apps::sql
