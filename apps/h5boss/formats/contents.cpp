#include "h5boss/formats/contents.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <memory>

namespace hyperslab::apps::h5boss {
namespace {

Datatype pixel_of(std::initializer_list<std::pair<const char*, bool>> columns) {
    std::vector<CompoundMember> members;
    std::size_t offset = 0;
    for (const auto& [name, integer] : columns) {
        members.push_back({name,
                           offset,
                           integer ? Datatype::integer(4, true, ByteOrder::little)
                                   : Datatype::floating(4, ByteOrder::little)});
        offset += 4;
    }
    return Datatype::compound(offset, std::move(members));
}

/// The rows of a table whose wavelength lies between two.
Table between(const Table& pixels, double low, double high) {
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const double wave = pixels.real(i, "WAVE");
        if (wave >= low && wave <= high) {
            which.push_back(i);
        }
    }
    return pixels.rows(which);
}

}  // namespace

const Table* PlateContents::catalogue(const std::string& name) const {
    for (const Catalogue& one : catalogues) {
        if (one.name == name) {
            return &one.table;
        }
    }
    return nullptr;
}

const Datatype& coadd_type() {
    static const Datatype& type = *new Datatype(pixel_of({{"WAVE", false},
                                                          {"FLUX", false},
                                                          {"IVAR", false},
                                                          {"AND_MASK", true},
                                                          {"OR_MASK", true},
                                                          {"WAVEDISP", false},
                                                          {"SKY", false},
                                                          {"MODEL", false}}));
    return type;
}

const Datatype& exposure_type() {
    static const Datatype& type = *new Datatype(pixel_of({{"WAVE", false},
                                                          {"FLUX", false},
                                                          {"IVAR", false},
                                                          {"MASK", true},
                                                          {"WAVEDISP", false},
                                                          {"SKY", false},
                                                          {"X", false},
                                                          {"CALIB", false}}));
    return type;
}

Datatype ordered_pixel(const Datatype& type, bool exposure) {
    std::vector<CompoundMember> members;
    std::size_t offset = 0;
    const auto add = [&](const CompoundMember& one) {
        members.push_back({one.name, offset, one.type});
        offset += one.type.size();
    };
    const Datatype& usual = exposure ? exposure_type() : coadd_type();
    for (const CompoundMember& one : usual.members()) {
        if (const CompoundMember* const held = type.find_member(one.name)) {
            add(*held);
        }
    }
    for (const CompoundMember& one : type.members()) {
        if (usual.find_member(one.name) == nullptr) {
            add(one);
        }
    }
    return Datatype::compound(offset, std::move(members));
}

bool is_exposure(const std::string& place) { return place.starts_with("exposures/"); }

PlateContents contents_of(const Survey& survey, const PlateId& id) {
    const Plate plate = survey.plate(id);
    return contents_of(survey, id, plate.fibers());
}

PlateContents cut_out(PlateContents contents, double low, double high) {
    for (Spectra& one : contents.spectra) {
        const auto read = [whole = one.read, low, high](std::size_t i) {
            return between(whole(i), low, high);
        };
        one.read = read;
        one.unchanged = false;
        std::erase_if(one.grid, [&](double wave) { return wave < low || wave > high; });
        one.pixels = [read](std::size_t i) { return static_cast<std::uint64_t>(read(i).size()); };
    }
    return contents;
}

}  // namespace hyperslab::apps::h5boss
