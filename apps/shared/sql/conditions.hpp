// Conditions on loaded columns, a block at a time: rows that cannot meet them never reach SQLite.
//
// SQLite checks every row that is left, so a condition that is not understood here, such as a
// comparison of a number with a text, keeps all rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "shared/sql/table.hpp"

namespace hyperslab::apps::sql {

/// Removes the rows that do not meet a condition.
/// \param rows  numbers of rows in the block, increasing
void keep_matching(const LoadedColumn& column,
                   const Condition& condition,
                   std::vector<std::uint32_t>& rows);

/// Whether a value, which is not NULL, may meet a condition; for columns that are constant.
bool may_meet(const Value& value, const Condition& condition);

}  // namespace hyperslab::apps::sql
