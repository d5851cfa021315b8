// Writes the rows of a query: as aligned text, CSV, JSON or an HDF5 table.
//
// CSV: a header, NULL and NaN as nothing, bytes in hexadecimal. JSON: a list of objects, a line
// each; arrays are arrays, NULL and NaN are null, infinities the strings "Infinity" and
// "-Infinity". HDF5: the dataset /query of compounds; NULL is NaN or an empty text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "shared/sql/database.hpp"

namespace hyperslab::apps {

enum class RowFormat { text, csv, json };

/// Takes a piece of what is written.
using Writer = std::function<void(std::string_view text)>;

/// Writes all rows.
/// \returns their number
std::uint64_t write_rows(sql::Query& query, RowFormat format, const Writer& write);

/// Writes all rows to a file, whose suffix decides: .csv, .json, .hdf5, .h5. The file is there when
/// it is whole, and an old one stays until then.
/// \param statement  remembered as an attribute of the HDF5 table
/// \returns the number of rows
/// \throws Error (invalid_argument) for another suffix; of the query; of the system
std::uint64_t write_rows_to(sql::Query& query,
                            const std::string& path,
                            const std::string& statement);

/// \throws Error (invalid_argument) for a suffix that write_rows_to does not know
void require_row_suffix(const std::string& path);

/// Writes text to a file that is there when it is whole.
/// \param work  gets the function that writes
/// \throws Error (io)
void write_text_file(const std::string& path, const std::function<void(const Writer&)>& work);

}  // namespace hyperslab::apps
