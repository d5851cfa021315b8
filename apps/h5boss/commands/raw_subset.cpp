#include "h5boss/commands/raw_subset.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>

#include "h5boss/commands/common.hpp"
#include "h5boss/formats/output_file.hpp"
#include "h5boss/raw/plate.hpp"
#include "shared/rank_meeting.hpp"
#include "shared/whole_file.hpp"

namespace hyperslab::apps::h5boss {
namespace {

using Plates = std::map<PlateId, std::vector<raw::Part>>;

/// Calls work(i) for all i on all threads; a refusal is thrown at the end.
void for_each_refusing(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<bool> refused{false};
    in_parallel(count, [&](std::size_t i) {
        if (refused) {
            return;
        }
        try {
            work(i);
        } catch (const raw::Refusal&) {
            refused = true;
        }
    });
    if (refused) {
        throw raw::Refusal();
    }
}

std::vector<raw::OpenedFile> open_all(const RawSubset& subset) {
    std::vector<raw::OpenedFile> files(subset.paths.size());
    for_each_refusing(files.size(), [&](std::size_t i) {
        files[i] = raw::open_file(subset.paths[i]);
        if (files[i].has_more && subset.keeps_surroundings) {
            throw raw::Refusal();
        }
        if (subset.wanted) {
            std::erase_if(files[i].plates, [&](const raw::SourcePlate& plate) {
                return !subset.wanted->contains(plate.id);
            });
        }
    });
    return files;
}

/// Which fibres come from where: each from the first file that has it.
Plates parts_of(const std::vector<raw::OpenedFile>& files, const RawSubset& subset) {
    Plates plates;
    std::map<PlateId, std::set<int>> given;
    for (const raw::OpenedFile& file : files) {
        for (const raw::SourcePlate& plate : file.plates) {
            const std::set<int>* const wanted =
                subset.wanted ? &subset.wanted->at(plate.id) : nullptr;
            std::set<int>& held = given[plate.id];
            raw::Part part{&plate};
            for (const auto& [fiber, address] : plate.fibers) {
                if ((wanted == nullptr || wanted->contains(fiber)) && held.insert(fiber).second) {
                    part.fibers.insert(part.fibers.end(), fiber);
                }
            }
            if (!part.fibers.empty()) {
                plates[plate.id].push_back(std::move(part));
            }
        }
    }
    return plates;
}

void report_missing(const RawSubset& subset, const Plates& plates, Report& report) {
    for (const auto& [id, fibers] : subset.wanted.value_or(Wanted{})) {
        const auto at = plates.find(id);
        for (const int fiber : fibers) {
            const bool held =
                at != plates.end() &&
                std::any_of(at->second.begin(), at->second.end(), [&](const raw::Part& part) {
                    return part.fibers.contains(fiber);
                });
            if (!held) {
                report.missing("fibre " + to_string(FiberId{id, fiber}) + " is in no file");
            }
        }
    }
}

raw::Node tree_of(const Plates& plates) {
    std::vector<std::pair<PlateId, const std::vector<raw::Part>*>> all;
    for (const auto& [id, parts] : plates) {
        all.emplace_back(id, &parts);
    }
    std::vector<std::unique_ptr<raw::Node>> nodes(all.size());
    for_each_refusing(all.size(),
                      [&](std::size_t i) { nodes[i] = raw::join_parts(*all[i].second); });
    raw::Node root;
    for (std::size_t i = 0; i < all.size(); ++i) {
        raw::Node& plate = root.group(std::to_string(all[i].first.plate));
        plate.members[std::to_string(all[i].first.mjd)] = std::move(nodes[i]);
    }
    return root;
}

/// The copies in pieces that one thread makes at a time, and of these a rank's share: as many bytes
/// for each, in one stretch of the sources.
std::vector<raw::Copy> share_of(const std::vector<raw::Copy>& copies, const Ranks& ranks) {
    constexpr std::uint64_t kPiece = 1 << 20;
    std::uint64_t all = 0;
    for (const raw::Copy& one : copies) {
        all += one.bytes;
    }
    const auto size = static_cast<std::uint64_t>(ranks.size);
    const auto rank = static_cast<std::uint64_t>(ranks.rank);
    const std::uint64_t begin = all / size * rank;
    const std::uint64_t end = rank + 1 == size ? all : all / size * (rank + 1);
    std::vector<raw::Copy> own;
    std::uint64_t at = 0;
    for (const raw::Copy& one : copies) {
        for (std::uint64_t done = 0; done < one.bytes;) {
            const std::uint64_t bytes = std::min(kPiece, one.bytes - done);
            if (at >= begin && at < end) {
                own.push_back({one.file, one.from + done, one.to + done, bytes});
            }
            done += bytes;
            at += bytes;
        }
    }
    return own;
}

void copy_one(const raw::Copy& copy, const std::function<void(std::uint64_t, raw::Bytes&)>& write) {
    constexpr std::uint64_t kBlock = 256 << 10;  // It stays in the cache between read and write.
    thread_local raw::Bytes block;
    for (std::uint64_t done = 0; done < copy.bytes; done += block.size()) {
        block.resize(static_cast<std::size_t>(std::min(kBlock, copy.bytes - done)));
        try {
            copy.file->read_into(copy.from + done, block);
        } catch (const raw::Refusal&) {
            throw Error(ErrorCode::io, "Cannot read '" + copy.file->path() + "' to its end");
        }
        write(copy.to + done, block);
    }
}

void copy_all(const std::vector<raw::Copy>& copies,
              const std::function<void(std::uint64_t, raw::Bytes&)>& write) {
    ProgressBar bar("copying", copies.size());
    in_parallel(copies.size(), [&](std::size_t i) { copy_one(copies[i], write); }, &bar);
}

void write_image(const raw::FileImage& image, const std::string& path, const Ranks& all) {
    const std::vector<raw::Copy> own = share_of(image.copies, all);
    if (all.first()) {
        WholeFile file(path);
        RankMeeting meeting(path, all);
        meeting.call(file.temporary());
        file.write_at(0, image.beginning);
        copy_all(own, [&](std::uint64_t at, raw::Bytes& bytes) { file.write_at(at, bytes); });
        meeting.wait_for_all();
        file.commit();
        return;
    }
    RankMeeting meeting(path, all);
    meeting.take_part([&](const std::string& temporary) {
        const SharedFile file(temporary);
        copy_all(own, [&](std::uint64_t at, raw::Bytes& bytes) { file.write_at(at, bytes); });
    });
}

}  // namespace

bool write_raw(const RawSubset& subset, Report& report) {
    std::vector<raw::OpenedFile> files;
    Plates plates;
    raw::FileImage image;
    try {
        files = open_all(subset);
        plates = parts_of(files, subset);
        if (!plates.empty()) {
            image = raw::image_of(tree_of(plates));
        }
    } catch (const raw::Refusal&) {
        return false;
    }
    report_missing(subset, plates, report);
    if (plates.empty() && subset.may_be_empty) {
        image = raw::image_of({});
    } else if (plates.empty() || (subset.strict && !report.complete())) {
        if (!subset.ranks.first()) {
            return true;  // The first rank says it.
        }
        finish(report, subset.strict);
        require_complete(report, subset.strict);
        throw Error(ErrorCode::not_found,
                    "no file has any of these fibres, so nothing was written");
    }
    write_image(image, subset.output, subset.ranks);
    return true;
}

}  // namespace hyperslab::apps::h5boss
