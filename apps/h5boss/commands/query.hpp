// h5boss index and h5boss query: finding fibres in a survey.
#pragma once

#include <string>
#include <vector>

#include "h5boss/index/fiber_query.hpp"

namespace hyperslab::apps::h5boss {

struct IndexOptions {
    std::vector<std::string> sources;
    std::string output;
    bool strict = false;
};

int make_index(const IndexOptions& options);

/// A question as the command line has it.
struct QuestionOptions {
    std::string expression;
    std::vector<double> cone;
    std::string columns;  ///< names with commas between them

    Question question() const;
};

struct QueryOptions {
    std::vector<std::string> arguments;  ///< what is asked, and the question
    std::string index;
    QuestionOptions question;
    std::string output;
    bool csv = false;
    bool json = false;
    bool strict = false;
};

int query(QueryOptions options);

}  // namespace hyperslab::apps::h5boss
