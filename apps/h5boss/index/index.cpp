#include "h5boss/index/index.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "h5boss/formats/output_file.hpp"
#include "h5boss/index/scan.hpp"
#include "h5boss/index/table_spill.hpp"
#include "h5boss/raw/object_header.hpp"
#include "h5boss/sources/find_sources.hpp"
#include "shared/interruption.hpp"

namespace hyperslab::apps::h5boss {
namespace {

namespace fs = std::filesystem;

IndexedFile state_of(const std::string& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) {
        return {path, -1, -1};
    }
    return {path,
            static_cast<std::int64_t>(found.st_size),
            static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1'000'000'000 +
                static_cast<std::int64_t>(found.st_mtim.tv_nsec)};
}

/// Whether a file may be an index: an index has an attribute at its root.
bool may_be_index(const std::string& path) {
    try {
        const raw::SourceFile file(path);
        return !raw::attributes_of(file, raw::read_header(file, file.root())).empty();
    } catch (const raw::Refusal&) {
        return true;
    }
}

}  // namespace

std::string absolute_path(const std::string& path) {
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(fs::absolute(path), error);
    return error ? fs::absolute(path).string() : whole.string();
}

Index Index::of(const std::vector<std::string>& roots,
                Depth depth,
                Report& report,
                Index* before,
                const std::function<std::vector<bool>(const std::vector<std::string>&)>& share) {
    Index index;
    std::set<std::string> found;
    for (const std::string& root : roots) {
        index.roots_.push_back(absolute_path(root));
        try {
            for (const std::string& file : survey_files({root})) {
                found.insert(absolute_path(file));
            }
        } catch (const Error& error) {
            report.missing(error.what());
        }
    }
    std::sort(index.roots_.begin(), index.roots_.end());
    index.roots_.erase(std::unique(index.roots_.begin(), index.roots_.end()), index.roots_.end());
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; before != nullptr && i < before->files_.size(); ++i) {
        known.emplace(before->files_[i].path, i);
        if (!found.contains(before->files_[i].path)) {
            report.missing("'" + before->files_[i].path + "' of the index is not there any more");
        }
    }
    if (before != nullptr) {
        index.catalogues_ = before->catalogues_;
    }
    if (share) {
        const std::vector<std::string> all(found.begin(), found.end());
        const std::vector<bool> own = share(all);
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!own[i]) {
                found.erase(all[i]);
            }
        }
    }
    const std::set<PlateId> moved = before == nullptr ? std::set<PlateId>{} : before->moved(found);
    std::vector<std::size_t> changed;
    for (const std::string& path : found) {
        index.files_.push_back(state_of(path));
        const std::size_t number = index.files_.size() - 1;
        const auto at = known.find(path);
        if (at != known.end() && before->files_[at->second] == index.files_.back() &&
            !before->has_any(at->second, moved)) {
            index.take(*before, at->second, number);
        } else if (may_be_index(path) && is_index(path)) {
            index.files_.pop_back();
        } else {
            changed.push_back(number);
        }
    }
    index.add_scans(changed, depth, report);
    if (!share) {
        index.sort_plates(report);
    }
    return index;
}

/// The plates of files that have gone or changed. Another file may have fibres of theirs that were
/// left to these.
std::set<PlateId> Index::moved(const std::set<std::string>& found) const {
    std::vector<bool> stays(files_.size());
    for (std::size_t i = 0; i < files_.size(); ++i) {
        stays[i] = found.contains(files_[i].path) && state_of(files_[i].path) == files_[i];
    }
    std::set<PlateId> ids;
    for (const IndexedPlate& plate : plates_) {
        if (!stays[plate.file]) {
            ids.insert(plate.id);
        }
    }
    return ids;
}

bool Index::has_any(std::size_t file, const std::set<PlateId>& ids) const {
    return !ids.empty() && std::any_of(plates_.begin(), plates_.end(), [&](const auto& plate) {
        return plate.file == file && ids.contains(plate.id);
    });
}

void Index::sort_plates(Report& report) {
    std::stable_sort(plates_.begin(), plates_.end(), [&](const auto& a, const auto& b) {
        return a.id != b.id ? a.id < b.id : files_[a.file].path < files_[b.file].path;
    });
    drop_repeated(report);
}

Index Index::joined(std::vector<Index> shares, Report& report) {
    Index all = std::move(shares.front());
    for (std::size_t i = 1; i < shares.size(); ++i) {
        const std::size_t first = all.files_.size();
        all.files_.insert(all.files_.end(), shares[i].files_.begin(), shares[i].files_.end());
        for (IndexedPlate& plate : shares[i].plates_) {
            plate.file += first;
            all.plates_.push_back(std::move(plate));
        }
        for (const auto& [name, kind] : shares[i].catalogues_) {
            note_catalogue(all.catalogues_, name, kind);
        }
    }
    all.sort_plates(report);
    return all;
}

std::span<const IndexedPlate> Index::plates_of(const PlateId& id) const {
    const auto [begin, end] = std::equal_range(
        plates_.begin(), plates_.end(), IndexedPlate{id}, [](const auto& a, const auto& b) {
            return a.id < b.id;
        });
    return {begin, end};
}

/// Moves the plates of a file over, so that millions of fibres are in memory once.
void Index::take(Index& before, std::size_t file_before, std::size_t file) {
    for (IndexedPlate& plate : before.plates_) {
        if (plate.file == file_before) {
            plates_.push_back(std::move(plate));
            plates_.back().file = file;
        }
    }
}

/// Scans files, the first one alone: what it says of catalogues need not be found out again.
void Index::add_scans(const std::vector<std::size_t>& files, Depth depth, Report& report) {
    ProgressBar bar("looking into files", files.size());
    const auto frames = std::make_shared<TableSpill>();
    std::vector<Scan> scans(files.size());
    const auto scan = [&](std::size_t i) {
        scans[i] = scan_file(files_[files[i]].path, depth, catalogues_, report);
        for (FoundPlate& found : scans[i].plates) {
            found.plate.frames = found.exposures.size();
            if (found.plate.frames > 0) {
                found.plate.exposures = [frames, kept = frames->keep(found.exposures)] {
                    return frames->read(kept);
                };
            }
            found.exposures = {};
        }
    };
    const auto add = [&](std::size_t i) {
        for (FoundPlate& found : scans[i].plates) {
            found.plate.file = files[i];
            plates_.push_back(std::move(found.plate));
        }
        for (const auto& [name, kind] : scans[i].catalogues) {
            note_catalogue(catalogues_, name, kind);
        }
        if (scans[i].failed) {
            files_[files[i]].changed = -1;  // It is looked at again the next time.
        }
    };
    const std::size_t first = std::min<std::size_t>(1, files.size());
    in_parallel(first, scan, &bar);
    if (first > 0) {
        add(0);
    }
    in_parallel(files.size() - first, [&](std::size_t i) { scan(first + i); }, &bar);
    for (std::size_t i = first; i < files.size(); ++i) {
        add(i);
    }
}

/// A fibre that several files have is left to the first of them.
void Index::drop_repeated(Report& report) {
    for (std::size_t begin = 0; begin < plates_.size();) {
        std::size_t end = begin + 1;
        while (end < plates_.size() && plates_[end].id == plates_[begin].id) {
            ++end;
        }
        std::unordered_set<int> seen;
        for (std::size_t i = begin; end - begin > 1 && i < end; ++i) {
            Table& table = plates_[i].fibers;
            const std::vector<int> fibers = table.integers("FIBERID");
            std::vector<std::size_t> fresh;
            for (std::size_t row = 0; row < fibers.size(); ++row) {
                if (seen.insert(fibers[row]).second) {
                    fresh.push_back(row);
                }
            }
            if (fresh.size() < fibers.size()) {
                report.note("'" + files_[plates_[i].file].path + "' has " +
                            std::to_string(fibers.size() - fresh.size()) + " fibres of plate " +
                            to_string(plates_[i].id) + " that another file has, too");
                table = table.rows(fresh);
            }
        }
        begin = end;
    }
}

Index Index::open(const std::string& path, const std::vector<std::string>& roots, Report& report) {
    if (!fs::exists(path)) {
        Index index = of(roots, Depth::places, report);
        index.save(path);
        return index;
    }
    Index before = load(path);
    std::vector<std::string> all = before.roots_;
    for (const std::string& root : roots) {
        all.push_back(absolute_path(root));
    }
    Index now = of(all, Depth::places, report, &before);
    if (now.files_ != before.files_ || now.roots_ != before.roots_) {
        try {
            now.save(path);
        } catch (const Error& error) {
            report.note(std::string("the index is out of date and stays so: ") + error.what());
        }
    }
    return now;
}

std::size_t Index::fibers() const {
    std::size_t count = 0;
    for (const IndexedPlate& plate : plates_) {
        count += plate.fibers.size();
    }
    return count;
}

}  // namespace hyperslab::apps::h5boss
