// Tables of SQL in one HDF5 file.
//
// A dataset of compounds has its members for columns, another one of one axis the column `value`,
// one of two axes the columns value_0, value_1 …; more axes, or too many columns, make each row one
// JSON text. A group is a table when its datasets of one axis are equally long: each is a column.
#pragma once

#include <hyperslab/hyperslab.hpp>

#include <memory>
#include <string>

#include "shared/sql/table.hpp"

namespace hyperslab::apps::sql {

/// The table at a path; null when there is nothing at that path.
/// \throws Error (type_mismatch) when what is there is no table
std::shared_ptr<const Table> table_at(const File& file, const std::string& path);

/// Loads columns of one dataset of one axis, or of a scalar: only the members that they need are
/// read.
void load_columns(const Dataset& dataset,
                  const std::vector<Column>& columns,
                  std::span<const std::size_t> wanted,
                  std::uint64_t first,
                  std::uint64_t count,
                  Block& block);

/// The number of rows of a dataset to read at a time: some megabytes, whole chunks.
std::uint64_t block_rows_of(const Dataset& dataset);

}  // namespace hyperslab::apps::sql
