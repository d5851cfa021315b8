// The columns of a FITS table, and their elements as HDF5 has them.
//
// FITS is big-endian and pads texts with spaces; in HDF5 the numbers are little-endian and texts
// end at a zero byte, as astropy writes them. Unsigned integers, which FITS keeps with an offset
// (TZERO), are unsigned in HDF5.
#pragma once

#include <hyperslab/datatype.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "h5boss/fits/card.hpp"

namespace hyperslab::apps::h5boss {

struct Column {
    std::string name;        ///< TTYPE in upper case
    char code = 'E';         ///< of TFORM: A, B, I, J, K, L, E, D, C, M, X
    std::size_t offset = 0;  ///< in a row of the file, in bytes
    std::size_t bytes = 0;   ///< in a row of the file
    double scale = 1;        ///< TSCAL
    double zero = 0;         ///< TZERO
    bool offset_unsigned =
        false;      ///< whether TZERO only turns signed into unsigned (or B into signed)
    Datatype type;  ///< of the column in HDF5
};

/// The columns of a binary table's header. Columns of varying length (P, Q) are left out;
/// `left_out` gets their names.
/// \throws Error (type_mismatch) for a TFORM that FITS does not know
std::vector<Column> columns_of(const Header& header,
                               const std::string& path,
                               std::vector<std::string>* left_out = nullptr);

/// A compound of the columns, packed in their order.
Datatype row_type(const std::vector<Column>& columns);

/// The bytes that a row has in the file.
std::size_t row_bytes(const Header& header);

/// Converts one column of rows from FITS into a member of compounds.
/// \param rows       whole rows of the file, each `stride` bytes long
/// \param target     where the first row's member begins, each next `target_stride` bytes further
void decode_column(const Column& column,
                   std::span<const std::byte> rows,
                   std::size_t stride,
                   std::byte* target,
                   std::size_t target_stride);

/// Converts one member of a compound into a column of one row in FITS. A text that is longer than
/// the column is cut.
void encode_column(const Column& column,
                   const Datatype& type,
                   const std::byte* member,
                   std::byte* row);

}  // namespace hyperslab::apps::h5boss
