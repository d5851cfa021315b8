#include "h5boss/commands/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "h5boss/sources/find_sources.hpp"

namespace hyperslab::apps::h5boss {
namespace {

/// The files of a source: itself, what is below a folder, or the names in a text file, one a line.
std::vector<std::string> files_of(const std::string& source) {
    std::ifstream text(source);
    char first[4] = "";
    text.read(first, 1);
    if (has_survey_name(source) || !text || first[0] == '\x89' || is_hdf5(source)) {
        return survey_files({source});
    }
    text.seekg(0);
    std::vector<std::string> files;
    for (std::string line; std::getline(text, line);) {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (!line.empty()) {
            files.push_back(line);
        }
    }
    return files;
}

/// Whether a path is one of these, or lies below one.
bool is_below(const std::string& path, const std::vector<std::string>& roots) {
    return std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
        return path == root || path.starts_with(root.ends_with('/') ? root : root + "/");
    });
}

}  // namespace

SourceFiles::SourceFiles(const std::vector<std::string>& sources,
                         const std::string& index,
                         Report& report) {
    std::vector<std::string> listed;
    std::vector<std::string> roots;
    for (const std::string& source : sources) {
        if (std::filesystem::is_directory(source)) {
            roots.push_back(source);
        } else if (Index::is_index(source)) {
            index_ = Index::open(source, {}, report);
            for (const IndexedFile& file : index_->files()) {
                listed.push_back(file.path);
            }
            continue;
        } else {
            const std::vector<std::string> files = files_of(source);
            roots.insert(roots.end(), files.begin(), files.end());
        }
        const std::vector<std::string> files = files_of(source);
        listed.insert(listed.end(), files.begin(), files.end());
    }
    if (index_ && sources.size() > 1) {
        index_.reset();  // It has not all of the files.
    }
    std::erase_if(listed, [](const std::string& path) { return Index::is_index(path); });
    paths_ = std::move(listed);
    if (!index.empty()) {
        index_ = Index::open(index, roots, report);
        std::vector<std::string> wanted;
        wanted.reserve(roots.size());
        for (const std::string& root : roots) {
            wanted.push_back(absolute_path(root));
        }
        paths_.clear();
        for (const IndexedFile& file : index_->files()) {
            if (roots.empty() || is_below(file.path, wanted)) {
                paths_.push_back(file.path);
            }
        }
    }
}

const Index& SourceFiles::need_index(Report& report) {
    if (!index_) {
        index_ = Index::of(paths_, Depth::catalogues, report);
    }
    return *index_;
}

std::vector<std::string> files_of_plates(const std::string& source,
                                         const std::string& index,
                                         const std::set<PlateId>& ids,
                                         Report& report) {
    std::error_code error;
    const bool alone = !std::filesystem::is_directory(source, error) && index.empty();
    if (alone && !Index::is_index(source)) {
        return {source};
    }
    SourceFiles sources({source}, index, report);
    const Index& all = sources.need_index(report);
    std::set<std::string> held;
    for (const IndexedPlate& plate : all.plates()) {
        if (ids.empty() || ids.contains(plate.id)) {
            held.insert(all.files()[plate.file].path);
        }
    }
    std::vector<std::string> files;
    for (const std::string& path : sources.paths()) {
        if (held.contains(absolute_path(path))) {
            files.push_back(path);
        }
    }
    if (files.empty()) {
        throw Error(ErrorCode::not_found,
                    "'" + source + "' has no " +
                        (ids.empty() ? "plate" : "plate " + to_string(*ids.begin())));
    }
    return files;
}

}  // namespace hyperslab::apps::h5boss
