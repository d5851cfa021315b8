#include "h5boss/formats/whole.hpp"

#include <algorithm>
#include <filesystem>

namespace hyperslab::apps::h5boss {
namespace {

bool same_spectra(const Spectra& ours, const Spectra& wanted) {
    if (ours.fibers != wanted.fibers) {
        return false;
    }
    for (std::size_t i = 0; i < ours.fibers.size(); ++i) {
        if (ours.pixels(i) != wanted.pixels(i)) {
            return false;
        }
    }
    return true;
}

bool same_plate(const PlateContents& ours, const PlateContents& wanted) {
    std::vector<int> fibers = wanted.fibers;
    std::vector<int> held = ours.fibers;
    std::sort(fibers.begin(), fibers.end());
    std::sort(held.begin(), held.end());
    if (fibers != held || ours.headers.all().size() != wanted.headers.all().size()) {
        return false;
    }
    for (const Catalogue& catalogue : wanted.catalogues) {
        const Table* const table = ours.catalogue(catalogue.name);
        if (table == nullptr || table->size() != catalogue.table.size()) {
            return false;
        }
    }
    return std::all_of(wanted.spectra.begin(), wanted.spectra.end(), [&](const Spectra& one) {
        return std::any_of(ours.spectra.begin(), ours.spectra.end(), [&](const Spectra& own) {
            return own.place == one.place && same_spectra(own, one);
        });
    });
}

}  // namespace

bool holds(const std::string& path, const PlateContents& contents, Format format) {
    if (!std::filesystem::exists(path)) {
        return false;
    }
    try {
        const Survey survey(path);
        return survey.contains(contents.id) && survey.plate(contents.id).format() == format &&
               same_plate(contents_of(survey, contents.id), contents);
    } catch (const Error&) {
        return false;
    }
}

}  // namespace hyperslab::apps::h5boss
