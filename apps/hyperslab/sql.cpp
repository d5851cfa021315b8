#include "sql.hpp"

#include <hyperslab/hyperslab.hpp>

#include <cstdio>

#include "shared/interruption.hpp"
#include "shared/output.hpp"
#include "shared/rows_output.hpp"
#include "shared/sql/database.hpp"
#include "shared/sql/dataset_table.hpp"

namespace hyperslab::apps {

void run_sql(const SqlOptions& options) {
    watch_interruptions();
    if (!options.output.empty()) {
        require_row_suffix(options.output);
    }
    const File file(options.file);
    sql::Database database([&](const std::string& name) { return sql::table_at(file, name); },
                           options.file,
                           interrupted);
    sql::Query query = database.query(options.statement);
    if (!options.output.empty()) {
        write_rows_to(query, options.output, options.statement);
        return;
    }
    write_rows(query,
               options.csv    ? RowFormat::csv
               : options.json ? RowFormat::json
                              : RowFormat::text,
               print);
}

}  // namespace hyperslab::apps
