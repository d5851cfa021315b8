// Explains what a write would do, and why: hyperslab/write_explanation.hpp has the account.
#pragma once

#include <string>
#include <vector>

#include "hyperslab/dataset.hpp"
#include "hyperslab/write_explanation.hpp"

namespace hyperslab {

/// Explains what writing elements as they are, or members of them, would do. Nothing is written,
/// and the file may be open for reading only.
/// \throws Error (out_of_range) for a position outside the extent; (not_found) for a member
WriteExplanation explain_write(const Dataset& dataset,
                               const IndexExpression& expression = {},
                               const std::vector<std::string>& fields = {});

/// The same of elements of another type, which are converted.
WriteExplanation explain_write(const Dataset& dataset,
                               const IndexExpression& expression,
                               const Datatype& type);

}  // namespace hyperslab
