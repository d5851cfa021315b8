#include "h5boss/commands/query.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/files.hpp"
#include "shared/output.hpp"
#include "shared/rank_meeting.hpp"
#include "shared/rows_output.hpp"
#include "shared/whole_file.hpp"

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

namespace {

/// Which of some files a rank looks into: about as many bytes for each, in one stretch.
std::vector<bool> share_of_files(const std::vector<std::string>& paths, const Ranks& ranks) {
    std::vector<std::uint64_t> ends;
    std::uint64_t all = 0;
    for (const std::string& path : paths) {
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        all += error ? 1 : size + 1;
        ends.push_back(all);
    }
    std::vector<bool> own(paths.size());
    const auto size = static_cast<std::uint64_t>(ranks.size);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::uint64_t middle = ((i == 0 ? 0 : ends[i - 1]) + ends[i]) / 2;
        own[i] = std::min(size - 1, middle * size / std::max<std::uint64_t>(1, all)) ==
                 static_cast<std::uint64_t>(ranks.rank);
    }
    return own;
}

/// What a rank other than the first has found, in a file for the first.
std::string share_name(const std::string& meeting, int rank) {
    return meeting + "." + std::to_string(rank);
}

/// An index that all ranks make together; nothing on a rank other than the first.
std::optional<Index> index_by_ranks(const IndexOptions& options, const Ranks& all, Report& report) {
    const auto share = [&](const std::vector<std::string>& paths) {
        return share_of_files(paths, all);
    };
    const auto look = [&] {
        return Index::of(options.sources, Depth::places, report, nullptr, share);
    };
    RankMeeting meeting(options.output, all);
    if (!all.first()) {
        meeting.take_part([&](const std::string& place) {
            const Index own = look();
            own.save(share_name(place, all.rank));
            finish(report, options.strict);
            require_complete(report, options.strict);
        });
        return std::nullopt;
    }
    const WholeFile place(options.output + ".index");  // It stands for the meeting, and is removed.
    meeting.call(place.temporary());
    std::vector<Index> shares;
    shares.push_back(look());
    meeting.wait_for_all();
    for (int rank = 1; rank < all.size; ++rank) {
        const std::string name = share_name(place.temporary(), rank);
        shares.push_back(Index::load(name));
        std::filesystem::remove(name);  // What is open stays readable.
    }
    return Index::joined(std::move(shares), report);
}

}  // namespace

int make_index(const IndexOptions& options) {
    Report report;
    const Ranks all = ranks();
    const std::optional<Index> index = all.alone()
                                           ? Index::of(options.sources, Depth::places, report)
                                           : index_by_ranks(options, all, report);
    if (!index) {
        return 0;
    }
    if (index->plates().empty() || (options.strict && !report.complete())) {
        finish(report, options.strict);
        require_complete(report, options.strict);
        throw Error(ErrorCode::not_found, "there is no plate to index, so nothing was written");
    }
    index->save(options.output);
    print(std::to_string(index->fibers()) + " fibres of " + std::to_string(index->plates().size()) +
          " plates in " + std::to_string(index->files().size()) + " files\n");
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
