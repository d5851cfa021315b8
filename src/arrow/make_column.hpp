// The column for a field, of whatever kind.
#pragma once

#include <memory>

#include "arrow/column.hpp"

namespace hyperslab::arrow {

/// \param paths  finds the paths of references; it outlives the column
std::unique_ptr<Column> make_column(const Field& field, PathFinder& paths);

}  // namespace hyperslab::arrow
