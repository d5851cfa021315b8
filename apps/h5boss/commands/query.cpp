#include "h5boss/commands/query.hpp"

#include <filesystem>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/files.hpp"
#include "shared/output.hpp"
#include "shared/rows_output.hpp"

namespace hyperslab::apps::h5boss {
namespace {

bool is_list(const std::string& path) { return path.ends_with(".pmf") || path.ends_with(".PMF"); }

void write_list(sql::Query& rows, const std::string& path) {
    const std::vector<FiberId> fibers = fibers_of(rows);
    write_text_file(path, [&](const Writer& write) {
        write("plates mjds fibers\n");
        for (const FiberId& id : fibers) {
            write(std::to_string(id.plate.plate) + " " + std::to_string(id.plate.mjd) + " " +
                  std::to_string(id.fiber) + "\n");
        }
    });
}

/// Sorts the arguments into what is asked and the question, which comes last. With an index there
/// need be nothing else.
void understand(QueryOptions& options) {
    std::vector<std::string>& arguments = options.arguments;
    const bool only_files =
        !arguments.empty() && (std::filesystem::exists(arguments.back()) ||
                               (arguments.size() == 1 && options.index.empty()));
    if (!arguments.empty() && !only_files) {
        options.question.expression = arguments.back();
        arguments.pop_back();
    }
    if (arguments.empty() && options.index.empty()) {
        throw Error(ErrorCode::invalid_argument, "a file, a folder or an index is needed");
    }
}

}  // namespace

Question QuestionOptions::question() const {
    Question question{expression, cone_of(cone), {}};
    std::string name;
    for (const char c : columns + ",") {
        if (c != ',') {
            name += c;
        } else if (!name.empty()) {
            question.columns.push_back(std::exchange(name, {}));
        }
    }
    return question;
}

int make_index(const IndexOptions& options) {
    Report report;
    const Index index = Index::of(options.sources, Depth::places, report);
    if (index.plates().empty() || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found, "there is no plate to index, so nothing was written");
    }
    index.save(options.output);
    print(std::to_string(index.fibers()) + " fibres of " + std::to_string(index.plates().size()) +
          " plates in " + std::to_string(index.files().size()) + " files\n");
    return finish(report, options.strict);
}

int query(QueryOptions options) {
    understand(options);
    if (!options.output.empty() && !is_list(options.output)) {
        require_row_suffix(options.output);
    }
    Report report;
    const Question question = options.question.question();
    SourceFiles sources(options.arguments, options.index, report);
    FiberQueries queries(sources.need_index(report),
                         options.arguments.empty() ? options.index : options.arguments.front());
    sql::Query rows = queries.run(question);
    if (options.strict && !report.complete()) {
        finish(report, true);
        require_complete(report, true);
    }
    if (is_list(options.output)) {
        write_list(rows, options.output);
    } else if (!options.output.empty()) {
        write_rows_to(rows, options.output, question.expression);
    } else {
        write_rows(rows,
                   options.csv    ? RowFormat::csv
                   : options.json ? RowFormat::json
                                  : RowFormat::text,
                   print);
    }
    return finish(report, options.strict);
}

}  // namespace hyperslab::apps::h5boss
