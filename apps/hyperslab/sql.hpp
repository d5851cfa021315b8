// hyperslab sql: a query over the tables of a file.
#pragma once

#include <string>

namespace hyperslab::apps {

struct SqlOptions {
    std::string file;
    std::string statement;
    bool csv = false;
    bool json = false;
    std::string output;  ///< a file; standard output when empty
};

void run_sql(const SqlOptions& options);

}  // namespace hyperslab::apps
