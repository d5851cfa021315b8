// What a write would do, as functions; Dataset::explain_write has the description.
#pragma once

#include <string>
#include <vector>

#include "hyperslab/dataset.hpp"
#include "hyperslab/write_explanation.hpp"

namespace hyperslab {

inline WriteExplanation explain_write(const Dataset& dataset,
                                      const IndexExpression& expression = {},
                                      const std::vector<std::string>& fields = {}) {
    return dataset.explain_write(expression, fields);
}

inline WriteExplanation explain_write(const Dataset& dataset,
                                      const IndexExpression& expression,
                                      const Datatype& type) {
    return dataset.explain_write(expression, type);
}

}  // namespace hyperslab
