// A summary as the text of its file: JSON, whose numbers are exact.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "object/summary/dataset_summary.hpp"

namespace hyperslab::object {

/// The state of a file that a summary is of.
struct FileStamp {
    std::uint64_t bytes = 0;
    std::int64_t time_ns = 0;  ///< of the last change, in nanoseconds since 1970
};

/// \param datasets  pairs of a path and what is known of the dataset
std::string summary_text(const FileStamp& stamp,
                         const std::vector<std::pair<std::string, DatasetSummary>>& datasets);

}  // namespace hyperslab::object
