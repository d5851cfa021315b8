// The rows of a dataset in parts of about equal stored size, for workers that read one part each.
//
// Bytes in the file are what a worker waits for, so they are counted, and not elements. Parts end
// where chunks do: no chunk is decoded by two workers.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/store/open_dataset.hpp"

namespace hyperslab::arrow {

/// Rows [start, stop) and the number of bytes that the file has of them.
struct RowPart {
    std::uint64_t start = 0;
    std::uint64_t stop = 0;
    std::uint64_t stored_bytes = 0;
};

/// Cuts the rows [start, stop) of a dataset with at least one axis. `stop` may lie past the end.
/// \param bytes  the maximum number of stored bytes in a part of more than one row of chunks
/// \throws Error (type_mismatch) for a dataset without rows; (invalid_argument) for 0 bytes
std::vector<RowPart> partition_rows(engine::OpenDataset& dataset,
                                    std::uint64_t start,
                                    std::uint64_t stop,
                                    std::uint64_t bytes);

/// The same in `parts` parts of about equal stored size, or fewer where there are fewer rows of
/// chunks.
/// \throws Error (type_mismatch) for a dataset without rows; (invalid_argument) for 0 parts
std::vector<RowPart> parts_of_rows(engine::OpenDataset& dataset,
                                   std::uint64_t start,
                                   std::uint64_t stop,
                                   std::uint64_t parts);

}  // namespace hyperslab::arrow
