#include "h5boss/commands/gathering.hpp"

#include <algorithm>
#include <iterator>

namespace hyperslab::apps::h5boss {
namespace {

/// The spectra of one kind of two files one after the other.
Spectra joined(const Spectra& a, const Spectra& b) {
    Spectra both;
    both.place = a.place;
    both.fibers = a.fibers;
    both.fibers.insert(both.fibers.end(), b.fibers.begin(), b.fibers.end());
    both.type = ordered_pixel(joined_type(a.type, b.type), is_exposure(a.place));
    const std::size_t first = a.fibers.size();
    both.pixels = [a, b, first](std::size_t i) {
        return i < first ? a.pixels(i) : b.pixels(i - first);
    };
    both.read = [a, b, first, type = both.type](std::size_t i) {
        Table own = i < first ? a.read(i) : b.read(i - first);
        if (own.type() == type) {
            return own;
        }
        Table wider(type);
        wider.append(own);
        return wider;
    };
    if (a.grid == b.grid) {
        both.grid = a.grid;
    }
    if (a.source && b.source) {
        both.source = [a, b, first](std::size_t i) {
            return i < first ? a.source(i) : b.source(i - first);
        };
        both.unchanged = a.unchanged && b.unchanged;
    }
    return both;
}

/// Adds the fibres of another file to a plate.
void join(PlateContents& plate, PlateContents more) {
    plate.fibers.insert(plate.fibers.end(), more.fibers.begin(), more.fibers.end());
    for (Catalogue& catalogue : more.catalogues) {
        const auto held = std::find_if(
            plate.catalogues.begin(), plate.catalogues.end(), [&](const Catalogue& one) {
                return one.name == catalogue.name;
            });
        if (held == plate.catalogues.end()) {
            plate.catalogues.push_back(std::move(catalogue));
        } else {
            held->table.append(catalogue.table);
        }
    }
    for (Spectra& spectra : more.spectra) {
        const auto held =
            std::find_if(plate.spectra.begin(), plate.spectra.end(), [&](const Spectra& one) {
                return one.place == spectra.place;
            });
        if (held == plate.spectra.end()) {
            plate.spectra.push_back(std::move(spectra));
        } else {
            *held = joined(*held, spectra);
        }
    }
    for (const StoredHeader& header : more.headers.all()) {
        if (header.fiber != 0 || plate.headers.find(0, header.place) == nullptr) {
            plate.headers.add(header);
        }
    }
    if (!plate.headers.empty()) {
        plate.cards = plate.headers.common();
    }
    plate.extras.insert(plate.extras.end(), more.extras.begin(), more.extras.end());
}

}  // namespace

Wanted wanted_of(const std::vector<FiberId>& fibers) {
    Wanted wanted;
    for (const FiberId& id : fibers) {
        wanted[id.plate].insert(id.fiber);
    }
    return wanted;
}

void FiberWalk::add_file(const std::string& path) {
    try {
        const Survey survey(path);
        for (const PlateId& id : survey.plates()) {
            add_plate(survey, id);
        }
    } catch (const Error& error) {
        report_.missing(error.what());
    }
}

std::vector<std::string> useful_files(const SourceFiles& sources,
                                      const std::optional<Wanted>& wanted) {
    if (sources.index() == nullptr) {
        return sources.paths();
    }
    std::set<std::string> useful;
    for (const IndexedPlate& plate : sources.index()->plates()) {
        if (!wanted || wanted->contains(plate.id)) {
            useful.insert(sources.index()->files()[plate.file].path);
        }
    }
    std::vector<std::string> paths;
    std::copy_if(sources.paths().begin(),
                 sources.paths().end(),
                 std::back_inserter(paths),
                 [&](const std::string& path) { return useful.contains(absolute_path(path)); });
    return paths;
}

void FiberWalk::add_files(const SourceFiles& sources) {
    for (const std::string& path : useful_files(sources, wanted_)) {
        add_file(path);
    }
}

void FiberWalk::report_missing() {
    for (const auto& [id, fibers] : wanted_.value_or(Wanted{})) {
        for (const int fiber : fibers) {
            if (!given_[id].contains(fiber)) {
                report_.missing("fibre " + to_string(FiberId{id, fiber}) + " is in no file");
            }
        }
    }
}

void FiberWalk::add_plate(const Survey& survey, const PlateId& id) {
    const std::set<int>* wanted = nullptr;
    if (wanted_) {
        const auto at = wanted_->find(id);
        if (at == wanted_->end()) {
            return;
        }
        wanted = &at->second;
    }
    const Plate plate = survey.plate(id);
    look_at(plate);
    std::vector<int> fibers;
    for (const int fiber : plate.fibers()) {
        if ((wanted == nullptr || wanted->contains(fiber)) && given_[id].insert(fiber).second) {
            fibers.push_back(fiber);
        }
    }
    if (!fibers.empty()) {
        take(survey, plate, fibers);
    }
}

void Gathering::take(const Survey& survey, const Plate& plate, const std::vector<int>& fibers) {
    pieces_[plate.id()].push_back({survey.path(), plate.id(), fibers});
}

std::vector<PlateId> Gathering::finish() {
    report_missing();
    std::vector<PlateId> ids;
    ids.reserve(pieces_.size());
    for (const auto& [id, pieces] : pieces_) {
        ids.push_back(id);
    }
    return ids;
}

PlateContents Gathering::contents(const PlateId& id) {
    std::optional<PlateContents> all;
    for (const PlatePiece& piece : pieces_.at(id)) {
        if (!survey_ || survey_->path() != piece.path) {
            survey_ = std::make_shared<const Survey>(piece.path);
        }
        PlateContents own = contents_of(*survey_, id, piece.fibers);
        if (all) {
            join(*all, std::move(own));
        } else {
            all = std::move(own);
        }
    }
    return std::move(*all);
}

void PieceGathering::take(const Survey& survey,
                          const Plate& plate,
                          const std::vector<int>& fibers) {
    const char* const format = plate.format() == Format::v1 ? "v1" : "v2";
    if (!format_.empty() && format_ != format) {
        throw Error(ErrorCode::unsupported,
                    "'" + survey.path() + "' has the format " + format +
                        ", which --virtual cannot change to " + format_);
    }
    pieces_.push_back({survey.path(), plate.id(), fibers});
}

}  // namespace hyperslab::apps::h5boss
