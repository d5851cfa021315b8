// Writes the rows of a query as a table of HDF5.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/sql/database.hpp"

namespace hyperslab::apps {

/// The names of a query's columns; those that are equal get numbers.
std::vector<std::string> distinct_names(const sql::Query& query);

/// Makes a file with the dataset /query. Columns have the types that they have in the tables; what
/// was computed is int64, float64 or text. Where a column of integers has a NULL it is float64, and
/// the NULL is NaN.
/// \returns the number of rows
std::uint64_t write_rows_hdf5(sql::Query& query,
                              const std::string& path,
                              const std::string& statement);

}  // namespace hyperslab::apps
