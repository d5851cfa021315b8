// What an index has of files, plates and catalogues.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "h5boss/formats/survey.hpp"
#include "h5boss/formats/table.hpp"

namespace hyperslab::apps::h5boss {

struct IndexedFile {
    std::string path;  ///< absolute
    std::int64_t size = 0;
    std::int64_t changed = 0;  ///< nanoseconds since 1970

    friend bool operator==(const IndexedFile&, const IndexedFile&) = default;
};

struct IndexedPlate {
    PlateId id;
    std::size_t file = 0;
    Format format = Format::v1;
    bool matched = false;  ///< whether the columns of zbest are there for every fibre
    Table fibers;
    /// Where the frames lie, of v1: a table that is not in memory, since there are ten for a fibre.
    std::function<Table()> exposures{};
    std::uint64_t frames = 0;  ///< its rows
};

/// What is known of a catalogue of all plates.
struct CatalogueKind {
    Datatype type;         ///< of a row: the columns of all plates
    bool repeats = false;  ///< whether a fibre has several rows
};

/// Adds what a plate says of a catalogue.
void note_catalogue(std::map<std::string, CatalogueKind>& catalogues,
                    const std::string& name,
                    const CatalogueKind& found);

/// How much of the files is looked at.
enum class Depth {
    catalogues,  ///< what queries need
    places,      ///< also where the spectra lie
};

}  // namespace hyperslab::apps::h5boss
