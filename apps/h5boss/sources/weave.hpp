// Rows of images woven into a table of pixels: each becomes a column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "h5boss/fits/fits_file.hpp"
#include "h5boss/formats/table.hpp"

namespace hyperslab::apps::h5boss {

/// Elements of 32 bits, as they lie in the file, whose bytes stay with the thread that reads them.
using Words = std::vector<std::uint32_t>;

/// Columns of one table, which are put into it together, a stretch of pixels at a time: so the
/// table goes through the core's cache once.
class Weave {
public:
    explicit Weave(Table& table) : table_(table) {}

    /// A column of a row of an image of 32-bit floats or integers.
    /// \param bitpix  -32 for floats, 32 for integers
    /// \throws Error (type_mismatch) for another image; (out_of_range) for a row that is not there
    void add(const char* column,
             const FitsFile& file,
             std::size_t hdu,
             std::uint64_t row,
             int bitpix = -32);
    /// A column of numbers, which must live until finish().
    void add(const char* column, std::span<const float> values);

    /// Fills the columns. A column that is shorter than the table leaves the rest as it is.
    void finish();

private:
    struct Strand {
        std::size_t offset;
        const std::uint32_t* words;
        std::size_t count;
        bool turned;  // whether the highest byte comes first
    };

    Table& table_;
    std::vector<Strand> strands_;
    std::size_t buffers_ = 0;
};

}  // namespace hyperslab::apps::h5boss
