// The ranges of the chunks of one dataset.
#pragma once

#include <string>
#include <vector>

#include "hyperslab/dataset.hpp"
#include "hyperslab/shape.hpp"
#include "object/summary/value_range.hpp"

namespace hyperslab::object {

/// The values of one name in each part of a dataset, in row-major order of the parts.
struct ColumnSummary {
    std::string name;  ///< of the member, with the names above it; empty for an element as such
    std::vector<ValueRange> ranges;
};

struct DatasetSummary {
    Shape shape;
    Shape part;  ///< the shape of a part: a chunk, unless the dataset has none or very many
    std::vector<ColumnSummary> columns;
    std::vector<std::string> unknown;  ///< names of columns whose values cannot be said
};

/// Reads all elements. There are no columns where no part of an element has an order.
/// \throws Error as reading does
DatasetSummary summary_of(const Dataset& dataset);

}  // namespace hyperslab::object
