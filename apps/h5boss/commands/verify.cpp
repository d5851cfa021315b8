// Each column of each fibre is reduced to a checksum, of the file and of its source; these are
// compared. Texts count without the zeros behind them, so that a column that is wider in a file
// with longer texts is equal.

#include "h5boss/commands/verify.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <map>
#include <memory>
#include <set>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/files.hpp"
#include "h5boss/formats/contents.hpp"
#include "h5boss/sources/find_sources.hpp"
#include "shared/output.hpp"
#include "shared/ranks.hpp"

namespace hyperslab::apps::h5boss {
namespace {

/// FNV-1a, of 64 bits.
class Checksum {
public:
    void add(const std::byte* bytes, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) {
            value_ = (value_ ^ static_cast<std::uint64_t>(bytes[i])) * 0x100000001b3U;
        }
    }
    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0xcbf29ce484222325U;
};

std::uint64_t checksum(const Table& table, const CompoundMember& column) {
    Checksum sum;
    const bool array = column.type.type_class() == TypeClass::array;
    const Datatype& element = array ? column.type.base() : column.type;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const std::byte* const bytes = table.row(i) + column.offset;
        if (element.type_class() != TypeClass::string) {
            sum.add(bytes, column.type.size());
            continue;
        }
        for (std::size_t at = 0; at < column.type.size(); at += element.size()) {
            const std::byte* const end =
                std::find(bytes + at, bytes + at + element.size(), std::byte{0});
            sum.add(bytes + at, static_cast<std::size_t>(end - (bytes + at)));
            const std::byte mark{0};
            sum.add(&mark, 1);
        }
    }
    return sum.value();
}

/// Compares what two tables have of one fibre; differences are named in the report.
class Comparison {
public:
    explicit Comparison(Report& report) : report_(report) {}

    void tables(const Table& ours, const Table& theirs, const std::string& what) {
        if (ours.size() != theirs.size()) {
            differs(what + " has " + std::to_string(ours.size()) + " rows, its source " +
                    std::to_string(theirs.size()));
            return;
        }
        for (const CompoundMember& column : ours.type().members()) {
            const CompoundMember* const source = theirs.type().find_member(column.name);
            if (source == nullptr) {
                differs(what + " " + column.name + ": its source has no such column");
            } else if (checksum(ours, column) != checksum(theirs, *source)) {
                differs(what + " " + column.name + ": its source has other values");
            }
            ++columns_;
        }
    }
    void differs(const std::string& what) {
        ++differences_;
        report_.missing(what);
    }
    std::size_t differences() const { return differences_; }
    std::size_t columns() const { return columns_; }

private:
    Report& report_;
    std::atomic<std::size_t> differences_{0};
    std::atomic<std::size_t> columns_{0};
};

std::vector<std::size_t> positions(const Spectra& ours, const Spectra& theirs) {
    std::map<int, std::size_t> where;
    for (std::size_t i = 0; i < theirs.fibers.size(); ++i) {
        where.emplace(theirs.fibers[i], i);
    }
    std::vector<std::size_t> found;
    for (const int fiber : ours.fibers) {
        const auto at = where.find(fiber);
        found.push_back(at == where.end() ? theirs.fibers.size() : at->second);
    }
    return found;
}

void compare_plates(const PlateContents& ours,
                    const PlateContents& theirs,
                    Comparison& comparison) {
    for (const Spectra& spectra : ours.spectra) {
        const auto source =
            std::find_if(theirs.spectra.begin(), theirs.spectra.end(), [&](const Spectra& one) {
                return one.place == spectra.place;
            });
        if (source == theirs.spectra.end()) {
            comparison.differs(to_string(ours.id) + " " + spectra.place + ": its source has none");
            continue;
        }
        const std::vector<std::size_t> where = positions(spectra, *source);
        ProgressBar bar("verifying " + to_string(ours.id), spectra.fibers.size());
        const auto compare = [&](std::size_t i) {
            const std::string what =
                to_string(FiberId{ours.id, spectra.fibers[i]}) + " " + spectra.place;
            if (where[i] == source->fibers.size()) {
                comparison.differs(what + ": its source has none");
            } else {
                comparison.tables(spectra.read(i), source->read(where[i]), what);
            }
        };
        in_parallel(spectra.fibers.size(), compare, &bar);
    }
    for (const Catalogue& catalogue : ours.catalogues) {
        const Table* const source = theirs.catalogue(catalogue.name);
        if (source == nullptr) {
            comparison.differs(to_string(ours.id) + " " + catalogue.name + ": its source has none");
            continue;
        }
        for (const int fiber : ours.fibers) {
            const std::array<int, 1> only{fiber};
            comparison.tables(catalogue.table.where("FIBERID", only),
                              source->where("FIBERID", only),
                              to_string(FiberId{ours.id, fiber}) + " " + catalogue.name);
        }
    }
}

/// The plates of one file or of several.
class Held {
public:
    explicit Held(const std::vector<std::string>& files) {
        for (const std::string& path : files) {
            const auto survey = std::make_shared<const Survey>(path);
            for (const PlateId& id : survey->plates()) {
                surveys_[id].push_back(path);
                sizes_[id] += survey->plate(id).fibers().size();
            }
        }
    }

    bool contains(const PlateId& id) const { return surveys_.contains(id); }
    bool empty() const { return surveys_.empty(); }
    const std::vector<std::string>& files(const PlateId& id) const { return surveys_.at(id); }

    /// Of several ranks that share the work the plates of one: about as many fibres for each.
    std::set<PlateId> share_of(const Ranks& ranks) const {
        std::vector<std::pair<std::size_t, PlateId>> largest;
        largest.reserve(sizes_.size());
        for (const auto& [id, fibers] : sizes_) {
            largest.emplace_back(fibers, id);
        }
        std::sort(largest.rbegin(), largest.rend());
        std::vector<std::size_t> load(static_cast<std::size_t>(ranks.size), 0);
        std::set<PlateId> own;
        for (const auto& [fibers, id] : largest) {
            const auto least = std::min_element(load.begin(), load.end());
            *least += fibers + 1;
            if (least - load.begin() == ranks.rank) {
                own.insert(id);
            }
        }
        return own;
    }

private:
    std::map<PlateId, std::vector<std::string>> surveys_;
    std::map<PlateId, std::size_t> sizes_;
};

}  // namespace

int verify(const VerifyOptions& options) {
    Report report;
    Report sources_report;
    const Held held(files_of_plates(options.file, options.index, {}, sources_report));
    if (held.empty()) {
        throw Error(ErrorCode::not_found, "'" + options.file + "' has no plate");
    }
    const Ranks all = ranks();
    const std::set<PlateId> own = held.share_of(all);
    const auto is_own = [&](const PlateId& id) {
        return held.contains(id) ? own.contains(id) : all.first();
    };
    Share share;
    if (!all.alone()) {
        share.plate = is_own;
        share.file = [&](const std::optional<PlateId>& named) { return !named || is_own(*named); };
    }
    Comparison comparison(report);
    std::set<PlateId> compared;
    std::size_t fibers = 0;
    each_plate(options.sources, sources_report, share, [&](const PlateContents& source) {
        const PlateId id = source.id;
        if (!held.contains(id)) {
            sources_report.missing("plate " + to_string(id) + " of a source is not in '" +
                                   options.file + "'");
            return;
        }
        compared.insert(id);
        std::set<int> compared_fibers;
        for (const std::string& path : held.files(id)) {
            const PlateContents ours = contents_of(Survey(path), id);
            compare_plates(ours, source, comparison);
            compared_fibers.insert(ours.fibers.begin(), ours.fibers.end());
        }
        fibers += compared_fibers.size();
        for (const int fiber : source.fibers) {
            if (!compared_fibers.contains(fiber)) {
                sources_report.missing("fibre " + to_string(FiberId{id, fiber}) +
                                       " of a source is not in '" + options.file + "'");
            }
        }
    });
    for (const PlateId& id : own) {
        if (!compared.contains(id)) {
            comparison.differs("plate " + to_string(id) + " is in no source");
        }
    }
    const int status = finish(sources_report, options.strict);
    for (const std::string& line : report.all_missing()) {
        complain("differs: " + line);
    }
    const std::string who = all.alone() ? "" : "rank " + std::to_string(all.rank) + ": ";
    print(who + std::to_string(fibers) + " fibres, " + std::to_string(comparison.columns()) +
          " columns compared, " + std::to_string(comparison.differences()) + " differences\n");
    return comparison.differences() != 0 ? 1 : status;
}

}  // namespace hyperslab::apps::h5boss
