#include "h5boss/sources/find_sources.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "h5boss/sources/plate_files.hpp"
#include "h5boss/sources/spec_files.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// The plate and MJD in a file's name.
std::optional<PlateId> named_plate(const std::string& path) {
    const std::string name = fs::path(path).filename().string();
    for (const char* const start : {"spec-%d-%d", "spPlate-%d-%d", "%d-%d"}) {
        PlateId id;
        if (std::sscanf(name.c_str(), start, &id.plate, &id.mjd) == 2 && id.plate > 0 &&
            id.mjd > 0) {
            return id;
        }
    }
    return std::nullopt;
}

/// The files of some sources by what they are.
struct Sources {
    std::set<std::string> whole;
    std::map<std::optional<PlateId>, std::vector<std::string>>
        spec;  // by the plates of their names
    std::set<std::string> surveys;

    void add(const std::string& source) {
        const std::vector<std::string> files = files_below(source);
        bool found = false;
        for (const std::string& file : files) {
            const bool alone = file == source;
            if (has_plate_name(file)) {
                whole.insert(file);
            } else if (has_spec_name(file) || (alone && file.find(".fits") != std::string::npos)) {
                std::vector<std::string>& held = spec[named_plate(file)];
                if (std::find(held.begin(), held.end(), file) == held.end()) {
                    held.push_back(file);
                }
            } else if (has_survey_name(file) || alone) {
                surveys.insert(file);
            } else {
                continue;
            }
            found = true;
        }
        if (!found) {
            throw Error(ErrorCode::not_found, "'" + source + "' holds no file of the survey");
        }
    }

    /// Few files are one heap, since a name may be wrong: what counts is what their headers say. Of
    /// many the catalogue rows of one plate at a time are in memory, and names must be right.
    void join_few() {
        constexpr std::size_t kFew = 2000;
        std::vector<std::string> all;
        for (const auto& [id, files] : spec) {
            all.insert(all.end(), files.begin(), files.end());
        }
        if (all.size() <= kFew && spec.size() > 1) {
            spec.clear();
            spec.emplace(std::nullopt, std::move(all));
        }
    }
};

Sources sort_sources(const std::vector<std::string>& sources, Report& report) {
    Sources sorted;
    for (const std::string& source : sources) {
        try {
            sorted.add(source);
        } catch (const Error& error) {
            report.missing(error.what());
        }
    }
    return sorted;
}

/// Gives every plate to the visitor once.
class PlateWalk {
public:
    PlateWalk(Report& report, const Share& share, const std::function<void(PlateContents)>& visit)
        : report_(report), share_(share), visit_(visit) {}

    void walk(const Sources& sources) {
        for (const std::string& path : sources.whole) {
            if (wants_file(named_plate(path))) {
                give(attempt([&] { return read_plate(path, report_); }));
            }
        }
        for (const auto& [id, files] : sources.spec) {
            if (wants_file(id)) {
                for (PlateContents& plate : spec_plates(files, report_)) {
                    give(std::move(plate));
                }
            }
        }
        for (const std::string& path : sources.surveys) {
            if (share_.plate || wants_file(named_plate(path))) {
                walk_survey(path);
            }
        }
    }

private:
    bool wants_file(const std::optional<PlateId>& named) const {
        return !share_.file || share_.file(named);
    }
    bool wants(const PlateId& id) const { return !share_.plate || share_.plate(id); }

    /// What a reader returns, or nothing when it fails, which is reported then. What the visitor
    /// throws is another matter: it is not caught here.
    template <class Read>
    auto attempt(const Read& read, const std::string& what = "")
        -> std::optional<decltype(read())> {
        try {
            return read();
        } catch (const Error& error) {
            report_.missing(what + error.what());
            return std::nullopt;
        }
    }

    void walk_survey(const std::string& path) {
        const auto survey = attempt([&] { return Survey(path); });
        if (!survey) {
            return;
        }
        if (survey->plates().empty()) {
            report_.missing("'" + path + "' has no plate");
        }
        for (const PlateId& id : survey->plates()) {
            if (wants(id)) {
                give(attempt([&] { return contents_of(*survey, id); },
                             "plate " + to_string(id) + " in '" + path + "': "));
            }
        }
    }

    void give(std::optional<PlateContents> plate) {
        if (!plate || !wants(plate->id)) {
            return;
        }
        if (!seen_.insert(plate->id).second) {
            report_.missing("plate " + to_string(plate->id) +
                            " is there a second time, which is left out");
            return;
        }
        visit_(std::move(*plate));
    }

    Report& report_;
    const Share& share_;
    const std::function<void(PlateContents)>& visit_;
    std::set<PlateId> seen_;
};

}  // namespace

std::vector<std::string> files_below(const std::string& path) {
    std::vector<std::string> files;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        throw Error(ErrorCode::io, "There is no '" + path + "'", ENOENT);
    }
    if (!fs::is_directory(status)) {
        return {path};
    }
    for (fs::recursive_directory_iterator
             at(path, fs::directory_options::skip_permission_denied, error),
         end;
         at != end && !error;
         at.increment(error)) {
        if (at->is_directory(error) && is_hidden(at->path())) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file(error) && !is_hidden(at->path())) {
            files.push_back(at->path().string());
        }
    }
    if (error) {
        throw Error(ErrorCode::io, "'" + path + "': " + error.message(), error.value());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> survey_files(const std::vector<std::string>& sources) {
    std::set<std::string> found;
    for (const std::string& source : sources) {
        for (const std::string& file : files_below(source)) {
            if (has_survey_name(file) || file == source) {
                found.insert(file);
            }
        }
    }
    return {found.begin(), found.end()};
}

void each_plate(const std::vector<std::string>& sources,
                Report& report,
                const Share& share,
                const std::function<void(PlateContents)>& visit) {
    Sources sorted = sort_sources(sources, report);
    if (!share.file) {
        sorted.join_few();
    }
    PlateWalk(report, share, visit).walk(sorted);
}

Share share_of(const std::vector<std::string>& sources, const Ranks& ranks) {
    if (ranks.alone()) {
        return {};
    }
    Report unheard;  // each_plate() says it
    const Sources sorted = sort_sources(sources, unheard);
    std::map<std::optional<PlateId>, std::uint64_t> bytes;
    const auto add = [&](const std::optional<PlateId>& id, const std::string& path) {
        std::error_code error;
        const auto size = fs::file_size(path, error);
        bytes[id] += error ? 0 : size;
    };
    for (const auto* files : {&sorted.whole, &sorted.surveys}) {
        for (const std::string& path : *files) {
            add(named_plate(path), path);
        }
    }
    for (const auto& [id, files] : sorted.spec) {
        for (const std::string& path : files) {
            add(id, path);
        }
    }
    // The largest plates are given away first, each to the rank that has least. Every rank comes to
    // the same result.
    std::vector<std::pair<std::uint64_t, std::optional<PlateId>>> largest;
    largest.reserve(bytes.size());
    for (const auto& [plate, size] : bytes) {
        largest.emplace_back(size, plate);
    }
    std::sort(largest.rbegin(), largest.rend());
    std::vector<std::uint64_t> load(static_cast<std::size_t>(ranks.size), 0);
    std::map<std::optional<PlateId>, int> rank_of;
    for (const auto& [size, plate] : largest) {
        const auto least = std::min_element(load.begin(), load.end());
        *least += size;
        rank_of[plate] = static_cast<int>(least - load.begin());
    }
    return {[rank_of, rank = ranks.rank](const std::optional<PlateId>& named) {
        const auto at = rank_of.find(named);
        return at != rank_of.end() && at->second == rank;
    }};
}

}  // namespace hyperslab::apps::h5boss
